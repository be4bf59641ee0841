/** Replaces placeholders such as `{today}` in settings. */
import { Failure } from '../../failure.ts';
import { shownColumn } from '../../safe-text/shown-value.ts';
import type { Setting } from './read-settings.ts';
import { placeWords } from './settings-document.ts';

/** A placeholder: a word in braces, with a format after a colon. Patterns such as `{a,b}` are none. */
const PLACEHOLDER = /\{([A-Za-z]+)(?::([^{},]*))?\}/g;

/** The letters of a format: year, month and day. */
const FORMAT = /^(?:yyyy|MM|dd|[-_./ ])+$/;

/** The usual format of a day: ISO 8601. */
const USUAL = 'yyyy-MM-dd';

/** The names of placeholders with days, for each the number of days to add to today. */
const DAYS: ReadonlyMap<string, number> = new Map([
  ['today', 0],
  ['yesterday', -1],
]);

/**
 * Replaces the days in a setting `files`.
 *
 * @param today the current day in the time zone of the run, in days since 1970-01-01
 * @throws Failure `settings-placeholder` (exit 2) for an unknown placeholder or format
 */
export function withDays(text: string, setting: Setting, today: number): string {
  return text.replace(PLACEHOLDER, (whole, name: string, format: string | undefined) => {
    const days = DAYS.get(name);
    if (days === undefined || !FORMAT.test(format ?? USUAL)) {
      throw unknown(whole, setting, ['{today}', '{yesterday}', '{yesterday:yyyyMMdd}']);
    }
    return written(today + days, format ?? USUAL);
  });
}

/**
 * Replaces the name of the profile in a setting `comment`. Leaves `{file}`, which differs from file
 * to file.
 *
 * @throws Failure `settings-placeholder` (exit 2) for an unknown placeholder
 */
export function withProfile(text: string, setting: Setting, profile: string | undefined): string {
  return text.replace(PLACEHOLDER, (whole, name: string, format: string | undefined) => {
    if (format === undefined && name === 'file') return whole;
    if (format === undefined && name === 'profile' && profile !== undefined) return profile;
    const known = profile === undefined ? ['{file}'] : ['{file}', '{profile}'];
    throw unknown(whole, setting, known);
  });
}

function unknown(word: string, { place }: Setting, known: readonly string[]): Failure {
  return new Failure('settings-placeholder', {
    place: placeWords(place),
    word: shownColumn(word),
    known,
  });
}

const DAY_MILLISECONDS = 86_400_000;

function written(day: number, format: string): string {
  const [year = '', month = '', ofMonth = ''] = new Date(day * DAY_MILLISECONDS)
    .toISOString()
    .slice(0, USUAL.length)
    .split('-');
  return format.replaceAll('yyyy', year).replaceAll('MM', month).replaceAll('dd', ofMonth);
}
