/** `metrika-calls inspect`: what is in a file, as one screen. */
import { basename } from 'node:path';
import { EXIT_CODES, type ExitCode } from '../../exit-codes.ts';
import { Failure } from '../../failure.ts';
import type { LocalFile } from '../../files/local-file.ts';
import { inspectedFile } from '../../library/inspect-calls.ts';
import { OUTPUT, READING } from '../arguments/options.ts';
import { checkOptionsOf } from '../check-files.ts';
import { inputFile } from '../input-files.ts';
import { refuseTwoDocuments, STANDARD_OUTPUT, writePage } from '../output/page-file.ts';
import { shownName } from '../output/render/shown-name.ts';
import { type ContextOf, defineCommand } from './command.ts';

export const inspect = defineCommand({
  operands: '<file>',
  options: ['timezone', 'mapping', ...READING, 'showValues', 'html', ...OUTPUT],
  examples: [
    'metrika-calls inspect calls.csv',
    'metrika-calls inspect --timezone Europe/Moscow calls.csv',
    'metrika-calls inspect --mapping recipe.json cdr.csv',
    'metrika-calls inspect --html report.html calls.csv',
  ],
});

/** Reads the file and reports what is in it. */
export async function run(context: ContextOf<typeof inspect>): Promise<ExitCode> {
  const { io, options, operands, reporter } = context;
  const file = operands[0] ?? '';
  refuseTwoDocuments(options);
  const isDocument = options.json || options.format === 'json';
  const zone = options.timezone ?? (isDocument ? 'UTC' : zoneOfMachine());
  const now = Math.floor(io.clock.now() / 1000);
  const prepare = await preparation(context, now);
  const inspection = await inspectedFile(inputFile(file, io), zone, { ...options, now, prepare });
  if (options.html !== STANDARD_OUTPUT) reporter.inspected({ file, zone, inspection });
  if (options.html !== undefined) {
    const { inspectionPage } = await import('../../pages/inspection-page.ts');
    const name = shownName(basename(file), io);
    const html = await inspectionPage({ inspection, name, zone, words: io.words });
    await writePage(options.html, html, context.output);
  }
  return EXIT_CODES.done;
}

/** People read times in the zone they live in. */
function zoneOfMachine(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** With a recipe the file is an export, and its calls are made first. */
async function preparation(
  { options, output, operands, io }: ContextOf<typeof inspect>,
  now: number,
): Promise<((file: LocalFile) => Promise<LocalFile>) | undefined> {
  if (options.mapping === undefined) return undefined;
  const { convertedExport } = await import('../../library/check-converted.ts');
  const { recipeOf } = await import('../arguments/recipe.ts');
  const recipe = await recipeOf(options);
  const check = {
    ...checkOptionsOf({ ...CHECKED_BY_THE_WAY, ...options }),
    skipInvalid: true,
    now,
  };
  return async (file) => {
    const { conversion, calls } = await convertedExport(file, recipe, check);
    const { rejected, records, written } = conversion.account;
    if (written === 0) {
      const { errors } = conversion.validation;
      throw new Failure('export-without-calls', { errors, mapping: options.mapping ?? '' });
    }
    if (rejected > 0) {
      const said = output.words.screens.convert.rejected(rejected, records, undefined);
      output.warn(`${shownName(operands[0] ?? '', io)}: ${said}`);
    }
    return calls;
  };
}

/** What is found is not shown: `validate --mapping` does that. */
const CHECKED_BY_THE_WAY = { strict: false, maxErrors: 0, report: undefined };
