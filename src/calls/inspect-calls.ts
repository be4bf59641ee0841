/** Summarizes a file of calls: its period, hours, identifiers, durations and prices. */
import type { Delimiter } from '../csv/dialect.ts';
import {
  type FastLines,
  type OpenBytes,
  readAsWritten,
  readTable,
  type TableRecord,
} from '../csv/table.ts';
import type { TableForm, TableHints } from '../csv/table-form.ts';
import type { CleanLines } from '../csv/table-reading.ts';
import { LINKAGE_WINDOW } from '../limits.ts';
import { CleanLineCheck } from './check/clean-lines.ts';
import { type IdentifierName, noCalls } from './check/counts.ts';
import { FileCheck } from './check/file-check.ts';
import { CALL_COLUMNS, type ColumnName, columnNamed, isCallColumn } from './columns/columns.ts';
import { DECIMAL } from './columns/value-forms.ts';
import { type DurationQuantiles, Durations } from './durations.ts';
import type { Validation } from './findings/finding.ts';
import { CleanFields } from './scan/clean-fields.ts';
import { LONGEST_LINES, RecordScanner } from './scan/record-scanner.ts';
import { TagCounts } from './tag-counts.ts';

/** Options for inspecting a file. */
export interface InspectOptions extends TableHints {
  /** Seconds since 1970-01-01 UTC. */
  readonly now: number;
  /** Returns the hour of the day, 0 to 23, in the time zone of the inspection. */
  readonly hourAt: (seconds: number) => number;
  /** Returns the number of the day since 1970-01-01, in the time zone of the inspection. */
  readonly dayAt: (seconds: number) => number;
  /** Whether to use the fast path; `true` by default. If `false`, every record is decoded. */
  readonly fastPath?: boolean;
}

/** A summary of a file of calls. */
export interface Inspection {
  readonly rows: number;
  /** The number of errors that a check of the file finds. */
  readonly errors: number;
  /** For each column, how many of its values break the rule of the column. */
  readonly unreadable: ReadonlyMap<string, number>;
  /** The number of records without a valid time. */
  readonly withoutTime: number;
  /** The earliest time in seconds since 1970-01-01 UTC; `undefined` if no record has a time. */
  readonly from: number | undefined;
  /** The latest time in seconds since 1970-01-01 UTC; `undefined` if no record has a time. */
  readonly to: number | undefined;
  /** The number of calls by day. The key is the number of days since 1970-01-01. */
  readonly days: ReadonlyMap<number, number>;
  /** The number of calls by hour of the day. */
  readonly hours: readonly number[];
  /** The number of calls by hour for each day of the week, Monday first. */
  readonly weekdays: readonly (readonly number[])[];
  readonly identifiers: Readonly<Record<IdentifierName, number>>;
  readonly withoutIdentifier: number;
  readonly static: number;
  readonly dynamic: number;
  readonly missed: number;
  readonly talk: DurationQuantiles | undefined;
  readonly hold: DurationQuantiles | undefined;
  /**
   * For each currency, the number of prices and their sum. Only a limited number of currencies have
   * a key of their own. The key '' is for prices in other currencies, and for prices without a
   * currency.
   */
  readonly prices: ReadonlyMap<string, { readonly count: number; readonly sum: number }>;
  /** The number of calls that are too old to be linked. */
  readonly tooOld: number;
  /** The number of records that repeat an earlier record. */
  readonly duplicates: number;
  /**
   * The most frequent tags with their counts. In files with very many tags, the counts may be too
   * small: see {@link TagCounts}.
   */
  readonly topTags: readonly (readonly [tag: string, count: number])[];
}

const TOP_TAGS = 5;
const MOST_DAYS = 20_000;
/** 1970-01-01 was a Thursday. Monday is 0. */
const FIRST_DAY = 3;
const MOST_CURRENCIES = 500;

/**
 * Summarizes a file of calls, in memory that does not grow with the file. If the first reading
 * finds that the file is not UTF-8, the file is read again.
 *
 * @returns `undefined` if the file has no column DateTime or no records
 */
export async function inspectTable(
  open: OpenBytes,
  options: InspectOptions,
): Promise<Inspection | undefined> {
  return await readAsWritten(open, options, isCallColumn, (form) => inspectAs(open, form, options));
}

async function inspectAs(
  open: OpenBytes,
  form: TableForm,
  options: InspectOptions,
): Promise<Inspection | undefined> {
  let tally: Tally | undefined;
  const check = new FileCheck(form, { ...options, ...UNLISTED });
  let clean: CleanLineCheck | undefined;
  let isOfCalls = true;
  const scanner = new RecordScanner();
  const { delimiter } = form.dialect;
  const take = ({ fields, line, suspect, problem }: TableRecord): void => {
    check.record(fields, line, suspect, problem);
    if (!isOfCalls || (problem !== undefined && fields.length === 0)) return;
    if (tally !== undefined) {
      tally.add(fields, line);
      return;
    }
    const columns = fields.map((cell) => columnNamed(cell.trim())?.name);
    isOfCalls = columns.includes('DateTime');
    tally = new Tally(columns, options, scanner, delimiter);
    const settings = { columns, delimiter, now: options.now, ...ANY_CALL };
    clean = new CleanLineCheck(scanner, settings, tally.ofCleanLines);
  };
  const consumer = {
    record: take,
    blank: (line: number) => {
      check.blank(line);
    },
    longestLines: LONGEST_LINES,
    cleanLines: ({ lines, from, line, lineEnds }: FastLines): CleanLines => {
      const isOff = options.fastPath === false;
      if (tally === undefined || clean === undefined || !isOfCalls || isOff) {
        return { end: from, lines: 0 };
      }
      const taken = clean.take(lines, from, line, lineEnds);
      tally.addLines(lines, from, taken.lines);
      check.acceptClean(taken.lines);
      return taken;
    },
  };
  const onBlock = (): Promise<boolean> => Promise.resolve(isOfCalls);
  await readTable(open, form, consumer, { onBlock });
  const { validation } = check.finish(Number.POSITIVE_INFINITY, {
    lf: false,
    crlf: false,
    cr: false,
  });
  return tally?.result(validation);
}

/** The check of an inspection counts findings, and lists none. */
const UNLISTED = { maxFindings: 0, showValues: false, convert: true } as const;

/** Returns how many values of each column break the rule of the column. */
export function unreadableValues({ groups }: Validation): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { code, severity, count, first } of groups) {
    const column = first[0]?.column ?? undefined;
    if (severity !== 'error' || code === 'datetime-missing') continue;
    if (column === undefined || !isCallColumn(column)) continue;
    counts.set(column, (counts.get(column) ?? 0) + count);
  }
  return counts;
}

/** Settings for the scanner. The limits of age and duration are very high, to include all calls. */
const ANY_CALL = {
  linkageWindow: 0x7fff_ffff,
  longestDuration: 999_999_999,
  spreadsheetDigits: 15,
} as const;

/** Adds up the calls of a file. */
class Tally {
  #rows = 0;
  readonly #options: InspectOptions;
  /** The index of each column in a record; -1 if the file lacks the column. */
  readonly #places: Readonly<Record<ColumnName, number>>;
  readonly #scanner: RecordScanner;
  readonly #fields: CleanFields;
  /** The scanner's counts of clean records. */
  readonly ofCleanLines = { counts: noCalls(), longIdentifiers: { long: 0, rounded: 0 } };
  readonly #days = new Map<number, number>();
  readonly #weekdays = Array.from({ length: 7 }, () => new Array<number>(24).fill(0));
  readonly #identifiers = { UserId: 0, ClientId: 0, Yclid: 0 };
  readonly #currencies = new Set<string>();
  readonly #prices = new Map<string, { count: number; sum: number }>();
  readonly #talk = new Durations();
  readonly #hold = new Durations();
  readonly #tags = new TagCounts();
  readonly #count = {
    withoutTime: 0,
    withoutIdentifier: 0,
    static: 0,
    missed: 0,
    tooOld: 0,
    duplicates: 0,
  };
  #from = Number.POSITIVE_INFINITY;
  #to = Number.NEGATIVE_INFINITY;

  constructor(
    names: readonly (ColumnName | undefined)[],
    options: InspectOptions,
    scanner: RecordScanner,
    delimiter: Delimiter,
  ) {
    this.#options = options;
    this.#scanner = scanner;
    this.#places = Object.fromEntries(
      CALL_COLUMNS.map(({ name }) => [name, names.lastIndexOf(name)]),
    ) as Record<ColumnName, number>;
    const last = Math.max(...READ_COLUMNS.map((name) => this.#places[name]));
    this.#fields = new CleanFields(last + 1, delimiter);
  }

  add(fields: readonly string[], line: number): void {
    const cell = (name: ColumnName): string => fields[this.#places[name]]?.trim() ?? '';
    this.#rows += 1;
    const time = cell('DateTime');
    this.#addTime(/^\d{1,10}$/.test(time) ? Number(time) : undefined);
    let identified = false;
    for (const name of ['UserId', 'ClientId', 'Yclid'] as const) {
      if (cell(name) === '') continue;
      this.#identifiers[name] += 1;
      identified = true;
    }
    if (!identified) this.#count.withoutIdentifier += 1;
    if (cell('StaticCall') === '1') this.#count.static += 1;
    if (cell('CallMissed') === '1') this.#count.missed += 1;
    else addDuration(this.#talk, cell('TalkDuration'));
    addDuration(this.#hold, cell('HoldDuration'));
    const price = cell('Price');
    if (DECIMAL.test(price)) this.#addPrice(Number(price), cell('Currency'));
    this.#addCurrency(cell('Currency'));
    this.#addTag(cell('Tag'));
    if (this.#scanner.firstLineOf(fields, line) !== undefined) this.#count.duplicates += 1;
  }

  /**
   * Adds what the scanner does not count in clean records: times, missed calls, durations, prices
   * and tags. The scanner has already counted records, static calls and identifiers in
   * {@link ofCleanLines}.
   *
   * @param lines valid UTF-8
   * @param from where the first clean record begins, in bytes
   */
  addLines(lines: Uint8Array, from: number, records: number): void {
    const fields = this.#fields;
    const places = this.#places;
    let at = from;
    for (let record = 0; record < records; record += 1) {
      at = fields.divide(lines, at);
      this.#addTime(fields.number(places.DateTime));
      if (fields.isOne(places.CallMissed)) this.#count.missed += 1;
      else this.#talk.add(fields.number(places.TalkDuration));
      this.#hold.add(fields.number(places.HoldDuration));
      const price = fields.decimal(places.Price);
      if (price !== undefined) this.#addPrice(price, fields.code(places.Currency));
      if (fields.needsText(places.Tag)) this.#addTag(fields.text(places.Tag));
      else if (!fields.isEmpty(places.Tag)) {
        this.#tags.addBytes(lines, fields.start(places.Tag), fields.end(places.Tag));
      }
    }
  }

  /** @returns `undefined` if there are no records */
  result(validation: Validation): Inspection | undefined {
    const { counts } = this.ofCleanLines;
    const rows = this.#rows + counts.records;
    if (rows === 0) return undefined;
    const statics = this.#count.static + counts.static;
    const timed = rows > this.#count.withoutTime;
    return {
      ...this.#count,
      rows,
      errors: validation.errors,
      unreadable: unreadableValues(validation),
      static: statics,
      from: timed ? this.#from : undefined,
      to: timed ? this.#to : undefined,
      days: this.#days,
      hours: Array.from({ length: 24 }, (_, hour) =>
        this.#weekdays.reduce((all, hours) => all + (hours[hour] ?? 0), 0),
      ),
      weekdays: this.#weekdays,
      identifiers: {
        UserId: this.#identifiers.UserId + counts.identifiers.UserId,
        ClientId: this.#identifiers.ClientId + counts.identifiers.ClientId,
        Yclid: this.#identifiers.Yclid + counts.identifiers.Yclid,
      },
      dynamic: rows - statics,
      talk: this.#talk.quantiles(),
      hold: this.#hold.quantiles(),
      prices: this.#prices,
      topTags: this.#tags.top(TOP_TAGS),
    };
  }

  /**
   * Counts the time of one record.
   *
   * @param seconds since 1970-01-01 UTC; `undefined` if there is no valid time
   */
  #addTime(seconds: number | undefined): void {
    if (seconds === undefined) {
      this.#count.withoutTime += 1;
      return;
    }
    this.#from = Math.min(this.#from, seconds);
    this.#to = Math.max(this.#to, seconds);
    const { now, hourAt, dayAt } = this.#options;
    if (now - seconds > LINKAGE_WINDOW) this.#count.tooOld += 1;
    const [hour, day] = [hourAt(seconds), dayAt(seconds)];
    const hours = this.#weekdays[(day + FIRST_DAY) % 7];
    if (hours !== undefined) hours[hour] = (hours[hour] ?? 0) + 1;
    const before = this.#days.get(day);
    if (before !== undefined || this.#days.size < MOST_DAYS) this.#days.set(day, (before ?? 0) + 1);
  }

  #addTag(text: string): void {
    const tag = text.trim();
    if (tag !== '') this.#tags.add(tag);
  }

  #addPrice(price: number, currency: string): void {
    const name = this.#prices.has(currency) || this.#prices.size < MOST_CURRENCIES ? currency : '';
    const prices = this.#prices.get(name);
    if (prices === undefined) this.#prices.set(name, { count: 1, sum: price });
    else {
      prices.count += 1;
      prices.sum += price;
    }
  }

  /**
   * Tells the scanner about a currency. The scanner can then accept records with this currency.
   * Records with other currencies need the full check.
   */
  #addCurrency(currency: string): void {
    if (currency === '' || this.#currencies.has(currency)) return;
    if (this.#currencies.size >= MOST_CURRENCIES) return;
    this.#currencies.add(currency);
    this.#scanner.addCurrency(currency);
  }
}

/**
 * The columns whose values {@link Tally} reads from clean records. The scanner counts the other
 * columns.
 */
const READ_COLUMNS = [
  'DateTime',
  'Price',
  'Currency',
  'TalkDuration',
  'HoldDuration',
  'CallMissed',
  'Tag',
] as const;

function addDuration(durations: Durations, text: string): void {
  durations.add(/^\d{1,9}$/.test(text) ? Number(text) : undefined);
}

const DAY_MILLISECONDS = 86_400_000;

/** Compares two entries of {@link Inspection.days} by their days, for sorting. */
export function byDay(left: readonly [number, number], right: readonly [number, number]): number {
  return left[0] - right[0];
}

/** Formats a number of days since 1970-01-01, for example as `2026-11-25`. */
export function dayName(day: number): string {
  return new Date(day * DAY_MILLISECONDS).toISOString().slice(0, 10);
}
