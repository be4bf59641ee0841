import { isBlankRecord, type RecordBatch, RecordReader } from '../csv/record-reader.ts';
import { writeRecords } from '../csv/record-writer.ts';
import { tableTexts } from '../csv/table.ts';
import type { ByteSource } from './check-calls.ts';
import { conversionsFor, type FileForm, needsRewriting } from './conversions.ts';

/**
 * The bytes of a checked file as they are to be sent: untouched when nothing has to change, and
 * otherwise written anew on the way, in constant memory.
 *
 * @param source the file
 * @param form how the check found it to be written
 * @param keep tells by its number, from 1, whether a record is to be sent; all are without it
 */
export function outgoingBytes(
  source: ByteSource,
  form: FileForm,
  keep?: (record: number) => boolean,
): AsyncIterable<Uint8Array> {
  if (conversionsFor(form).length === 0 && keep === undefined) return source.blocks();
  const anew = needsRewriting(form) || keep !== undefined;
  if (form.encoding === 'utf-8' && !anew) return withoutMark(source.blocks(), form.markBytes);
  const { encoding, markBytes, delimiter, separatorLine } = form;
  const dialect = { delimiter, separatorLine };
  const texts = tableTexts(() => source.blocks(), { encoding, markBytes, dialect });
  return anew ? rewritten(texts, form, keep ?? all) : encoded(texts);
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

function all(): boolean {
  return true;
}

async function* rewritten(
  texts: Texts,
  form: FileForm,
  keep: (record: number) => boolean,
): AsyncIterable<Uint8Array> {
  const reader = new RecordReader(form.delimiter);
  const dropped = new Set(form.droppedPlaces);
  let record = 0;

  const write = (batch: RecordBatch): Buffer => {
    const rows: (readonly string[])[] = [];
    for (const fields of batch.rows) {
      if (isBlankRecord(fields)) continue;
      // The header comes first and counts as none of the records.
      if (record === 0) rows.push(form.headerNames);
      else if (keep(record)) rows.push(fields);
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
