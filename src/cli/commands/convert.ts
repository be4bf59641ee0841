import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { shownColumn } from '../../calls/personal-data.ts';
import { type Conversion, checkConversion, convertedCalls } from '../../convert/convert-calls.ts';
import { type ExitCode, EXIT_CODES } from '../../exit-codes.ts';
import { type Failure, systemErrorCode, usageFailure } from '../../failure.ts';
import { draftOf, NO_FILE, placeOfFile, unwritableFile } from '../../file-place.ts';
import { openContent, validationOf } from '../../upload/checked-file.ts';
import { type LocalFile, UnreadableFile } from '../../upload/local-file.ts';
import { checkOptions, reporting, withFindingReport } from '../check-options.ts';
import type { CommandContext } from '../command.ts';
import { convertRecipe } from '../convert-options.ts';
import { inputFile, shownName } from '../input-files.ts';
import type { Output } from '../output.ts';
import { renderCounts, renderFindings, validationFields } from '../render/findings.ts';
import { renderPreview } from '../render/preview.ts';
import { withoutControls } from '../terminal.ts';
import { counted } from '../words.ts';

const PREVIEWED = 5;

/**
 * `metrika-calls convert`: another system's export in, calls as the service takes them out. Nothing
 * is written unless the whole export can be converted, so that a pipe into upload never carries half
 * of it.
 */
export async function runConvert(context: CommandContext): Promise<ExitCode> {
  const { io, options, operands, output } = context;
  const target = options.text('output');
  const preview = options.flag('preview');
  if (output.json && target === undefined && !preview) {
    throw usageFailure(
      'output-missing',
      'Standard output cannot be both the calls and the JSON document.',
      'Name a file for the calls with -o, or leave --json out.',
    );
  }
  const recipe = await convertRecipe(options);
  const [name = ''] = operands;
  const input = inputFile(name, io);
  const settings = { ...checkOptions(options), now: Math.floor(io.clock.now() / 1000) };

  return await withFindingReport(options, async (report) => {
    let file: LocalFile | undefined;
    try {
      file = await input.open();
      const { content } = openContent(file);
      const open = (): AsyncIterable<Uint8Array> => content.blocks();
      const check = { ...settings, ...reporting(report, input.name) };
      const conversion = await checkConversion(open, recipe, check, preview ? PREVIEWED : 0);
      report?.end();
      const passed =
        conversion.validation.errors === 0 &&
        !(settings.strict && conversion.validation.warnings > 0);
      if (preview) {
        if (!output.json)
          output.result(
            renderPreview(conversion.preview, settings.showValues, output.results).join('\n'),
          );
      } else if (passed && conversion.form !== undefined) {
        await write(convertedCalls(open, recipe, conversion.form), target, output);
      }
      tell(input.name, conversion, passed, output, target);
      return passed ? EXIT_CODES.done : EXIT_CODES.invalidFile;
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      const nothing = { counts: { records: 0 }, validation: validationOf(error), leftOut: [] };
      tell(input.name, nothing, false, output, target);
      return EXIT_CODES.invalidFile;
    } finally {
      file?.close();
    }
  });
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
  let draft: string | undefined;
  try {
    const place = placeOfFile(target);
    if (place.kind === 'other') throw notWritten(target, NO_FILE);
    if (place.kind === 'file') draft = draftOf(place.path);
    await pipeline(Readable.from(calls), createWriteStream(draft ?? target, { mode: 0o600 }));
    if (draft !== undefined && place.kind === 'file') await rename(draft, place.path);
  } catch (error) {
    if (draft !== undefined) await rm(draft, { force: true });
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    throw notWritten(target, code);
  }
}

function notWritten(target: string, why: string): Failure {
  return unwritableFile('output-unwritable', `The file ${target} cannot be written (${why}).`);
}

type Told = Pick<Conversion, 'validation' | 'leftOut'> & {
  readonly counts: { readonly records: number };
};

function tell(
  name: string,
  { validation, counts, leftOut }: Told,
  passed: boolean,
  output: Output,
  target: string | undefined,
): void {
  if (output.json) {
    const result = {
      file: name,
      ok: passed,
      rows: counts.records,
      output: target ?? null,
      left_out_columns: leftOut.map(shownColumn),
      validation: validationFields(validation),
    };
    output.result(JSON.stringify({ ok: passed, results: [result] }, null, 2));
    return;
  }
  const { paint, tick, cross } = output.messages;
  const mark = passed ? paint.green(tick) : paint.red(cross);
  const lines = [
    `${mark} ${shownName(name)}: ${counted(counts.records, 'call')}, ${renderCounts(validation)}`,
    ...(leftOut.length === 0
      ? []
      : [`  columns left out: ${withoutControls(leftOut.map(shownColumn).join(', '))}`]),
    ...renderFindings(validation, output.messages),
    ...(passed ? [] : [`  Nothing was written.`]),
  ].join('\n');
  if (passed) output.say(lines);
  else output.complain(lines);
}
