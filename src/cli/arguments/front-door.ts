/** Takes the options of a command through the front door of the library, under their names on the command line. */
import {
  admitted,
  type FunctionName,
  OPTIONS_OF,
  type OptionSource,
  RECIPE_KEYS,
  sourceOf,
} from '../../library/options/front-door.ts';
import type { OptionKey } from '../../library/options/rules.ts';
import { longFlag } from './option.ts';
import type { OptionSources } from './option-values.ts';
import { type OptionName, OPTIONS } from './options.ts';

/** The options of a command that a function for programs has too, under the same names. */
type Shared<Name extends FunctionName, Values> = Pick<
  Values,
  Exclude<Extract<keyof Values, (typeof OPTIONS_OF)[Name][number]>, (typeof RECIPE_KEYS)[number]>
>;

/**
 * Refuses what the library refuses too, with the same code.
 *
 * @param name the function that does what the command does
 * @returns the options that both have
 * @throws Failure (exit 2) that names the option as the command line does
 */
export function throughFrontDoor<Name extends FunctionName, Values extends object>(
  name: Name,
  options: Values,
  sources: OptionSources,
): Shared<Name, Values> {
  const values = options as Readonly<Record<string, unknown>>;
  const asked = Object.fromEntries(
    OPTIONS_OF[name]
      .filter((key) => key in values && !isRecipeKey(key))
      .map((key) => [key, values[key]]),
  );
  // The command line names a file, whose content is looked at later.
  const { mapping } = asked;
  if (mapping !== undefined) asked['mapping'] = {};
  // Where a variable names the service and an option asks for a sandbox, the option is meant.
  if (asked['sandbox'] === true && sources.apiUrl !== longFlag(OPTIONS.apiUrl.flags)) {
    delete asked['apiUrl'];
  }
  const checked = admitted(name, asked, (key) => commandSource(key, sources));
  return { ...checked, mapping } as unknown as Shared<Name, Values>;
}

/** The command line has options for the keys of a recipe, and puts the recipe together of them by itself. */
function isRecipeKey(key: OptionKey): boolean {
  return RECIPE_KEYS.some((one) => one === key);
}

/** How the command line names an option: by the flag or the variable that it came from. */
function commandSource(key: OptionKey, sources: OptionSources): OptionSource {
  const { option } = sourceOf(key);
  const name = option as OptionName;
  return { text: sources[name] ?? longFlag(OPTIONS[name].flags), option };
}
