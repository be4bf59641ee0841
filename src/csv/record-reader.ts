/**
 * Divides text into records with physical line numbers. The text comes in pieces, and may have any
 * line ends.
 */
import Papa from 'papaparse';
import { lineEndPattern, type LineEnds, withLineFeeds, withoutLineEnd } from './line-ends.ts';
import { leavesValueOpen, malformedRecord, openingQuote, OpenValue } from './quotes.ts';

/**
 * The maximum length of a record, in characters. Without this limit, an unclosed quote would turn
 * the rest of the file into one record. A large file would then fill the memory.
 */
export const MAX_RECORD_CHARACTERS = 1024 * 1024;

/** Why a record cannot be read, or may be read wrongly. */
export interface ReadProblem {
  /** `record-doubtful`: the record may be the rest of a value with malformed quotes. */
  readonly kind: 'quote-unclosed' | 'quote-malformed' | 'record-too-long' | 'record-doubtful';
  /** The physical line, counted from 1. */
  readonly line: number;
  /** The index of the record in the batch; `undefined` if the record could not be read at all. */
  readonly row: number | undefined;
}

/** Consecutive records. */
export interface RecordBatch {
  readonly rows: string[][];
  /** The physical line on which the first record starts, counted from 1. */
  readonly firstLine: number;
  /** Whether every record is exactly one physical line. */
  readonly oneLineEach: boolean;
  readonly problems: readonly ReadProblem[];
}

interface ParserResult {
  data: string[][];
  errors: { code: string; row: number; index: number }[];
  meta: { cursor: number };
}

/** The complete records at the beginning of a text, before the first malformed record. */
interface RunOfRecords {
  readonly rows: string[][];
  /** The number of physical lines that the rows fill. */
  readonly lines: number;
  /** The incomplete record after the rows; `undefined` if the next record is malformed. */
  readonly unfinished: string | undefined;
}

/**
 * Divides text into records. The pieces of text may be cut anywhere. PapaParse finds the fields.
 * PapaParse gets complete records with LF between the records. So mixed line ends are no problem,
 * and the physical line numbers are correct.
 *
 * A quote inside a quoted field must be doubled, or the field must end after the quote. Otherwise
 * the record is malformed. The intended end of a malformed record is unknown, so the reader ends it
 * at the end of its first line. The records after a malformed record are read separately, because a
 * parser would add them to the unclosed field. These later records are doubtful until the field is
 * certainly closed.
 */
export class RecordReader {
  /** The kinds of line ends between the records that were read. */
  readonly lineEnds: LineEnds = { lf: false, crlf: false, cr: false };

  readonly #delimiter: string;
  readonly #areLines: boolean;
  readonly #parser: { parse(input: string, base: number, ignoreLast: boolean): ParserResult };
  #pending = '';
  #line: number;
  #stopped = false;
  /** The value that is open in a record over the maximum length, until its end is known. */
  #openValue: { readonly value: OpenValue; readonly line: number } | undefined;
  /** Whether the next text may still belong to a value with malformed quotes. */
  #mayBeOpen = false;

  /**
   * @param delimiter the character between fields
   * @param firstLine the physical line where the text starts, counted from 1
   * @param areLines whether each record is treated as one line, like a row of a sheet
   */
  constructor(delimiter: string, firstLine = 1, areLines = false) {
    this.#areLines = areLines;
    this.#delimiter = delimiter;
    this.#line = firstLine;
    this.#parser = new Papa.Parser({ delimiter, newline: '\n', quoteChar: '"', escapeChar: '"' });
  }

  /** Whether the reader has no incomplete record, and has not stopped. */
  get isIdle(): boolean {
    return this.#pending === '' && !this.#stopped;
  }

  /**
   * Whether the next text certainly starts a record. After malformed quotes, this may be uncertain.
   */
  get isCertain(): boolean {
    return !this.#mayBeOpen;
  }

  /** The physical line where the next record starts, from 1. */
  get line(): number {
    return this.#line;
  }

  /**
   * Skips lines that the fast path has read. The reader must be idle.
   *
   * @param lines the number of lines
   */
  skip(lines: number): void {
    this.#line += lines;
  }

  /** @returns the records that this text completes */
  push(text: string): RecordBatch {
    if (this.#pending.length + text.length <= MAX_RECORD_CHARACTERS) return this.#read(text, false);
    // A long text is read in pieces. So the unread text never exceeds the maximum length of a
    // record. Also, wherever the caller cuts the text, the same records are too long.
    const batches: RecordBatch[] = [];
    for (let at = 0; at < text.length && !this.#hasEnded;) {
      const room = MAX_RECORD_CHARACTERS - this.#pending.length;
      batches.push(this.#read(text.slice(at, at + room), false));
      at += room;
    }
    return joined(batches, this.#line);
  }

  /** @returns the last record, if the text does not end with a line end */
  end(): RecordBatch {
    return this.#read('', true);
  }

  /** Whether the reader has stopped, and the reason is known. */
  get #hasEnded(): boolean {
    return this.#stopped && this.#openValue === undefined;
  }

  #read(text: string, atEnd: boolean): RecordBatch {
    if (this.#stopped) {
      const problem = this.#searchEnd(text, atEnd);
      return { ...emptyBatch(this.#line), problems: problem === undefined ? [] : [problem] };
    }
    let input = this.#pending + text;
    let held = '';
    // A CR at the end may be the first half of a CRLF.
    if (input.endsWith('\r')) {
      input = input.slice(0, -1);
      held = '\r';
    }
    if (atEnd && (held !== '' || (input !== '' && !input.endsWith('\n')))) {
      input += held === '' ? '\n' : held;
      held = '';
    }

    const firstLine = this.#line;
    const problems: ReadProblem[] = [];
    const first = this.#parse(input);
    let { rows } = first;
    if (first.unfinished === undefined) {
      rows = this.#readPastMalformed(input, first, problems);
    } else {
      this.#reportDoubt(rows, input, 0, problems);
      this.#line += first.lines;
      this.#pending = first.unfinished;
    }
    const isTooLong = (this.#pending + held).length >= MAX_RECORD_CHARACTERS;
    const opened = isTooLong && !atEnd ? openingQuote(this.#pending, this.#delimiter) : undefined;
    if (opened !== undefined) {
      const line = this.#line + countLineEnds(this.#pending.slice(0, opened));
      this.#openValue = { value: new OpenValue(this.#delimiter), line };
      this.#stopped = true;
      const problem = this.#searchEnd(this.#pending.slice(opened + 1) + held, false);
      if (problem !== undefined) problems.push(problem);
    } else if (isTooLong || (atEnd && this.#pending !== '')) {
      problems.push(this.#explainUnread(this.#pending));
      this.#stopped = true;
    }
    this.#pending = this.#stopped ? '' : this.#pending + held;
    const oneLineEach = this.#line - firstLine === rows.length;
    return { rows, firstLine, oneLineEach, problems };
  }

  /** Reads a text with malformed records. Stores an incomplete record for the next call. */
  #readPastMalformed(input: string, first: RunOfRecords, problems: ReadProblem[]): string[][] {
    const rows: string[][] = [];
    let at = 0;
    let run = first;
    let end = input.length;
    // The number of lines to parse next. It is small at first. Parsing all remaining lines after
    // each malformed record would take quadratic time.
    let window = 1;
    for (;;) {
      this.#reportDoubt(run.rows, input.slice(at, end), rows.length, problems);
      for (const row of run.rows) rows.push(row);
      this.#line += run.lines;
      at = placeAfterLines(input, at, run.lines);
      if (run.unfinished === undefined) {
        const next = placeAfterLines(input, at, 1);
        const line = input.slice(at, next);
        problems.push({ kind: 'quote-malformed', line: this.#line, row: rows.length });
        this.#mayBeOpen = leavesValueOpen(line, this.#mayBeOpen, this.#delimiter);
        // The meaning of the quotes in this record is unknown. So the quotes stay, and every
        // delimiter separates fields.
        rows.push(withoutLineEnd(line, this.lineEnds).split(this.#delimiter));
        this.#line += 1;
        at = next;
        window = 1;
      } else if (end === input.length) {
        break;
      } else {
        window *= 2;
      }
      end = placeAfterLines(input, at, window);
      run = this.#parse(input.slice(at, end));
    }
    this.#pending = input.slice(at);
    return rows;
  }

  /**
   * Parses the complete records at the beginning of a text.
   *
   * @param text text from the start of a record; it must not end between CR and LF
   */
  #parse(text: string): RunOfRecords {
    const seen: LineEnds = { ...this.lineEnds };
    const input = withLineFeeds(text, this.#delimiter, seen);
    const malformed = input.includes('"') ? malformedRecord(input, this.#delimiter) : undefined;
    if (malformed !== undefined) {
      const before = input.slice(0, malformed);
      const lines = countLineEnds(before);
      // `seen` also has the line ends after the start of the malformed record. These line ends may
      // be inside quotes. So this code ignores `seen`, and adds only the line ends before the
      // malformed record.
      const at = placeAfterLines(text, 0, lines);
      withLineFeeds(text.slice(0, at), this.#delimiter, this.lineEnds);
      // The malformed record ends at the end of its first line. It can be read only if this line is
      // complete.
      const isWhole = /[\r\n]/.test(text.slice(at));
      const rows = this.#parser.parse(before, 0, true).data;
      return { rows, lines, unfinished: isWhole ? undefined : text.slice(at) };
    }
    const { data, meta } = this.#parser.parse(input, 0, true);
    const rest = input.slice(meta.cursor);
    const consumed = input.slice(0, meta.cursor);
    this.#addLineEnds(seen);
    return {
      rows: data,
      lines: !this.#areLines && consumed.includes('"') ? countLineEnds(consumed) : data.length,
      unfinished: rest.includes('\n')
        ? text.slice(placeAfterLines(text, 0, countLineEnds(consumed)))
        : text.slice(text.length - rest.length),
    };
  }

  /**
   * Reports each record that may be only the rest of a value with malformed quotes.
   *
   * @param text the text from the start of the first record of `rows`
   * @param before the number of records that precede `rows` in the batch
   */
  #reportDoubt(
    rows: readonly (readonly string[])[],
    text: string,
    before: number,
    problems: ReadProblem[],
  ): void {
    let line = this.#line;
    let at = 0;
    for (const [index, fields] of rows.entries()) {
      if (!this.#mayBeOpen) return;
      const lines = 1 + lineEndsWithin(fields);
      const end = placeAfterLines(text, at, lines);
      problems.push({ kind: 'record-doubtful', line, row: before + index });
      this.#mayBeOpen = leavesValueOpen(text.slice(at, end), true, this.#delimiter);
      line += lines;
      at = end;
    }
  }

  #addLineEnds({ lf, crlf, cr }: LineEnds): void {
    this.lineEnds.lf ||= lf;
    this.lineEnds.crlf ||= crlf;
    this.lineEnds.cr ||= cr;
  }

  /**
   * Searches for the end of the value that is open in a record over the maximum length. A value
   * that ends was not left open: the record is only too long.
   *
   * @returns the problem, when it is known
   */
  #searchEnd(text: string, atEnd: boolean): ReadProblem | undefined {
    if (this.#openValue === undefined) return undefined;
    const { value, line } = this.#openValue;
    const found = value.push(text);
    if (found === undefined && !atEnd) return undefined;
    this.#openValue = undefined;
    if (found === 'malformed') return { kind: 'quote-malformed', line, row: undefined };
    return found === 'closed' || value.isClosedAtEnd
      ? { kind: 'record-too-long', line: this.#line, row: undefined }
      : { kind: 'quote-unclosed', line, row: undefined };
  }

  #explainUnread(rest: string): ReadProblem {
    const { errors } = this.#parser.parse(rest, 0, false);
    const [first] = errors;
    if (first === undefined) return { kind: 'record-too-long', line: this.#line, row: undefined };
    return {
      kind: first.code === 'MissingQuotes' ? 'quote-unclosed' : 'quote-malformed',
      line: this.#line + countLineEnds(rest.slice(0, first.index)),
      row: undefined,
    };
  }
}

/** Counts physical line ends as an editor does: LF, CRLF and a single CR. */
export function countLineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  for (let at = text.indexOf('\r'); at >= 0; at = text.indexOf('\r', at + 1)) {
    if (text[at + 1] !== '\n') count += 1;
  }
  return count;
}

/**
 * @returns the position after the given number of line ends; the end of the text if it has fewer
 */
function placeAfterLines(text: string, from: number, lines: number): number {
  if (lines === 0) return from;
  const pattern = lineEndPattern();
  pattern.lastIndex = from;
  for (let left = lines; left > 0; left -= 1) {
    if (pattern.exec(text) === null) return text.length;
  }
  return pattern.lastIndex;
}

/** Returns a map from the index of a record in the batch to the problem of that record. */
export function problemsByRow({ problems }: RecordBatch): ReadonlyMap<number, ReadProblem> {
  return new Map(
    problems.flatMap((problem) => (problem.row === undefined ? [] : [[problem.row, problem]])),
  );
}

/** Counts the line ends inside the fields of a record. */
export function lineEndsWithin(fields: readonly string[]): number {
  return fields.reduce((lines, field) => lines + countLineEnds(field), 0);
}

/**
 * Says whether a record has only spaces. Spreadsheets often write such records below the last row.
 */
export function isBlankRecord(fields: readonly string[]): boolean {
  return fields.every((field) => field.trim() === '');
}

/** Joins several batches into one batch. */
function joined(batches: readonly RecordBatch[], line: number): RecordBatch {
  const [first = emptyBatch(line)] = batches;
  const rows: string[][] = [];
  const problems: ReadProblem[] = [];
  for (const batch of batches) {
    for (const problem of batch.problems) {
      const row = problem.row === undefined ? undefined : problem.row + rows.length;
      problems.push({ ...problem, row });
    }
    for (const row of batch.rows) rows.push(row);
  }
  const oneLineEach = batches.every((batch) => batch.oneLineEach);
  return { rows, firstLine: first.firstLine, oneLineEach, problems };
}

function emptyBatch(line: number): RecordBatch {
  return { rows: [], firstLine: line, oneLineEach: true, problems: [] };
}
