/** Builds the part of a recipe that follows from the headings of an export. */
import { columnNamed } from '../../calls/columns/columns.ts';
import { YES_NO } from '../../convert/cells/direction-words.ts';
import {
  columnsByHeading,
  type HeadingColumns,
  type Sample,
} from '../../convert/recipe/heading-columns.ts';
import { readRecipeFile } from '../../convert/recipe/recipe-file.ts';
import type { SavedRecipe } from '../../convert/recipe/recipe-keys.ts';
import { wrong } from '../../convert/recipe/recipe-parsers.ts';
import { LEFT_OUT } from '../../convert/recipe/saved-recipe.ts';
import { shownColumn } from '../../safe-text/shown-value.ts';
import type { OptionValues } from '../arguments/options.ts';
import { columnsOf, flagSource } from './recipe.ts';

const UTC = /^(?:etc\/)?(?:utc|gmt|uct|zulu)$/i;

/** The columns that were recognized by their headings, and the part of a recipe made from them. */
export interface HeadingRecipe {
  readonly headings: HeadingColumns;
  /**
   * The part of the recipe: the certain columns, the columns to leave out, the time zone if a
   * heading names UTC, and the meanings of yes and no in a column of answered calls.
   */
  readonly more: SavedRecipe;
}

/**
 * Recognizes columns by their headings. Ignores columns that the options, the saved recipe or the
 * answers already define.
 *
 * @param answers the answers of an interview
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
  const columns = Object.fromEntries([
    ...uncertainOwn(headings).map((name) => [name, LEFT_OUT] as const),
    ...[...headings.certain].map(([column, name]) => [name, column] as const),
  ]);
  const more = { ...zoneOfHeading(headings, timezone, saved.timezone), columns };
  if (headings.answered === undefined) return { headings, more };
  return { headings, more: { ...more, values: { CallMissed: missedFromAnswered() } } };
}

/** Returns the meanings of yes and no in a column that says which calls were answered. */
function missedFromAnswered(): Readonly<Record<string, string>> {
  return Object.fromEntries([...YES_NO].map(([word, yes]) => [word, yes === '1' ? '0' : '1']));
}

/**
 * Lists the columns that have the name of a column of a call, but may mean something else. A
 * conversion would use these columns because of their names.
 */
function uncertainOwn({ possible }: HeadingColumns): readonly string[] {
  return possible
    .filter(({ column, source }) => columnNamed(source)?.name === column)
    .map(({ source }) => source);
}

/**
 * Returns the time zone for the recipe, if a heading names UTC and nothing else sets the zone.
 *
 * @param option the value of `--timezone`
 * @param saved the zone of the saved recipe
 * @throws Failure `setting-invalid` (exit 2) if the option or the saved recipe contradicts the
 *   heading
 */
function zoneOfHeading(
  { utc }: HeadingColumns,
  option: string | undefined,
  saved: string | undefined,
): Pick<SavedRecipe, 'timezone'> {
  const zone = option ?? saved;
  if (utc === undefined) return {};
  if (zone === undefined) return { timezone: 'UTC' };
  if (UTC.test(zone)) return {};
  throw wrong(
    option === undefined ? { text: 'timezone' } : flagSource('timezone'),
    { kind: 'zone-of-heading', heading: shownColumn(utc) },
    zone,
  );
}
