/** `metrika-calls validate`: the checks of an upload, and nothing else. */
import { EXIT_CODES, type ExitCode, worstExitCode } from '../../exit-codes.ts';
import { validatedFile } from '../../library/validate-calls.ts';
import { CHECKING, OUTPUT } from '../arguments/options.ts';
import { checkerOf, checkOptionsOf, reporting, withFindingReport } from '../check-files.ts';
import { inputFiles } from '../input-files.ts';
import { type ContextOf, defineCommand } from './command.ts';

export const validate = defineCommand({
  operands: '<file...>',
  options: ['mapping', ...CHECKING, 'convert', 'allowEmpty', ...OUTPUT],
  examples: [
    'metrika-calls validate calls.csv',
    'metrika-calls validate --strict --json calls.csv',
    'metrika-calls validate --mapping recipe.json cdr.csv',
  ],
});

/** Checks each file and reports what was found. */
export async function run(context: ContextOf<typeof validate>): Promise<ExitCode> {
  const { io, options, operands, output, reporter } = context;
  const check = checkOptionsOf(options);
  const checker = await checkerOf(options);
  const inputs = await inputFiles(operands, options.allowEmpty, context);
  return await withFindingReport(options.report, output, async (report) => {
    const codes: ExitCode[] = [];
    for (const input of inputs) {
      const now = Math.floor(io.clock.now() / 1000);
      const file = await validatedFile(
        input,
        { ...check, now, hashed: false, fileName: input.name, ...reporting(report, input.name) },
        checker,
      );
      report?.end();
      reporter.validated(file);
      codes.push(file.passed ? EXIT_CODES.done : EXIT_CODES.invalidFile);
    }
    return worstExitCode(codes);
  });
}
