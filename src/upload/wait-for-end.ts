/** Waits until the service has processed an upload. */
import { EXIT_CODES } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { RequestFailure } from '../metrika/request-failure.ts';
import { waitAfter } from '../metrika/retry.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import type { CommandReference } from '../words/said.ts';
import type { RunContext } from './run.ts';
import { isAtEnd } from './verdict.ts';

/** The limits of a wait. */
export interface WaitOptions {
  /** The time between two requests, in milliseconds. */
  readonly interval: number;
  /** The longest time to wait, in milliseconds. */
  readonly timeout: number;
}

/** The context of the wait. */
export interface WaitContext extends Pick<RunContext, 'client' | 'clock' | 'signal' | 'commands'> {
  /** Called after each answer, with the present state of the upload. */
  readonly onSeen?: ((uploading: CallUploading) => void) | undefined;
  /** Called when a request failed and will be repeated later. */
  readonly onTrouble?: ((failure: RequestFailure) => void) | undefined;
}

/** The service did not finish processing the upload within the longest wait (exit 7). */
export class WaitTimeout extends Failure {
  readonly uploading: CallUploading;

  /** @param waited the length of the wait, in milliseconds */
  constructor(uploading: CallUploading, waited: number, command: CommandReference | undefined) {
    const { id, status } = uploading;
    super('wait-timeout', { id, status, waited, command });
    this.name = 'WaitTimeout';
    this.uploading = uploading;
  }
}

/** Says whether a failure ended the wait before the service had processed the upload. */
export function isEndOfWaiting({ code }: Failure): boolean {
  return code === 'wait-timeout' || code === 'wait-ended';
}

/**
 * For this many milliseconds after its start, a wait continues even if the service does not find
 * the upload.
 */
const NOT_FOUND_AT_FIRST = 10 * 60 * 1000;

/**
 * Requests the status of an upload until the service has processed the upload. If a request fails
 * for a temporary reason, the status is requested again after a pause.
 *
 * @param first the upload as the service last showed it
 * @throws WaitTimeout; Failure `wait-ended` when a request fails and is not repeated
 */
export async function waitForEnd(
  first: CallUploading,
  counter: number,
  { interval, timeout }: WaitOptions,
  context: WaitContext,
): Promise<CallUploading> {
  const { client, clock, signal, commands, onSeen, onTrouble } = context;
  const started = clock.now();
  let uploading = first;
  let pause = interval;
  while (!isAtEnd(uploading)) {
    const left = started + timeout - clock.now();
    if (left <= 0) throw new WaitTimeout(uploading, timeout, commands.status(uploading.id));
    await clock.sleep(Math.min(pause, left), signal);
    pause = interval;
    try {
      uploading = await client.findCallUploadingOnce(counter, uploading.id, signal);
      onSeen?.(uploading);
    } catch (error) {
      if (!(error instanceof RequestFailure)) throw error;
      if (!isPassing(error, clock.now() - started)) throw ended(error, uploading, commands);
      pause = waitAfter(error, interval);
      onTrouble?.(error);
    }
  }
  return uploading;
}

/**
 * Says whether a failure is temporary, so that the wait continues.
 *
 * @param waited milliseconds since the start of the wait
 */
function isPassing({ code, retryable, fate, exitCode }: RequestFailure, waited: number): boolean {
  if (code === 'uploading-not-found') return waited < NOT_FOUND_AT_FIRST;
  return retryable || fate === 'unknown' || exitCode === EXIT_CODES.unavailable;
}

function ended(
  why: RequestFailure,
  { id, status }: CallUploading,
  commands: Pick<RunContext, 'commands'>['commands'],
): Failure {
  const { exitCode, details } = why;
  const command = commands.status(id);
  return new Failure('wait-ended', { id, status, why, command }, { exitCode, details, cause: why });
}
