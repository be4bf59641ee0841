import { type ExitCode, EXIT_CODES } from '../../exit-codes.ts';
import { type Failure, usageFailure } from '../../failure.ts';
import { writeJson } from '../../metrika/lossless-json.ts';
import type { CallUploading } from '../../metrika/schemas.ts';
import { Interruption } from '../../upload/interruption.ts';
import { shortfall } from '../../upload/verdict.ts';
import { waitForEnd, WaitRanOut } from '../../upload/wait-for-end.ts';
import type { CommandContext } from '../command.ts';
import { brokenOff, type Connection, withConnection } from '../connection.ts';
import { Progress } from '../progress.ts';
import { quoted } from '../raw-options.ts';
import { failureFields, renderFailure } from '../render/failure.ts';
import { renderUploading } from '../render/uploading.ts';
import { POLL_INTERVAL, waitSettings } from '../settings.ts';

const LARGEST_INT64 = 9_223_372_036_854_775_807n;

/** `metrika-calls status`: one uploading, and with `--wait` its end. */
export async function runStatus(context: CommandContext): Promise<ExitCode> {
  const { operands, options, output } = context;
  const id = uploadingId(operands[0] ?? '');
  const wait = waitSettings(options, POLL_INTERVAL);
  return await withConnection(context, async (connection) => {
    const seen: { uploading: CallUploading | undefined } = { uploading: undefined };
    let failure: Failure | undefined;
    try {
      seen.uploading = await look(
        id,
        connection,
        context,
        options.flag('wait') ? wait : undefined,
        seen,
      );
      failure = shortfall(seen.uploading);
    } catch (error) {
      if (error instanceof WaitRanOut) failure = error;
      else if (error instanceof Interruption) {
        const status = seen.uploading?.status ?? 'not known';
        failure = brokenOff(
          `uploading ${id} has the status ${status}`,
          connection.commands.status(id),
        );
      } else throw error;
    }
    const { uploading } = seen;
    if (output.json) {
      const error = failure === undefined ? {} : { error: failureFields(failure) };
      output.result(
        writeJson({ ok: failure === undefined, uploading: uploading?.asSent ?? null, ...error }, 2),
      );
    } else {
      if (uploading !== undefined && !output.settings.quiet) {
        output.result(renderUploading(uploading, output.results).join('\n'));
      }
      if (failure !== undefined) output.complain(renderFailure(failure, output.messages));
    }
    return failure?.exitCode ?? EXIT_CODES.done;
  });
}

async function look(
  id: string,
  { client, settings, commands }: Connection,
  { io, output }: CommandContext,
  wait: { interval: number; timeout: number } | undefined,
  seen: { uploading: CallUploading | undefined },
): Promise<CallUploading> {
  const { counter } = settings;
  const first = await client.findCallUploading(counter, id, io.signal);
  seen.uploading = first;
  if (wait === undefined) return first;
  const progress = await Progress.start(output, io.clock);
  const track = progress.track();
  const show = (uploading: CallUploading): void => {
    seen.uploading = uploading;
    track.step(`uploading ${id}, status ${uploading.status ?? 'unknown'}`);
  };
  show(first);
  try {
    return await waitForEnd(first, wait, {
      client,
      clock: io.clock,
      counter,
      signal: io.signal,
      onLook: show,
      commandToGoOn: (known) => commands.status(known),
    });
  } finally {
    progress.stop();
  }
}

function uploadingId(text: string): string {
  if (/^\d{1,19}$/.test(text) && BigInt(text) <= LARGEST_INT64) return text;
  throw usageFailure(
    'id-invalid',
    `The id of an uploading is a whole number, not ${quoted(text)}.`,
    'Take the id that upload printed; metrika-calls list shows the ids of a counter.',
  );
}
