/**
 * Turns the bytes of a file into records: detects the form, decodes the bytes, divides the text.
 * Every command that reads files uses this module.
 */
import { UnreadableFile } from '../files/unreadable-file.ts';
import { TEXT_PIECE, TextDecoding } from './decoding.ts';
import { detectDialect } from './dialect.ts';
import { guessEncoding, isSingleByte } from './encoding.ts';
import { EncodingJudge } from './encoding-judge.ts';
import { HEAD_BYTES, withLongHead } from './head.ts';
import type { LineEnds } from './line-ends.ts';
import { notCsvKind } from './not-csv.ts';
import { RawLines } from './raw-lines.ts';
import { lineEndsWithin, type ReadProblem } from './record-reader.ts';
import { areRecordsLines, type TableForm, type TableHints } from './table-form.ts';
import { type CleanLines, type TableConsumer, TableReading } from './table-reading.ts';
import { TableText } from './table-text.ts';

/** Opens the bytes of a file, from the beginning each time. */
export type OpenBytes = () => AsyncIterable<Uint8Array>;

/** A form from the first bytes of a file. Later bytes may show that this form is wrong. */
export interface FirstForm extends TableForm {
  /**
   * Whether the encoding is certain. If not, the encoding UTF-8 is only a guess. Later bytes may be
   * invalid in UTF-8.
   */
  readonly isCertain: boolean;
}

/** One record with its position. */
export interface TableRecord {
  readonly fields: readonly string[];
  /** The physical line where the record starts, from 1. */
  readonly line: number;
  /** Whether the record may contain NUL or undecodable bytes. */
  readonly suspect: boolean;
  /** Why the record cannot be read, or may be read wrongly. */
  readonly problem: ReadProblem['kind'] | undefined;
  /** The number of physical lines of the record. */
  readonly lines: number;
}

/**
 * Detects the form of a file from its beginning.
 *
 * @param head the first bytes of the file, at least {@link HEAD_BYTES} unless the file is shorter
 * @param isKnownName says whether a header cell is the name of an expected column
 * @throws UnreadableFile if the file is not a CSV, or is in UTF-32
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

/** Returns the text without the lines before the header line. */
function fromLine(text: string, line: number): string {
  const ends = /\r\n|\r|\n/g;
  let from = 0;
  for (let at = 1; at < line && ends.exec(text) !== null; at += 1) from = ends.lastIndex;
  // A file of rejects may have fewer lines than `line`. Its header is in the first line, even if
  // the header of the original file is in a later line.
  return from < text.length ? text.slice(from) : text;
}

/**
 * Detects the form of a file. Reads the file at most once if it is UTF-8, and at most twice if not.
 *
 * @param hints the known facts about the form
 * @param isKnownName says whether a header cell is the name of an expected column
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

/**
 * Thrown if a file was read as UTF-8, but is not UTF-8. The encoding must then be detected from the
 * whole file.
 */
class WrongEncoding extends Error {}

/**
 * Detects the form from only the beginning of the file. If the encoding is a guess, the later
 * reading of the file may throw {@link WrongEncoding}.
 *
 * @param hints the known facts about the form
 * @param isKnownName says whether a header cell is the name of an expected column
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
 * Reads a file in the form that is detected from its beginning. If the encoding is wrong, detects
 * it from the whole file, and reads the file again.
 *
 * @param hints the known facts about the form
 * @param isKnownName says whether a header cell is the name of an expected column
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
 * Detects the form of a file that has no byte-order mark and is not valid UTF-8. Reads the whole
 * file once.
 *
 * @param hints the known facts about the form; the encoding is ignored
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
  return { ...form, foreign: judge.foreignLines(encoding), sample: judge.sampleIn(encoding) };
}

/** The size of the pieces in which {@link tableRecords} reads a block, in bytes. */
const FIRST_PIECE = 16 * 1024;

/**
 * Yields the records of a file in batches, in constant memory. A batch has the records that end in
 * one piece of the file. Records with only spaces are omitted.
 *
 * @param form the form of the file, from {@link detectTable}
 */
export async function* tableRecords(
  open: OpenBytes,
  form: TableForm & { readonly isCertain?: boolean },
): AsyncIterable<readonly TableRecord[]> {
  const mayBeOther = form.isCertain === false;
  let records: TableRecord[] = [];
  const reading = new TableReading(form, {
    record: (fields, line, suspect, problem) => {
      records.push({ fields, line, suspect, problem, lines: linesOf(fields, form) });
    },
    blank: () => undefined,
  });
  for await (const block of open()) {
    // Sometimes only the first records are needed, so the pieces are short.
    for (let at = 0; at < block.length; at += FIRST_PIECE) {
      const piece = block.subarray(at, at + FIRST_PIECE);
      reading.push(piece);
      if (mayBeOther && reading.damaged) throw new WrongEncoding();
      if (records.length > 0) yield records;
      records = [];
    }
  }
  reading.end();
  if (mayBeOther && reading.damaged) throw new WrongEncoding();
  if (records.length > 0) yield records;
}

/** Receives the records of a file, each with its position. */
type RecordConsumer = Omit<TableConsumer, 'record' | 'cleanLines'> & {
  readonly record: (record: TableRecord) => void;
  /** The fast path of {@link TableConsumer.cleanLines}. */
  readonly cleanLines?: (lines: FastLines) => CleanLines;
};

/** How to read a file. */
interface ReadOptions {
  /** Called before the first record, with a function that returns original bytes of lines. */
  readonly onBytes?: ((bytesOf: BytesOfLines) => void) | undefined;
  /**
   * Called after each block. Returns the first line whose original bytes may still be requested.
   * Line numbers start at 1.
   */
  readonly firstNeeded?: () => number;
  /** Called after each block. If it returns `false`, the reading stops. */
  readonly onBlock: () => Promise<boolean>;
}

/** The lines for the fast path: the arguments of {@link TableConsumer.cleanLines}. */
export interface FastLines {
  readonly lines: Uint8Array;
  readonly from: number;
  readonly line: number;
  readonly lineEnds: LineEnds;
}

/** Returns a copy of the original bytes of some physical lines. Line numbers start at 1. */
export type BytesOfLines = (line: number, lines: number) => Uint8Array;

/**
 * Reads a file, and passes each record to a consumer in order. Clean lines are passed as bytes if
 * the consumer has a fast path.
 */
export async function readTable(
  open: OpenBytes,
  form: TableForm & { readonly isCertain?: boolean },
  consumer: RecordConsumer,
  { onBytes, firstNeeded, onBlock }: ReadOptions,
): Promise<void> {
  const mayBeOther = form.isCertain === false;
  const raw = onBytes === undefined ? undefined : new RawLines(form);
  const { cleanLines, ...rest } = consumer;
  onBytes?.((line, lines) => Buffer.from(raw?.bytesOfLines(line, lines) ?? []));
  const fast: Pick<TableConsumer, 'cleanLines'> =
    cleanLines === undefined
      ? {}
      : {
          cleanLines: (lines, from, line, lineEnds) => cleanLines({ lines, from, line, lineEnds }),
        };
  const reading = new TableReading(form, {
    ...rest,
    ...fast,
    record: (fields, line, suspect, problem) => {
      consumer.record({ fields, line, suspect, problem, lines: linesOf(fields, form) });
    },
  });
  for await (const block of open()) {
    raw?.push(block);
    reading.push(block);
    if (mayBeOther && reading.damaged) throw new WrongEncoding();
    if (!(await onBlock())) return;
    raw?.forget(Math.min(reading.line, firstNeeded?.() ?? reading.line));
  }
  reading.end();
  if (mayBeOther && reading.damaged) throw new WrongEncoding();
  await onBlock();
}

function linesOf(fields: readonly string[], form: TableForm): number {
  return areRecordsLines(form) ? 1 : 1 + lineEndsWithin(fields);
}

/**
 * Yields the decoded text of a file in pieces, without the byte-order mark and the separator line.
 *
 * @param form the form of the file, from {@link detectTable}
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
