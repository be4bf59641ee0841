/** `metrika-calls status`: one upload, and with `--wait` its end. */
import { EXIT_CODES, type ExitCode } from '../../exit-codes.ts';
import { Failure, failureIn } from '../../failure.ts';
import { LARGEST_ID } from '../../limits.ts';
import type { CallUploading } from '../../metrika/schemas.ts';
import { quoted } from '../../safe-text/quoted.ts';
import { Interruption } from '../../upload/interruption.ts';
import { shortfall } from '../../upload/verdict.ts';
import { isEndOfWaiting, waitForEnd } from '../../upload/wait-for-end.ts';
import { type ContextOf, defineCommand } from '../arguments/command.ts';
import { OUTPUT, REMOTE, WAITING } from '../arguments/options.ts';
import { type Connection, withConnection } from '../connection/connection.ts';
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

/** Asks for the upload once, or until its end, and reports it. */
export async function run(context: Context): Promise<ExitCode> {
  const id = uploadId(context.operands[0] ?? '');
  return await withConnection(context, async (connection) => {
    let uploading: CallUploading | undefined;
    let failure: Failure | undefined;
    try {
      uploading = await seen(id, connection, context, (shown) => {
        uploading = shown;
      });
      failure = shortfall(uploading);
    } catch (error) {
      if (error instanceof Failure && isEndOfWaiting(error)) failure = error;
      else if (error instanceof Interruption) {
        failure = interrupted(id, uploading, connection);
      } else throw error;
    }
    context.reporter.shown({ uploading, failure });
    return failure?.exitCode ?? EXIT_CODES.done;
  });
}

function interrupted(
  id: string,
  uploading: CallUploading | undefined,
  { commands }: Connection,
): Failure {
  const command = commands.status(id);
  const state = { kind: 'watched', id, status: uploading?.status, command } as const;
  return new Failure('interrupted', { state });
}

/** @param onSeen is called with the upload as each answer shows it */
async function seen(
  id: string,
  { client, settings, commands }: Connection,
  { io, options, output }: Context,
  onSeen: (uploading: CallUploading) => void,
): Promise<CallUploading> {
  const { counter } = settings;
  const first = await client.findCallUploading(counter, id, io.signal);
  onSeen(first);
  if (!options.wait) return first;
  const progress = await Progress.start(output, io.clock);
  const track = progress.track();
  const { status: said, upload } = output.words.screens;
  // An outage of an hour is one piece of news.
  let told = '';
  const show = (uploading: CallUploading): void => {
    told = '';
    onSeen(uploading);
    track.step(said.waiting(id, upload.status(uploading.status)));
  };
  show(first);
  const wait = { interval: options.pollInterval, timeout: options.waitTimeout };
  try {
    return await waitForEnd(first, counter, wait, {
      client,
      clock: io.clock,
      signal: io.signal,
      commands,
      onSeen: show,
      onTrouble: (failure) => {
        const why = failureIn(output.words.failures, failure).message;
        if (why !== told) output.remark(upload.waitGoesOn(id, why));
        told = why;
      },
    });
  } finally {
    progress.stop();
  }
}

function uploadId(text: string): string {
  if (/^\d{1,19}$/.test(text) && BigInt(text) <= LARGEST_ID) return text;
  throw new Failure('id-invalid', { shown: quoted(text) });
}
