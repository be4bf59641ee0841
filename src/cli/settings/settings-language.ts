/** Reads the setting `lang` before the command line is parsed. */
import { Failure } from '../../failure.ts';
import { type Language, LANGUAGES } from '../../words/languages.ts';
import { wordAfter } from '../arguments/language.ts';
import type { Environment } from '../io/io.ts';
import { foundSettings, settingsPaths } from './found-settings.ts';
import { levelsOf } from './run-settings.ts';
import { placeOfProcess, textOfSettings } from './settings-files.ts';

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
    const place = placeOfProcess(environment);
    const texts = settingsPaths(named || undefined, place).map(({ path }) => textOfSettings(path));
    // Parsing takes a few milliseconds, and most settings files do not name a language.
    if (!texts.some((text) => text?.includes('"lang"') === true)) return undefined;
    const files = await foundSettings(named || undefined, place);
    const setting = levelsOf(files, profile || undefined)
      .flat()
      .find(({ name }) => name === 'lang');
    return LANGUAGES.find((language) => language === setting?.value);
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}
