/** Recognizes the form of a written time, and splits the time into uninterpreted parts. */
import { ownValue } from '../../words/own-value.ts';
import { wholeDigits } from './written-number.ts';

/** A time of day. */
export interface WrittenClock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** The zone that is written with a time. */
export type WrittenZone = { readonly offset: number } | { readonly name: string };

/** A time as it is written. */
export type WrittenTime =
  | { readonly kind: 'seconds'; readonly seconds: string }
  /** A time with a zone abbreviation whose meaning is not certain, such as `EST`. */
  | { readonly kind: 'zone-unclear' }
  /** The number of a day in spreadsheets, with the time of day as its fraction. */
  | { readonly kind: 'serial'; readonly days: number; readonly hasClock: boolean }
  /** Three numbers whose order is not known yet. */
  | {
      readonly kind: 'numbers';
      readonly numbers: readonly [number, number, number];
      /** The number of digits of the first and of the third number. */
      readonly digits: readonly [first: number, third: number];
      readonly hasPoints: boolean;
      readonly clock: WrittenClock | undefined;
      readonly zone: WrittenZone | undefined;
    }
  | {
      readonly kind: 'date';
      readonly year: number;
      readonly month: number;
      readonly day: number;
      readonly clock: WrittenClock | undefined;
      readonly zone: WrittenZone | undefined;
    };

const SERIAL = /^\d{5}[.,]\d+$/;
const OFFSET = / ?(Z|UTC|GMT|MSK)?([+-]\d{1,2}(?::?\d{2})?)?$/;
const PLACE = /^[A-Z][A-Za-z_]{1,30}(?:\/[A-Za-z_+-]{1,30}\d{0,2}){1,2}$/;
/** A comment after an offset, for example in `+0300 (MSK)` and `+03:00[Europe/Moscow]`. */
const COMMENT = /([+-]\d{1,2}(?::?\d{2})?|Z) ?[([][^()[\]]{2,40}[)\]]$/;
const BRACKETED_ZONE = / ?[([]([A-Z][\w/+:-]{1,40})[)\]]$/;
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const SPACES = /[\s\u00a0\u202f]+/g;
/** The Russian word for `year`, or its first letter, after a year. */
const YEAR_WORD = /(\d{4}) ?г(?:\.|ода?)?(?=[ ,]|$)/u;
/** A word between the date and the time of day. */
const BETWEEN = /,? (?:в|о|об|at|um|alle|à|@|-|–) (?=\d{1,2}:\d{2})/iu;
const WEEKDAY_BEFORE_NUMBER =
  /^(?:mon|tue|wed|thu|fri|sat|sun|пн|вт|ср|чт|пт|сб|вс|пон|втор|сред|четв|пятн|субб|воск|нд|mo|di|mi|do|fr|sa|so)\p{L}{0,8}\.?,? (?=\d)/iu;
const ABBREVIATION = / ([A-Z]{2,5})$/;
/** The abbreviations that mean only one zone, with the hours that the zone is ahead of UTC. */
const ABBREVIATED: Readonly<Record<string, number>> = {
  WET: 0,
  WEST: 1,
  CET: 1,
  CEST: 2,
  EET: 2,
  EEST: 3,
  JST: 9,
};
const CLOCKS_LAST = [
  /[T ,](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?$/,
  /[T ](\d{1,2})-(\d{2})-(\d{2})$/,
] as const;
const CLOCK_FIRST = /^(\d{1,2}):(\d{2})(?::(\d{2}))?[ ,]/;
const CLOCK_COMPACT = /^\d{8}[T ](\d{2})(\d{2})(\d{2})?$/;
const HALF_OF_DAY = / ?([ap])\.?m\.?$/i;
/** The longest text that can be a time, in characters. */
const LONGEST = 80;
const ENDS_WITH_CLOCK =
  /(?:\d:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?: ?[ap]\.?m\.?)?|[T ]\d{1,2}-\d{2}-\d{2}|\d{8}[T ]\d{4}(?:\d{2})?)$/i;
const NUMBERS = /^(\d{1,4})([-./])(\d{1,2})\2(\d{1,4})$/;
const COMPACT = /^\d{8}$/;
const WEEKDAY = /^(?:\p{L}{2,11}\.?,? )(?=\d|\p{L})/u;
const DAY_MONTH = /^(\d{1,2})[. -]*(\p{L}{3,9})\.?[ ,-]*(\d{4})(?: ?г(?:\.|ода)?)?$/u;
const MONTH_DAY = /^(\p{L}{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/u;

/** The beginnings of the names of months. */
const MONTHS: readonly RegExp[] = [
  /^(?:jan|янв)/i,
  /^(?:feb|фев)/i,
  /^(?:mar|мар)/i,
  /^(?:apr|апр)/i,
  /^(?:may|ма[йя]$)/i,
  /^(?:jun|июн)/i,
  /^(?:jul|июл)/i,
  /^(?:aug|авг)/i,
  /^(?:sep|сен)/i,
  /^(?:oct|окт)/i,
  /^(?:nov|ноя)/i,
  /^(?:dec|дек)/i,
];

const MOSCOW_SECONDS = 3 * 3600;
const EARLIEST_YEAR = 1990;
const LATEST_YEAR = 2100;

/**
 * Recognizes the form of a time. `NumbersOfTime` recognizes the most common forms.
 *
 * @param text not empty
 * @returns `undefined` if the form is not known
 */
export function writtenTime(text: string): WrittenTime | undefined {
  const digits = wholeDigits(text);
  if (digits !== undefined) return ofDigits(digits);
  if (SERIAL.test(text))
    return { kind: 'serial', days: Number(text.replace(',', '.')), hasClock: true };
  const milliseconds = /^(\d{10})\d{3}\.\d+$/.exec(text)?.[1];
  if (milliseconds !== undefined) return { kind: 'seconds', seconds: milliseconds };
  return ofWords(text);
}

function ofDigits(digits: string): WrittenTime | undefined {
  switch (digits.length) {
    case 5:
      return { kind: 'serial', days: Number(digits), hasClock: false };
    case 8:
      return compactDate(digits, undefined, undefined);
    case 10:
      return { kind: 'seconds', seconds: digits };
    case 12: {
      // Twelve digits cannot be milliseconds since 1970, because they would mean a time before
      // September 2001, when nobody uploaded calls. So the digits are a date and a time of day.
      const whole = compactDate(digits.slice(0, 8), clockOf(digits.slice(8, 10), digits.slice(10)));
      return (
        whole ??
        compactDate(
          `20${digits.slice(0, 6)}`,
          clockOf(digits.slice(6, 8), digits.slice(8, 10), digits.slice(10)),
        )
      );
    }
    case 13:
      return { kind: 'seconds', seconds: digits.slice(0, 10) };
    case 14:
      return compactDate(
        digits.slice(0, 8),
        clockOf(digits.slice(8, 10), digits.slice(10, 12), digits.slice(12)),
      );
    default:
      return undefined;
  }
}

function ofWords(text: string): WrittenTime | undefined {
  if (text.length > LONGEST) return undefined;
  let rest = plainWords(text);
  const zone = zoneAtEnd(rest);
  // Text that looks like an offset is a zone only after a clock time. Otherwise it is part of a
  // date.
  const hasZone = zone !== undefined && ENDS_WITH_CLOCK.test(zone.before);
  if (hasZone) rest = zone.before;
  else if (zone === undefined && hasUnclearZone(rest)) return { kind: 'zone-unclear' };
  const half = HALF_OF_DAY.exec(rest)?.[1]?.toLowerCase();
  if (half !== undefined) rest = rest.replace(HALF_OF_DAY, '');
  const split = splitClock(rest.trim());
  const clock = inHalfOfDay(split.clock, half);
  if (half !== undefined && clock === undefined) return undefined;
  return dateOf(split.date, clock, hasZone ? zone.zone : undefined);
}

/** Removes additions to a time, such as a weekday, a comment or the word for `year`. */
function plainWords(text: string): string {
  return text
    .replaceAll(INVISIBLE, '')
    .replaceAll(SPACES, ' ')
    .trim()
    .replace(/ ?МСК/u, ' MSK')
    .replace(COMMENT, '$1')
    .replace(BRACKETED_ZONE, ' $1')
    .replace(YEAR_WORD, '$1')
    .replace(BETWEEN, ' ')
    .replace(WEEKDAY_BEFORE_NUMBER, '');
}

/** Says whether a text ends with a clock time and an unclear zone abbreviation such as `EST`. */
function hasUnclearZone(text: string): boolean {
  const [mark = '', name = ''] = ABBREVIATION.exec(text) ?? [];
  if (name === '' || name === 'AM' || name === 'PM') return false;
  return ENDS_WITH_CLOCK.test(text.slice(0, -mark.length));
}

/** Finds the zone at the end of a text. Returns the zone and the text before the zone. */
function zoneAtEnd(
  text: string,
): { readonly before: string; readonly zone: WrittenZone } | undefined {
  const space = text.lastIndexOf(' ');
  const last = text.slice(space + 1);
  if (PLACE.test(last)) return { before: text.slice(0, Math.max(0, space)), zone: { name: last } };
  const hours = ownValue(ABBREVIATED, last);
  if (hours !== undefined && space >= 0) {
    return { before: text.slice(0, space), zone: { offset: hours * 3600 } };
  }
  const [mark = '', name, offset] = OFFSET.exec(text) ?? [];
  const zone = mark.trim() === '' ? undefined : offsetOf(name, offset);
  return zone === undefined ? undefined : { before: text.slice(0, -mark.length), zone };
}

/** Separates the clock time from the date; either may come first. */
function splitClock(text: string): {
  readonly date: string;
  readonly clock: WrittenClock | undefined;
} {
  const compact = CLOCK_COMPACT.exec(text);
  if (compact !== null) return { date: text.slice(0, 8), clock: clockOf(...compact.slice(1)) };
  for (const form of CLOCKS_LAST) {
    const found = form.exec(text);
    if (found === null) continue;
    const date = text.slice(0, found.index).replace(/[ ,]{1,3}$/, '');
    return { date, clock: clockOf(...found.slice(1)) };
  }
  const first = CLOCK_FIRST.exec(text);
  if (first === null) return { date: text, clock: undefined };
  return { date: text.slice(first[0].length).trim(), clock: clockOf(...first.slice(1)) };
}

function dateOf(
  text: string,
  clock: WrittenClock | undefined,
  zone: WrittenZone | undefined,
): WrittenTime | undefined {
  const [, first, separator, second, third] = NUMBERS.exec(text) ?? [];
  if (
    first !== undefined &&
    separator !== undefined &&
    second !== undefined &&
    third !== undefined
  ) {
    return numbersOf([first, second, third], separator, clock, zone);
  }
  if (COMPACT.test(text)) return compactDate(text, clock, zone);
  const named = text.replace(WEEKDAY, '');
  const [, day, month, year] = DAY_MONTH.exec(named) ?? [];
  const [, name, dayAfter, yearAfter] = MONTH_DAY.exec(named) ?? MONTH_DAY.exec(text) ?? [];
  const at = monthOf(month ?? name ?? '');
  if (at === undefined) return undefined;
  return {
    kind: 'date',
    year: Number(year ?? yearAfter),
    month: at,
    day: Number(day ?? dayAfter),
    clock,
    zone,
  };
}

function numbersOf(
  texts: readonly [string, string, string],
  separator: string,
  clock: WrittenClock | undefined,
  zone: WrittenZone | undefined,
): WrittenTime {
  const [first, second, third] = texts;
  return {
    kind: 'numbers',
    numbers: [Number(first), Number(second), Number(third)],
    digits: [first.length, third.length],
    hasPoints: separator === '.',
    clock,
    zone,
  };
}

function compactDate(
  digits: string,
  clock: WrittenClock | undefined,
  zone?: WrittenZone,
): WrittenTime | undefined {
  const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)].map(Number);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  if (year < EARLIEST_YEAR || year > LATEST_YEAR) return undefined;
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  return { kind: 'date', year, month, day, clock, zone };
}

function clockOf(hour = '0', minute = '0', second = '0'): WrittenClock {
  return { hour: Number(hour), minute: Number(minute), second: Number(second) };
}

function inHalfOfDay(
  clock: WrittenClock | undefined,
  half: string | undefined,
): WrittenClock | undefined {
  if (clock === undefined || half === undefined) return clock;
  if (clock.hour < 1 || clock.hour > 12) return undefined;
  return { ...clock, hour: (clock.hour % 12) + (half === 'p' ? 12 : 0) };
}

function monthOf(name: string): number | undefined {
  const at = MONTHS.findIndex((month) => month.test(name));
  return at < 0 ? undefined : at + 1;
}

function offsetOf(name: string | undefined, offset: string | undefined): WrittenZone | undefined {
  if (offset === undefined) return { offset: name === 'MSK' ? MOSCOW_SECONDS : 0 };
  if (name === 'MSK') return undefined;
  const [, sign = '+', hours = '0', minutes = '0'] =
    /^([+-])(\d{1,2}):?(\d{2})?$/.exec(offset) ?? [];
  const seconds = Number(hours) * 3600 + Number(minutes) * 60;
  return { offset: sign === '-' ? -seconds : seconds };
}
