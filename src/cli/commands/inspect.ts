/** `metrika-calls inspect`: what is in a file, as one screen. */
import { EXIT_CODES, type ExitCode } from '../../exit-codes.ts';
import { inspectedFile } from '../../library/inspect-calls.ts';
import { OUTPUT, READING } from '../arguments/options.ts';
import { inputFile } from '../input-files.ts';
import { type ContextOf, defineCommand } from './command.ts';

export const inspect = defineCommand({
  operands: '<file>',
  options: ['timezone', ...READING, ...OUTPUT],
  examples: [
    'metrika-calls inspect calls.csv',
    'metrika-calls inspect --timezone Europe/Moscow calls.csv',
  ],
});

/** Reads the file and reports what is in it. */
export async function run(context: ContextOf<typeof inspect>): Promise<ExitCode> {
  const { io, options, operands, reporter } = context;
  const file = operands[0] ?? '';
  const isDocument = options.json || options.format === 'json';
  const zone = options.timezone ?? (isDocument ? 'UTC' : zoneOfMachine());
  const now = Math.floor(io.clock.now() / 1000);
  const inspection = await inspectedFile(inputFile(file, io), zone, { ...options, now });
  reporter.inspected({ file, zone, inspection });
  return EXIT_CODES.done;
}

/** People read times in the zone they live in. */
function zoneOfMachine(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
