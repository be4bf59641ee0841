/** The time zone that a heading of an export says. */
import type { HeadingColumns } from '../../convert/heading-columns.ts';
import { wrong } from '../../convert/recipe-parsers.ts';
import type { SavedRecipe } from '../../convert/saved-recipe.ts';

const UTC = /^(?:etc\/)?(?:utc|gmt|uct|zulu)$/i;

/**
 * What the heading of the times adds to a recipe.
 *
 * @param option the zone of the option
 * @param saved the zone of the recipe that was saved
 * @throws Failure `setting-invalid` (exit 2) when that is another one
 */
export function zoneOfHeading(
  { utc }: HeadingColumns,
  option: string | undefined,
  saved: string | undefined,
): Pick<SavedRecipe, 'timezone'> {
  const given = option ?? saved;
  if (utc === undefined) return {};
  if (given === undefined) return { timezone: 'UTC' };
  if (UTC.test(given)) return {};
  throw wrong(
    option === undefined ? 'timezone' : '--timezone',
    { kind: 'zone-of-heading', heading: utc },
    given,
  );
}
