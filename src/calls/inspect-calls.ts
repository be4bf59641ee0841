/** What is in a file of calls: its period, hours, identifiers, durations and prices. */
import { detectTable, type OpenBytes, tableRecords } from '../csv/table.ts';
import type { TableHints } from '../csv/table-form.ts';
import { LINKAGE_WINDOW } from '../limits.ts';
import type { IdentifierName } from './check/counts.ts';
import { CALL_COLUMNS, type ColumnName, columnNamed } from './columns/columns.ts';
import { RecordScanner } from './scan/record-scanner.ts';

/** How to inspect a file. */
export interface InspectOptions extends TableHints {
  /** Seconds since 1970-01-01 UTC. */
  readonly now: number;
  /** The hour of the day, 0 to 23, in the zone of the inspection. */
  readonly hourAt: (seconds: number) => number;
  /** The number of the day since 1970-01-01 in the zone of the inspection. */
  readonly dayAt: (seconds: number) => number;
}

/** Durations of a file, in seconds. */
export interface DurationQuantiles {
  readonly count: number;
  readonly median: number;
  readonly ninetieth: number;
  readonly longest: number;
}

/** What is in a file of calls. */
export interface Inspection {
  readonly rows: number;
  /** Records whose time is no time. */
  readonly withoutTime: number;
  /** Seconds since 1970-01-01 UTC; `undefined` when no record has a time. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** Calls by the number of the day since 1970-01-01. */
  readonly days: ReadonlyMap<number, number>;
  /** Calls by the hour of the day. */
  readonly hours: readonly number[];
  /** Calls by the hour of each day of the week, Monday first. */
  readonly weekdays: readonly (readonly number[])[];
  readonly identifiers: Readonly<Record<IdentifierName, number>>;
  readonly withoutIdentifier: number;
  readonly static: number;
  readonly dynamic: number;
  readonly missed: number;
  readonly talk: DurationQuantiles | undefined;
  readonly hold: DurationQuantiles | undefined;
  /** The sum and the number of prices by currency; the empty name is for none. */
  readonly prices: ReadonlyMap<string, { readonly count: number; readonly sum: number }>;
  /** Calls that are too old to be linked. */
  readonly tooOld: number;
  /** Records that are the same as an earlier one. */
  readonly duplicates: number;
  /** The most frequent tags with their counts; see {@link TagCounts} for files with very many. */
  readonly topTags: readonly (readonly [tag: string, count: number])[];
}

const TOP_TAGS = 5;
const MOST_DAYS = 20_000;
/** The day of the week of 1970-01-01, a Thursday. */
const FIRST_DAY = 3;
const MOST_CURRENCIES = 500;

/**
 * Reads what is in a file of calls, in one pass after finding out how it is written, and in memory
 * that does not grow with the file.
 *
 * @returns `undefined` when the file has no column DateTime or no records
 */
export async function inspectTable(
  open: OpenBytes,
  options: InspectOptions,
): Promise<Inspection | undefined> {
  const form = await detectTable(open, options, (name) => columnNamed(name) !== undefined);
  let tally: Tally | undefined;
  for await (const records of tableRecords(open, form)) {
    for (const { fields, line, problem } of records) {
      if (problem !== undefined && fields.length === 0) continue;
      if (tally === undefined) {
        const names = fields.map((cell) => columnNamed(cell.trim())?.name);
        if (!names.includes('DateTime')) return undefined;
        tally = new Tally(names, options);
      } else tally.add(fields, line);
    }
  }
  return tally === undefined || tally.rows === 0 ? undefined : tally.result();
}

/** What the calls read so far add up to. */
class Tally {
  rows = 0;
  readonly #options: InspectOptions;
  /** Where each column stands in a record; -1 where the file does not have it. */
  readonly #places: Readonly<Record<ColumnName, number>>;
  readonly #scanner = new RecordScanner();
  readonly #days = new Map<number, number>();
  readonly #weekdays = Array.from({ length: 7 }, () => new Array<number>(24).fill(0));
  readonly #identifiers = { UserId: 0, ClientId: 0, Yclid: 0 };
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

  constructor(names: readonly (ColumnName | undefined)[], options: InspectOptions) {
    this.#options = options;
    this.#places = Object.fromEntries(
      CALL_COLUMNS.map(({ name }) => [name, names.lastIndexOf(name)]),
    ) as Record<ColumnName, number>;
  }

  add(fields: readonly string[], line: number): void {
    const cell = (name: ColumnName): string => fields[this.#places[name]]?.trim() ?? '';
    this.rows += 1;
    this.#addTime(cell('DateTime'));
    let identified = false;
    for (const name of ['UserId', 'ClientId', 'Yclid'] as const) {
      if (cell(name) === '') continue;
      this.#identifiers[name] += 1;
      identified = true;
    }
    if (!identified) this.#count.withoutIdentifier += 1;
    if (cell('StaticCall') === '1') this.#count.static += 1;
    if (cell('CallMissed') === '1') this.#count.missed += 1;
    else this.#talk.add(cell('TalkDuration'));
    this.#hold.add(cell('HoldDuration'));
    this.#addPrice(cell('Price'), cell('Currency'));
    if (cell('Tag') !== '') this.#tags.add(cell('Tag'));
    if (this.#scanner.firstLineOf(fields, line) !== undefined) this.#count.duplicates += 1;
  }

  result(): Inspection {
    const timed = this.rows > this.#count.withoutTime;
    return {
      rows: this.rows,
      ...this.#count,
      from: timed ? this.#from : undefined,
      to: timed ? this.#to : undefined,
      days: this.#days,
      hours: Array.from({ length: 24 }, (_, hour) =>
        this.#weekdays.reduce((all, hours) => all + (hours[hour] ?? 0), 0),
      ),
      weekdays: this.#weekdays,
      identifiers: this.#identifiers,
      dynamic: this.rows - this.#count.static,
      talk: this.#talk.quantiles(),
      hold: this.#hold.quantiles(),
      prices: this.#prices,
      topTags: this.#tags.top(TOP_TAGS),
    };
  }

  #addTime(text: string): void {
    const seconds = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
    if (Number.isNaN(seconds)) {
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

  #addPrice(price: string, currency: string): void {
    if (!/^-?\d+(?:\.\d+)?$/.test(price)) return;
    const name = this.#prices.has(currency) || this.#prices.size < MOST_CURRENCIES ? currency : '';
    const prices = this.#prices.get(name) ?? { count: 0, sum: 0 };
    this.#prices.set(name, { count: prices.count + 1, sum: prices.sum + Number(price) });
  }
}

/** A duration over this is counted as this, which is half a day. */
const LONGEST_COUNTED = 43_200;

/** Exact quantiles of durations, by counting every second up to half a day. */
class Durations {
  readonly #counts = new Uint32Array(LONGEST_COUNTED + 1);
  #count = 0;
  #longest = 0;

  add(text: string): void {
    if (!/^\d{1,9}$/.test(text)) return;
    const seconds = Number(text);
    this.#longest = Math.max(this.#longest, seconds);
    const at = Math.min(seconds, LONGEST_COUNTED);
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.#count += 1;
  }

  quantiles(): DurationQuantiles | undefined {
    if (this.#count === 0) return undefined;
    return {
      count: this.#count,
      median: this.#at(0.5),
      ninetieth: this.#at(0.9),
      longest: this.#longest,
    };
  }

  #at(share: number): number {
    const wanted = Math.ceil(this.#count * share);
    let passed = 0;
    for (const [seconds, count] of this.#counts.entries()) {
      passed += count;
      if (passed >= wanted) return seconds;
    }
    return LONGEST_COUNTED;
  }
}

const MOST_TAGS = 10_000;

/**
 * Counts tags in bounded memory: as soon as there are 10,000 different ones, the rare half is
 * forgotten. Counts are exact up to that, and never too large.
 */
class TagCounts {
  #counts = new Map<string, number>();

  add(tag: string): void {
    this.#counts.set(tag, (this.#counts.get(tag) ?? 0) + 1);
    if (this.#counts.size > MOST_TAGS) this.#counts = new Map(this.top(MOST_TAGS / 2));
  }

  top(count: number): (readonly [string, number])[] {
    return [...this.#counts].sort((left, right) => right[1] - left[1]).slice(0, count);
  }
}

const DAY_MILLISECONDS = 86_400_000;

/** Sorts calls by the day. */
export function byDay(left: readonly [number, number], right: readonly [number, number]): number {
  return left[0] - right[0];
}

/** A day by its number since 1970-01-01, as `2026-11-25`. */
export function dayName(day: number): string {
  return new Date(day * DAY_MILLISECONDS).toISOString().slice(0, 10);
}
