/** Reads written dates and times if their meaning is certain. If not, says why. */
import type { CellFindingCode } from '../../calls/columns/rules.ts';
import type { DaySeconds } from './byte-cells.ts';
import { unguarded } from './written-number.ts';
import { type WrittenTime, writtenTime, type WrittenZone } from './written-time.ts';
import { DAY_SECONDS, isReal, TimeZone, utcSeconds, type WallTime } from './zones.ts';

/** The order of day, month and year in a date with an ambiguous form, such as `05.11.2026`. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd';

/** Options for reading written dates. */
export interface DateTimeOptions {
  /** The zone of times that do not name a zone; `undefined` if it is unknown. */
  readonly zone: TimeZone | undefined;
  /** The order from the options or from a preset. */
  readonly order: DateOrder | undefined;
}

/** Seconds since 1970-01-01 UTC as decimal digits, or the reason why the time cannot be read. */
export type ReadTime = { readonly seconds: string } | { readonly problem: CellFindingCode };

/** Collects evidence about the order of day and month in a column. */
class OrderEvidence {
  /**
   * The line number of the first date with the day clearly before the month, such as 25/03/2024.
   */
  dayFirst: number | undefined;
  /**
   * The line number of the first date with the month clearly before the day, such as 03/25/2024.
   */
  monthFirst: number | undefined;
  /** Whether any date fits both orders. */
  isUnclear = false;

  /** Returns the order of the whole column; `undefined` if no date reveals it or dates disagree. */
  decided(): DateOrder | undefined {
    if (this.mixed !== undefined) return undefined;
    if (this.dayFirst !== undefined) return 'dmy';
    return this.monthFirst === undefined ? undefined : 'mdy';
  }

  /**
   * The lines of the first two dates that contradict each other; `undefined` if one order fits
   * all dates.
   */
  get mixed(): { readonly dayFirst: number; readonly monthFirst: number } | undefined {
    const { dayFirst, monthFirst } = this;
    return dayFirst === undefined || monthFirst === undefined
      ? undefined
      : { dayFirst, monthFirst };
  }
}

/** The number of the day 1970-01-01 in spreadsheets, which count days from 1899-12-30. */
const SERIAL_EPOCH_DAYS = 25_569;

const SPACE = 0x20;
const HYPHEN = 0x2d;
const POINT = 0x2e;
const COLON = 0x3a;
const LETTER_T = 0x54;
const DIGIT_5 = 0x35;

/** Returns the number that the digits form, or NaN if there is any other character. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Reads the times of one column. */
export class DateTimeReader {
  readonly evidence = new OrderEvidence();
  readonly #options: DateTimeOptions;
  readonly #decided: DateOrder | undefined;
  readonly #zones = new Map<string, TimeZone | undefined>();
  readonly #days = new Map<number, number>();

  /** @param decided the order of the whole column, if an earlier pass found it */
  constructor(options: DateTimeOptions, decided: DateOrder | undefined) {
    this.#options = options;
    this.#decided = decided;
  }

  /**
   * Reads one time.
   *
   * @param text the cell, not empty
   * @param line the line of the cell, for findings about contradictions
   */
  read(text: string, line: number): ReadTime {
    const quick = this.#quick(text);
    if (quick !== undefined) return { seconds: String(quick) };
    const written = writtenTime(unguarded(text.trim()));
    if (written === undefined) return { problem: 'datetime-form-unknown' };
    switch (written.kind) {
      case 'seconds':
        return { seconds: written.seconds };
      case 'serial':
        if (!written.hasClock) return { problem: 'datetime-time-missing' };
        return inZone(ofSerial(written.days), this.#options.zone);
      case 'date':
        return this.#instant([written.year, written.month, written.day], written);
      case 'numbers': {
        const order = this.#orderOf(written.numbers, written.separator, line);
        if (typeof order === 'object') return order;
        const [first, second, third] = written.numbers.map(Number) as [number, number, number];
        return this.#instant(inOrder([first, second, third], order), written);
      }
    }
  }

  /**
   * Returns the seconds of a time in one of the two most common forms. Returns `undefined` for
   * other forms, and for days on which the clocks change.
   */
  #quick(text: string): number | undefined {
    const { zone, order } = this.#options;
    if (zone === undefined || text.length !== 19) return undefined;
    const isIso = text.charCodeAt(4) === HYPHEN && text.charCodeAt(7) === HYPHEN;
    const isDotted = text.charCodeAt(2) === POINT && text.charCodeAt(5) === POINT;
    if (!isIso && !(isDotted && (order === undefined || order === 'dmy'))) return undefined;
    if (text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON) return undefined;
    const middle = text.charCodeAt(10);
    if (middle !== SPACE && middle !== LETTER_T) return undefined;
    const year = isIso ? digits(text, 0, 4) : digits(text, 6, 10);
    const month = isIso ? digits(text, 5, 7) : digits(text, 3, 5);
    const day = isIso ? digits(text, 8, 10) : digits(text, 0, 2);
    const clock = digits(text, 11, 13) * 3600 + digits(text, 14, 16) * 60 + digits(text, 17, 19);
    if (Number.isNaN(clock) || text.charCodeAt(14) > DIGIT_5 || text.charCodeAt(17) > DIGIT_5) {
      return undefined;
    }
    return clock < DAY_SECONDS ? this.#secondsAt([year, month, day], clock, zone) : undefined;
  }

  /** Returns the conversion of times for `timeWriter`; `undefined` if the zone is unknown. */
  daySeconds(): DaySeconds | undefined {
    const { zone, order } = this.#options;
    if (zone === undefined) return undefined;
    return {
      readsPoints: order === undefined || order === 'dmy',
      secondsAt: (year, month, day, clock) => this.#secondsAt([year, month, day], clock, zone),
    };
  }

  #secondsAt(
    [year, month, day]: readonly [number, number, number],
    clock: number,
    zone: TimeZone,
  ): number | undefined {
    const number = this.#dayNumber(year, month, day);
    const offset = number === undefined ? undefined : zone.offsetOfDay(number);
    if (number === undefined || offset === undefined) return undefined;
    return number * DAY_SECONDS + clock - offset;
  }

  /**
   * Counts the days from 1970-01-01 to a day; returns `undefined` if the calendar has no such day.
   */
  #dayNumber(year: number, month: number, day: number): number | undefined {
    const key = (year * 100 + month) * 100 + day;
    const known = this.#days.get(key);
    if (known !== undefined) return known;
    if (!isReal({ year, month, day, hour: 0, minute: 0, second: 0 })) return undefined;
    const number = Date.UTC(year, month - 1, day) / 1000 / DAY_SECONDS;
    if (this.#days.size > 50_000) this.#days.clear();
    this.#days.set(key, number);
    return number;
  }

  #instant(
    [year, month, day]: readonly [number, number, number],
    { clock, zone }: Extract<WrittenTime, { kind: 'date' | 'numbers' }>,
  ): ReadTime {
    const { hour = 0, minute = 0, second = 0 } = clock ?? {};
    const wall = { year: year < 100 ? 2000 + year : year, month, day, hour, minute, second };
    if (!isReal(wall)) return { problem: 'datetime-impossible' };
    if (clock === undefined) return { problem: 'datetime-time-missing' };
    if (zone === undefined) return inZone(wall, this.#options.zone);
    if ('offset' in zone) return { seconds: String(utcSeconds(wall) - zone.offset) };
    const named = this.#zoneNamed(zone);
    return named === undefined ? { problem: 'datetime-form-unknown' } : inZone(wall, named);
  }

  #zoneNamed({ name }: Extract<WrittenZone, { name: string }>): TimeZone | undefined {
    if (!this.#zones.has(name)) {
      // A damaged file could name a different zone on every line.
      if (this.#zones.size > 500) return undefined;
      this.#zones.set(name, zoneOrNone(name));
    }
    return this.#zones.get(name);
  }

  /**
   * Finds the order of the numbers in a date, from the position of the year, the options or the
   * column.
   */
  #orderOf(
    [first, second, third]: readonly [string, string, string],
    separator: string,
    line: number,
  ): DateOrder | { readonly problem: CellFindingCode } {
    if (first.length === 4) return 'ymd';
    if (first.length > 2 || third.length === 3 || third.length === 1) {
      return { problem: 'datetime-form-unknown' };
    }
    const { order } = this.#options;
    const known = order === 'ymd' && third.length === 4 ? undefined : order;
    const [isDay, isMonthFirst] = [Number(first) > 12, Number(second) > 12];
    if (known !== undefined) {
      const contradicts = (known === 'dmy' && isMonthFirst) || (known === 'mdy' && isDay);
      return contradicts ? { problem: 'datetime-order-contradicts' } : known;
    }
    // In every country that writes dates with points, the day comes first.
    if (separator === '.') return 'dmy';
    if (third.length === 2) return { problem: 'datetime-order-unclear' };
    if (isDay !== isMonthFirst) {
      if (isDay) this.evidence.dayFirst ??= line;
      else this.evidence.monthFirst ??= line;
      return isDay ? 'dmy' : 'mdy';
    }
    if (first === second) return 'dmy';
    if (isDay) return { problem: 'datetime-impossible' };
    this.evidence.isUnclear = true;
    return this.#decided ?? { problem: 'datetime-order-unclear' };
  }
}

function zoneOrNone(name: string): TimeZone | undefined {
  try {
    return new TimeZone(name);
  } catch {
    return undefined;
  }
}

function inZone(wall: WallTime, zone: TimeZone | undefined): ReadTime {
  if (zone === undefined) return { problem: 'datetime-written' };
  const instant = zone.instantOf(wall);
  if (instant.kind === 'once') return { seconds: String(instant.seconds) };
  return { problem: instant.kind === 'twice' ? 'datetime-clock-twice' : 'datetime-clock-never' };
}

function ofSerial(days: number): WallTime {
  const date = new Date(Math.round((days - SERIAL_EPOCH_DAYS) * DAY_SECONDS) * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}

function inOrder(
  [first, second, third]: readonly [number, number, number],
  order: DateOrder,
): readonly [year: number, month: number, day: number] {
  switch (order) {
    case 'dmy':
      return [third, second, first];
    case 'mdy':
      return [third, first, second];
    case 'ymd':
      return [first, second, third];
  }
}

/**
 * Returns the order in a format such as `dd/mm/yyyy`; `undefined` if the text is not such a format.
 */
export function dateOrder(format: string): DateOrder | undefined {
  const letters = format
    .toLowerCase()
    .split(/[ t]/, 1)
    .join('')
    .replace(/[^dmy]/g, '');
  const order = letters.replace(/(.)\1+/g, '$1');
  return order === 'dmy' || order === 'mdy' || order === 'ymd' ? order : undefined;
}
