import Papa from 'papaparse';
import { type LineEnds, withLineFeeds } from './line-ends.ts';

/**
 * The longest record that is read, in characters. Without a bound one unclosed quote would make the
 * rest of a file a single record and take memory without end.
 */
export const MAX_RECORD_CHARACTERS = 1024 * 1024;

/** Why the records cannot be read, or not as they were meant. */
export interface ReadProblem {
  readonly kind: 'quote-unclosed' | 'quote-malformed' | 'record-too-long';
  /** The physical line, counted from 1. */
  readonly line: number;
  /** The record's place in the batch; `undefined` when it could not be read at all. */
  readonly row: number | undefined;
}

/** Some records that follow one another. */
export interface RecordBatch {
  readonly rows: string[][];
  /** The physical line on which the first record starts, counted from 1. */
  readonly firstLine: number;
  /** Whether every record takes exactly one physical line. */
  readonly oneLineEach: boolean;
  readonly problems: readonly ReadProblem[];
}

interface ParserResult {
  data: string[][];
  errors: { code: string; row: number; index: number }[];
  meta: { cursor: number };
}

/**
 * Text to records, in chunks that may be cut anywhere. PapaParse finds the fields; this class hands
 * it whole stretches with one kind of line end, so that mixed line ends and physical line numbers
 * come out right.
 */
export class RecordReader {
  /** Which line ends stood between the records read so far. */
  readonly lineEnds: LineEnds = { lf: false, crlf: false, cr: false };

  readonly #delimiter: string;
  readonly #parser: { parse(input: string, base: number, ignoreLast: boolean): ParserResult };
  #pending = '';
  #line: number;
  #stopped = false;

  /**
   * @param delimiter the character between fields
   * @param firstLine the physical line on which the text starts, counted from 1
   */
  constructor(delimiter: string, firstLine = 1) {
    this.#delimiter = delimiter;
    this.#line = firstLine;
    this.#parser = new Papa.Parser({ delimiter, newline: '\n', quoteChar: '"', escapeChar: '"' });
  }

  /** Whether all text read so far came out as records, and more could be read. */
  get settled(): boolean {
    return this.#pending === '' && !this.#stopped;
  }

  /** The physical line that the next record starts on, from 1. */
  get line(): number {
    return this.#line;
  }

  /**
   * Passes over lines that are read elsewhere; the reader must be settled.
   *
   * @param lines how many, each one record
   */
  skip(lines: number): void {
    this.#line += lines;
  }

  /** @returns the records that end within what was read so far */
  push(text: string): RecordBatch {
    return this.#read(text, false);
  }

  /** @returns the last record, when the text does not end with a line end */
  end(): RecordBatch {
    return this.#read('', true);
  }

  #read(text: string, atEnd: boolean): RecordBatch {
    if (this.#stopped) return emptyBatch(this.#line);
    let input = this.#pending + text;
    let held = '';
    // A CR at the very end may be the first half of a CRLF.
    if (!atEnd && input.endsWith('\r')) {
      input = input.slice(0, -1);
      held = '\r';
    }
    input = withLineFeeds(input, this.#delimiter, this.lineEnds);
    if (atEnd && input !== '' && !input.endsWith('\n')) input += '\n';

    const firstLine = this.#line;
    const { data: rows, errors, meta } = this.#parser.parse(input, 0, true);
    const consumed = input.slice(0, meta.cursor);
    const rest = input.slice(meta.cursor);
    const lines = consumed.includes('"') ? countLineEnds(consumed) : rows.length;
    this.#line += lines;

    const problems: ReadProblem[] = [];
    for (const { row, index } of errors) {
      // Beyond the last whole record the parser only guessed; it will see that text again.
      if (row >= rows.length || problems.at(-1)?.row === row) continue;
      const line = firstLine + countLineEnds(input.slice(0, index));
      problems.push({ kind: 'quote-malformed', line, row });
    }
    if (rest.length > MAX_RECORD_CHARACTERS || (atEnd && rest !== '')) {
      problems.push(this.#explainUnread(rest));
      this.#stopped = true;
    }
    this.#pending = this.#stopped ? '' : rest + held;
    return { rows, firstLine, oneLineEach: lines === rows.length, problems };
  }

  #explainUnread(rest: string): ReadProblem {
    const { errors } = this.#parser.parse(rest, 0, false);
    const [first] = errors;
    if (first === undefined) return { kind: 'record-too-long', line: this.#line, row: undefined };
    return {
      // A quote that closes too early opens one that never closes; the first one is the cause.
      kind: first.code === 'MissingQuotes' ? 'quote-unclosed' : 'quote-malformed',
      line: this.#line + countLineEnds(rest.slice(0, first.index)),
      row: undefined,
    };
  }
}

/**
 * Physical line ends in a text, as an editor counts them: LF, CRLF and a CR alone.
 */
export function countLineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  for (let at = text.indexOf('\r'); at >= 0; at = text.indexOf('\r', at + 1)) {
    if (text[at + 1] !== '\n') count += 1;
  }
  return count;
}

/** Line ends inside the fields of a record: how many lines it takes beyond its first. */
export function lineEndsWithin(fields: readonly string[]): number {
  return fields.reduce((lines, field) => lines + countLineEnds(field), 0);
}

/** A record of blanks only, as spreadsheets leave them below the last row. */
export function isBlankRecord(fields: readonly string[]): boolean {
  return fields.every((field) => field.trim() === '');
}

function emptyBatch(line: number): RecordBatch {
  return { rows: [], firstLine: line, oneLineEach: true, problems: [] };
}
