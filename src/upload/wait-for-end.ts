/** Waits until the service has processed an upload. */
import { Failure } from '../failure.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import type { Run } from './run.ts';
import { isAtEnd } from './verdict.ts';

/** How long and how often to ask. */
export interface WaitOptions {
  /** Milliseconds between two requests. */
  readonly interval: number;
  /** Milliseconds after which the waiting ends. */
  readonly timeout: number;
}

/** What the waiting works with. */
export interface WaitContext extends Pick<Run, 'client' | 'clock' | 'signal' | 'commands'> {
  /** Is called with the upload as each answer shows it. */
  readonly onSeen?: ((uploading: CallUploading) => void) | undefined;
}

/** The waiting ended before processing was finished (exit 7). */
export class WaitTimeout extends Failure {
  readonly uploading: CallUploading;

  /** @param waited milliseconds */
  constructor(uploading: CallUploading, waited: number, command: string) {
    const { id, status } = uploading;
    super('wait-timeout', { id, status, waited, command });
    this.name = 'WaitTimeout';
    this.uploading = uploading;
  }
}

/**
 * Asks for an upload again and again until the service is done with it.
 *
 * @param first the upload as it is known now
 * @throws WaitTimeout, or RequestFailure when the service cannot be asked
 */
export async function waitForEnd(
  first: CallUploading,
  counter: number,
  { interval, timeout }: WaitOptions,
  context: WaitContext,
): Promise<CallUploading> {
  const { client, clock, signal, commands, onSeen } = context;
  const deadline = clock.now() + timeout;
  let uploading = first;
  while (!isAtEnd(uploading)) {
    const left = deadline - clock.now();
    if (left <= 0) throw new WaitTimeout(uploading, timeout, commands.status(uploading.id));
    await clock.sleep(Math.min(interval, left), signal);
    uploading = await client.findCallUploading(counter, uploading.id, signal);
    onSeen?.(uploading);
  }
  return uploading;
}
