/** Replaces placeholders such as `{today}` in settings. */
import { Failure } from '../../failure.ts';
import { shownColumn } from '../../safe-text/shown-value.ts';
import type { Setting, SettingValue } from './read-settings.ts';
import type { SettingName } from './setting-keys.ts';
import { placeWords } from './setting-place.ts';

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

/** The placeholders that settings may have. The last ones of `files` are examples of a format. */
const KNOWN = {
  files: ['{today}', '{yesterday}', '{yesterday:yyyyMMdd}'],
  comment: ['{file}', '{profile}'],
} as const;

/**
 * Replaces the days in a setting `files`.
 *
 * @param today the current day in the time zone of the run, in days since 1970-01-01
 * @throws Failure `settings-placeholder` (exit 2) for an unknown placeholder or format
 */
export function withDays(text: string, setting: Setting, today: number): string {
  return text.replace(PLACEHOLDER, (whole, name: string, format: string = USUAL) => {
    const days = daysOf(name, format);
    if (days === undefined) throw unknown(whole, placeWords(setting.place), KNOWN.files);
    return written(today + days, format);
  });
}

function daysOf(name: string, format: string): number | undefined {
  return FORMAT.test(format) && /yyyy|MM|dd/.test(format) ? DAYS.get(name) : undefined;
}

/**
 * Replaces the name of the profile in a setting `comment`. Leaves `{file}`, which differs from file
 * to file.
 *
 * @throws Failure `settings-placeholder` (exit 2) for an unknown placeholder
 */
export function withProfile(text: string, setting: Setting, profile: string | undefined): string {
  return text.replace(PLACEHOLDER, (whole) => {
    if (whole === '{file}') return whole;
    if (whole === '{profile}' && profile !== undefined) return profile;
    const known = KNOWN.comment.filter((one) => profile !== undefined || one !== '{profile}');
    throw unknown(whole, placeWords(setting.place), known);
  });
}

/**
 * Checks the placeholders of a value that will be written into a settings file.
 *
 * @throws Failure `settings-placeholder` (exit 2) for an unknown placeholder
 */
export function requireKnownPlaceholders(name: SettingName, value: SettingValue): void {
  if (name !== 'files' && name !== 'comment') return;
  for (const text of typeof value === 'object' ? value : [String(value)]) {
    for (const [whole, word = '', format = USUAL] of text.matchAll(PLACEHOLDER)) {
      const isKnown =
        name === 'files'
          ? daysOf(word, format) !== undefined
          : KNOWN.comment.some((one) => one === whole);
      if (!isKnown) throw unknown(whole, name, KNOWN[name]);
    }
  }
}

function unknown(word: string, place: string, known: readonly string[]): Failure {
  return new Failure('settings-placeholder', { place, word: shownColumn(word), known });
}

const DAY_MILLISECONDS = 86_400_000;

function written(day: number, format: string): string {
  const [year = '', month = '', ofMonth = ''] = new Date(day * DAY_MILLISECONDS)
    .toISOString()
    .slice(0, USUAL.length)
    .split('-');
  return format.replaceAll('yyyy', year).replaceAll('MM', month).replaceAll('dd', ofMonth);
}
