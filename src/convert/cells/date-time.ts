/** Reads written dates and times if their meaning is certain. If not, says why. */
import type { CellFindingCode } from '../../calls/columns/rules.ts';
import type { CommonForm } from './common-form.ts';
import { NumbersOfTime } from './numbers-of-time.ts';
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
export type ReadTime = { readonly seconds: string } | TimeProblem;

interface TimeProblem {
  readonly problem: CellFindingCode;
}

type WrittenNumbers = Extract<WrittenTime, { kind: 'numbers' }>;

const FORM_UNKNOWN: TimeProblem = { problem: 'datetime-form-unknown' };

const MIDNIGHT = { hour: 0, minute: 0, second: 0 };

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
  /** Whether any date has two possible meanings, such as 05/11/2024. */
  isUnclear = false;

  /**
   * Returns the order of the whole column; `undefined` if no date reveals the order, or if dates
   * contradict each other.
   */
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

/** Reads the times of one column. */
export class DateTimeReader {
  readonly evidence = new OrderEvidence();
  readonly #options: DateTimeOptions;
  readonly #decided: DateOrder | undefined;
  readonly #zones = new Map<string, TimeZone | undefined>();
  readonly #numbers = new NumbersOfTime();
  /**
   * The beginning of each day that was read, in seconds since 1970; NaN if there is no such day, or
   * if the clocks change on or near that day.
   */
  readonly #days = new Map<number, number>();
  /**
   * The last day that was read, and its value in `#days`. The next record often has the same day.
   */
  #day = 0;
  #dayStart = NaN;
  /** The line of the current record, for findings about contradictions. */
  line = 0;

  /** @param decided the order of the whole column, if an earlier pass found it */
  constructor(options: DateTimeOptions, decided: DateOrder | undefined) {
    this.#options = options;
    this.#decided = decided;
  }

  /**
   * Accepts a date of three numbers with a time of day, unless the clocks change on or near the day
   * of this date.
   */
  readonly writeCommon: CommonForm = (cell, from, to, out) => {
    const { zone } = this.#options;
    const numbers = this.#numbers;
    if (zone === undefined || !numbers.read(cell, from, to)) return false;
    const order = this.#orderOf(numbers);
    const { clock } = numbers;
    if (typeof order === 'object' || clock === undefined) return false;
    const { hour, minute, second } = clock;
    if (hour > 23 || minute > 59 || second > 59) return false;
    const seconds =
      this.#startOfDay(numbers.numbers, order, zone) + hour * 3600 + minute * 60 + second;
    if (!(seconds >= 0)) return false;
    out.number(seconds);
    return true;
  };

  /**
   * Reads one time.
   *
   * @param text the cell without spaces around it, not empty
   */
  read(text: string): ReadTime {
    const value = unguarded(text);
    const bytes = Buffer.from(value, 'utf8');
    const isCommon = this.#numbers.read(bytes, 0, bytes.length);
    const written = isCommon ? this.#numbers : writtenTime(value);
    if (written === undefined) return { problem: 'datetime-form-unknown' };
    switch (written.kind) {
      case 'seconds':
        return { seconds: written.seconds };
      case 'zone-unclear':
        return { problem: 'datetime-zone-unclear' };
      case 'serial':
        if (!written.hasClock) return { problem: 'datetime-time-missing' };
        return inZone(ofSerial(written.days), this.#options.zone);
      case 'date':
        return this.#instant([written.year, written.month, written.day], written);
      case 'numbers': {
        const order = this.#orderOf(written);
        if (typeof order === 'object') return order;
        return this.#instant(inOrder(written.numbers, order), written);
      }
    }
  }

  /**
   * Returns the beginning of a day, in seconds since 1970; NaN if there is no such day, or if the
   * clocks change on or near that day.
   */
  #startOfDay(
    numbers: readonly [number, number, number],
    order: DateOrder,
    zone: TimeZone,
  ): number {
    const [first, second, third] = numbers;
    const year = order === 'ymd' ? first : third;
    const month = order === 'mdy' ? first : second;
    const day = order === 'ymd' ? third : order === 'mdy' ? second : first;
    const key = (year * 100 + month) * 100 + day;
    if (key === this.#day) return this.#dayStart;
    let start = this.#days.get(key);
    if (start === undefined) {
      start = startOfDay({ ...MIDNIGHT, year: fullYear(year), month, day }, zone);
      if (this.#days.size > 50_000) this.#days.clear();
      this.#days.set(key, start);
    }
    this.#day = key;
    this.#dayStart = start;
    return start;
  }

  #instant(
    [year, month, day]: readonly [number, number, number],
    { clock, zone }: Extract<WrittenTime, { kind: 'date' | 'numbers' }>,
  ): ReadTime {
    const { hour = 0, minute = 0, second = 0 } = clock ?? {};
    const wall = { year: fullYear(year), month, day, hour, minute, second };
    if (!isReal(wall)) return { problem: 'datetime-impossible' };
    if (clock === undefined) return { problem: 'datetime-time-missing' };
    if (zone === undefined) return inZone(wall, this.#options.zone);
    if ('offset' in zone) return { seconds: String(utcSeconds(wall) - zone.offset) };
    const named = this.#zoneNamed(zone);
    return named === undefined ? { problem: 'datetime-form-unknown' } : inZone(wall, named);
  }

  #zoneNamed({ name }: Extract<WrittenZone, { name: string }>): TimeZone | undefined {
    if (!this.#zones.has(name)) {
      // A damaged file could name a different zone on every line. So the number of zones is
      // limited.
      if (this.#zones.size > 500) return undefined;
      this.#zones.set(name, zoneOrNone(name));
    }
    return this.#zones.get(name);
  }

  /**
   * Finds the order of day, month and year in a date. The date itself, the options or the other
   * dates of the column decide the order.
   */
  #orderOf({
    numbers,
    digits,
    hasPoints,
  }: Pick<WrittenNumbers, 'numbers' | 'digits' | 'hasPoints'>): DateOrder | TimeProblem {
    const [first, second] = numbers;
    const [firstDigits, thirdDigits] = digits;
    if (firstDigits === 4) return 'ymd';
    if (firstDigits > 2 || thirdDigits === 3 || thirdDigits === 1) return FORM_UNKNOWN;
    const { order } = this.#options;
    const known = order === 'ymd' && thirdDigits === 4 ? undefined : order;
    const [isDay, isMonthFirst] = [first > 12, second > 12];
    if (known !== undefined) {
      const contradicts = (known === 'dmy' && isMonthFirst) || (known === 'mdy' && isDay);
      return contradicts ? { problem: 'datetime-order-contradicts' } : known;
    }
    // In every country that writes dates with points, the day comes first.
    if (hasPoints) return 'dmy';
    if (thirdDigits === 2) return { problem: 'datetime-order-unclear' };
    if (isDay !== isMonthFirst) {
      if (isDay) this.evidence.dayFirst ??= this.line;
      else this.evidence.monthFirst ??= this.line;
      return isDay ? 'dmy' : 'mdy';
    }
    if (first === second) return 'dmy';
    if (isDay) return { problem: 'datetime-impossible' };
    this.evidence.isUnclear = true;
    return this.#decided ?? { problem: 'datetime-order-unclear' };
  }
}

function fullYear(year: number): number {
  return year < 100 ? 2000 + year : year;
}

function startOfDay(midnight: WallTime, zone: TimeZone): number {
  if (!isReal(midnight)) return NaN;
  const asUtc = utcSeconds(midnight);
  const offset = zone.offsetOfDay(asUtc / DAY_SECONDS);
  return offset === undefined ? NaN : asUtc - offset;
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
