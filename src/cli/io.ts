import type { Clock } from '../clock.ts';
import type { Environment, OutputStream } from './terminal.ts';

/** Everything outside the program that a run touches; tests bring their own. */
export interface Io {
  /** The arguments after the program's name. */
  readonly arguments: readonly string[];
  readonly environment: Environment;
  readonly stdin: AsyncIterable<Uint8Array> & { readonly isTTY?: boolean | undefined };
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly clock: Clock;
  /** A number from 0 to 1. */
  readonly random: () => number;
  /** Is aborted with an `Interruption` when the user breaks the run off. */
  readonly signal: AbortSignal;
  /** What no output may show; it grows as secrets are read. */
  readonly secrets: Set<string>;
}
