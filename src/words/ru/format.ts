/** Russian: formats numbers, sizes and times. */

import { bounded, localParts, scaledIn, timeSpanIn } from '../format.ts';

/** The space between groups of three digits, and between a number and its unit. */
const NARROW = '\u00a0';

/** Formats a number the Russian way: `12 040`. Four digits are not separated: `1204`. */
export function formatNumber(value: number): string {
  const [whole = '', part] = String(value).split('.');
  const digits =
    whole.replace('-', '').length < 5 ? whole : whole.replace(/\B(?=(?:\d{3}){1,5}$)/g, NARROW);
  return part === undefined ? digits : `${digits},${part}`;
}

/** Bounds a list of names from a file: the first ones, and `ещё 5`. */
export function firstNames(names: readonly string[]): string[] {
  return bounded(names, (count) => `ещё ${formatNumber(count)}`);
}

/** The three forms of a noun: after 1, after 2 and after 5. */
export type Noun = readonly [one: string, few: string, many: string];

/** Returns the form of a noun after a number: 1 звонок, 2 звонка, 5 звонков, 21 звонок. */
export function nounFor(value: number, [one, few, many]: Noun): string {
  const form = new Intl.PluralRules('ru').select(value);
  return form === 'one' ? one : form === 'few' ? few : many;
}

/** Formats a number with its noun: `2 звонка`. */
export function plural(value: number, noun: Noun): string {
  return `${formatNumber(value)} ${nounFor(value, noun)}`;
}

/** Joins names for a sentence: `a`, `a и b`, `a, b и c`. */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} и ${last}`;
}

/**
 * Formats a number of bytes. A kilobyte is 1,000 bytes.
 *
 * @returns text such as `980 байт` or `1,2 МБ`
 */
export function byteSize(bytes: number): string {
  return bytes < 1000
    ? plural(bytes, NOUNS.byte)
    : scaledIn(['кБ', 'МБ', 'ГБ'], bytes).join(NARROW).replace('.', ',');
}

/**
 * Formats a duration.
 *
 * @returns text such as `4 с`, `1 мин 30 с` or `2 ч 5 мин`
 */
export function timeSpan(milliseconds: number): string {
  return timeSpanIn(['ч', 'мин', 'с'], milliseconds, NARROW);
}

/**
 * Formats the day of a time from the service: `29.11`.
 *
 * @returns the unchanged text if it does not begin with a date
 */
export function dayOf(time: string): string {
  const [, month, day] = /^\d{4}-(\d\d)-(\d\d)/.exec(time) ?? [];
  return month === undefined || day === undefined ? time : `${day}.${month}`;
}

/** Formats a local time: `25.11.2026 03:00`. */
export function localTime(milliseconds: number): string {
  const { year, month, day, time } = localParts(milliseconds);
  return `${day}.${month}.${year} ${time}`;
}

/** The nouns that follow numbers. */
export const NOUNS = {
  byte: ['байт', 'байта', 'байт'],
  minute: ['минуту', 'минуты', 'минут'],
  call: ['звонок', 'звонка', 'звонков'],
  error: ['ошибка', 'ошибки', 'ошибок'],
  warning: ['предупреждение', 'предупреждения', 'предупреждений'],
  part: ['часть', 'части', 'частей'],
  partLocative: ['части', 'частях', 'частях'],
  upload: ['загрузка', 'загрузки', 'загрузок'],
  page: ['страница', 'страницы', 'страниц'],
  line: ['строка', 'строки', 'строк'],
  record: ['запись', 'записи', 'записей'],
  field: ['поле', 'поля', 'полей'],
  cell: ['ячейка', 'ячейки', 'ячеек'],
  column: ['столбец', 'столбца', 'столбцов'],
  finding: ['замечание', 'замечания', 'замечаний'],
  entry: ['запись', 'записи', 'записей'],
  price: ['цена', 'цены', 'цен'],
  day: ['день', 'дня', 'дней'],
  character: ['символ', 'символа', 'символов'],
} as const satisfies Readonly<Record<string, Noun>>;
