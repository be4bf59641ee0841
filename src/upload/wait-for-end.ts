import type { Clock } from '../clock.ts';
import { Failure } from '../failure.ts';
import type { MetrikaClient } from '../metrika/client.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import { isAtEnd } from './verdict.ts';

/** How long and how often to look. */
export interface WaitSettings {
  /** Milliseconds between two looks. */
  readonly interval: number;
  /** Milliseconds after which the waiting ends. */
  readonly timeout: number;
}

/** What the waiting draws on. */
export interface WaitSurroundings {
  readonly client: MetrikaClient;
  readonly clock: Clock;
  readonly counter: number;
  readonly signal?: AbortSignal | undefined;
  /** Is told of each look. */
  readonly onLook?: ((uploading: CallUploading) => void) | undefined;
  /** The command line that goes on waiting for an uploading. */
  readonly commandToGoOn: (id: string) => string;
}

/** The waiting ended before the service was done (exit 7). */
export class WaitRanOut extends Failure {
  readonly uploading: CallUploading;

  constructor(uploading: CallUploading, timeout: number, command: string) {
    super({
      code: 'wait-timeout',
      exitCode: 7,
      message: `Uploading ${uploading.id} is still ${uploading.status ?? 'without a status'} after ${String(Math.round(timeout / 1000))} s.`,
      hint: `Processing can take two hours. Go on waiting with: ${command}`,
    });
    this.name = 'WaitRanOut';
    this.uploading = uploading;
  }
}

/**
 * Looks at an uploading again and again until the service is done with it.
 *
 * @param first the uploading as it is known now
 * @throws WaitRanOut, or RequestFailure when the service cannot be asked
 */
export async function waitForEnd(
  first: CallUploading,
  settings: WaitSettings,
  around: WaitSurroundings,
): Promise<CallUploading> {
  const { client, clock, counter, signal, onLook, commandToGoOn } = around;
  const deadline = clock.now() + settings.timeout;
  let uploading = first;
  while (!isAtEnd(uploading)) {
    const left = deadline - clock.now();
    if (left <= 0) throw new WaitRanOut(uploading, settings.timeout, commandToGoOn(uploading.id));
    await clock.sleep(Math.min(settings.interval, left), signal);
    uploading = await client.findCallUploading(counter, uploading.id, signal);
    onLook?.(uploading);
  }
  return uploading;
}
