import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { CALL_COLUMNS, columnNamed, type ColumnName } from '../calls/columns.ts';
import { type DateOrder, dateOrder } from '../convert/date-time.ts';
import { readIdentifiers } from '../convert/join.ts';
import { type PhoneRegion, phoneRegion } from '../convert/phone.ts';
import { type Preset, presetNamed, PRESETS } from '../convert/presets.ts';
import type { Recipe } from '../convert/recipe.ts';
import { type Failure, systemErrorCode, usageFailure } from '../failure.ts';
import { LocalFile } from '../upload/local-file.ts';
import { quoted, type RawOptions } from './raw-options.ts';
import { readZone } from './time-zone.ts';

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

const COLUMN_NAMES = CALL_COLUMNS.map(({ name }) => name).join(', ');

/**
 * The recipe of a conversion: a saved one, overruled by options.
 *
 * @throws Failure (exit 2) that names the option, or the key of the saved recipe
 */
export async function convertRecipe(options: RawOptions): Promise<Recipe> {
  const path = options.text('mapping');
  const saved = path === undefined ? {} : await readSavedRecipe(path);
  const region = settled(options, 'default-region', saved.defaultRegion, readRegion);
  const sourceColumns =
    options
      .text('columns')
      ?.split(',')
      .map((name) => name.trim()) ?? saved.sourceColumns;
  const preset = settled(options, 'preset', saved.preset, readPreset);
  const zone = settled(options, 'timezone', saved.timezone ?? preset?.timezone, readZone);
  const order = settled(options, 'date-format', saved.dateFormat, readOrder);
  const columns = new Map<ColumnName, string>();
  for (const [source, target] of Object.entries(saved.columns ?? {})) {
    columns.set(readColumn(target, `columns of ${path ?? ''}`), source.trim());
  }
  for (const pair of options.list('map')) {
    const [source, target] = parted(pair, 'map', '"Call date=DateTime"', 'last');
    columns.set(readColumn(target, '--map'), source);
  }
  const constants = new Map<ColumnName, string>();
  for (const [target, value] of Object.entries(saved.set ?? {})) {
    constants.set(readColumn(target, `set of ${path ?? ''}`), value);
  }
  for (const pair of options.list('set')) {
    const [target, value] = parted(pair, 'set', 'Currency=RUB', 'first');
    constants.set(readColumn(target, '--set'), value);
  }
  return {
    preset,
    mapped: columns,
    constants,
    columns: sourceColumns ?? preset?.columns,
    dateTime: { zone, order },
    region,
    joined: await joined(options, region),
  };
}

function settled<Value>(
  options: RawOptions,
  option: string,
  saved: string | undefined,
  read: (text: string, source: string) => Value,
): Value | undefined {
  const given = options.text(option);
  if (given !== undefined) return read(given, `--${option}`);
  return saved === undefined ? undefined : read(saved, `The recipe's ${option}`);
}

function readPreset(text: string, source: string): Preset {
  const preset = presetNamed(text);
  if (preset !== undefined) return preset;
  const names = PRESETS.map(({ name }) => name).join(', ');
  throw wrong(source, `one of ${names}`, text, 'For another system name its columns with --map.');
}

function readOrder(text: string, source: string): DateOrder {
  const order = dateOrder(text);
  if (order !== undefined) return order;
  throw wrong(
    source,
    'an order of day, month and year',
    text,
    'As in dd/mm/yyyy, mm/dd/yyyy or yyyy-mm-dd.',
  );
}

function readRegion(text: string, source: string): PhoneRegion {
  const region = phoneRegion(text);
  if (region !== undefined) return region;
  throw wrong(source, 'the two letters of a country', text, 'As in RU, KZ or DE.');
}

function readColumn(text: string, source: string): ColumnName {
  const column = columnNamed(text.trim());
  if (column !== undefined) return column.name;
  throw wrong(source, 'a column of a call', text, `The columns are ${COLUMN_NAMES}.`);
}

function wrong(source: string, wanted: string, text: string, hint: string): Failure {
  return usageFailure('setting-invalid', `${source} must be ${wanted}, not ${quoted(text)}.`, hint);
}

/** Parts `a=b`; the names of foreign columns may hold an equals sign, so the side to part at is told. */
function parted(
  pair: string,
  option: string,
  example: string,
  at: 'first' | 'last',
): [string, string] {
  const place = at === 'first' ? pair.indexOf('=') : pair.lastIndexOf('=');
  const [left, right] = [pair.slice(0, place).trim(), pair.slice(place + 1).trim()];
  if (place > 0 && left !== '' && (right !== '' || at === 'first')) return [left, right];
  throw wrong(
    `--${option}`,
    'two parts with = between them',
    pair,
    `As in --${option} ${example}.`,
  );
}

async function readSavedRecipe(path: string): Promise<SavedRecipe> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    const code = systemErrorCode(error);
    throw usageFailure(
      'mapping-unreadable',
      code === undefined
        ? `The recipe ${path} is no JSON: ${error instanceof Error ? error.message : ''}`
        : `The recipe ${path} cannot be read (${code}).`,
      'Check the file; --map, --set and the other options say the same on the command line.',
    );
  }
  const parsed = savedRecipe.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const key =
    issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : (issue?.path.join('.') ?? '');
  throw usageFailure(
    'mapping-invalid',
    `The recipe ${path} is wrong at ${key === '' ? 'its beginning' : key}: ${issue?.message ?? 'not as expected'}.`,
    `It may hold ${Object.keys(savedRecipe.shape).join(', ')}.`,
  );
}

async function joined(
  options: RawOptions,
  region: PhoneRegion | undefined,
): Promise<Recipe['joined']> {
  const path = options.text('join');
  const on = options.text('join-on');
  if (on !== undefined && columnNamed(on)?.name !== 'PhoneNumber') {
    throw wrong(
      '--join-on',
      'PhoneNumber',
      on,
      'Calls and visitors are joined by the phone number.',
    );
  }
  if (path === undefined) return undefined;
  const file = LocalFile.open(path);
  try {
    return await readIdentifiers(() => file.blocks(), region, path);
  } finally {
    file.close();
  }
}
