import { type ExitCode, EXIT_CODES } from '../../exit-codes.ts';
import { writeJson } from '../../metrika/lossless-json.ts';
import type { CallUploading } from '../../metrika/schemas.ts';
import type { CommandContext } from '../command.ts';
import { withConnection } from '../connection.ts';
import { Progress } from '../progress.ts';
import { renderUploadings } from '../render/uploading.ts';
import { counted, number } from '../words.ts';

const SHOWN = 20;
const MOST_SHOWN = 1_000_000;

/** `metrika-calls list`: the counter's uploadings, newest first. */
export async function runList(context: CommandContext): Promise<ExitCode> {
  const { io, options, output } = context;
  const limit = options.wholeNumber('limit', SHOWN, 1, MOST_SHOWN);
  return await withConnection(context, async ({ client, settings }) => {
    const progress = await Progress.start(output, io.clock);
    progress.track().step(`reading the uploadings of counter ${String(settings.counter)}`);
    // The order of the service's pages is not documented, so all are read before the newest are known.
    const listing = await client.findAllCallUploadings(settings.counter, io.signal).finally(() => {
      progress.stop();
    });
    const newest = [...listing.uploadings].sort(newestFirst).slice(0, limit);
    if (output.json) {
      output.result(writeJson({ ok: true, uploadings: newest.map(({ asSent }) => asSent) }, 2));
    } else if (newest.length > 0 && !output.settings.quiet) {
      const lines = renderUploadings(newest, output.results, output.onTerminal);
      output.result(lines.join('\n'));
    }
    if (listing.unreadable > 0) {
      output.say(
        `${number(listing.unreadable)} of the entries have no usable id and are left out.`,
      );
    }
    const left = listing.uploadings.length - newest.length;
    if (newest.length === 0) output.say('The counter has no uploadings of calls.');
    else if (left > 0) {
      output.say(`${counted(left, 'older uploading')} not shown; --limit shows more.`);
    }
    return EXIT_CODES.done;
  });
}

function newestFirst(left: CallUploading, right: CallUploading): number {
  const times = timeOf(right) - timeOf(left);
  if (times !== 0 && !Number.isNaN(times)) return times;
  const [leftId, rightId] = [BigInt(left.id), BigInt(right.id)];
  return leftId === rightId ? 0 : leftId < rightId ? 1 : -1;
}

function timeOf({ createTime }: CallUploading): number {
  return createTime === undefined ? NaN : Date.parse(createTime);
}
