/** Reads records from bytes. Only the requested fields become text. */
import { RecordFields } from './record-fields.ts';
import type { FastLines } from './table.ts';
import { areRecordsLines, type TableForm } from './table-form.ts';
import type { CleanLines } from './table-reading.ts';

const CARRIAGE_RETURN = 0x0d;

/** Reads the records of one file. */
export class ProjectedRecords {
  readonly #fields: RecordFields;
  readonly #areLines: boolean;
  readonly #onRecord: (record: RecordFields, line: number, lines: number) => void;

  /**
   * @param onRecord receives each record that is not blank. The record is valid only until this
   *   function returns
   */
  constructor(
    form: TableForm,
    onRecord: (record: RecordFields, line: number, lines: number) => void,
  ) {
    this.#fields = new RecordFields(form.dialect.delimiter);
    this.#areLines = areRecordsLines(form);
    this.#onRecord = onRecord;
  }

  /**
   * Reads records in order. Stops before a record whose fields cannot be found from the bytes
   * alone. This is the fast path of a `TableConsumer`.
   */
  read({ lines: block, from, line, lineEnds }: FastLines): CleanLines {
    const bytes = Buffer.from(block.buffer, block.byteOffset, block.byteLength);
    const fields = this.#fields;
    let at = from;
    let next = line;
    while (at < bytes.length) {
      const end = fields.divide(bytes, at);
      if (end < 0) break;
      if (bytes[end - 2] === CARRIAGE_RETURN) lineEnds.crlf = true;
      else lineEnds.lf = true;
      const lines = this.#areLines ? 1 : fields.lines;
      if (!fields.isBlank()) this.#onRecord(fields, next, lines);
      next += lines;
      at = end;
    }
    return { end: at, lines: next - line };
  }

  /**
   * Returns a record with the given fields, which another reader found. The record is valid until
   * the next record is read.
   */
  taken(texts: readonly string[]): RecordFields {
    this.#fields.take(texts);
    return this.#fields;
  }
}
