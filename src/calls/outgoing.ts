import { isBlankRecord, type RecordBatch, RecordReader } from '../csv/record-reader.ts';
import { writeRecords } from '../csv/record-writer.ts';
import { tableTexts } from '../csv/table.ts';
import type { ByteSource } from './check-calls.ts';
import { conversionsFor, type FileForm, needsRewriting } from './conversions.ts';

/** Which records and columns of a file are to be sent. */
export interface Selection {
  /** @param record its number without the header, from 1 */
  keeps(record: number, fields: readonly string[]): boolean;
  /** Where columns stand that are left out, beside those that no upload has. */
  readonly droppedPlaces: readonly number[];
}

/** Whether a file can go byte for byte. */
export function goesAsItIs(form: FileForm, selection: Selection | undefined): boolean {
  return selection === undefined && conversionsFor(form).length === 0;
}

/**
 * The bytes of a checked file as they are to be sent: untouched when nothing has to change, and
 * otherwise written anew on the way, in constant memory.
 *
 * @param source the file
 * @param form how the check found it to be written
 * @param selection what of it is to be sent; all of it without
 */
export function outgoingBytes(
  source: ByteSource,
  form: FileForm,
  selection?: Selection,
): AsyncIterable<Uint8Array> {
  if (goesAsItIs(form, selection)) return source.blocks();
  const anew = needsRewriting(form) || selection !== undefined;
  if (form.encoding === 'utf-8' && !anew) return withoutMark(source.blocks(), form.markBytes);
  const { encoding, markBytes, delimiter, separatorLine } = form;
  const dialect = { delimiter, separatorLine };
  const texts = tableTexts(() => source.blocks(), { encoding, markBytes, dialect });
  return anew ? rewritten(texts, form, selection ?? ALL) : encoded(texts);
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

type Texts = ReturnType<typeof tableTexts>;

async function* encoded(texts: Texts): AsyncIterable<Uint8Array> {
  for await (const { text } of texts) if (text !== '') yield Buffer.from(text, 'utf8');
}

const ALL: Selection = { keeps: () => true, droppedPlaces: [] };

async function* rewritten(
  texts: Texts,
  form: FileForm,
  selection: Selection,
): AsyncIterable<Uint8Array> {
  const reader = new RecordReader(form.delimiter);
  const dropped = new Set([...form.droppedPlaces, ...selection.droppedPlaces]);
  let record = 0;

  const write = (batch: RecordBatch): Buffer => {
    const rows: (readonly string[])[] = [];
    for (const fields of batch.rows) {
      if (isBlankRecord(fields)) continue;
      // The header comes first and counts as none of the records.
      if (record === 0) rows.push(form.headerNames);
      else if (selection.keeps(record, fields)) rows.push(fields);
      record += 1;
    }
    const sent =
      dropped.size === 0 ? rows : rows.map((row) => row.filter((_, at) => !dropped.has(at)));
    return Buffer.from(writeRecords(sent), 'utf8');
  };

  for await (const { text } of texts) {
    const lines = write(reader.push(text));
    if (lines.length > 0) yield lines;
  }
  const last = write(reader.end());
  if (last.length > 0) yield last;
}
