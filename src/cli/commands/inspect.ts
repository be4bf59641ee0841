/** `metrika-calls inspect`: what is in a file, as one screen. */
import { type Inspection, inspectCalls } from '../../calls/inspect-calls.ts';
import { EXIT_CODES, type ExitCode } from '../../exit-codes.ts';
import { Failure } from '../../failure.ts';
import { openContent } from '../../files/gzip.ts';
import { OUTPUT, READING } from '../arguments/options.ts';
import { inputFile } from '../input-files.ts';
import { readZone } from '../arguments/recipe-parsers.ts';
import { type ContextOf, defineCommand } from './command.ts';

export const inspect = defineCommand({
  operands: '<file>',
  options: ['timezone', ...READING, ...OUTPUT],
  examples: [
    'metrika-calls inspect calls.csv',
    'metrika-calls inspect --timezone Europe/Moscow calls.csv',
  ],
});

type Context = ContextOf<typeof inspect>;

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 86_400;

/** Reads the file and reports what is in it. */
export async function run(context: Context): Promise<ExitCode> {
  const { options, operands, reporter } = context;
  const file = operands[0] ?? '';
  const zone = options.timezone ?? 'UTC';
  reporter.inspected({ file, zone, inspection: await inspected(file, zone, context) });
  return EXIT_CODES.done;
}

async function inspected(
  name: string,
  zone: string,
  { io, options }: Context,
): Promise<Inspection> {
  const clocks = readZone(zone, '--timezone');
  const local = (seconds: number): number => seconds + clocks.offsetAt(seconds);
  const file = await inputFile(name, io).open();
  try {
    const { content } = openContent(file);
    const { encoding, delimiter } = options;
    const inspection = await inspectCalls(() => content.blocks(), {
      now: Math.floor(io.clock.now() / 1000),
      encoding,
      delimiter,
      hourAt: (seconds) => Math.floor(local(seconds) / HOUR_SECONDS) % 24,
      dayAt: (seconds) => Math.floor(local(seconds) / DAY_SECONDS),
    });
    if (inspection !== undefined) return inspection;
  } finally {
    file.close();
  }
  throw new Failure('not-calls', {});
}
