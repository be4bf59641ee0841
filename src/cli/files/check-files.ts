/** What the commands that check files share: the check of an export, and the report of every finding. */
import type { FileChecker, FileCheckOptions } from '../../calls/check/check-file.ts';
import type { OptionValues } from '../arguments/options.ts';
import { FindingReport } from '../output/finding-report.ts';
import type { Output } from '../output/output.ts';

/**
 * The check of a command with `--mapping`: it converts each file first.
 *
 * @returns `undefined` without a recipe
 * @throws Failure (exit 2) when the recipe cannot be read
 */
export async function checkerOf(
  options: OptionValues<'showValues' | 'mapping'>,
): Promise<FileChecker | undefined> {
  if (options.mapping === undefined) return undefined;
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
