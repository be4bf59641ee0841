/** Reads the file of `--mapping`. */
import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { Failure, systemErrorCode } from '../failure.ts';
import type { SavedRecipe } from './saved-recipe.ts';

/** The form of a recipe that is written down; every key has an option of its own. */
const savedRecipe = z.strictObject({
  preset: z.optional(z.string()),
  columns: z.optional(z.record(z.string(), z.string())),
  set: z.optional(z.record(z.string(), z.string())),
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
