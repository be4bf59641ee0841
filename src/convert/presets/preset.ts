/** Defines what a preset has, and helpers for writing presets. */
import type { CountryCode } from 'libphonenumber-js/max';
import type { ColumnName } from '../../calls/columns/columns.ts';
import type { Delimiter } from '../../csv/dialect.ts';
import type { DateOrder } from '../cells/date-time.ts';
import { type Direction, directionOfWord, saysMissed, YES_NO } from '../cells/direction-words.ts';

/** Returns the cell in one column of the current record; '' if there is no such column. */
export type CellReader = (column: string) => string;

/**
 * An unknown word in the column that says the direction or the type of a record, and the name of
 * this column in the export.
 */
export interface UnknownDirection {
  readonly column: string;
  readonly word: string;
}

/**
 * Returns the text of one column of a call. The parameter `direction` is a function that returns
 * the direction of the call. If the text is an unchanged cell of the export, the property `column`
 * has the name of its column.
 */
type Field = ((cell: CellReader, direction: () => Direction) => string) & {
  readonly column?: string;
};

/** The rules for making calls from the export of one call system. */
export interface Preset {
  readonly name: string;
  readonly system: string;
  /** The place where the form of the export is documented. */
  readonly source: string;
  /** The columns of an export without a header. Some records may lack the last columns. */
  readonly columns?: readonly string[];
  /**
   * The columns that the preset reads and that every export of the system has. Each inner list has
   * the possible names of one column.
   */
  readonly needed: readonly (readonly string[])[];
  /** The time zone of the times, if it is the same in all exports of the system. */
  readonly timezone?: string;
  /** The country of the numbers, if the system writes them without a plus sign. */
  readonly region?: CountryCode;
  /** The order of day and month in dates. */
  readonly dateOrder?: DateOrder;
  readonly delimiter?: Delimiter;
  readonly fields: Readonly<Partial<Record<ColumnName, Field>>>;
  /** The keys that lead to the list of calls in the JSON of the system, joined with dots. */
  readonly records?: string;
  /**
   * Says whether a record is a call. If the word that decides is unknown, returns this word.
   * Without this function, all records are calls.
   */
  readonly isCall?: (cell: CellReader) => boolean | UnknownDirection;
  /**
   * Returns the direction of a call. If the word for the direction is unknown, returns this word.
   * Without this function, all calls are incoming.
   */
  readonly direction?: (cell: CellReader) => Direction | UnknownDirection;
  /** Returns the value that the legs of one call share; '' if the record has none. */
  readonly legOf?: (cell: CellReader) => string;
  /**
   * Whether the direction of the first leg is the direction of the whole call. The directions of
   * the other legs are then ignored.
   */
  readonly isDirectionOfFirstLeg?: boolean;
  /**
   * The columns with the company's own phone numbers, if the direction comes from the phone numbers
   * of a record.
   */
  readonly ownNumbers?: readonly string[];
}

/** Returns a reader of one column. */
export function column(name: string): ((cell: CellReader) => string) & { readonly column: string } {
  return Object.assign((cell: CellReader) => cell(name), { column: name });
}

/** Returns a reader of several columns, which uses the first cell that is not empty. */
export function anyColumn(...columns: readonly string[]): (cell: CellReader) => string {
  return (cell) => {
    for (const column of columns) {
      const value = cell(column);
      if (value !== '') return value;
    }
    return '';
  };
}

/**
 * Returns a reader of the visitor's number. In an incoming call, the visitor is the caller. In
 * other calls, the visitor is the person who was called.
 */
export function visitorIn(caller: string, called: string): Field {
  return (cell, direction) => cell(direction() === 'in' ? caller : called);
}

/**
 * Returns `later` minus `earlier`, rounded to whole seconds. Both are times or durations in
 * seconds. Returns '' if one of them is not a number. Also returns '' if the difference is
 * negative: then one of them is wrong.
 */
export function difference(later: string, earlier: string): string {
  const whole = wholeNumber(later) - wholeNumber(earlier);
  if (!Number.isNaN(whole)) return whole < 0 ? '' : String(whole);
  const [to, from] = [Number(later), Number(earlier)];
  if (later.trim() === '' || earlier.trim() === '' || Number.isNaN(to - from)) return '';
  const seconds = Math.round(to - from);
  return seconds < 0 ? '' : String(Math.abs(seconds));
}

/**
 * Returns the number that is written with one to nine digits; NaN for any other text. This function
 * is five times as fast as `Number`.
 */
function wholeNumber(text: string): number {
  let number = 0;
  for (let at = 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return NaN;
    number = number * 10 + digit;
  }
  return text.length >= 1 && text.length <= 9 ? number : NaN;
}

/**
 * Returns a function that reads the direction from a word in a column.
 *
 * @param own the words that only this system has, in lower case
 */
export function directionIn(
  column: string,
  own: Readonly<Record<string, Direction>> = {},
): (cell: CellReader) => Direction | UnknownDirection {
  const known = new Map(Object.entries(own));
  return (cell) => {
    const word = cell(column).trim();
    return known.get(word.toLowerCase()) ?? directionOfWord(word) ?? { column, word };
  };
}

/**
 * Returns a reader that says whether a record is a call, from a word in a column.
 *
 * @param known the words of the system in lower case, and whether each means a call
 */
export function isRecordOf(
  column: string,
  known: Readonly<Record<string, boolean>>,
): (cell: CellReader) => boolean | UnknownDirection {
  const words = new Map(Object.entries(known));
  return (cell) => {
    const word = cell(column).trim();
    return words.get(word.toLowerCase()) ?? { column, word };
  };
}

/**
 * Returns a reader that says whether the call was missed, from a word in a column. A word without a
 * known meaning stays unchanged, and the check reports it.
 *
 * @param own the words that only this system has, in lower case
 * @param talk the column with the talk time; it is used if the cell with the word is empty
 */
export function missedIn(
  column: string,
  own: Readonly<Record<string, '0' | '1'>> = {},
  talk?: string,
): (cell: CellReader) => string {
  const known = new Map(Object.entries(own));
  return (cell) => {
    const word = cell(column);
    if (word.trim() === '') {
      const time = talk === undefined ? '' : cell(talk);
      return time === '' ? '' : missedUnless(isPositive(time));
    }
    const flag = known.get(word);
    if (flag !== undefined) return flag;
    const lower = word.trim().toLowerCase();
    const isMissed = saysMissed(lower);
    const read = known.get(lower) ?? (isMissed === undefined ? undefined : isMissed ? '1' : '0');
    if (read === undefined) return word;
    known.set(word, read);
    return read;
  };
}

/**
 * Returns a reader that says whether a call was missed. It was missed if the cell with a duration,
 * or with the time of the answer, is empty or zero.
 */
export function missedWithout(time: string): (cell: CellReader) => string {
  return (cell) => missedUnless(isPositive(cell(time)));
}

/** The values of a column that says whether a call was missed. */
export const MISSED_FLAG = { true: '1', false: '0', '1': '1', '0': '0' } as const;

/**
 * Returns a reader of a column with yes or no. The reader returns `0` for yes and `1` for no. Any
 * other word stays unchanged, and the check reports it.
 */
export function oppositeIn(column: string): (cell: CellReader) => string {
  return (cell) => {
    const word = cell(column).trim();
    const yes = YES_NO.get(word.toLowerCase());
    return yes === undefined ? word : yes === '1' ? '0' : '1';
  };
}

export function missedUnless(answered: boolean): string {
  return answered ? '0' : '1';
}

/**
 * Says whether a duration or a time is more than zero. The text may have any form, such as `80` or
 * `00:01:20`.
 */
export function isPositive(text: string): boolean {
  return /[1-9]/.test(text);
}

/**
 * Converts a written date and time to seconds since 1970, as if it were in UTC. The real time zone
 * is unknown, so use the result only for the difference between two times of one record.
 */
export function clockSeconds(text: string): string {
  const time = Date.parse(`${text.trim().replace(' ', 'T')}Z`);
  return Number.isNaN(time) ? '' : String(time / 1000);
}

/** Says whether a number is an internal extension: a few digits, a code such as `*97`, or `s`. */
export function isExtension(text: string): boolean {
  const number = text.trim();
  const isLong = number.length > LONGEST_EXTENSION && !number.startsWith('*');
  return !isLong && /^(?:\d{1,6}|\*\d*|s)$/.test(number);
}

const LONGEST_EXTENSION = 6;

/**
 * Returns a function that finds the direction from the extensions. A call from an extension is
 * outgoing or internal.
 */
export function directionByExtension(
  caller: string,
  called: string,
): (cell: CellReader) => Direction {
  return (cell) => {
    if (!isExtension(cell(caller))) return 'in';
    return isExtension(cell(called)) ? 'internal' : 'out';
  };
}
