/** Reads and writes the file of `--mapping`. */
import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import * as z from 'zod/mini';
import { wholeText } from '../../csv/whole-text.ts';
import { Failure, systemErrorCode } from '../../failure.ts';
import { DraftFile } from '../../files/draft-file.ts';
import { unreadable } from '../../files/local-file.ts';
import { type PathTarget, realPathOf, targetOf } from '../../files/path-below.ts';
import { UnreadableFile } from '../../files/unreadable-file.ts';
import { isAddress } from '../../safe-text/address-text.ts';
import { shownColumn } from '../../safe-text/shown-value.ts';
import { DURATION_UNITS, SEVERAL_PHONES } from '../cells/cell-choices.ts';
import { DIRECTIONS, LEGS, UNIDENTIFIED } from './recipe-choices.ts';
import type { SavedRecipe } from './recipe-keys.ts';
import { recipeText } from './saved-recipe.ts';

/**
 * Reads an object whose keys are column names or words. `z.record` would leave out the key
 * `__proto__` without a word.
 */
function table<Value>(value: z.ZodMiniType<Value>): z.ZodMiniType<Record<string, Value>> {
  const entries = z.transform((written: unknown) =>
    typeof written === 'object' && written !== null && !Array.isArray(written)
      ? new Map(Object.entries(written))
      : written,
  );
  const checked = z.pipe(entries, z.map(z.string(), value));
  return z.pipe(
    checked,
    z.transform((map) => Object.fromEntries(map)),
  );
}

const texts = table(z.string());

/** The keys of a recipe file. Each key has an option with the same meaning. */
const savedRecipe = z.strictObject({
  preset: z.optional(z.string()),
  columns: z.optional(texts),
  set: z.optional(texts),
  values: z.optional(table(texts)),
  headerLine: z.optional(z.int().check(z.positive())),
  only: z.optional(z.array(z.string())),
  skip: z.optional(z.array(z.string())),
  direction: z.optional(z.enum(DIRECTIONS)),
  legs: z.optional(z.enum(LEGS)),
  unidentified: z.optional(z.enum(UNIDENTIFIED)),
  phones: z.optional(z.enum(SEVERAL_PHONES)),
  durationUnit: z.optional(z.enum(DURATION_UNITS)),
  join: z.optional(z.string()),
  joinColumns: z.optional(texts),
  sourceColumns: z.optional(z.array(z.string()).check(z.minLength(1))),
  timezone: z.optional(z.string()),
  dateFormat: z.optional(z.string()),
  defaultRegion: z.optional(z.string()),
});

/**
 * Reads a recipe file.
 *
 * @throws Failure `mapping-invalid` (exit 2) with the name of the file
 */
export async function readRecipeFile(path: string): Promise<SavedRecipe> {
  const text = await textOf(path);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const place = placeIn(text, error.message);
    throw new Failure('mapping-invalid', { path, problem: { kind: 'not-json', place } });
  }
  const parsed = savedRecipe.safeParse(json);
  if (parsed.success) return withJoin(parsed.data, path);
  const [issue] = parsed.error.issues;
  const key =
    issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : (issue?.path.join('.') ?? '');
  const keys = Object.keys(savedRecipe.shape);
  throw new Failure('mapping-invalid', {
    path,
    problem: { kind: 'key', key: shownColumn(key), keys },
  });
}

/**
 * Returns the text of a recipe file.
 *
 * @throws Failure `mapping-invalid` (exit 2) if the file cannot be read
 */
async function textOf(path: string): Promise<string> {
  try {
    return await lettersOf(path);
  } catch (error) {
    const reason = error instanceof Failure ? undefined : systemErrorCode(error);
    if (reason === undefined) throw error;
    throw new Failure('mapping-invalid', { path, problem: { kind: 'unreadable', reason } });
  }
}

/**
 * Returns the line and column of the position in a parser's message. If the message has no
 * position, returns the line and column of the end of the text.
 */
function placeIn(text: string, message: string): string {
  const position = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
  const lines = text.slice(0, position).split('\n');
  return `${String(lines.length)}:${String((lines.at(-1)?.length ?? 0) + 1)}`;
}

/**
 * Reads the text of a recipe. Its encoding must be certain, because column names may have any
 * letters.
 */
async function lettersOf(path: string): Promise<string> {
  let text: string | undefined;
  try {
    text = await wholeText(await readFile(path));
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    throw new Failure('mapping-invalid', { path, problem: { kind: 'letters' } });
  }
  if (text === undefined)
    throw new Failure('mapping-invalid', { path, problem: { kind: 'letters' } });
  return text;
}

/**
 * Returns a recipe whose joined file has a path from the working folder. A recipe may come from a
 * stranger, so it may only name a file below its own folder.
 *
 * @param path the path of the recipe
 * @throws Failure `mapping-invalid` (exit 2) if `join` leads anywhere else
 */
function withJoin(recipe: SavedRecipe, path: string): SavedRecipe {
  const { join: named } = recipe;
  if (named === undefined) return recipe;
  refuseTarget(path, joinTarget(dirname(path), named));
  return { ...recipe, join: isAbsolute(named) ? named : join(dirname(path), named) };
}

/**
 * Finds out where the path of a joined file leads.
 *
 * @throws Failure `join-unreadable` (exit 3) if the path cannot be followed
 */
function joinTarget(folder: string, named: string): PathTarget | 'address' | 'stdin' {
  if (isAddress(named)) return 'address';
  if (named === '-') return 'stdin';
  try {
    return targetOf(folder, named);
  } catch (error) {
    const why = unreadable(error);
    if (!(why instanceof UnreadableFile)) throw error;
    const name = isAbsolute(named) ? named : join(folder, named);
    throw new Failure('join-unreadable', { name, why }, { cause: error });
  }
}

/**
 * Finds out where a joined file is from the place of a recipe that will be saved.
 *
 * @throws Failure `output-unwritable` (exit 2) if the path of the recipe cannot be followed
 */
function joinTargetOfSaved(path: string, named: string): ReturnType<typeof joinTarget> {
  try {
    realPathOf(resolve(dirname(path)));
  } catch (error) {
    const reason = systemErrorCode(error);
    if (reason === undefined) throw error;
    throw new Failure('output-unwritable', { path, reason });
  }
  return joinTarget(dirname(path), fromHere(named));
}

/** @throws Failure `mapping-invalid` (exit 2) if a recipe may not name this target */
function refuseTarget(path: string, to: ReturnType<typeof joinTarget>): void {
  if (to !== 'below') throw new Failure('mapping-invalid', { path, problem: { kind: 'join', to } });
}

/**
 * Refuses a recipe whose joined file it may not name.
 *
 * @param path the path at which the recipe will be saved
 * @throws Failure `mapping-invalid` (exit 2)
 */
export function requireJoinBelow(
  path: string,
  { join: named }: { readonly join?: string | undefined },
): void {
  if (named !== undefined) refuseTarget(path, joinTargetOfSaved(path, named));
}

/** Returns the absolute path of a file. Addresses and standard input stay as they are. */
function fromHere(named: string): string {
  return isAddress(named) || named === '-' ? named : resolve(named);
}

/**
 * Writes a recipe file. The path of the joined file is written relative to the recipe.
 *
 * @returns whether `join` was left out, because a recipe may not name this file
 * @throws Failure `output-unwritable` (exit 2)
 */
export function writeRecipeFile(path: string, recipe: SavedRecipe): boolean {
  const { join: named, ...rest } = recipe;
  const isNamed = named !== undefined && joinTargetOfSaved(path, named) === 'below';
  const written = isNamed
    ? { ...recipe, join: relative(dirname(resolve(path)), resolve(named)).replaceAll(sep, '/') }
    : rest;
  const draft = new DraftFile(path, (reason) => new Failure('output-unwritable', { path, reason }));
  try {
    draft.write(recipeText(written));
    draft.finish();
  } finally {
    draft.discard();
  }
  return named !== undefined && !isNamed;
}
