import { type Inspection, inspectCalls } from '../../calls/inspect-calls.ts';
import { type ExitCode, EXIT_CODES } from '../../exit-codes.ts';
import { Failure } from '../../failure.ts';
import { openContent } from '../../upload/checked-file.ts';
import { checkOptions } from '../check-options.ts';
import type { CommandContext } from '../command.ts';
import { inputFile, shownName } from '../input-files.ts';
import { inspectionFields, renderInspection } from '../render/inspection.ts';
import { readZone } from '../time-zone.ts';

/** `metrika-calls inspect`: what is in a file, as one screen. */
export async function runInspect({
  io,
  options,
  operands,
  output,
}: CommandContext): Promise<ExitCode> {
  const zone = options.text('timezone') ?? 'UTC';
  const clocks = readZone(zone, '--timezone');
  const inspected = await openAndInspect();
  if (output.json) {
    output.result(JSON.stringify({ ok: true, ...inspectionFields(inspected, zone) }, null, 2));
  } else if (!output.settings.quiet) {
    const title = shownName(operands[0] ?? '');
    output.result(renderInspection(inspected, title, zone, output.results).join('\n'));
  }
  return EXIT_CODES.done;

  async function openAndInspect(): Promise<Inspection> {
    const [name = ''] = operands;
    const input = inputFile(name, io);
    const { encoding, delimiter } = checkOptions(options);
    const file = await input.open();
    try {
      const { content } = openContent(file);
      const now = Math.floor(io.clock.now() / 1000);
      const inspection = await inspectCalls(() => content.blocks(), {
        now,
        encoding,
        delimiter,
        hourAt: (seconds) => Math.floor((seconds + clocks.offsetAt(seconds)) / 3600) % 24,
        dayAt: (seconds) => Math.floor((seconds + clocks.offsetAt(seconds)) / 86_400),
      });
      if (inspection !== undefined) return inspection;
    } finally {
      file.close();
    }
    throw new Failure({
      code: 'not-calls',
      exitCode: EXIT_CODES.invalidFile,
      message: 'The file has no column DateTime, or no calls, so there is nothing to show.',
      hint: 'metrika-calls validate says what is wrong; metrika-calls convert makes calls of an export.',
    });
  }
}
