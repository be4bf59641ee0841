/** Defines the context that all files of one run share. Tests replace it. */
import type { StopSignal } from '../abortable.ts';
import type { Clock } from '../clock.ts';
import type { MetrikaClient } from '../metrika/client.ts';
import type { CommandReference } from '../words/said.ts';
import type { Journal } from './journal.ts';

/** Builds the commands that hints suggest. A function that suggests nothing returns `undefined`. */
export interface NextCommands {
  /** Returns the command that shows an upload and waits until it is processed. */
  readonly status: (id: string) => CommandReference | undefined;
  /** Returns the command that lists the uploads of the counter. */
  readonly list: () => CommandReference | undefined;
}

/** The context of one run. */
export interface RunContext {
  readonly client: MetrikaClient;
  readonly clock: Clock;
  /** Returns a number from 0 to 1. */
  readonly random: () => number;
  readonly signal?: StopSignal | undefined;
  /** The facts that all deliveries of the run need. */
  readonly journal: Journal;
  readonly commands: NextCommands;
  /**
   * Called before each portion is sent, but not for a portion that the counter already has.
   *
   * @throws Failure `declined` (exit 3) if the user does not want to send the file
   */
  readonly approve?: (() => Promise<void>) | undefined;
}
