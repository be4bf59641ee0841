/** What the headings of an export add to a recipe. */
import {
  columnsByHeading,
  type HeadingColumns,
  type Sample,
} from '../../convert/recipe/heading-columns.ts';
import { readRecipeFile } from '../../convert/recipe/recipe-file.ts';
import { wrong } from '../../convert/recipe/recipe-parsers.ts';
import type { SavedRecipe } from '../../convert/recipe/saved-recipe.ts';
import type { OptionValues } from '../arguments/options.ts';
import { columnsOf, flagSource } from './recipe.ts';

const UTC = /^(?:etc\/)?(?:utc|gmt|uct|zulu)$/i;

/** What the headings say, and what of it goes into the recipe. */
export interface HeadingRecipe {
  readonly headings: HeadingColumns;
  /** The columns that are certain, and the zone where a heading says it. */
  readonly more: SavedRecipe;
}

/**
 * Reads the headings of an export, as far as nobody has said what they mean.
 *
 * @param answers what was answered beside the options and the saved recipe
 * @throws Failure (exit 2) that names an option, or the key of the saved recipe
 */
export async function headingRecipe(
  sample: Sample,
  { mapping, map, set, timezone }: OptionValues<'mapping' | 'map' | 'set' | 'timezone'>,
  answers: SavedRecipe = {},
): Promise<HeadingRecipe> {
  const saved = mapping === undefined ? {} : await readRecipeFile(mapping);
  const named = { ...answers.columns, ...columnsOf(saved, map) };
  const constants = [
    ...Object.keys({ ...saved.set, ...answers.set }),
    ...set.map((pair) => pair.split('=', 1)[0]),
  ];
  const headings = columnsByHeading(sample, new Map(Object.entries(named)), new Set(constants));
  const columns = Object.fromEntries([...headings.certain].map(([column, name]) => [name, column]));
  return { headings, more: { ...zoneOfHeading(headings, timezone, saved.timezone), columns } };
}

/**
 * @param option the zone of the option
 * @param saved the zone of the saved recipe
 * @throws Failure `setting-invalid` (exit 2) when that is another one than a heading says
 */
function zoneOfHeading(
  { utc }: HeadingColumns,
  option: string | undefined,
  saved: string | undefined,
): Pick<SavedRecipe, 'timezone'> {
  const given = option ?? saved;
  if (utc === undefined) return {};
  if (given === undefined) return { timezone: 'UTC' };
  if (UTC.test(given)) return {};
  throw wrong(
    option === undefined ? { text: 'timezone' } : flagSource('timezone'),
    { kind: 'zone-of-heading', heading: utc },
    given,
  );
}
