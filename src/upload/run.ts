/** What the files of one run share; tests bring their own. */
import type { StopSignal } from '../abortable.ts';
import type { Clock } from '../clock.ts';
import type { MetrikaClient } from '../metrika/client.ts';
import type { CommandReference } from '../words/said.ts';
import type { Journal } from './journal.ts';

/** Command lines for the hints of failures; `undefined` where there is nothing to go on with. */
export interface NextCommands {
  /** Shows an upload and waits for its end. */
  readonly status: (id: string) => CommandReference | undefined;
  /** Lists the uploads of the counter. */
  readonly list: () => CommandReference | undefined;
}

/** What one run works with. */
export interface RunContext {
  readonly client: MetrikaClient;
  readonly clock: Clock;
  /** A number from 0 to 1. */
  readonly random: () => number;
  readonly signal?: StopSignal | undefined;
  /** What the deliveries of the run know of one another. */
  readonly journal: Journal;
  readonly commands: NextCommands;
}
