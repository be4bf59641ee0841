/** Checks the records of one file as text, and counts them. */
import type { Delimiter } from '../../csv/dialect.ts';
import { LINKAGE_WINDOW, LONGEST_USUAL_DURATION, SPREADSHEET_DIGITS } from '../../limits.ts';
import type { FindingParameters } from '../../words/en/findings.ts';
import { CALL_COLUMNS, type ColumnName, IDENTIFIER_COLUMNS } from '../columns/columns.ts';
import type { Header } from '../columns/header.ts';
import {
  type CellCheck,
  type CellFindingCode,
  checkCurrency,
  checkText,
} from '../columns/rules.ts';
import { SHAPE_RULES } from '../columns/shapes.ts';
import { withoutStandIns } from '../columns/stand-ins.ts';
import { WHOLE_NUMBER } from '../columns/value-forms.ts';
import type { FindingCollector } from '../findings/collector.ts';
import type { FindingCode } from '../findings/kinds.ts';
import { RecordScanner } from '../scan/record-scanner.ts';
import { type CellFindingOptions, CellFindings, type RecordPlace } from './cell-findings.ts';
import { CleanLineCheck } from './clean-lines.ts';
import { type CallCounts, type IdentifierName, noCalls } from './counts.ts';
import { firstWord, NoCalls } from './no-call.ts';
import { WholeFile } from './whole-file.ts';

/** How to check the records under a header. */
export interface RecordCheckOptions extends CellFindingOptions {
  /** Seconds since 1970-01-01 UTC. */
  readonly now: number;
  /** Whether records may fill different identifier columns without a warning. */
  readonly identifiersMayMix?: boolean;
  /**
   * Whether the scanner accepts static calls without an identifier. If so, the code that uses this
   * check must report these calls.
   */
  readonly knowsUnidentified?: boolean;
  /** The delimiter of the file; a comma by default. */
  readonly delimiter?: Delimiter | undefined;
}

/** The index of each column in a record; -1 if the file lacks the column. */
type Places = Readonly<Record<ColumnName, number>>;

interface CheckedColumn {
  readonly at: number;
  readonly isTime: boolean;
  readonly check: CellCheck;
}

/** Facts about a record that are known before its check. */
export interface KnownOfRecord {
  /** Findings by the index of the column. They replace the findings of the column's rule. */
  readonly problems: ReadonlyMap<number, CellFindingCode>;
  /**
   * The number of the record in the file, from 1. It may be larger than the number of checked
   * records, because earlier records may have been left out.
   */
  readonly record: number;
}

/** Checks the records of one file, one after another. */
export class RecordCheck {
  readonly counts: CallCounts = noCalls();
  /** The number of stand-ins, and the physical line of the first one. */
  readonly standIns: { count: number; line: number | undefined } = { count: 0, line: undefined };
  /** The fast path. It adds clean records to the counts of this check. */
  readonly cleanLines: CleanLineCheck;

  readonly #header: Header;
  readonly #options: RecordCheckOptions;
  readonly #found: FindingCollector;
  readonly #checked: readonly CheckedColumn[];
  readonly #places: Places;
  readonly #identifierPlaces: readonly (readonly [IdentifierName, number])[];
  readonly #scanner = new RecordScanner();
  readonly #cells: CellFindings;
  readonly #whole: WholeFile;
  readonly #noCalls: NoCalls;
  /** The number of the current record, from 1. */
  #record = 0;

  constructor(header: Header, options: RecordCheckOptions, found: FindingCollector) {
    this.#header = header;
    this.#options = options;
    this.#found = found;
    this.#cells = new CellFindings(header.names, options, found);
    this.#noCalls = new NoCalls(header.names);
    this.#whole = new WholeFile(options.sheet !== undefined);
    this.#places = Object.fromEntries(
      CALL_COLUMNS.map(({ name }) => [name, header.columns.indexOf(name)]),
    ) as Places;
    this.#checked = CALL_COLUMNS.map(({ name, shape }) => ({
      at: this.#places[name],
      isTime: name === 'DateTime',
      check: SHAPE_RULES[shape],
    })).filter(({ at }) => at >= 0);
    this.#identifierPlaces = IDENTIFIER_COLUMNS.map(
      (name) => [name, this.#places[name]] as const,
    ).filter(([, at]) => at >= 0);
    this.cleanLines = new CleanLineCheck(
      this.#scanner,
      {
        columns: header.columns,
        delimiter: options.delimiter ?? ',',
        now: options.now,
        linkageWindow: LINKAGE_WINDOW,
        longestDuration: LONGEST_USUAL_DURATION,
        spreadsheetDigits: SPREADSHEET_DIGITS,
        allowsUnidentified: options.knowsUnidentified,
      },
      { counts: this.counts, longIdentifiers: this.#whole.longIdentifiers },
    );
  }

  /**
   * Checks one record and counts it.
   *
   * @param fields the record
   * @param line the physical line where it starts, from 1
   * @param suspect whether the record may contain NUL or undecodable bytes
   * @param known facts about the record that are already known
   * @returns whether the record has no errors
   */
  check(fields: readonly string[], line: number, suspect: boolean, known?: KnownOfRecord): boolean {
    this.counts.records += 1;
    this.#record = known?.record ?? this.counts.records;
    const errorsBefore = this.#found.errors;
    const expected = this.#header.names.length;
    const place = { line, record: this.#record };
    if (known === undefined && this.#reportNoCall(fields, place)) {
      // The record is not a call, so it needs no further checks.
    } else if (expected === 0) {
      // No column of the export is mapped, and the findings about the header say so. Then each call
      // is an empty line, which has one field. This field is not a mistake of the record.
    } else if (fields.length !== expected) this.reportFieldCount(fields, expected, place);
    else if (!suspect || !this.#isDamaged(fields, line)) {
      const values = this.#withoutStandIns(fields, line);
      this.#checkCells(values, line, known?.problems);
      this.#checkTogether(values, line);
      const firstLine = this.#scanner.firstLineOf(values, line);
      if (firstLine !== undefined) this.#reportRecord('record-twice', line, { firstLine });
    }
    return this.#finishRecord(errorsBefore);
  }

  /**
   * Reports the wrong values of a record. The scanner has proved the other values clean.
   *
   * @param problems the findings by the index of the column
   * @param values returns the fields of the record; called only if the fields are needed
   * @param place the position of the record
   * @returns whether the record has no errors
   */
  reportWrong(
    problems: ReadonlyMap<number, CellFindingCode>,
    values: () => readonly string[],
    place: RecordPlace,
  ): boolean {
    this.#record = place.record;
    const errorsBefore = this.#found.errors;
    const { ClientId, Yclid } = this.#places;
    for (const [at, code] of problems) {
      if (at === ClientId || at === Yclid) this.#whole.addIdentifier(values()[at] ?? '');
      this.#cells.add(code, at, place, values);
    }
    return this.#finishRecord(errorsBefore);
  }

  /** Reports a static call without an identifier. The scanner has proved its values clean. */
  reportUnidentified(place: RecordPlace): void {
    this.#record = place.record;
    this.#reportRecord('static-without-identifier', place.line, {});
  }

  /**
   * Counts the current record as invalid if it has errors.
   *
   * @returns whether the record has no errors
   */
  #finishRecord(errorsBefore: number): boolean {
    const isGood = this.#found.errors === errorsBefore;
    if (!isGood) this.counts.invalid += 1;
    return isGood;
  }

  /** Counts an unreadable record. Other code reports the reason. */
  countUnread(): void {
    this.counts.records += 1;
    this.counts.invalid += 1;
  }

  /**
   * Reports a record that has more or fewer fields than the header. The caller must already have
   * counted the record.
   */
  reportFieldCount(fields: readonly string[], expected: number, place: RecordPlace): void {
    this.#whole.fieldCounts.add(fields, place.line);
    this.#whole.fieldCounts.expected = expected;
    this.#found.add('field-count', place, { fields: fields.length, expected });
  }

  /** Whether a second header was found. If so, all later records must be checked one by one. */
  get isBelowSecondHeader(): boolean {
    return this.#noCalls.isBelowSecondHeader;
  }

  /** @returns whether the record is not a call, such as a line of totals */
  #reportNoCall(fields: readonly string[], place: RecordPlace): boolean {
    const code = this.#noCalls.codeOf(firstWord(fields), () => fields);
    if (code !== undefined) this.#found.add(code, place, {});
    return code !== undefined;
  }

  /**
   * Reports the findings that need the whole file.
   *
   * @param records the number of records
   */
  finish(records = this.counts.records): void {
    const { identifiersMayMix = false } = this.#options;
    const options = { fields: this.#header.names.length, identifiersMayMix };
    this.#whole.report(records, this.counts, options, this.#found);
  }

  #withoutStandIns(fields: readonly string[], line: number): readonly string[] {
    if (this.#options.isConverted === true) return fields;
    const values = withoutStandIns(fields, this.#header.columns);
    if (values === fields) return fields;
    this.standIns.count += values.filter((value, at) => value !== fields[at]).length;
    this.standIns.line ??= line;
    return values;
  }

  #isDamaged(fields: readonly string[], line: number): boolean {
    let isDamaged = false;
    fields.forEach((field, at) => {
      if (field.includes('\0')) {
        this.#reportCell('nul-byte', fields, line, at);
        isDamaged = true;
      } else if (!field.isWellFormed()) {
        this.#reportCell('bytes-undecodable', fields, line, at);
        isDamaged = true;
      }
    });
    return isDamaged;
  }

  #checkCells(
    fields: readonly string[],
    line: number,
    known: ReadonlyMap<number, CellFindingCode> | undefined,
  ): void {
    const { now } = this.#options;
    for (const { at, isTime, check } of this.#checked) {
      const value = fields[at] ?? '';
      if (value === '') {
        if (isTime) this.#reportCell('datetime-missing', fields, line, at);
        continue;
      }
      const code = known?.get(at) ?? ruleOf(check, value, now);
      if (code !== undefined) {
        const hasOnlySpaces = value !== value.trim() && check(value.trim(), now) === undefined;
        this.#reportCell(hasOnlySpaces ? 'value-blanks' : code, fields, line, at);
      }
    }
  }

  #checkTogether(fields: readonly string[], line: number): void {
    const value = (name: ColumnName): string => fields[this.#places[name]] ?? '';
    const isStatic = value('StaticCall') === '1';
    let identified = false;
    for (const [name, at] of this.#identifierPlaces) {
      if ((fields[at] ?? '').trim() === '') continue;
      identified = true;
      this.counts.identifiers[name] += 1;
      if (name !== 'UserId') this.#whole.addIdentifier(fields[at] ?? '');
    }
    if (isStatic) this.counts.static += 1;
    else this.counts.dynamic += 1;
    if (!identified && this.#identifierPlaces.length > 0) {
      this.#reportRecord(isStatic ? 'static-without-identifier' : 'identifier-missing', line, {});
    }
    this.#checkTime(value('DateTime'), fields, line, identified && !isStatic);

    const currency = value('Currency');
    if (currency !== '' && checkCurrency(currency) === undefined) {
      if (this.#whole.addCurrency(currency)) this.#scanner.addCurrency(currency);
    }
    if (value('Price') !== '' && currency === '') {
      this.#reportCell('price-without-currency', fields, line, this.#places.Price);
    }
    if (value('CallMissed') === '1' && seconds(value('TalkDuration')) > 0) {
      this.#reportCell('missed-with-talk-time', fields, line, this.#places.TalkDuration);
    }
    for (const name of ['TalkDuration', 'HoldDuration'] as const) {
      if (seconds(value(name)) > LONGEST_USUAL_DURATION) {
        this.#reportCell('duration-over-day', fields, line, this.#places[name]);
      }
    }
  }

  #checkTime(time: string, fields: readonly string[], line: number, canBeLinked: boolean): void {
    const age = WHOLE_NUMBER.test(time) ? this.#options.now - Number(time) : 0;
    if (isDayNumber(time)) {
      this.#reportCell('datetime-serial', fields, line, this.#places.DateTime);
    } else if (age > LINKAGE_WINDOW) {
      this.#reportCell('call-too-old', fields, line, this.#places.DateTime);
    } else if (canBeLinked) {
      this.counts.linkable += 1;
    }
  }

  #reportRecord<Code extends FindingCode>(
    code: Code,
    line: number,
    parameters: FindingParameters[Code],
  ): void {
    this.#found.add(code, { line, record: this.#record }, parameters);
  }

  #reportCell(code: CellFindingCode, fields: readonly string[], line: number, at: number): void {
    this.#cells.add(code, at, { line, record: this.#record }, () => fields);
  }
}

/**
 * Returns the finding about a value. If an invalid value has a control character, returns the
 * finding about this character, because the character is the cause of the other finding.
 */
function ruleOf(check: CellCheck, value: string, now: number): CellFindingCode | undefined {
  const code = check(value, now);
  return code === undefined ? undefined : (checkText(value) ?? code);
}

/**
 * Says whether a value is probably a date that a spreadsheet stored as a number of days. In this
 * form, the dates from 1954 to 2119 are numbers from 20,000 to 80,000. The same number of seconds
 * would be a time on 1 January 1970.
 */
function isDayNumber(time: string): boolean {
  return time.length === 5 && Number(time) >= 20_000 && Number(time) <= 80_000;
}

/**
 * Returns a duration in seconds. Returns 0 for an invalid duration, because another finding reports
 * it.
 */
function seconds(value: string): number {
  return /^\d{1,9}$/.test(value) ? Number(value) : 0;
}
