import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './run.ts';

/** The recipe for the files of {@link nightFile}, without a time zone. */
export const NIGHT_RECIPE = {
  columns: { Date: 'DateTime', Phone: 'PhoneNumber', ClientId: 'ClientId' },
  direction: 'all',
};

/**
 * Writes an export and a recipe. The calls of the export were seven days ago, at the given hours.
 *
 * @param hours the hour of each call; by the default recipe, this is the hour in Moscow
 */
export function nightFile(
  hours: readonly number[],
  recipe: object = { ...NIGHT_RECIPE, timezone: 'Europe/Moscow' },
): { readonly folder: string; readonly path: string; readonly mapping: string } {
  const folder = temporaryFolder();
  const day = new Date(Date.now() - 7 * 86_400_000).toISOString().slice(0, 10);
  const two = (number: number): string => String(number).padStart(2, '0');
  const rows = hours.map((hour, at) => {
    const time = `${day} ${two(hour)}:${two(at % 60)}:${two(Math.floor(at / 60))}`;
    return `${time},+7916${String(at).padStart(7, '0')},14817181661234${two(at)}\n`;
  });
  const [path, mapping] = [join(folder, 'export.csv'), join(folder, 'recipe.json')];
  writeFileSync(path, `Date,Phone,ClientId\n${rows.join('')}`);
  writeFileSync(mapping, JSON.stringify(recipe));
  return { folder, path, mapping };
}

/** Returns the hours of 60 calls, of which a given number are at night. */
export function sixty(night: number): number[] {
  return Array.from({ length: 60 }, (_, at) => (at < night ? at % 6 : 10 + (at % 8)));
}
