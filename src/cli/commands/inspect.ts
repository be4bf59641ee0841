/** `metrika-calls inspect`: shows what is in a file, on one screen. */
import { basename } from 'node:path';
import type { FileCheckOptions } from '../../calls/check/check-file.ts';
import { EXIT_CODES, type ExitCode } from '../../exit-codes.ts';
import { Failure } from '../../failure.ts';
import type { LocalFile } from '../../files/local-file.ts';
import { inspectedFile, type PreparedCalls } from '../../library/inspect-calls.ts';
import { checkOptionsFrom } from '../../library/options/check-options.ts';
import { type ContextOf, defineCommand } from '../arguments/command.ts';
import { throughFrontDoor } from '../arguments/front-door.ts';
import { DOWNLOADING, OUTPUT, READING } from '../arguments/options.ts';
import { inputFile } from '../files/input-files.ts';
import { refuseTwoDocuments, STANDARD_OUTPUT, writePage } from '../output/page-file.ts';
import { shownName } from '../output/render/shown-name.ts';

export const inspect = defineCommand({
  operands: '<file>',
  options: [
    'timezone',
    'mapping',
    'preset',
    ...READING,
    ...DOWNLOADING,
    'showValues',
    'html',
    ...OUTPUT,
  ],
  examples: [
    'metrika-calls inspect calls.csv',
    'metrika-calls inspect --timezone Europe/Moscow calls.csv',
    'metrika-calls inspect --preset uis uis.csv',
    'metrika-calls inspect --mapping recipe.json cdr.csv',
    'metrika-calls inspect --html report.html calls.csv',
  ],
});

/** Reads the file, and reports its contents. */
export async function run(context: ContextOf<typeof inspect>): Promise<ExitCode> {
  const { io, options, operands, reporter } = context;
  refuseTwoDocuments(options);
  const input = inputFile(operands[0] ?? '', context);
  const file = input.name;
  const isDocument = options.json || options.format === 'json';
  const now = Math.floor(io.clock.now() / 1000);
  const check = checkOptionsFrom(throughFrontDoor('inspectCalls', options, context.sources));
  const made = await preparation(context, { ...check, skipInvalid: true, now });
  // Without `--timezone`, the times of an export are shown in the time zone of the recipe.
  const known = options.timezone ?? made?.zone;
  const zone = known ?? (isDocument ? 'UTC' : zoneOfMachine());
  const prepare = made?.prepare;
  const zoneSource = { text: '--timezone', option: 'timezone' };
  const task = { ...check, now, prepare, zoneSource };
  const inspection = await inspectedFile(input, zone, task);
  if (options.html !== STANDARD_OUTPUT) reporter.inspected({ file, zone, inspection });
  if (options.html !== undefined) {
    const { inspectionPage } = await import('../../pages/inspection-page.ts');
    const name = shownName(basename(file), io);
    const html = inspectionPage({ inspection, name, zone, words: io.words });
    await writePage(options.html, html, context.output);
  }
  return EXIT_CODES.done;
}

/** Returns the local time zone. It is the default time zone if the output is not JSON. */
function zoneOfMachine(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The conversion of an export to calls, before the inspection. */
interface Preparation {
  /** Converts the export, and returns a file of its calls. */
  readonly prepare: (file: LocalFile) => Promise<PreparedCalls>;
  /** The time zone of the recipe. */
  readonly zone: string | undefined;
}

/** Returns the conversion of an export; `undefined` without a recipe. */
async function preparation(
  { options, output, operands, io, openFile }: ContextOf<typeof inspect>,
  check: FileCheckOptions,
): Promise<Preparation | undefined> {
  if (options.mapping === undefined && options.preset === undefined) return undefined;
  const { convertedExport } = await import('../../library/check-converted.ts');
  const { recipesOf } = await import('../recipe/recipe.ts');
  const { mapping, preset, showValues, timezone } = options;
  const own = await recipesOf({ mapping, preset, showValues }, openFile);
  // `--timezone` sets the time zone of the results. If the recipe has no time zone, `--timezone`
  // also sets the time zone of the times in the export.
  const { recipe, saved } =
    own.saved.timezone === undefined
      ? await recipesOf({ mapping, preset, showValues, timezone }, openFile)
      : own;
  const prepare = async (file: LocalFile): Promise<PreparedCalls> => {
    const made = await convertedExport(file, recipe, check);
    const { conversion } = made;
    const { rejected, records, written } = conversion.account;
    if (written === 0) {
      const { errors } = conversion.validation;
      throw new Failure('export-without-calls', { errors, mapping, preset });
    }
    if (rejected > 0) {
      const said = output.words.screens.inspect.leftOut(rejected, records);
      output.warn(`${shownName(operands[0] ?? '', io)}: ${said}`);
    }
    return made;
  };
  return { prepare, zone: saved.timezone };
}
