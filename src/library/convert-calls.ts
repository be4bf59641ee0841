/** Makes calls of another system's export. */
import { validationOf } from '../calls/check/check-file.ts';
import { noCalls } from '../calls/check/counts.ts';
import { shownColumn } from '../calls/findings/shown-value.ts';
import {
  checkConversion,
  type Conversion,
  convertedCalls,
  type ConvertOptions,
} from '../convert/convert-calls.ts';
import type { Recipe } from '../convert/recipe.ts';
import { joinedFile, recipeFrom, type SavedRecipe } from '../convert/saved-recipe.ts';
import { Failure } from '../failure.ts';
import { DraftFile } from '../files/draft-file.ts';
import { openContent } from '../files/gzip.ts';
import type { LocalFile } from '../files/local-file.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';
import { en } from '../words/en.ts';
import { type ConvertedCalls, validationDocument } from './documents.ts';
import { type CheckingOptions, checkOptionsFrom, nowOf } from './options.ts';
import { type CallsSource, openable, type OpenableSource } from './source.ts';

/** How to convert an export, and where to. The recipe has the keys of a file for `--mapping`. */
export interface ConvertCallsOptions extends CheckingOptions, SavedRecipe {
  /** A CSV file with the identifiers of phone numbers. */
  readonly join?: string | undefined;
  /**
   * The file to write, or what takes the text of the calls, block by block. Neither is touched before
   * the whole export can be converted. Without it the conversion is only checked.
   */
  readonly output?: string | ((text: string) => void | Promise<void>) | undefined;
}

/** What a conversion needs beside the export. */
export interface ConversionTask {
  readonly recipe: Recipe;
  readonly check: ConvertOptions;
  /** Whether warnings count as errors. */
  readonly strict: boolean;
  /** How many records to show before and after. */
  readonly previewed: number;
  /** Is called when all findings are known, before anything is written. */
  readonly onChecked?: (() => void) | undefined;
  /** Takes the calls; `undefined` only checks. */
  readonly write: ((calls: AsyncIterable<string>) => Promise<void>) | undefined;
}

/** What became of one export, before its words are looked up. */
export interface ConvertedFile {
  readonly conversion: Conversion;
  readonly passed: boolean;
  /** Why the export could not be read at all. */
  readonly failure: Failure | undefined;
}

/**
 * Makes calls of another system's export, as `metrika-calls convert` does.
 *
 * @param source a path, or a stream of bytes
 * @returns what was found; `output` is there only when all of it could be converted
 * @throws Failure (exit 2) when the recipe is wrong or does not fit the export
 * @throws the reason of `options.signal` when it is aborted
 */
export async function convertCalls(
  source: CallsSource,
  options: ConvertCallsOptions = {},
): Promise<ConvertedCalls> {
  const { output, signal } = options;
  const { strict, ...check } = checkOptionsFrom(options);
  const input = openable(source, signal);
  const { conversion, passed } = await convertedFile(input, {
    recipe: await recipeOf(options),
    check: { ...check, now: nowOf(options) },
    strict,
    previewed: 0,
    write: output === undefined ? undefined : (calls) => writeCalls(calls, output),
  });
  const { counts, validation, leftOut } = conversion;
  return {
    file: input.name,
    ok: passed,
    rows: counts.records,
    output: passed && typeof output === 'string' ? output : null,
    left_out_columns: leftOut.map(shownColumn),
    validation: validationDocument(validation, en),
  };
}

/** Checks the whole conversion, then writes it; that the export cannot be read belongs to the result. */
export async function convertedFile(
  source: OpenableSource,
  { recipe, check, strict, previewed, onChecked, write }: ConversionTask,
): Promise<ConvertedFile> {
  let file: LocalFile | undefined;
  try {
    file = await source.open();
    const { content } = openContent(file);
    const open = (): AsyncIterable<Uint8Array> => content.blocks();
    const conversion = await checkConversion(open, recipe, check, previewed);
    onChecked?.();
    const { errors, warnings } = conversion.validation;
    const passed = errors === 0 && !(strict && warnings > 0);
    if (passed && conversion.form !== undefined) {
      await write?.(convertedCalls(open, recipe, conversion.form));
    }
    return { conversion, passed, failure: undefined };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const nothing = { counts: noCalls(), form: undefined, leftOut: [], preview: [] };
    const conversion = { ...nothing, validation: validationOf(error) };
    return { conversion, passed: false, failure: error };
  } finally {
    file?.close();
  }
}

/**
 * Writes calls to a file, which is there only when all are written, or hands them over.
 *
 * @throws Failure `output-unwritable` (exit 2), or whatever `target` throws
 */
export async function writeCalls(
  calls: AsyncIterable<string>,
  target: string | ((text: string) => void | Promise<void>),
): Promise<void> {
  if (typeof target !== 'string') {
    for await (const lines of calls) await target(lines);
    return;
  }
  const draft = new DraftFile(
    target,
    (reason) => new Failure('output-unwritable', { path: target, reason }),
  );
  try {
    for await (const lines of calls) draft.write(lines);
    draft.finish();
  } catch (error) {
    draft.discard();
    throw error;
  }
}

async function recipeOf(options: ConvertCallsOptions): Promise<Recipe> {
  const made = recipeFrom(options, (key) => `options.${key}`);
  const { join } = options;
  return { ...made, joined: join === undefined ? undefined : await joinedFile(join, made.region) };
}
