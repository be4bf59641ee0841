import { type Delimiter, detectDialect, type Dialect, withoutSeparatorLine } from './dialect.ts';
import {
  beginsAsUtf8,
  type Encoding,
  guessEncoding,
  looksLikeWindows1251,
  TEXT_STRETCH,
  TextDecoding,
} from './encoding.ts';
import { withLongHead } from './long-head.ts';
import {
  isBlankRecord,
  lineEndsWithin,
  problemsByRow,
  type ReadProblem,
  RecordReader,
} from './record-reader.ts';

/** Opens the bytes of a file from their beginning. */
export type OpenBytes = () => AsyncIterable<Uint8Array>;

/** How a file of records is written. */
export interface TableForm {
  readonly encoding: Encoding;
  /** Length of the byte-order mark, in bytes. */
  readonly markBytes: number;
  readonly dialect: Dialect;
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
}

/**
 * Finds out how a file is written, by reading it once.
 *
 * @param told what is known already
 * @param isKnownName tells whether a header cell names a column that is looked for
 */
export async function detectTable(
  open: OpenBytes,
  told: { readonly encoding?: Encoding | undefined; readonly delimiter?: Delimiter | undefined },
  isKnownName: (name: string) => boolean,
): Promise<TableForm> {
  let head: Uint8Array | undefined;
  let russian = false;
  const utf8 = new TextDecoding('utf-8');
  for await (const block of withLongHead(open())) {
    head ??= block;
    const sawNonAscii = utf8.sawNonAscii;
    utf8.decode(block);
    if (utf8.damaged) {
      russian = !sawNonAscii && !beginsAsUtf8(block) && looksLikeWindows1251(block);
      break;
    }
  }
  head ??= new Uint8Array(0);
  const guess = guessEncoding(head);
  const plain = guess.encoding === 'utf-8' && guess.markBytes === 0;
  const encoding = told.encoding ?? (plain && russian ? 'windows-1251' : guess.encoding);
  const markBytes = guess.encoding === encoding ? guess.markBytes : 0;
  const text = new TextDecoding(encoding).decode(head.subarray(markBytes));
  const detected = detectDialect(text, isKnownName);
  const dialect =
    told.delimiter === undefined ? detected : { ...detected, delimiter: told.delimiter };
  return { encoding, markBytes, dialect };
}

/**
 * The records of a file one after another, blank ones left out, in constant memory.
 */
export async function* tableRecords(open: OpenBytes, form: TableForm): AsyncIterable<TableRecord> {
  const { delimiter, separatorLine } = form.dialect;
  const reader = new RecordReader(delimiter, separatorLine ? 2 : 1);
  let carried = false;
  for await (const { text, damaged } of tableTexts(open, form)) {
    const suspect = damaged || text.includes('\0');
    const batch = reader.push(text);
    yield* recordsOf(batch, suspect || carried);
    carried = (suspect || carried) && !reader.settled;
  }
  yield* recordsOf(reader.end(), carried);
}

function* recordsOf(
  batch: ReturnType<RecordReader['push']>,
  suspect: boolean,
): Iterable<TableRecord> {
  const problems = problemsByRow(batch);
  let { firstLine: line } = batch;
  for (const [index, fields] of batch.rows.entries()) {
    if (!isBlankRecord(fields)) {
      const problem = problems.get(index)?.kind;
      yield { fields, line, suspect, problem };
    }
    line += batch.oneLineEach ? 1 : 1 + lineEndsWithin(fields);
  }
  for (const { kind, line: at, row } of batch.problems) {
    if (row === undefined) yield { fields: [], line: at, suspect, problem: kind };
  }
}

/**
 * The text of a file in stretches, decoded, without byte-order mark and separator line.
 */
export async function* tableTexts(
  open: OpenBytes,
  form: TableForm,
): AsyncIterable<{ text: string; damaged: boolean }> {
  const decoding = new TextDecoding(form.encoding);
  let left = form.markBytes;
  let head: string | undefined = form.dialect.separatorLine ? '' : undefined;
  let headDamaged = false;
  const passed = (text: string): string | undefined => {
    if (head === undefined) return text;
    head += text;
    headDamaged ||= decoding.damaged;
    if (head.length < SEPARATOR_LINE_ROOM) return undefined;
    const content = withoutSeparatorLine(head);
    head = undefined;
    return content;
  };
  for await (const block of open()) {
    const cut = Math.min(left, block.length);
    left -= cut;
    for (let at = cut; at < block.length; at += TEXT_STRETCH) {
      const text = passed(decoding.decode(block.subarray(at, at + TEXT_STRETCH)));
      if (text !== undefined) yield { text, damaged: decoding.damaged || headDamaged };
    }
  }
  const rest = (head === undefined ? '' : withoutSeparatorLine(head)) + decoding.end();
  yield { text: rest, damaged: decoding.damaged || headDamaged };
}

/** The separator line is short, but a stretch of text can be shorter. */
const SEPARATOR_LINE_ROOM = 16;
