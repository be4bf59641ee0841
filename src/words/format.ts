/** Numbers, sizes and times as people read them, and text laid out in lines. */

/** A whole number as people read it: `1,204`. */
export function formatNumber(value: number): string {
  // Making an Intl.NumberFormat takes longer than the check of a small file.
  return String(value).replace(/\B(?=(?:\d{3}){1,5}$)/g, ',');
}

/** A number with its noun: `1 call`, `1,204 calls`. */
export function plural(value: number, noun: string): string {
  return `${formatNumber(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** Names in a sentence: `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/**
 * An amount of bytes in the largest unit that fits, a thousand to each step.
 *
 * @param units for thousands, millions and so on
 * @param bytes 1,000 at least
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
 * @param bytes a length or an amount
 * @returns `980 bytes`, `1.2 MB`: a thousand to each step
 */
export function byteSize(bytes: number): string {
  return bytes < 1000 ? plural(bytes, 'byte') : scaledIn(['kB', 'MB', 'GB'], bytes).join(' ');
}

/**
 * A span of time in its two largest units.
 *
 * @param milliseconds a span of time
 * @param gap stands between a number and its unit
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
 * @param milliseconds a span of time
 * @returns `4 s`, `1 min 30 s` or `2 h 5 min`
 */
export function timeSpan(milliseconds: number): string {
  return timeSpanIn(['h', 'min', 's'], milliseconds, ' ');
}

/**
 * A part and the whole, in one unit where they have it in common: `9.9/31 MB`, `980 bytes of 1.2 MB`.
 *
 * @param between stands between the two
 */
export function partOf(part: string, total: string, between: string): string {
  const unit = /\s\S+$/.exec(total)?.[0] ?? '';
  const amount = unit !== '' && part.endsWith(unit) ? part.slice(0, -unit.length) : part;
  return `${amount}${between}${total}`;
}

/** A day and a time in the zone of this machine, as texts of two digits and a year. */
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

/** Such as `2026-11-25 03:00`, in the zone of this machine. */
export function localTime(milliseconds: number): string {
  const { year, month, day, time } = localParts(milliseconds);
  return `${year}-${month}-${day} ${time}`;
}

/** Hours and minutes in the zone of this machine: `06:00`. */
export function clock(date: Date): string {
  return [date.getHours(), date.getMinutes()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

/**
 * Breaks a text into lines of at most `width` columns, between words.
 *
 * @param columnsOf how many columns a piece of text takes
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
