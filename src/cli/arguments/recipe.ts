/** The recipe of a conversion: a saved one, overridden by options. */
import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { columnNamed, type ColumnName } from '../../calls/columns/columns.ts';
import { type DateOrder, dateOrder } from '../../convert/date-time.ts';
import { readIdentifiers } from '../../convert/join.ts';
import { type PhoneRegion, phoneRegion } from '../../convert/phone.ts';
import { type Preset, presetNamed, PRESETS } from '../../convert/presets.ts';
import type { Recipe } from '../../convert/recipe.ts';
import { Failure, systemErrorCode } from '../../failure.ts';
import { LocalFile } from '../../files/local-file.ts';
import type { OptionValues, RECIPE } from './options.ts';
import { readColumn, readZone, wrong } from './recipe-parsers.ts';

type RecipeOptions = OptionValues<(typeof RECIPE)[number]>;

/** A saved recipe, as `--mapping` reads it; every key has an option of its own. */
const savedRecipe = z.strictObject({
  preset: z.optional(z.string()),
  columns: z.optional(z.record(z.string(), z.string())),
  set: z.optional(z.record(z.string(), z.string())),
  sourceColumns: z.optional(z.array(z.string()).check(z.minLength(1))),
  timezone: z.optional(z.string()),
  dateFormat: z.optional(z.string()),
  defaultRegion: z.optional(z.string()),
});

type SavedRecipe = z.infer<typeof savedRecipe>;

/**
 * Puts a recipe together.
 *
 * @throws Failure (exit 2) that names the option, or the key of the saved recipe
 */
export async function recipeOf(options: RecipeOptions): Promise<Recipe> {
  const path = options.mapping;
  const saved = path === undefined ? {} : await readSavedRecipe(path);
  const region = resolved(
    options.defaultRegion,
    '--default-region',
    saved.defaultRegion,
    readRegion,
  );
  const preset = resolved(options.preset, '--preset', saved.preset, readPreset);
  const savedZone = saved.timezone ?? preset?.timezone;
  const zone = resolved(options.timezone, '--timezone', savedZone, readZone);
  const order = resolved(options.dateFormat, '--date-format', saved.dateFormat, readOrder);
  return {
    preset,
    mapped: mappedColumns(options, saved),
    constants: constants(options, saved),
    columns: options.columns ?? saved.sourceColumns ?? preset?.columns,
    dateTime: { zone, order },
    region,
    joined: await joined(options, region),
  };
}

/** An option outranks the key of a saved recipe. */
function resolved<Value>(
  given: string | undefined,
  flag: string,
  saved: string | undefined,
  read: (text: string, source: string) => Value,
): Value | undefined {
  if (given !== undefined) return read(given, flag);
  return saved === undefined ? undefined : read(saved, `The recipe's ${flag.slice(2)}`);
}

function mappedColumns(options: RecipeOptions, saved: SavedRecipe): Map<ColumnName, string> {
  const columns = new Map<ColumnName, string>();
  for (const [source, target] of Object.entries(saved.columns ?? {})) {
    columns.set(readColumn(target, `columns of ${options.mapping ?? ''}`), source.trim());
  }
  for (const pair of options.map) {
    const [source, target] = splitPair(pair, '--map', '"Call date=DateTime"', 'last');
    columns.set(readColumn(target, '--map'), source);
  }
  return columns;
}

function constants(options: RecipeOptions, saved: SavedRecipe): Map<ColumnName, string> {
  const values = new Map<ColumnName, string>();
  for (const [target, value] of Object.entries(saved.set ?? {})) {
    values.set(readColumn(target, `set of ${options.mapping ?? ''}`), value);
  }
  for (const pair of options.set) {
    const [target, value] = splitPair(pair, '--set', 'Currency=RUB', 'first');
    values.set(readColumn(target, '--set'), value);
  }
  return values;
}

function readPreset(text: string, source: string): Preset {
  const preset = presetNamed(text);
  if (preset !== undefined) return preset;
  throw wrong(source, { kind: 'preset', names: PRESETS.map(({ name }) => name) }, text);
}

function readOrder(text: string, source: string): DateOrder {
  const order = dateOrder(text);
  if (order !== undefined) return order;
  throw wrong(source, { kind: 'date-order' }, text);
}

function readRegion(text: string, source: string): PhoneRegion {
  const region = phoneRegion(text);
  if (region !== undefined) return region;
  throw wrong(source, { kind: 'region' }, text);
}

/** Splits `a=b`; the names of foreign columns may hold an equals sign themselves. */
function splitPair(
  pair: string,
  flag: string,
  example: string,
  at: 'first' | 'last',
): [string, string] {
  const place = at === 'first' ? pair.indexOf('=') : pair.lastIndexOf('=');
  const [left, right] = [pair.slice(0, place).trim(), pair.slice(place + 1).trim()];
  if (place > 0 && left !== '' && (right !== '' || at === 'first')) return [left, right];
  throw wrong(flag, { kind: 'pair', example }, pair);
}

async function readSavedRecipe(path: string): Promise<SavedRecipe> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    const code = systemErrorCode(error);
    const reason = code ?? (error instanceof Error ? error.message : '');
    const problem = code === undefined ? 'not-json' : 'unreadable';
    throw new Failure('mapping-unreadable', { path, reason, problem });
  }
  const parsed = savedRecipe.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const key =
    issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : (issue?.path.join('.') ?? '');
  const keys = Object.keys(savedRecipe.shape);
  throw new Failure('mapping-invalid', { path, key, issue: issue?.message ?? '', keys });
}

async function joined(
  { join: path, joinOn }: RecipeOptions,
  region: PhoneRegion | undefined,
): Promise<Recipe['joined']> {
  if (joinOn !== undefined && columnNamed(joinOn)?.name !== 'PhoneNumber') {
    throw wrong('--join-on', { kind: 'join-column' }, joinOn);
  }
  if (path === undefined) return undefined;
  const file = LocalFile.open(path);
  try {
    return await readIdentifiers(() => file.blocks(), region, path);
  } finally {
    file.close();
  }
}
