import type { Validation } from '../../calls/findings.ts';
import { EXIT_CODES, type ExitCode, worstExitCode } from '../../exit-codes.ts';
import { checkFile, type FileCheckSettings, validationOf } from '../../upload/checked-file.ts';
import { UnreadableFile } from '../../upload/local-file.ts';
import { checkOptions, reporting, withFindingReport } from '../check-options.ts';
import type { CommandContext } from '../command.ts';
import { inputFiles, type InputFile, shownName } from '../input-files.ts';
import type { Output } from '../output.ts';
import { renderCounts, renderFindings, validationFields } from '../render/findings.ts';
import { counted } from '../words.ts';

interface ValidatedFile {
  readonly name: string;
  readonly passed: boolean;
  readonly rows: number;
  readonly validation: Validation;
}

/** `metrika-calls validate`: the checks of an upload, and nothing else. */
export async function runValidate(context: CommandContext): Promise<ExitCode> {
  const { io, options, operands, output } = context;
  const settings = checkOptions(options);
  const inputs = await inputFiles(operands, io);
  const files: ValidatedFile[] = [];
  await withFindingReport(options, async (report) => {
    for (const input of inputs) {
      const now = Math.floor(io.clock.now() / 1000);
      const check = {
        ...settings,
        now,
        hashed: false,
        ...reporting(report, input.name),
      };
      const file = await validated(input, check);
      report?.end();
      files.push(file);
      if (!output.json) tell(file, output);
    }
  });
  const worst = worstExitCode(
    files.map(({ passed }) => (passed ? EXIT_CODES.done : EXIT_CODES.invalidFile)),
  );
  if (output.json) {
    output.result(
      JSON.stringify({ ok: worst === EXIT_CODES.done, results: files.map(fields) }, null, 2),
    );
  }
  if (output.github) {
    const { reportToGithub } = await import('../github-output.ts');
    const checked = files.map(({ name, rows, validation, passed }) => ({
      file: name,
      rows,
      validation,
      outcome: passed ? 'passed' : 'not passed',
    }));
    await reportToGithub(checked, io, output);
  }
  return worst;
}

async function validated(input: InputFile, settings: FileCheckSettings): Promise<ValidatedFile> {
  const { name } = input;
  try {
    const file = await input.open();
    try {
      const { report: found, obstacle } = await checkFile(file, settings);
      const passed = obstacle === undefined;
      return { name, passed, rows: found.counts.records, validation: found.validation };
    } finally {
      file.close();
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { name, passed: false, rows: 0, validation: validationOf(error) };
  }
}

function fields({ name, passed, rows, validation }: ValidatedFile): Record<string, unknown> {
  return { file: name, ok: passed, rows, validation: validationFields(validation) };
}

function tell({ name, passed, rows, validation }: ValidatedFile, output: Output): void {
  if (passed && output.settings.quiet) return;
  const { paint, tick, cross } = output.results;
  const mark = passed ? paint.green(tick) : paint.red(cross);
  output.result(
    [
      `${mark} ${shownName(name)}: ${counted(rows, 'call')}, ${renderCounts(validation)}`,
      // Annotations say the rest.
      ...(output.github ? [] : renderFindings(validation, output.results)),
    ].join('\n'),
  );
}
