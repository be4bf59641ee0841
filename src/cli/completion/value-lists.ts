/** The lists of values that stand in the completion scripts. */
import { phoneRegions } from '../../convert/cells/phone-plan.ts';
import { PRESETS } from '../../convert/presets/presets.ts';
import type { Words } from '../../words/en.ts';
import { ownValue } from '../../words/own-value.ts';
import { explanations } from '../output/explanations.ts';
import { SHELL_NAMES } from './shells.ts';

const LISTS = {
  presets: () => PRESETS.map(({ name }) => name),
  // The Intl API lists each zone once, and leaves UTC out.
  zones: () => ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')],
  regions: phoneRegions,
  codes: (words) => explanations(words).map(({ code }) => code),
  shells: () => SHELL_NAMES,
} as const satisfies Readonly<Record<string, (words: Words) => readonly string[]>>;

/**
 * Returns the values of a list.
 *
 * @returns an empty list if there is no list with this name
 */
export function valuesIn(name: string, words: Words): readonly string[] {
  return ownValue<(words: Words) => readonly string[]>(LISTS, name)?.(words) ?? [];
}
