/** `metrika-calls validate`: the checks of an upload, and nothing else. */
import { checkFile, type FileCheckOptions, validationOf } from '../../calls/check/check-file.ts';
import { EXIT_CODES, type ExitCode, worstExitCode } from '../../exit-codes.ts';
import { UnreadableFile } from '../../files/unreadable-file.ts';
import { CHECKING, OUTPUT } from '../arguments/options.ts';
import { checkOptionsOf, reporting, withFindingReport } from '../check-files.ts';
import { type InputFile, inputFiles } from '../input-files.ts';
import type { ValidatedFile } from '../output/reporter.ts';
import { type ContextOf, defineCommand } from './command.ts';

export const validate = defineCommand({
  operands: '<file...>',
  options: [...CHECKING, 'convert', ...OUTPUT],
  examples: [
    'metrika-calls validate calls.csv',
    'metrika-calls validate --strict --json calls.csv',
  ],
});

/** Checks each file and reports what was found. */
export async function run(context: ContextOf<typeof validate>): Promise<ExitCode> {
  const { io, options, operands, output, reporter } = context;
  const check = checkOptionsOf(options);
  const inputs = await inputFiles(operands, io);
  return await withFindingReport(options.report, output, async (report) => {
    const codes: ExitCode[] = [];
    for (const input of inputs) {
      const now = Math.floor(io.clock.now() / 1000);
      const file = await validated(input, {
        ...check,
        now,
        hashed: false,
        ...reporting(report, input.name),
      });
      report?.end();
      reporter.validated(file);
      codes.push(file.passed ? EXIT_CODES.done : EXIT_CODES.invalidFile);
    }
    return worstExitCode(codes);
  });
}

async function validated(input: InputFile, options: FileCheckOptions): Promise<ValidatedFile> {
  try {
    const file = await input.open();
    try {
      const { report, obstacle } = await checkFile(file, options);
      const { counts, validation } = report;
      const passed = obstacle === undefined;
      return { file: input.name, passed, rows: counts.records, validation, failure: undefined };
    } finally {
      file.close();
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const validation = validationOf(error);
    return { file: input.name, passed: false, rows: 0, validation, failure: error };
  }
}
