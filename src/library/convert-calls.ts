/** Converts an export of another system to calls. */
import type { SavedRecipe } from '../convert/recipe/recipe-keys.ts';
import { shownColumn } from '../safe-text/shown-value.ts';
import { convertedFile } from './converted-file.ts';
import { accountDocument, type ConvertedCalls, validationDocument } from './documents.ts';
import {
  type CheckingOptions,
  checkOptionsFrom,
  nowOf,
  type SkippingOptions,
  wordsOf,
} from './options/check-options.ts';
import { admitted, sourceOf } from './options/front-door.ts';
import { recipeOf } from './recipe.ts';
import { type CallsSource, openable } from './source.ts';

/** Receives the text of the calls, block by block. */
type TextSink = (text: string) => void | Promise<void>;

/** How to convert an export. The keys of the recipe are the same as in a `--mapping` file. */
export interface ConvertCallsOptions extends CheckingOptions, SkippingOptions, SavedRecipe {
  /**
   * The file to write, or a function that receives the text of the calls, block by block. Calls
   * are written only if the export passes its check. Without `output`, the conversion is checked,
   * but no calls are written.
   */
  readonly output?: string | TextSink | undefined;
}

/**
 * Converts an export of another system to calls, like `metrika-calls convert`.
 *
 * @param source a path, or a stream of bytes
 * @returns the findings and counts; `output` is set only if a file with the calls was written
 * @throws Failure (exit 2) if the recipe is wrong or does not fit the export
 * @throws the abort reason of `options.signal`, if the signal is aborted
 */
export async function convertCalls(
  source: CallsSource,
  options: ConvertCallsOptions = {},
): Promise<ConvertedCalls> {
  const checked = admitted('convertCalls', options, sourceOf);
  const { output } = checked;
  const { sheet, records, strict, skipInvalid, maxInvalid, ...check } = checkOptionsFrom(checked);
  const input = openable(source, checked);
  const { conversion, passed, rejects } = await convertedFile(input, {
    recipe: await recipeOf(checked, checked),
    sheet,
    records,
    check: { ...check, now: nowOf(checked), previewed: 0 },
    strict,
    skipInvalid,
    maxInvalid,
    rejects: checked.rejects,
    target: output,
  });
  const { account, validation, leftOut } = conversion;
  return {
    file: input.name,
    ok: passed,
    rows: account.records,
    records: accountDocument(account),
    output: passed && typeof output === 'string' ? output : null,
    rejects: rejects ?? null,
    left_out_columns: leftOut.map(shownColumn),
    validation: validationDocument(validation, await wordsOf(checked)),
  };
}
