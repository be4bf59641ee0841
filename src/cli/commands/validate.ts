/** `metrika-calls validate`: runs the checks of an upload, and sends nothing. */
import { basename } from 'node:path';
import { EXIT_CODES, type ExitCode, worstExitCode } from '../../exit-codes.ts';
import { checkOptionsFrom } from '../../library/options/check-options.ts';
import { type ValidatedFile, validatedFile } from '../../library/validate-calls.ts';
import { type ContextOf, defineCommand } from '../arguments/command.ts';
import { throughFrontDoor } from '../arguments/front-door.ts';
import { CHECKING, DOWNLOADING, OUTPUT } from '../arguments/options.ts';
import { checkerOf, reporting, withFindingReport } from '../files/check-files.ts';
import { inputFiles } from '../files/input-files.ts';
import { refuseTwoDocuments, STANDARD_OUTPUT, writePage } from '../output/page-file.ts';
import { cellPlace } from '../output/render/cell-place.ts';
import { shownName } from '../output/render/shown-name.ts';

export const validate = defineCommand({
  operands: '<file...>',
  options: [
    'mapping',
    'preset',
    'timezone',
    ...CHECKING,
    ...DOWNLOADING,
    'convert',
    'allowEmpty',
    'html',
    ...OUTPUT,
  ],
  examples: [
    'metrika-calls validate calls.csv',
    'metrika-calls validate --strict --json calls.csv',
    'metrika-calls validate --mapping recipe.json cdr.csv',
    'metrika-calls validate --preset uis uis.csv',
    'metrika-calls validate --html errors.html calls.csv',
  ],
});

type Context = ContextOf<typeof validate>;

/** Checks each file, and reports its findings. */
export async function run(context: Context): Promise<ExitCode> {
  const { io, options, operands, output, reporter } = context;
  refuseTwoDocuments(options);
  const check = checkOptionsFrom(throughFrontDoor('validateCalls', options, context.sources));
  const checker = await checkerOf(options, context.openFile);
  const inputs = await inputFiles(operands, options.allowEmpty, context);
  return await withFindingReport(options.report, output, async (report) => {
    const codes: ExitCode[] = [];
    const checked: ValidatedFile[] = [];
    for (const input of inputs) {
      const now = Math.floor(io.clock.now() / 1000);
      const file = await validatedFile(
        input,
        {
          ...check,
          now,
          hashed: false,
          names: { file: input.name, sheet: options.sheet, records: options.records },
          ...reporting(report, input.name),
        },
        checker,
      );
      if (file.failure === undefined) report?.end();
      if (options.html === STANDARD_OUTPUT) sayBriefly(file, context);
      else reporter.validated(file);
      checked.push(file);
      codes.push(file.passed ? EXIT_CODES.done : EXIT_CODES.invalidFile);
    }
    // If no file could be read, an earlier page stays. Standard output has nothing to lose, and a
    // reader of it expects a page.
    const hasContent = checked.some(({ failure }) => failure === undefined);
    if (options.html !== undefined && (hasContent || options.html === STANDARD_OUTPUT))
      await writeFindingsPage(checked, options.html, context);
    return worstExitCode(codes);
  });
}

/**
 * Reports the result in one line on standard error. This is for runs that write the page of
 * `--html` to standard output.
 */
function sayBriefly({ file, rows, validation }: ValidatedFile, { io, output }: Context): void {
  const { calls, counts } = io.words.screens.files;
  const found = counts(validation.errors, validation.warnings);
  output.say(`${shownName(file, io)}: ${calls(rows)}, ${found}`);
}

/** Writes the page of findings, for the people who maintain the system that exports the calls. */
async function writeFindingsPage(
  checked: readonly ValidatedFile[],
  path: string,
  { io, output }: Context,
): Promise<void> {
  const { findingsPage } = await import('../../pages/findings-page.ts');
  const files = checked.map(({ file, rows, passed, validation }) => ({
    name: shownName(basename(file), io),
    rows,
    passed,
    validation,
    placeOf: cellPlace,
  }));
  await writePage(path, findingsPage({ files, words: io.words }), output);
}
