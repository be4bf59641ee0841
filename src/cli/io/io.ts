/** The types of what a run gets from outside, such as streams and a clock. Tests use fakes. */
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

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The streams, the clock and everything else that one run gets from outside the program. */
export interface Io {
  /** The arguments after the program's name. */
  readonly arguments: readonly string[];
  readonly environment: Environment;
  readonly stdin: AsyncIterable<Uint8Array> & { readonly isTTY?: boolean | undefined };
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly clock: Clock;
  /** Returns a random number from 0 to 1. */
  readonly random: () => number;
  /** The signal that aborts when the user interrupts the run. The reason is an `Interruption`. */
  readonly signal: AbortSignal;
  /** The secrets that no output may show. Each secret is added when it is read. */
  readonly secrets: Set<string>;
  /**
   * The numbers that are shown without a mask: the counter, and the operands. An operand may be the
   * id of an upload.
   */
  readonly knownNumbers: Set<string>;
  /** Lines about finished work. If standard output fails, these lines go to standard error. */
  readonly doneLines: string[];
  /** The sentences for people, in the language of the run. */
  readonly words: Words;
  /** The sentences inside JSON. */
  readonly documentWords: Words;
}
