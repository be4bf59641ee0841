/** Chooses the language of a run and loads its sentences. */
import { type Words, wordsFor } from '../../words/en.ts';
import { type Language, LANGUAGES, wordsIn } from '../../words/languages.ts';
import { ownValue } from '../../words/own-value.ts';
import { commandLineNotation } from '../../words/said.ts';
import type { Shell } from '../../words/shell.ts';
import type { Environment } from '../io/io.ts';

/** The languages of one run. */
export interface RunLanguages {
  /** The sentences for people, in the language of the run. */
  readonly words: Words;
  /**
   * The sentences inside JSON. Programs compare these sentences. So the sentences are English,
   * unless `--lang` or METRIKA_LANG names another language.
   */
  readonly documentWords: Words;
}

/**
 * Returns the locale of the system. This locale is used only if LC_ALL, LC_MESSAGES and LANG are
 * not set, for example on Windows.
 */
type SystemLocale = () => string | undefined;

/** The parts of a run that decide about its language, besides its words and variables. */
interface LanguageContext {
  /** The shell that suggested commands are written for. */
  readonly shell: Shell;
  /** Returns the setting `lang`. It does not change the sentences in JSON. */
  readonly setting: () => Promise<Language | undefined>;
  readonly systemLocale?: SystemLocale;
}

/**
 * Returns the sentences of a run. The language comes from `--lang`, METRIKA_LANG, the setting `lang`,
 * LC_ALL, LC_MESSAGES or LANG, in this order. This function works before the command line is parsed.
 * So parsing errors are in the right language too.
 *
 * @param words the command line
 */
export async function languagesOf(
  words: readonly string[],
  environment: Environment,
  { shell, setting, systemLocale = localeOfSystem }: LanguageContext,
): Promise<RunLanguages> {
  const named = namedLanguage(words, environment);
  const wanted =
    named ?? (await setting()) ?? languageOf(localeBy(environment) ?? systemLocale() ?? '');
  const [forPeople, forPrograms] = [await wordsIn(wanted), await wordsIn(named ?? 'en')];
  return {
    words: wordsFor(commandLineNotation(shell, forPeople.placeholders), forPeople),
    documentWords: wordsFor(commandLineNotation(shell, forPrograms.placeholders), forPrograms),
  };
}

function namedLanguage(words: readonly string[], environment: Environment): Language | undefined {
  const last = wordAfter('--lang', words) ?? environment['METRIKA_LANG'];
  return LANGUAGES.find((one) => one === last);
}

/**
 * Returns the last value of an option on a command line that is not parsed yet.
 *
 * @returns `undefined` if the option is not there, or its value is empty
 */
export function wordAfter(flag: string, words: readonly string[]): string | undefined {
  return words
    .map((word, at) =>
      word.startsWith(`${flag}=`)
        ? word.slice(flag.length + 1)
        : word === flag
          ? words[at + 1]
          : '',
    )
    .filter(Boolean)
    .at(-1);
}

function localeBy(environment: Environment): string | undefined {
  return ['LC_ALL', 'LC_MESSAGES', 'LANG'].map((name) => ownValue(environment, name)).find(Boolean);
}

function languageOf(locale: string): Language {
  return /^ru\b|^ru_|^russian/i.test(locale) ? 'ru' : 'en';
}

/** Returns the locale on Windows, which does not set LC_ALL, LC_MESSAGES or LANG. */
function localeOfSystem(): string | undefined {
  return process.platform === 'win32' ? Intl.DateTimeFormat().resolvedOptions().locale : undefined;
}
