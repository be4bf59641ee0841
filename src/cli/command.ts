import type { ExitCode } from '../exit-codes.ts';
import type { Io } from './io.ts';
import type { Output } from './output.ts';
import type { RawOptions } from './raw-options.ts';

/** What a command is given. */
export interface CommandContext {
  readonly io: Io;
  readonly output: Output;
  readonly options: RawOptions;
  /** The arguments that are no options. */
  readonly operands: readonly string[];
}

/** Does the work of one command. It says its outcome itself, or throws a Failure. */
export type RunCommand = (context: CommandContext) => Promise<ExitCode>;
