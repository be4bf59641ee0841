/** Reads the file of `--mapping`. */
import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { wholeText } from '../csv/whole-text.ts';
import { Failure, systemErrorCode } from '../failure.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';
import { DIRECTIONS, LEGS, UNIDENTIFIED } from './recipe.ts';
import type { SavedRecipe } from './saved-recipe.ts';

/** The form of a recipe that is written down; every key has an option of its own. */
const savedRecipe = z.strictObject({
  preset: z.optional(z.string()),
  columns: z.optional(z.record(z.string(), z.string())),
  set: z.optional(z.record(z.string(), z.string())),
  values: z.optional(z.record(z.string(), z.record(z.string(), z.string()))),
  headerLine: z.optional(z.int().check(z.positive())),
  only: z.optional(z.array(z.string())),
  skip: z.optional(z.array(z.string())),
  direction: z.optional(z.enum(DIRECTIONS)),
  legs: z.optional(z.enum(LEGS)),
  unidentified: z.optional(z.enum(UNIDENTIFIED)),
  join: z.optional(z.string()),
  joinColumns: z.optional(z.record(z.string(), z.string())),
  sourceColumns: z.optional(z.array(z.string()).check(z.minLength(1))),
  timezone: z.optional(z.string()),
  dateFormat: z.optional(z.string()),
  defaultRegion: z.optional(z.string()),
});

/**
 * Reads a recipe file.
 *
 * @throws Failure `mapping-unreadable` or `mapping-invalid` (exit 2) that names the file
 */
export async function readRecipeFile(path: string): Promise<SavedRecipe> {
  let json: unknown;
  try {
    json = JSON.parse(await recipeText(path));
  } catch (error) {
    if (error instanceof Failure) throw error;
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

/** The text of a recipe: the names of columns in it must be the right letters. */
async function recipeText(path: string): Promise<string> {
  const problem = 'letters';
  let text: string | undefined;
  try {
    text = await wholeText(await readFile(path));
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    throw new Failure('mapping-unreadable', { path, reason: error.code, problem });
  }
  if (text === undefined) throw new Failure('mapping-unreadable', { path, reason: '', problem });
  return text;
}
