/** Everything outside the program that a run touches; tests bring their own. */
import type { Clock } from '../../clock.ts';
import type { Words } from '../../words/en.ts';
import type { Destination, Shown } from './shown-text.ts';

/** One of the two streams that a run writes to. */
export interface OutputStream {
  write(text: Shown<Destination>): unknown;
  once?(event: 'drain' | 'error', listener: () => void): unknown;
  off?(event: 'drain' | 'error', listener: () => void): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** Environment variables by their names. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The world of one run. */
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
  /** Is aborted with an `Interruption` when the user interrupts the run. */
  readonly signal: AbortSignal;
  /** What no output may show; it grows as secrets are read. */
  readonly secrets: Set<string>;
  /** The numbers that are the run's own and need no mask: its counter and the ids of its uploads. */
  readonly knownNumbers: Set<string>;
  /** What the run has done that is said on standard error too when standard output takes nothing. */
  readonly doneLines: string[];
  /** The language of the run. */
  readonly words: Words;
  /** The language of the sentences inside JSON. */
  readonly documentWords: Words;
}
