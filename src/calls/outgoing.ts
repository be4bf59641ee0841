/** Produces the bytes to send for a checked file. */
import { writeRecords } from '../csv/record-writer.ts';
import { tableRecords, tableTexts } from '../csv/table.ts';
import type { TableForm } from '../csv/table-form.ts';
import type { ByteSource } from './check/check-calls.ts';
import { conversionsFor, type FileForm, needsRewriting } from './check/file-form.ts';
import { withoutStandIns } from './columns/stand-ins.ts';

/** The records and columns of a file to send. */
export interface Selection {
  /**
   * Says whether to send a record.
   *
   * @param record the number of the record, from 1; the header is not counted
   */
  keeps(record: number, fields: readonly string[]): boolean;
  /** The indexes of columns to leave out, in addition to columns that are never sent. */
  readonly droppedPlaces: readonly number[];
}

/** Says whether a file is sent without any change. */
export function isSentAsItIs(form: FileForm, selection: Selection | undefined): boolean {
  return selection === undefined && conversionsFor(form).length === 0;
}

/**
 * Returns the bytes to send for a checked file. If possible, these are the bytes of the file. If
 * not, the file is rewritten while it is read, in constant memory.
 *
 * @param form the form of the file, from the check
 * @param selection what to send; everything by default
 */
export function outgoingBytes(
  source: ByteSource,
  form: FileForm,
  selection?: Selection,
): AsyncIterable<Uint8Array> {
  if (isSentAsItIs(form, selection)) return source.blocks();
  const isRewritten = needsRewriting(form) || selection !== undefined;
  const { encoding, markBytes, delimiter, separatorLine } = form;
  if (encoding === 'utf-8' && !isRewritten) return withoutMark(source.blocks(), markBytes);
  const table = { encoding, markBytes, dialect: { delimiter, separatorLine } };
  return isRewritten
    ? rewritten(source, table, form, selection ?? ALL)
    : encoded(tableTexts(() => source.blocks(), table));
}

async function* withoutMark(
  blocks: AsyncIterable<Uint8Array>,
  markBytes: number,
): AsyncIterable<Uint8Array> {
  let left = markBytes;
  for await (const block of blocks) {
    const cut = Math.min(left, block.length);
    left -= cut;
    if (cut < block.length) yield block.subarray(cut);
  }
}

async function* encoded(texts: AsyncIterable<string>): AsyncIterable<Uint8Array> {
  for await (const text of texts) yield Buffer.from(text, 'utf8');
}

const ALL: Selection = { keeps: () => true, droppedPlaces: [] };

async function* rewritten(
  source: ByteSource,
  table: TableForm,
  form: FileForm,
  selection: Selection,
): AsyncIterable<Uint8Array> {
  const dropped = new Set([...form.droppedPlaces, ...selection.droppedPlaces]);
  let record = 0;
  for await (const batch of tableRecords(() => source.blocks(), table)) {
    const rows: (readonly string[])[] = [];
    for (const { fields: cells } of batch) {
      const fields = form.standIns > 0 ? withoutStandIns(cells, form.columns) : cells;
      // The header comes before the first record.
      if (record === 0) rows.push(form.headerNames);
      else if (selection.keeps(record, fields)) rows.push(fields);
      record += 1;
    }
    const sent =
      dropped.size === 0 ? rows : rows.map((row) => row.filter((_, at) => !dropped.has(at)));
    if (sent.length > 0) yield Buffer.from(writeRecords(sent), 'utf8');
  }
}
