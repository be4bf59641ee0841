/** What the commands that check files share: the options of the check, and the report of every finding. */
import type { FileChecker, FileCheckOptions } from '../../calls/check/check-file.ts';
import { Failure } from '../../failure.ts';
import type { CHECKING, OptionValues } from '../arguments/options.ts';
import { FindingReport } from '../output/finding-report.ts';
import type { Output } from '../output/output.ts';

/** The options of every command that checks files. */
export type CheckingOptions = OptionValues<(typeof CHECKING)[number]> &
  Partial<OptionValues<'convert' | 'skipInvalid' | 'maxInvalid' | 'allowEmpty'>>;

/** The options of the check that the command line holds; the time and the report come later. */
export type CheckOptionsGiven = Omit<FileCheckOptions, 'now' | 'onFinding' | 'onStart' | 'rejects'>;

/** @returns the options of the check; a command without `--no-convert` allows changes */
export function checkOptionsOf(options: CheckingOptions): CheckOptionsGiven {
  return {
    maxFindings: options.maxErrors,
    showValues: options.showValues,
    convert: options.convert ?? true,
    strict: options.strict,
    skipInvalid: options.skipInvalid ?? false,
    maxInvalid: options.maxInvalid,
    allowEmpty: options.allowEmpty ?? false,
    encoding: options.encoding,
    sheet: options.sheet,
    delimiter: options.delimiter,
  };
}

/**
 * The check of a command with `--mapping`: it converts each file first.
 *
 * @returns `undefined` without a recipe
 * @throws Failure (exit 2) when the recipe cannot be read
 */
export async function checkerOf(
  options: OptionValues<'showValues'> & Partial<OptionValues<'mapping' | 'convert'>>,
): Promise<FileChecker | undefined> {
  if (options.mapping === undefined) return undefined;
  if (options.convert === false) throw new Failure('mapping-not-wanted', {});
  // Most files are calls already, and what converts takes time to load.
  const { convertingChecker } = await import('../../library/check-converted.ts');
  const { recipeOf } = await import('../recipe/recipe.ts');
  return convertingChecker(await recipeOf(options));
}

/** Makes the report that `--report` names, lends it to `use` and puts it into its place. */
export async function withFindingReport<Result>(
  path: string | undefined,
  output: Output,
  use: (report: FindingReport | undefined) => Promise<Result>,
): Promise<Result> {
  if (path === undefined) return await use(undefined);
  const report = new FindingReport(path, output.words);
  try {
    const result = await use(report);
    report.finish();
    return result;
  } catch (error) {
    report.discard();
    throw error;
  }
}

/** The part of the check's options that feeds a report about one file. */
export function reporting(
  report: FindingReport | undefined,
  file: string,
): Pick<FileCheckOptions, 'onFinding' | 'onStart'> {
  if (report === undefined) return {};
  return {
    onStart: () => {
      report.begin();
    },
    onFinding: (finding) => {
      report.add(file, finding);
    },
  };
}
