/**
 * `metrika-calls convert`: another system's export in, calls as the service takes them out. Nothing is
 * written unless the whole export can be converted, so that a pipe into upload never carries half of it.
 */
import { validationOf } from '../../calls/check/check-file.ts';
import { noCalls } from '../../calls/check/counts.ts';
import { shownColumn } from '../../calls/findings/shown-value.ts';
import { checkConversion, type Conversion, convertedCalls } from '../../convert/convert-calls.ts';
import type { Recipe } from '../../convert/recipe.ts';
import { EXIT_CODES, type ExitCode } from '../../exit-codes.ts';
import { Failure } from '../../failure.ts';
import { DraftFile } from '../../files/draft-file.ts';
import { openContent } from '../../files/gzip.ts';
import type { LocalFile } from '../../files/local-file.ts';
import { UnreadableFile } from '../../files/unreadable-file.ts';
import { CHECKING, OUTPUT, RECIPE } from '../arguments/options.ts';
import { recipeOf } from '../arguments/recipe.ts';
import { checkOptionsOf, reporting, withFindingReport } from '../check-files.ts';
import { inputFile } from '../input-files.ts';
import type { FindingReport } from '../output/finding-report.ts';
import type { Output } from '../output/output.ts';
import { type ContextOf, defineCommand } from './command.ts';

export const convert = defineCommand({
  operands: '<file>',
  options: [...RECIPE, 'output', 'preview', ...CHECKING, ...OUTPUT],
  examples: [
    'metrika-calls convert cdr.csv --preset freepbx --timezone Europe/Moscow --default-region RU --join crm.csv',
    'metrika-calls convert export.csv --map "Дата звонка=DateTime" --timezone Europe/Moscow --set Currency=RUB -o calls.csv',
    'metrika-calls convert export.csv --map "Дата звонка=DateTime" --timezone Europe/Moscow | metrika-calls upload -c 2215573 -',
  ],
});

type Context = ContextOf<typeof convert>;

/** So many records are shown by a preview. */
const PREVIEWED = 5;

/** Checks the whole conversion, then writes it. */
export async function run(context: Context): Promise<ExitCode> {
  const { options, output } = context;
  const { output: target, preview } = options;
  const isJson = options.json || options.format === 'json';
  if (isJson && target === undefined && !preview) {
    throw new Failure('output-missing', {});
  }
  const recipe = await recipeOf(options);
  return await withFindingReport(options.report, output, async (report) => {
    const { conversion, passed, failure } = await converted(context, recipe, report);
    const { validation, counts, leftOut } = conversion;
    context.reporter.converted({
      file: context.operands[0] ?? '',
      passed,
      rows: counts.records,
      validation,
      failure,
      target,
      ignored: leftOut.map(shownColumn),
      preview: preview && failure === undefined ? conversion.preview : undefined,
      showValues: options.showValues,
    });
    return passed ? EXIT_CODES.done : EXIT_CODES.invalidFile;
  });
}

interface Converted {
  readonly conversion: Conversion;
  readonly passed: boolean;
  /** Why the export could not be read at all. */
  readonly failure: Failure | undefined;
}

async function converted(
  { io, options, operands, output }: Context,
  recipe: Recipe,
  report: FindingReport | undefined,
): Promise<Converted> {
  const input = inputFile(operands[0] ?? '', io);
  const { strict, ...check } = checkOptionsOf(options);
  const now = Math.floor(io.clock.now() / 1000);
  let file: LocalFile | undefined;
  try {
    file = await input.open();
    const { content } = openContent(file);
    const open = (): AsyncIterable<Uint8Array> => content.blocks();
    const checking = { ...check, now, ...reporting(report, input.name) };
    const conversion = await checkConversion(
      open,
      recipe,
      checking,
      options.preview ? PREVIEWED : 0,
    );
    report?.end();
    const { errors, warnings } = conversion.validation;
    const passed = errors === 0 && !(strict && warnings > 0);
    if (!options.preview && passed && conversion.form !== undefined) {
      await write(convertedCalls(open, recipe, conversion.form), options.output, output);
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

async function write(
  calls: AsyncIterable<string>,
  target: string | undefined,
  output: Output,
): Promise<void> {
  if (target === undefined) {
    for await (const lines of calls) await output.resultChunk(lines);
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
