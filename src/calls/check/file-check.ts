/**
 * Passes each record of a file to the right check: one for the header, one for blank records, one
 * for calls.
 */
import type { LineEnds } from '../../csv/line-ends.ts';
import type { RawLines } from '../../csv/raw-lines.ts';
import type { ReadProblem } from '../../csv/record-reader.ts';
import { areRecordsLines, type TableForm } from '../../csv/table-form.ts';
import type { CleanLines, TableConsumer } from '../../csv/table-reading.ts';
import { maskedWithin } from '../../safe-text/masking.ts';
import { shownColumn } from '../../safe-text/shown-value.ts';
import type { SourceNames } from '../../words/commands.ts';
import { columnNamed } from '../columns/columns.ts';
import { type Header, readHeader, unreadableHeader } from '../columns/header.ts';
import { isTimeText } from '../columns/time-text.ts';
import { FirstLine, MOST_TITLES } from '../columns/titles.ts';
import { FindingCollector } from '../findings/collector.ts';
import type { Validation } from '../findings/finding.ts';
import type { FindingCode } from '../findings/kinds.ts';
import { LONGEST_LINES } from '../scan/record-scanner.ts';
import type { CheckOptions } from './check-options.ts';
import { type CallCounts, noCalls } from './counts.ts';
import { damageOf, reportChanges } from './file-findings.ts';
import type { FileForm } from './file-form.ts';
import { LikelyColumns } from './likely-columns.ts';
import { RecordCheck } from './record-check.ts';
import { columnPlaces, reportEmptyInJson, reportNoCalls, reportSheet } from './sheet-findings.ts';

/** The result of the check, after the complete file was read. */
export interface FileVerdict {
  readonly validation: Validation;
  readonly counts: Readonly<CallCounts>;
  /** How the file is written; `undefined` if no header was found. */
  readonly form: FileForm | undefined;
}

/** Checks one file while the file is read. */
export class FileCheck implements TableConsumer {
  readonly longestLines = LONGEST_LINES;
  readonly #options: CheckOptions;
  readonly #form: TableForm;
  readonly #raw: RawLines | undefined;
  readonly #found: FindingCollector;
  #header: Header | undefined;
  #calls: RecordCheck | undefined;
  /**
   * The columns that may have the time of the call, and the line of the header; `undefined` if the
   * file has the column DateTime.
   */
  #times: { readonly columns: LikelyColumns; readonly line: number } | undefined;
  /** How many more records the check may search for the column names. */
  #titlesLeft = 0;
  #firstLine: FirstLine | undefined;
  /** The line with the column names, if this is not the first line. */
  #names: { readonly line: number; readonly isForeign: boolean } | undefined;
  /**
   * The blank records since the last record with values. If another record with values follows,
   * each blank record is an error.
   */
  #blank: { readonly lines: number[]; count: number } = { lines: [], count: 0 };
  #hasBlankRows = false;
  /** The codes of the errors in the current record, for a receiver of invalid records. */
  #reasons: FindingCode[] = [];

  /** @param raw stores the original bytes of the lines, if a receiver needs them */
  constructor(form: TableForm, options: CheckOptions, raw?: RawLines) {
    this.#form = form;
    this.#raw = raw;
    this.#options = options;
    this.#found = new FindingCollector({
      listed: options.maxFindings,
      changesAreErrors: !options.convert,
      onFinding: options.onFinding,
      sheet: form.sheet,
      lineInJson: form.lineInJson,
      onError: options.invalidRecords === undefined ? undefined : this.#collectReason,
    });
  }

  readonly #collectReason = (code: FindingCode): void => {
    this.#reasons.push(code);
  };

  cleanLines(lines: Uint8Array, from: number, line: number, lineEnds: LineEnds): CleanLines {
    if (this.#calls === undefined || this.#calls.isBelowSecondHeader) {
      return { end: from, lines: 0 };
    }
    const clean = this.#calls.cleanLines.take(lines, from, line, lineEnds);
    if (clean.lines > 0) this.#reportBlanks();
    return clean;
  }

  /** Counts records that another fast path has proved clean. */
  acceptClean(records: number): void {
    if (records === 0) return;
    if (this.#calls !== undefined) this.#calls.counts.records += records;
    this.#reportBlanks();
  }

  record(
    fields: readonly string[],
    line: number,
    suspect: boolean,
    problem: ReadProblem['kind'] | undefined,
  ): void {
    this.#reportBlanks();
    if (fields.length === 0 && problem !== undefined) {
      this.#calls?.countUnread();
      if (problem !== 'record-doubtful') this.#found.add(problem, { line }, {});
    } else if (this.#header === undefined) {
      this.#readHeader(fields, line, suspect, problem);
    } else {
      this.#searchForNames(fields, line);
      this.#checkRecord(fields, line, suspect, problem);
    }
  }

  blank(line: number): void {
    // In a sheet, an empty row is not a mistake. In JSON, a record may have no values.
    if (areRecordsLines(this.#form)) {
      this.#hasBlankRows = true;
      return;
    }
    this.#blank.count += 1;
    if (this.#blank.lines.length <= this.#options.maxFindings) this.#blank.lines.push(line);
  }

  /**
   * Ends the check.
   *
   * @param bytes the length of the file
   * @param lineEnds the line ends between the records
   */
  finish(bytes: number, lineEnds: Readonly<LineEnds>): FileVerdict {
    const form = this.#fileForm(lineEnds);
    if (this.#times !== undefined) {
      const { columns, line } = this.#times;
      const candidates = columns.names.map(shownColumn);
      this.#found.add('datetime-column-missing', { line }, { candidates });
    }
    const hasErrors = this.#found.errors > 0;
    const mayBeEmpty = this.#options.allowEmpty === true;
    if (bytes === this.#form.markBytes || (this.#header === undefined && !hasErrors)) {
      if (!mayBeEmpty) this.#found.add('file-empty', {}, {});
    } else if (this.#calls?.counts.records === 0 && !hasErrors && !mayBeEmpty) {
      reportNoCalls(this.#options.sheetReport, this.#found);
    }
    if (form !== undefined && this.#header?.usable === true) {
      const { line } = this.#calls?.standIns ?? {};
      reportChanges(form, { blank: this.#blank.lines[0], standIn: line }, this.#found);
    }
    this.#calls?.finish();
    if (this.#header?.usable === true) reportEmptyInJson(this.#form, this.#found);
    if (this.#options.sheetReport !== undefined)
      reportSheet(this.#options.sheetReport, this.#found);
    if (this.#names !== undefined) {
      // The check mistook a title for the header. This mistake caused all other findings.
      this.#found.clear();
      const { line } = this.#names;
      this.#found.add('header-not-first', { line }, { ...this.#names, ...this.#sourceNames() });
    }
    return { validation: this.#found.result(), counts: this.#calls?.counts ?? noCalls(), form };
  }

  #sourceNames(): SourceNames {
    return this.#options.names ?? {};
  }

  #searchForNames(fields: readonly string[], line: number): void {
    if (this.#titlesLeft === 0) return;
    this.#titlesLeft -= 1;
    const match = this.#firstLine?.matchOf(fields);
    if (match === undefined) return;
    if (match === 'known') this.#titlesLeft = 0;
    else if (this.#names !== undefined) return;
    const isForeign = !fields.some((name) => columnNamed(name.trim())?.name === 'DateTime');
    this.#names = { line, isForeign };
  }

  #checkRecord(
    fields: readonly string[],
    line: number,
    suspect: boolean,
    problem: ReadProblem['kind'] | undefined,
  ): void {
    const calls = this.#calls;
    if (calls === undefined) return;
    this.#reasons = [];
    this.#times?.columns.add((at) => fields[at] ?? '');
    if (problem === 'record-doubtful') this.#checkDoubtful(fields, line, suspect);
    else if (problem === undefined) calls.check(fields, line, suspect);
    else {
      calls.countUnread();
      this.#found.add(problem, { line, record: calls.counts.records }, {});
    }
    if (this.#reasons.length === 0) return;
    const bytes = this.#bytesOf(fields, line);
    this.#options.invalidRecords?.take(calls.counts.records, bytes, this.#reasons);
  }

  /**
   * Checks a record that may be only the rest of a value from a line above. If invalid records are
   * left out, this record also gets the error `record-doubtful`.
   */
  #checkDoubtful(fields: readonly string[], line: number, suspect: boolean): void {
    const calls = this.#calls;
    if (calls === undefined) return;
    const isGood = calls.check(fields, line, suspect);
    if (this.#options.invalidRecords === undefined) return;
    if (isGood) calls.counts.invalid += 1;
    this.#found.add('record-doubtful', { line, record: calls.counts.records }, {});
  }

  #readHeader(
    cells: readonly string[],
    line: number,
    suspect: boolean,
    problem: ReadProblem['kind'] | undefined,
  ): void {
    const { encoding, dialect } = this.#form;
    const damage = damageOf(cells, suspect, problem);
    if (damage !== undefined) {
      this.#found.add(damage, { line }, { encoding });
      this.#header = unreadableHeader(cells);
      return;
    }
    const header = readHeader(cells, line, this.#found, {
      source: this.#sourceNames(),
      systemOf: this.#options.systemOf,
    });
    this.#header = header;
    this.#found.placeColumns(columnPlaces(header.names));
    const bytes = this.#bytesOf(cells, line);
    this.#options.invalidRecords?.begin({ names: cells, bytes, form: this.#form });
    if (header.columns.every((name) => name === undefined)) {
      this.#titlesLeft = MOST_TITLES;
      this.#firstLine = new FirstLine(cells);
    }
    if (!header.usable) return;
    if (!header.columns.includes('DateTime')) {
      const names = header.names.map((name, at) => ({ name, at }));
      this.#times = { columns: new LikelyColumns(names, isTimeText), line };
    }
    const { now, showValues, identifiersMayMix = false } = this.#options;
    const { delimiter } = dialect;
    const { sheet, lineInJson } = this.#form;
    const rows = { sheet, lineInJson };
    const options = { now, showValues, identifiersMayMix, encoding, delimiter, ...rows };
    this.#calls = new RecordCheck(header, options, this.#found);
  }

  #bytesOf(fields: readonly string[], line: number): () => Uint8Array {
    const raw = this.#raw;
    return () => raw?.bytesOfLines(line, raw.linesOf(fields)) ?? new Uint8Array(0);
  }

  #reportBlanks(): void {
    if (this.#blank.count === 0) return;
    for (let index = 0; index < this.#blank.count; index += 1) {
      const line = this.#blank.lines[index];
      this.#found.add('blank-line', line === undefined ? {} : { line }, {});
    }
    this.#blank = { lines: [], count: 0 };
  }

  #fileForm(lineEnds: Readonly<LineEnds>): FileForm | undefined {
    if (this.#header === undefined) return undefined;
    const { text } = this.#options;
    const { sample } = text ?? this.#form;
    return {
      container: this.#options.container,
      text,
      sheet: this.#form.sheet,
      encoding: this.#form.encoding,
      markBytes: this.#form.markBytes,
      sample: sample === undefined ? undefined : maskedWithin(sample),
      ...this.#form.dialect,
      lineEnds,
      blankLinesAtEnd: this.#blank.count > 0,
      blankRows: this.#hasBlankRows,
      headerBlanks: this.#header.hasSpaces,
      headerCase: this.#header.hasOtherCase,
      standIns: this.#calls?.standIns.count ?? 0,
      columns: this.#header.columns,
      droppedPlaces: this.#header.reasonPlaces,
      headerNames: this.#header.names,
    };
  }
}
