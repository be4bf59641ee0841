/**
 * `metrika-calls convert`: converts the export of another system to calls that the service accepts.
 * The command checks the whole conversion before it writes. So a pipe into `upload` never receives
 * half of an export.
 */
import { EXIT_CODES, type ExitCode } from '../../exit-codes.ts';
import { Failure } from '../../failure.ts';
import { convertedFile } from '../../library/converted-file.ts';
import { checkOptionsFrom } from '../../library/options/check-options.ts';
import { maskedName } from '../../safe-text/masking.ts';
import { shownColumn } from '../../safe-text/shown-value.ts';
import { type ContextOf, defineCommand } from '../arguments/command.ts';
import { throughFrontDoor } from '../arguments/front-door.ts';
import { CHECKING, DOWNLOADING, OUTPUT, RECIPE } from '../arguments/options.ts';
import { reporting, withFindingReport } from '../files/check-files.ts';
import { inputFile } from '../files/input-files.ts';
import { STANDARD_OUTPUT } from '../output/page-file.ts';
import { shownName } from '../output/render/shown-name.ts';
import { ExportRecipe } from '../recipe/export-recipe.ts';

export const convert = defineCommand({
  operands: '<file>',
  options: [
    ...RECIPE,
    'auto',
    'saveMapping',
    'output',
    'preview',
    'skipInvalid',
    'rejects',
    'maxInvalid',
    ...CHECKING,
    ...DOWNLOADING,
    ...OUTPUT,
  ],
  examples: [
    'metrika-calls convert pbx.csv --map "Дата=DateTime" --timezone Europe/Moscow',
    'metrika-calls convert cdr.csv --mapping recipe.json --join crm.csv --preview',
    'metrika-calls convert cdr.csv --mapping recipe.json --join crm.csv -o c.csv',
    'metrika-calls convert pbx.csv --auto --timezone Europe/Moscow -o calls.csv',
  ],
});

/** The number of records in a preview. */
const PREVIEWED = 3;

/** Checks the whole conversion, then writes the calls. */
export async function run(context: ContextOf<typeof convert>): Promise<ExitCode> {
  const { io, options, operands, output } = context;
  const { preview } = options;
  const target = options.output === STANDARD_OUTPUT ? undefined : options.output;
  const isText = !options.json && options.format === 'text';
  if (!isText && target === undefined && !preview) {
    throw new Failure('output-missing', {});
  }
  const checked = throughFrontDoor('convertCalls', options, context.sources);
  const recipes = new ExportRecipe(options, context.openFile);
  const recipe = options.auto ? recipes.ofHeadings : await recipes.ofOptions();
  const input = inputFile(operands[0] ?? '', context);
  const { sheet, records, strict, skipInvalid, maxInvalid, ...check } = checkOptionsFrom(checked);
  const now = Math.floor(io.clock.now() / 1000);
  const stream = (text: string): Promise<void> => output.resultChunk(text);
  return await withFindingReport(options.report, output, async (report) => {
    const { conversion, passed, rejects, failure } = await convertedFile(input, {
      recipe,
      headerLine: options.headerLine,
      sheet,
      records,
      check: {
        ...check,
        now,
        names: { file: input.name, sheet: options.sheet, records: options.records },
        previewed: preview ? PREVIEWED : 0,
        ...reporting(report, input.name),
      },
      strict,
      skipInvalid,
      maxInvalid,
      rejects: preview ? undefined : options.rejects,
      onChecked: (conversion) => {
        report?.end();
        recipes.refuseOpenCodes(conversion);
      },
      target: preview ? undefined : (target ?? stream),
    });
    if (options.saveMapping !== undefined && failure === undefined) {
      const path = options.saveMapping;
      const said = output.words.screens.convert;
      if (recipes.save(path)) output.warn(said.joinLeftOut(maskedName(path)));
    }
    const { validation, account, leftOut } = conversion;
    // With `--quiet`, or in a format other than text, people do not see how many records were
    // rejected. So this warning says how many.
    if (passed && account.rejected > 0 && (options.quiet || !isText)) {
      const kept = rejects === undefined ? undefined : maskedName(rejects, io.knownNumbers);
      const said = output.words.screens.convert;
      output.warn(
        `${shownName(input.name, io)}: ${said.rejected(account.rejected, account.records, kept)}`,
      );
    }
    context.reporter.converted({
      file: input.name,
      passed,
      rows: account.records,
      account,
      rejects,
      validation,
      failure,
      target,
      ignored: leftOut.map(shownColumn),
      headings: recipes.headings,
      preview: preview && failure === undefined ? conversion.preview : undefined,
      showValues: options.showValues,
    });
    return passed ? EXIT_CODES.done : EXIT_CODES.invalidFile;
  });
}
