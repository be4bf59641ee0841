import type { FileCheckSettings } from '../../upload/checked-file.ts';
import { checkFile, validationOf } from '../../upload/checked-file.ts';
import { UnreadableFile } from '../../upload/local-file.ts';
import { EXIT_CODES, type ExitCode, worstExitCode } from '../../exit-codes.ts';
import type { Validation } from '../../calls/findings.ts';
import type { CommandContext } from '../command.ts';
import { inputFiles, type InputFile, shownName } from '../input-files.ts';
import type { Output } from '../output.ts';
import type { RawOptions } from '../raw-options.ts';
import { renderCounts, renderFindings, validationFields } from '../render/findings.ts';
import { counted } from '../words.ts';

interface ValidatedFile {
  readonly name: string;
  readonly passed: boolean;
  readonly rows: number;
  readonly validation: Validation;
}

const MOST_LISTED = 1_000_000;

/** The options of the check, which upload and validate share. */
export function checkSettings(options: RawOptions): Omit<FileCheckSettings, 'now'> {
  return {
    maxFindings: options.wholeNumber('max-errors', 20, 0, MOST_LISTED),
    showValues: options.flag('show-values'),
    convert: options.notRefused('convert'),
    strict: options.flag('strict'),
  };
}

/** `metrika-calls validate`: the checks of an upload, and nothing else. */
export async function runValidate(context: CommandContext): Promise<ExitCode> {
  const { io, options, operands, output } = context;
  const settings = checkSettings(options);
  const inputs = inputFiles(operands, io);
  const codes: ExitCode[] = [];
  const documents: Record<string, unknown>[] = [];
  for (const input of inputs) {
    const now = Math.floor(io.clock.now() / 1000);
    const file = await validated(input, { ...settings, now });
    codes.push(file.passed ? EXIT_CODES.done : EXIT_CODES.invalidFile);
    if (output.json) documents.push(fields(file));
    else report(file, output);
  }
  const worst = worstExitCode(codes);
  if (output.json) {
    output.result(JSON.stringify({ ok: worst === EXIT_CODES.done, results: documents }, null, 2));
  }
  return worst;
}

async function validated(input: InputFile, settings: FileCheckSettings): Promise<ValidatedFile> {
  const { name } = input;
  try {
    const file = await input.open();
    try {
      const { report: found, passed } = await checkFile(file, settings);
      return { name, passed, rows: found.counts.records, validation: found.validation };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { name, passed: false, rows: 0, validation: validationOf(error) };
  }
}

function fields({ name, passed, rows, validation }: ValidatedFile): Record<string, unknown> {
  return { file: name, ok: passed, rows, validation: validationFields(validation) };
}

function report({ name, passed, rows, validation }: ValidatedFile, output: Output): void {
  if (passed && output.settings.quiet) return;
  const { paint, tick, cross } = output.results;
  const mark = passed ? paint.green(tick) : paint.red(cross);
  output.result(
    [
      `${mark} ${shownName(name)}: ${counted(rows, 'call')}, ${renderCounts(validation)}`,
      ...renderFindings(validation, output.results),
    ].join('\n'),
  );
}
