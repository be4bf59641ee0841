/** Reads written dates and times for certain, or says why it cannot. */
import type { CellFindingCode } from '../calls/columns/rules.ts';
import { isReal, type TimeZone, utcSeconds, type WallTime } from './zones.ts';

/** The order of day, month and year in dates that could be read in several. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd';

/** What the reading of written dates needs to know. */
export interface DateTimeOptions {
  /** The zone of dates that name none; `undefined` when it is not known. */
  readonly zone: TimeZone | undefined;
  readonly order: DateOrder | undefined;
}

/** Seconds since 1970-01-01 UTC as decimal digits, or why there are none. */
export type ReadTime = { readonly seconds: string } | { readonly problem: CellFindingCode };

const SECONDS = /^\d{9,10}$/;
const MILLISECONDS = /^(\d{9,10})\d{3}(?:\.\d+)?$/;
const SERIAL = /^\d{5}(?:[.,]\d+)?$/;
const WRITTEN =
  /^(\d{1,4})([-./])(\d{1,2})\2(\d{1,4})(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?(?: ?(Z|UTC|GMT|[+-]\d{2}:?\d{2}))?$/i;
/** The day 0 of spreadsheets is 1899-12-30. */
const SERIAL_EPOCH_DAYS = 25_569;
const DAY_SECONDS = 86_400;

/**
 * Reads a time in the forms that people and systems write: seconds, milliseconds, ISO 8601,
 * `dd.mm.yyyy hh:mm[:ss]`, `yyyy-mm-dd hh:mm[:ss]`, with slashes, and day numbers of spreadsheets.
 *
 * @param text the cell, not empty
 */
export function readDateTime(text: string, options: DateTimeOptions): ReadTime {
  const value = text.trim();
  if (SECONDS.test(value)) return { seconds: value };
  const milliseconds = MILLISECONDS.exec(value)?.[1];
  if (milliseconds !== undefined) return { seconds: milliseconds };
  if (SERIAL.test(value)) return inZone(ofSerial(Number(value.replace(',', '.'))), options);

  const [, first = '', separator = '', second = '', third = '', hour, minute, secondsText, offset] =
    WRITTEN.exec(value) ?? [];
  if (separator === '') return { problem: 'datetime-invalid' };
  const order = orderOf([first, second, third], separator, options.order);
  if (order === undefined) return { problem: 'datetime-order-unclear' };
  const [year, month, day] = inOrder([Number(first), Number(second), Number(third)], order);
  const wall: WallTime = {
    year: year < 100 ? 2000 + year : year,
    month,
    day,
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(secondsText ?? 0),
  };
  if (!isReal(wall)) return { problem: 'datetime-invalid' };
  if (offset !== undefined) return { seconds: String(utcSeconds(wall) - offsetSeconds(offset)) };
  return inZone(wall, options);
}

function inZone(wall: WallTime, { zone }: DateTimeOptions): ReadTime {
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

/** The order of a date's numbers: by the place of the year, by what can be no month, or as it is known. */
function orderOf(
  [first, second, third]: readonly [string, string, string],
  separator: string,
  known: DateOrder | undefined,
): DateOrder | undefined {
  if (first.length === 4) return 'ymd';
  if (first.length > 2 || third.length === 3 || third.length === 1) return undefined;
  if (known !== undefined && (known !== 'ymd' || third.length === 2)) return known;
  // With points the day comes first wherever dates are written so.
  if (separator === '.') return 'dmy';
  if (Number(first) > 12) return third.length === 4 ? 'dmy' : undefined;
  if (Number(second) > 12 && third.length === 4) return 'mdy';
  return first === second && third.length === 4 ? 'dmy' : undefined;
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

function offsetSeconds(offset: string): number {
  const [, sign = '+', hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})$/.exec(offset) ?? [];
  const seconds = Number(hours) * 3600 + Number(minutes) * 60;
  return sign === '-' ? -seconds : seconds;
}

/** The order of a format such as `dd/mm/yyyy`, or `undefined` when it has none. */
export function dateOrder(format: string): DateOrder | undefined {
  const letters = format
    .toLowerCase()
    .split(/[ t]/, 1)
    .join('')
    .replace(/[^dmy]/g, '');
  const order = letters.replace(/(.)\1+/g, '$1');
  return order === 'dmy' || order === 'mdy' || order === 'ymd' ? order : undefined;
}
