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

const UNITS = ['kB', 'MB', 'GB'] as const;

/**
 * @param bytes a length or an amount
 * @returns `980 bytes`, `1.2 MB`: a thousand to each step
 */
export function byteSize(bytes: number): string {
  if (bytes < 1000) return plural(bytes, 'byte');
  let value = bytes;
  let unit = '';
  for (const next of UNITS) {
    if (value < 999.5) break;
    value /= 1000;
    unit = next;
  }
  return `${value < 9.95 ? value.toFixed(1) : value.toFixed(0)} ${unit}`;
}

/**
 * @param milliseconds a span of time
 * @returns `4 s`, `1 min 30 s` or `2 h 5 min`
 */
export function timeSpan(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${String(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return twoUnits(minutes, 'min', seconds % 60, 's');
  return twoUnits(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

function twoUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  const first = `${String(large)} ${largeUnit}`;
  return small === 0 ? first : `${first} ${String(small)} ${smallUnit}`;
}

/** Two sizes in one unit where they have it in common: `9.9/31 MB`, `980 bytes/1.2 MB`. */
export function ofTotal(part: string, total: string): string {
  const unit = /\s\S+$/.exec(total)?.[0] ?? '';
  return part.endsWith(unit) ? `${part.slice(0, -unit.length)}/${total}` : `${part}/${total}`;
}

/** Hours and minutes in the zone of this machine: `06:00`. */
export function clock(date: Date): string {
  return [date.getHours(), date.getMinutes()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

/** Breaks a text into lines of at most `width` characters, between words. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  lines.push(line);
  return lines;
}
