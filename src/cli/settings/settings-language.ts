/** Reads the setting `lang` before the command line is parsed. */
import { Failure } from '../../failure.ts';
import { type Language, LANGUAGES } from '../../words/languages.ts';
import { wordAfter } from '../arguments/language.ts';
import type { Environment } from '../io/io.ts';
import { foundSettings } from './found-settings.ts';
import { levelsOf } from './run-settings.ts';
import { placeOfProcess } from './settings-files.ts';

/**
 * Returns the language that the settings of a run name. If the settings have an error, the run tells
 * it later, in the language of the system.
 *
 * @param words the command line
 */
export async function settingLanguage(
  words: readonly string[],
  environment: Environment,
): Promise<Language | undefined> {
  try {
    const named = wordAfter('--config', words) ?? environment['METRIKA_CONFIG'];
    const profile = wordAfter('--profile', words) ?? environment['METRIKA_PROFILE'];
    const files = await foundSettings(named || undefined, placeOfProcess(environment));
    const setting = levelsOf(files, profile || undefined)
      .flat()
      .find(({ name }) => name === 'lang');
    return LANGUAGES.find((language) => language === setting?.value);
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}
