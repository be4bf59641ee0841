/** `metrika-calls status`: shows one upload, and with `--wait` waits for its final status. */
import { EXIT_CODES, type ExitCode } from '../../exit-codes.ts';
import { failureIn } from '../../failure.ts';
import { waitOptionsFrom } from '../../library/upload-options.ts';
import { type LookContext, seenUpload, uploadId } from '../../library/uploads.ts';
import { type ContextOf, defineCommand } from '../arguments/command.ts';
import { OUTPUT, REMOTE, WAITING } from '../arguments/options.ts';
import { withConnection } from '../connection/connection.ts';
import type { Output } from '../output/output.ts';
import { Progress } from '../output/progress.ts';

export const status = defineCommand({
  operands: '<id>',
  options: [...REMOTE, ...WAITING, ...OUTPUT],
  examples: [
    'metrika-calls status --counter 2215573 1000001',
    'metrika-calls status -c 2215573 --wait --wait-timeout 3h 1000001',
  ],
});

type Context = ContextOf<typeof status>;

/** Reports the upload. With `--wait`, first waits until the status of the upload is final. */
export async function run(context: Context): Promise<ExitCode> {
  const { io, options, output, reporter } = context;
  const id = uploadId(context.operands[0] ?? '');
  return await withConnection(context, async ({ client, settings, commands }) => {
    const { counter } = settings;
    const look = { client, counter, clock: io.clock, signal: io.signal, commands };
    const progress = options.wait ? await Progress.start(output, io.clock) : undefined;
    try {
      const wait = options.wait ? waitOptionsFrom(options) : undefined;
      const seen = await seenUpload(id, wait, { ...look, ...watchedBy(id, progress, output) });
      progress?.stop();
      reporter.shown(seen);
      return seen.failure?.exitCode ?? EXIT_CODES.done;
    } finally {
      progress?.stop();
    }
  });
}

/** Returns the callbacks for the wait: they show the status and the failed requests. */
function watchedBy(
  id: string,
  progress: Progress | undefined,
  output: Output,
): Pick<LookContext, 'onSeen' | 'onTrouble'> {
  if (progress === undefined) return {};
  const { words } = output;
  const track = progress.track();
  const { status: said, upload } = words.screens;
  // A long outage is reported once, not after every failed request.
  let lastTrouble: string | undefined;
  return {
    onSeen: ({ status: seen }) => {
      lastTrouble = undefined;
      track.step(said.waiting(id, upload.status(seen)));
    },
    onTrouble: (failure) => {
      const { message } = failureIn(words, failure);
      if (message === lastTrouble) return;
      lastTrouble = message;
      output.remark(upload.waitGoesOn(id, output.failures.sentenceOrTitle(failure)));
    },
  };
}
