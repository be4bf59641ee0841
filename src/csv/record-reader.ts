/** Text to records, with physical line numbers, whatever the cuts and the line ends. */
import Papa from 'papaparse';
import { lineEndPattern, type LineEnds, withLineFeeds, withoutLineEnd } from './line-ends.ts';
import { leavesValueOpen, malformedRecord } from './quotes.ts';

/**
 * The longest record that is read, in characters. Without a bound one unclosed quote would make the
 * rest of a file a single record and take memory without end.
 */
export const MAX_RECORD_CHARACTERS = 1024 * 1024;

/** Why the records cannot be read, or not as they were meant. */
export interface ReadProblem {
  /** A record is doubtful that may be the tail of a value whose quotes are malformed. */
  readonly kind: 'quote-unclosed' | 'quote-malformed' | 'record-too-long' | 'record-doubtful';
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

/** Whole records at the beginning of a text, up to the first that is malformed. */
interface RunOfRecords {
  readonly rows: string[][];
  /** Physical lines that the rows take. */
  readonly lines: number;
  /** The record that follows and has not ended yet; `undefined` when a malformed one follows. */
  readonly unfinished: string | undefined;
}

/**
 * Text to records, in blocks that may be cut anywhere. PapaParse finds the fields; this class hands
 * it whole runs of records with one kind of line end, so that mixed line ends and physical line numbers
 * come out right.
 *
 * A record is malformed when a quote inside a quoted field is neither doubled nor followed by the
 * field's end. Where that record was meant to end nobody knows, so it is taken to be its first line:
 * the records after it, which a parser would swallow up to the next quote, are read for themselves. They
 * are doubtful until the value would be closed, however it was meant.
 */
export class RecordReader {
  /** Which line ends stood between the records read so far. */
  readonly lineEnds: LineEnds = { lf: false, crlf: false, cr: false };

  readonly #delimiter: string;
  readonly #areLines: boolean;
  readonly #parser: { parse(input: string, base: number, ignoreLast: boolean): ParserResult };
  #pending = '';
  #line: number;
  #stopped = false;
  /** Whether what comes next may still be part of a value with malformed quotes. */
  #mayBeOpen = false;

  /**
   * @param delimiter the character between fields
   * @param firstLine the physical line on which the text starts, counted from 1
   * @param areLines whether each record counts as one line, as a row of a sheet does
   */
  constructor(delimiter: string, firstLine = 1, areLines = false) {
    this.#areLines = areLines;
    this.#delimiter = delimiter;
    this.#line = firstLine;
    this.#parser = new Papa.Parser({ delimiter, newline: '\n', quoteChar: '"', escapeChar: '"' });
  }

  /** Whether all text read so far came out as records, and more could be read. */
  get isIdle(): boolean {
    return this.#pending === '' && !this.#stopped;
  }

  /** Whether a record starts where the next text does, whatever was meant by the text before. */
  get isCertain(): boolean {
    return !this.#mayBeOpen;
  }

  /** The physical line that the next record starts on, from 1. */
  get line(): number {
    return this.#line;
  }

  /**
   * Passes over lines that are read elsewhere; the reader must be idle.
   *
   * @param lines how many, each one record
   */
  skip(lines: number): void {
    this.#line += lines;
  }

  /** @returns the records that end within what was read so far */
  push(text: string): RecordBatch {
    if (this.#pending.length + text.length <= MAX_RECORD_CHARACTERS) return this.#read(text, false);
    // So that what is too long does not depend on the cuts, no more than one longest record is read at a time.
    const batches: RecordBatch[] = [];
    for (let at = 0; at < text.length && !this.#stopped;) {
      const room = MAX_RECORD_CHARACTERS - this.#pending.length;
      batches.push(this.#read(text.slice(at, at + room), false));
      at += room;
    }
    return joined(batches, this.#line);
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
      rows = this.#readAround(input, first, problems);
    } else {
      this.#reportDoubt(rows, input, 0, problems);
      this.#line += first.lines;
      this.#pending = first.unfinished;
    }
    const isTooLong = (this.#pending + held).length >= MAX_RECORD_CHARACTERS;
    if (isTooLong || (atEnd && this.#pending !== '')) {
      problems.push(this.#explainUnread(this.#pending));
      this.#stopped = true;
    }
    this.#pending = this.#stopped ? '' : this.#pending + held;
    const oneLineEach = this.#line - firstLine === rows.length;
    return { rows, firstLine, oneLineEach, problems };
  }

  /** Reads a text that has malformed records, and leaves what is pending. */
  #readAround(input: string, first: RunOfRecords, problems: ReadProblem[]): string[][] {
    const rows: string[][] = [];
    let at = 0;
    let stretch = first;
    let end = input.length;
    // Looking far ahead of one malformed record, only to find the next, would take time without end.
    let window = 1;
    for (;;) {
      this.#reportDoubt(stretch.rows, input.slice(at, end), rows.length, problems);
      for (const row of stretch.rows) rows.push(row);
      this.#line += stretch.lines;
      at = placeAfterLines(input, at, stretch.lines);
      if (stretch.unfinished === undefined) {
        const next = placeAfterLines(input, at, 1);
        const line = input.slice(at, next);
        problems.push({ kind: 'quote-malformed', line: this.#line, row: rows.length });
        this.#mayBeOpen = leavesValueOpen(line, this.#mayBeOpen, this.#delimiter);
        // What its quotes mean is unknown, so they stay, and each delimiter divides.
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
      stretch = this.#parse(input.slice(at, end));
    }
    this.#pending = input.slice(at);
    return rows;
  }

  /** @param text begins where a record does, and must not end between CR and LF */
  #parse(text: string): RunOfRecords {
    const seen: LineEnds = { ...this.lineEnds };
    const input = withLineFeeds(text, this.#delimiter, seen);
    const malformed = input.includes('"') ? malformedRecord(input, this.#delimiter) : undefined;
    if (malformed !== undefined) {
      const before = input.slice(0, malformed);
      const lines = countLineEnds(before);
      // Behind the malformed record inside and outside of quotes were taken for one another.
      const at = placeAfterLines(text, 0, lines);
      withLineFeeds(text.slice(0, at), this.#delimiter, this.lineEnds);
      // It is taken to be its first line, which must be whole for that.
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
   * Names the records that may be the tail of a value.
   *
   * @param text where the first of them begins
   * @param before how many records come before them in their batch
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

/** @returns the place after so many line ends from there; the end of the text when there are fewer */
function placeAfterLines(text: string, from: number, lines: number): number {
  if (lines === 0) return from;
  const pattern = lineEndPattern();
  pattern.lastIndex = from;
  for (let left = lines; left > 0; left -= 1) {
    if (pattern.exec(text) === null) return text.length;
  }
  return pattern.lastIndex;
}

/** The problems of a batch by the place of their record in it. */
export function problemsByRow({ problems }: RecordBatch): ReadonlyMap<number, ReadProblem> {
  return new Map(
    problems.flatMap((problem) => (problem.row === undefined ? [] : [[problem.row, problem]])),
  );
}

/** Line ends inside the fields of a record: how many lines it takes beyond its first. */
export function lineEndsWithin(fields: readonly string[]): number {
  return fields.reduce((lines, field) => lines + countLineEnds(field), 0);
}

/** A record of spaces only, as spreadsheets leave them below the last row. */
export function isBlankRecord(fields: readonly string[]): boolean {
  return fields.every((field) => field.trim() === '');
}

/** Several batches as one. */
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
