/** Checks the options of a command with the rules of the library. Error messages show the flags. */
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

/** The options that a command and its library function share, without the keys of a recipe. */
type Shared<Name extends FunctionName, Values> = Pick<
  Values,
  Exclude<Extract<keyof Values, (typeof OPTIONS_OF)[Name][number]>, (typeof RECIPE_KEYS)[number]>
>;

/**
 * Checks options with the rules of the library. The command and the library refuse the same values,
 * with the same codes.
 *
 * @param name the library function that does the work of the command
 * @returns the options that the command and the function share, without the keys of a recipe
 * @throws Failure (exit 2) that names the flag or the environment variable
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
  // The value of `--mapping` is the path of a file. The content of that file is checked later.
  // Here, an empty recipe takes its place.
  const { mapping } = asked;
  if (mapping !== undefined) asked['mapping'] = {};
  // An option is more important than a variable. So `--sandbox` makes the run ignore the variable
  // METRIKA_API_URL.
  if (asked['sandbox'] === true && sources.apiUrl !== longFlag(OPTIONS.apiUrl.flags)) {
    delete asked['apiUrl'];
  }
  const checked = admitted(name, asked, (key) => commandSource(key, sources));
  return { ...checked, mapping } as unknown as Shared<Name, Values>;
}

/**
 * Says whether the option is a key of a recipe. The code that builds the recipe checks the values
 * of these keys.
 */
function isRecipeKey(key: OptionKey): boolean {
  return RECIPE_KEYS.some((one) => one === key);
}

/** Returns the source of an option for error messages: its environment variable or its flag. */
function commandSource(key: OptionKey, sources: OptionSources): OptionSource {
  const { option } = sourceOf(key);
  const name = option as OptionName;
  return { text: sources[name] ?? longFlag(OPTIONS[name].flags), option };
}
