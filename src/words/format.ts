/** Formats numbers, sizes and times for people, and wraps text. */

/** Formats a whole number: `1,204`. */
export function formatNumber(value: number): string {
  // Creating an Intl.NumberFormat takes longer than checking a small file.
  return String(value).replace(/\B(?=(?:\d{3}){1,5}$)/g, ',');
}

/** Formats a number with its noun: `1 call`, `1,204 calls`. */
export function plural(value: number, noun: string): string {
  return `${formatNumber(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** Longer lists of names from a file are cut, and the other names are counted. */
export const MOST_NAMES = 30;

/**
 * Bounds a list of names from a file.
 *
 * @param more says how many names are left out
 */
export function bounded(names: readonly string[], more: (count: number) => string): string[] {
  const left = names.length - MOST_NAMES;
  return left <= 0 ? [...names] : [...names.slice(0, MOST_NAMES), more(left)];
}

/** Bounds a list of names from a file: the first ones, and `5 more`. */
export function firstNames(names: readonly string[]): string[] {
  return bounded(names, (count) => `${formatNumber(count)} more`);
}

/** Joins names for a sentence: `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/**
 * Scales a number of bytes to the largest unit that fits.
 *
 * @param units the units for thousands, millions and so on
 * @param bytes the number of bytes, at least 1,000
 */
export function scaledIn(
  units: readonly string[],
  bytes: number,
): readonly [amount: string, unit: string] {
  let value = bytes;
  let unit = '';
  for (const next of units) {
    if (value < 999.5) break;
    value /= 1000;
    unit = next;
  }
  return [value < 9.95 ? value.toFixed(1) : value.toFixed(0), unit];
}

/**
 * Formats a number of bytes. A kilobyte is 1,000 bytes.
 *
 * @returns such as `980 bytes` or `1.2 MB`
 */
export function byteSize(bytes: number): string {
  return bytes < 1000 ? plural(bytes, 'byte') : scaledIn(['kB', 'MB', 'GB'], bytes).join(' ');
}

/**
 * Formats a duration in its two largest units.
 *
 * @param milliseconds the duration
 * @param gap the text between a number and its unit
 */
export function timeSpanIn(
  [hour, minute, second]: readonly [hour: string, minute: string, second: string],
  milliseconds: number,
  gap: string,
): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  const [[large, largeUnit], [small, smallUnit]] =
    minutes < 60
      ? [[minutes, minute] as const, [seconds % 60, second] as const]
      : [[Math.floor(minutes / 60), hour] as const, [minutes % 60, minute] as const];
  const parts = [
    ...(large === 0 ? [] : [`${String(large)}${gap}${largeUnit}`]),
    ...(small === 0 && large > 0 ? [] : [`${String(small)}${gap}${smallUnit}`]),
  ];
  return parts.join(' ');
}

/**
 * Formats a duration.
 *
 * @returns such as `4 s`, `1 min 30 s` or `2 h 5 min`
 */
export function timeSpan(milliseconds: number): string {
  return timeSpanIn(['h', 'min', 's'], milliseconds, ' ');
}

/**
 * Joins two formatted sizes, a part and the total. A common unit is written once: `9.9/31 MB`, but
 * `980 bytes of 1.2 MB`.
 *
 * @param between the text between the two sizes
 */
export function partOf(part: string, total: string, between: string): string {
  const unit = /\s\S+$/.exec(total)?.[0] ?? '';
  const amount = unit !== '' && part.endsWith(unit) ? part.slice(0, -unit.length) : part;
  return `${amount}${between}${total}`;
}

/** Returns the parts of a local time as text. Month and day have two digits. */
export function localParts(milliseconds: number): {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly time: string;
} {
  const date = new Date(milliseconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  return {
    year: String(date.getFullYear()),
    month: two(date.getMonth() + 1),
    day: two(date.getDate()),
    time: clock(date),
  };
}

/** Formats a local time: `2026-11-25 03:00`. */
export function localTime(milliseconds: number): string {
  const { year, month, day, time } = localParts(milliseconds);
  return `${year}-${month}-${day} ${time}`;
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/**
 * Formats the day of a time from the service: `29 Nov`.
 *
 * @returns the unchanged text if it does not begin with a date
 */
export function dayOf(time: string): string {
  const [, month = '', day = ''] = /^\d{4}-(\d\d)-(\d\d)/.exec(time) ?? [];
  const name = MONTHS[Number(month) - 1];
  return name === undefined ? time : `${String(Number(day))} ${name}`;
}

/** Formats the hours and minutes of a local time: `06:00`. */
export function clock(date: Date): string {
  return [date.getHours(), date.getMinutes()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

/**
 * Wraps a text between words. A line is wider than `width` only if it is a single long word.
 *
 * @param width the width of a line, in columns
 * @param columnsOf returns the width of a piece of text, in columns
 */
export function wrap(
  text: string,
  width: number,
  columnsOf = (piece: string): number => piece.length,
): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && columnsOf(line) + 1 + columnsOf(word) > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  lines.push(line);
  return lines;
}
