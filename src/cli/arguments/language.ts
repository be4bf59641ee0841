/** The language of a run: which one is asked for, and its sentences, loaded only when they are used. */
import { type Words, wordsFor } from '../../words/en.ts';
import { type Language, LANGUAGES, wordsIn } from '../../words/languages.ts';
import { commandLineDoor } from '../../words/said.ts';
import type { Shell } from '../../words/shell.ts';
import type { Environment } from '../io/io.ts';

/** The languages of one run. */
export interface RunLanguages {
  /** The sentences for people. */
  readonly words: Words;
  /** The sentences inside JSON, which programs compare: English unless the user names a language. */
  readonly documentWords: Words;
}

/** Where a system without such variables says its language. */
type SystemLocale = () => string | undefined;

/**
 * The sentences of a run, by `--lang`, METRIKA_LANG, LC_ALL, LC_MESSAGES, LANG, in this order. A command line
 * that cannot be parsed is answered in its language too.
 *
 * @param words the command line
 * @param shell what lines to paste are written for
 */
export async function languagesOf(
  words: readonly string[],
  environment: Environment,
  shell: Shell,
  systemLocale: SystemLocale = localeOfSystem,
): Promise<RunLanguages> {
  const named = namedLanguage(words, environment);
  const wanted = named ?? languageOf(localeBy(environment) ?? systemLocale() ?? '');
  const [forPeople, forPrograms] = [await wordsIn(wanted), await wordsIn(named ?? 'en')];
  return {
    words: wordsFor(commandLineDoor(shell, forPeople.placeholders), forPeople),
    documentWords: wordsFor(commandLineDoor(shell, forPrograms.placeholders), forPrograms),
  };
}

function namedLanguage(words: readonly string[], environment: Environment): Language | undefined {
  const written = words.map((word, at) =>
    word.startsWith('--lang=')
      ? word.slice('--lang='.length)
      : word === '--lang'
        ? words[at + 1]
        : '',
  );
  const last = written.filter(Boolean).at(-1) ?? environment['METRIKA_LANG'];
  return LANGUAGES.find((one) => one === last);
}

function localeBy(environment: Environment): string | undefined {
  return ['LC_ALL', 'LC_MESSAGES', 'LANG'].map((name) => environment[name]).find(Boolean);
}

function languageOf(locale: string): Language {
  return /^ru\b|^ru_|^russian/i.test(locale) ? 'ru' : 'en';
}

/** Windows sets none of the variables, but knows the language of its user. */
function localeOfSystem(): string | undefined {
  return process.platform === 'win32' ? Intl.DateTimeFormat().resolvedOptions().locale : undefined;
}
