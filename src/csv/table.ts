/** The one way from the bytes of a file to records: detect, decode, divide. Every command goes it. */
import { UnreadableFile } from '../files/unreadable-file.ts';
import { TEXT_PIECE, TextDecoding } from './decoding.ts';
import { detectDialect } from './dialect.ts';
import { guessEncoding, isSingleByte } from './encoding.ts';
import { EncodingJudge } from './encoding-judge.ts';
import { HEAD_BYTES, withLongHead } from './head.ts';
import type { LineEnds } from './line-ends.ts';
import { notCsvKind } from './not-csv.ts';
import { RawLines } from './raw-lines.ts';
import type { ReadProblem } from './record-reader.ts';
import type { TableForm, TableHints } from './table-form.ts';
import { type CleanLines, type TableConsumer, TableReading } from './table-reading.ts';
import { TableText } from './table-text.ts';

/** Opens the bytes of a file from their beginning. */
export type OpenBytes = () => AsyncIterable<Uint8Array>;

/** A form that may turn out to be wrong when more of the file is seen. */
export interface FirstForm extends TableForm {
  /** Whether the encoding is known whatever follows; else it holds as long as the file is UTF-8. */
  readonly isCertain: boolean;
}

/** One record with its place. */
export interface TableRecord {
  readonly fields: readonly string[];
  /** The physical line it starts on, from 1. */
  readonly line: number;
  /** Whether it may hold NUL or undecodable bytes. */
  readonly suspect: boolean;
  /** Why it cannot be read as it was meant. */
  readonly problem: ReadProblem['kind'] | undefined;
  /** Its bytes with the line end, as they stand in the file, where they were asked for. */
  readonly bytes?: Uint8Array | undefined;
}

/**
 * What the beginning of a file says about its form.
 *
 * @param head the file's first bytes, {@link HEAD_BYTES} where there are so many
 * @param isKnownName tells whether a header cell names a column that is looked for
 * @throws UnreadableFile when the file is no CSV, or in UTF-32
 */
export function formFromHead(
  head: Uint8Array,
  hints: TableHints,
  isKnownName: (name: string) => boolean,
): FirstForm {
  if (hints.form !== undefined) return { ...hints.form, isCertain: true };
  const guess = guessEncoding(head);
  const encoding = hints.encoding ?? guess.encoding;
  const markBytes = guess.encoding === encoding ? guess.markBytes : 0;
  const text = new TextDecoding(encoding).decode(head.subarray(markBytes, HEAD_BYTES));
  const kind = notCsvKind(text);
  if (kind !== undefined) throw new UnreadableFile('file-not-csv', { kind });
  const detected = detectDialect(fromLine(text, hints.headerLine ?? 1), isKnownName);
  const dialect =
    hints.delimiter === undefined ? detected : { ...detected, delimiter: hints.delimiter };
  const isCertain = hints.encoding !== undefined || guess.isCertain;
  return { encoding, markBytes, dialect, isCertain };
}

/** The text from a line on, for a header that stands below others. */
function fromLine(text: string, line: number): string {
  const ends = /\r\n|\r|\n/g;
  let from = 0;
  for (let at = 1; at < line && ends.exec(text) !== null; at += 1) from = ends.lastIndex;
  // What was rejected of such a file has its header in the first line, and may have few lines.
  return from < text.length ? text.slice(from) : text;
}

/**
 * Finds out how a file is written, by reading it once, or twice when it is not UTF-8.
 *
 * @param hints what is known already
 * @param isKnownName tells whether a header cell names a column that is looked for
 */
export async function detectTable(
  open: OpenBytes,
  hints: TableHints,
  isKnownName: (name: string) => boolean,
): Promise<TableForm> {
  let form: FirstForm | undefined;
  const utf8 = new TextDecoding('utf-8');
  for await (const block of withLongHead(open())) {
    form ??= formFromHead(block, hints, isKnownName);
    if (form.isCertain) return form;
    for (let at = 0; at < block.length; at += TEXT_PIECE) {
      utf8.decode(block.subarray(at, at + TEXT_PIECE));
      if (utf8.damaged) return await judgeTable(open, hints, isKnownName);
    }
  }
  utf8.end();
  if (utf8.damaged) return await judgeTable(open, hints, isKnownName);
  return form ?? formFromHead(new Uint8Array(0), hints, isKnownName);
}

/** A file that was read as UTF-8 until something in it was none: it has to be judged as a whole. */
class WrongEncoding extends Error {}

/**
 * What the beginning of a file says of its form, without a look at the rest. Where it is not certain, the reading
 * throws {@link WrongEncoding} as soon as the encoding turns out to be another.
 *
 * @param hints what is known already
 * @param isKnownName tells whether a header cell names a column that is looked for
 */
async function guessTable(
  open: OpenBytes,
  hints: TableHints,
  isKnownName: (name: string) => boolean,
): Promise<FirstForm> {
  for await (const block of withLongHead(open())) return formFromHead(block, hints, isKnownName);
  return formFromHead(new Uint8Array(0), hints, isKnownName);
}

/**
 * Reads a file in the form that its beginning says; once more, in the form that all of it says, where it turns out to be
 * in another encoding.
 *
 * @param hints what is known already
 * @param isKnownName tells whether a header cell names a column that is looked for
 * @param read reads the whole file, with {@link readTable} or {@link tableRecords}
 */
export async function readAsWritten<Result>(
  open: OpenBytes,
  hints: TableHints,
  isKnownName: (name: string) => boolean,
  read: (form: TableForm) => Promise<Result>,
): Promise<Result> {
  try {
    return await read(await guessTable(open, hints, isKnownName));
  } catch (error) {
    if (!(error instanceof WrongEncoding)) throw error;
  }
  return await read(await judgeTable(open, hints, isKnownName));
}

/**
 * The form of a file that has no byte-order mark and is not UTF-8 throughout, by one look at all of it.
 *
 * @param hints what is known already, beside the encoding
 */
export async function judgeTable(
  open: OpenBytes,
  hints: TableHints,
  isKnownName: (name: string) => boolean,
): Promise<TableForm> {
  const judge = await EncodingJudge.start();
  let head: Uint8Array | undefined;
  for await (const block of withLongHead(open())) {
    head ??= block;
    judge.push(block);
  }
  const encoding = judge.verdict();
  const form = formFromHead(head ?? new Uint8Array(0), { ...hints, encoding }, isKnownName);
  if (!isSingleByte(encoding)) return form;
  return { ...form, isForeign: judge.foreignLines(encoding), sample: judge.sampleIn(encoding) };
}

/**
 * The records of a file in batches, blank ones left out, in constant memory.
 *
 * @param form how the file is written, as {@link detectTable} found it
 * @param wantsBytes whether each record comes with its bytes
 */
export async function* tableRecords(
  open: OpenBytes,
  form: TableForm & { readonly isCertain?: boolean },
  wantsBytes = false,
): AsyncIterable<readonly TableRecord[]> {
  const mayBeOther = form.isCertain === false;
  let records: TableRecord[] = [];
  const raw = wantsBytes ? new RawLines(form) : undefined;
  const reading = new TableReading(form, {
    record: (fields, line, suspect, problem) => {
      const bytes = raw === undefined ? undefined : bytesOf(raw, fields, line);
      records.push({ fields, line, suspect, problem, bytes });
    },
    blank: () => undefined,
  });
  for await (const block of open()) {
    raw?.push(block);
    reading.push(block);
    if (mayBeOther && reading.damaged) throw new WrongEncoding();
    raw?.forget(reading.line);
    if (records.length > 0) yield records;
    records = [];
  }
  reading.end();
  if (mayBeOther && reading.damaged) throw new WrongEncoding();
  if (records.length > 0) yield records;
}

/** Takes what a reading finds, each record with its place. */
type RecordConsumer = Omit<TableConsumer, 'record' | 'cleanLines'> & {
  readonly record: (record: TableRecord) => void;
  /**
   * The fast path of {@link TableConsumer.cleanLines}.
   *
   * @param bytesOf the bytes of one of these lines as they stand in the file, where they were asked for
   */
  readonly cleanLines?: (lines: FastLines, bytesOf: BytesOfLine) => CleanLines;
};

/** Lines for the fast path, as {@link TableConsumer.cleanLines} gets them. */
export interface FastLines {
  readonly lines: Uint8Array;
  readonly from: number;
  readonly line: number;
  readonly lineEnds: LineEnds;
}

/** Gives the bytes of a physical line, from 1, as they stand in the file. */
export type BytesOfLine = (line: number) => Uint8Array;

/**
 * Reads a file into a consumer, which gets each record in its order, and lines by their bytes where it takes such.
 *
 * @param onBlock is called after each block; `false` ends the reading
 */
export async function readTable(
  open: OpenBytes,
  form: TableForm & { readonly isCertain?: boolean },
  consumer: RecordConsumer,
  {
    wantsBytes,
    onBlock,
  }: { readonly wantsBytes: boolean; readonly onBlock: () => Promise<boolean> },
): Promise<void> {
  const mayBeOther = form.isCertain === false;
  const raw = wantsBytes ? new RawLines(form) : undefined;
  const { cleanLines, ...rest } = consumer;
  const bytesOfLine: BytesOfLine = (line) => Buffer.from(raw?.take(line, 1) ?? []);
  const fast: Pick<TableConsumer, 'cleanLines'> =
    cleanLines === undefined
      ? {}
      : {
          cleanLines: (lines, from, line, lineEnds) =>
            cleanLines({ lines, from, line, lineEnds }, bytesOfLine),
        };
  const reading = new TableReading(form, {
    ...rest,
    ...fast,
    record: (fields, line, suspect, problem) => {
      const bytes = raw === undefined ? undefined : bytesOf(raw, fields, line);
      consumer.record({ fields, line, suspect, problem, bytes });
    },
  });
  for await (const block of open()) {
    raw?.push(block);
    reading.push(block);
    if (mayBeOther && reading.damaged) throw new WrongEncoding();
    raw?.forget(reading.line);
    if (!(await onBlock())) return;
  }
  reading.end();
  if (mayBeOther && reading.damaged) throw new WrongEncoding();
  await onBlock();
}

/** The bytes of one record, which stay when the lines are forgotten. */
function bytesOf(raw: RawLines, fields: readonly string[], line: number): Uint8Array {
  return Buffer.from(raw.take(line, raw.linesOf(fields)));
}

/**
 * The text of a file in pieces, decoded, without byte-order mark and separator line.
 *
 * @param form how the file is written, as {@link detectTable} found it
 */
export async function* tableTexts(open: OpenBytes, form: TableForm): AsyncIterable<string> {
  const text = new TableText(form);
  for await (const block of open()) {
    for (let at = 0; at < block.length; at += TEXT_PIECE) {
      const piece = text.push(block.subarray(at, at + TEXT_PIECE));
      if (piece !== '') yield piece;
    }
  }
  const rest = text.end();
  if (rest !== '') yield rest;
}
