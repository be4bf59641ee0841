/** Helps commands that check files: converts exports first, and writes the report of findings. */
import type { OpenNamedFile } from '../../addresses/open-named-file.ts';
import type { FileChecker, FileCheckOptions } from '../../calls/check/check-file.ts';
import { Failure } from '../../failure.ts';
import type { OptionValues } from '../arguments/options.ts';
import { FindingReport } from '../output/finding-report.ts';
import type { Output } from '../output/output.ts';

/**
 * Returns the checker that converts each file before the check, for `--mapping`, `--preset` and
 * `--timezone`. With `--no-convert`, nothing is converted, and the time zone is only used for the
 * hours of the calls.
 *
 * @returns `undefined` if none of these options is set
 * @throws Failure (exit 2) if the recipe cannot be read, or if a preset is given with `--no-convert`
 */
export async function checkerOf(
  options: OptionValues<'showValues' | 'mapping' | 'preset' | 'timezone' | 'convert'>,
  open: OpenNamedFile,
): Promise<FileChecker | undefined> {
  const { mapping, preset, timezone, showValues, convert } = options;
  if ([mapping, preset, timezone].every((one) => one === undefined)) return undefined;
  // `throughFrontDoor` has already refused `--mapping` with `--no-convert`.
  if (!convert && preset !== undefined) {
    throw new Failure('mapping-not-wanted', { option: 'preset' });
  }
  // The modules of the conversion take time to load, and most runs do not need them.
  const { recipeOf } = await import('../recipe/recipe.ts');
  const recipe = await recipeOf({ mapping, preset, timezone, showValues }, open);
  if (!convert) {
    const { checkerWithNightNote } = await import('../../library/night-note.ts');
    return checkerWithNightNote(recipe.dateTime.zone);
  }
  const { convertingChecker, zonedChecker } = await import('../../library/check-converted.ts');
  const isZoneOnly = mapping === undefined && preset === undefined;
  return isZoneOnly ? zonedChecker(recipe) : convertingChecker(recipe);
}

/**
 * Creates the report of `--report`, and calls `use` with it. Then moves the report to its final
 * path, or deletes it after an error.
 */
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

/** Returns the check options that add the findings of one file to the report. */
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
