/** What a command is: a definition that help and documentation read, and a function that runs it. */
import type { ExitCode } from '../../exit-codes.ts';
import type { Io } from '../io/io.ts';
import type { Output } from '../output/output.ts';
import type { Reporter } from '../output/reporter.ts';
import type { OptionSources } from './option-values.ts';
import type { OptionName, OptionValues } from './options.ts';

/** One command of the program. */
export interface CommandDefinition<Name extends OptionName = OptionName> {
  /** The operands as help shows them: `<file...>`, `[code]`, or nothing. */
  readonly operands: string;
  readonly options: readonly Name[];
  /** Command lines that are run by a test. */
  readonly examples: readonly string[];
}

/** What a command gets. */
export interface CommandContext<Name extends OptionName = OptionName> {
  readonly io: Io;
  /** The two streams, for what is said on the way. */
  readonly output: Output;
  /** Where results go. */
  readonly reporter: Reporter;
  readonly options: OptionValues<Name>;
  readonly sources: OptionSources;
  /** The arguments that are no options. */
  readonly operands: readonly string[];
}

/** The context of a command that is defined so. */
export type ContextOf<Definition> =
  Definition extends CommandDefinition<infer Name> ? CommandContext<Name> : never;

/** Does the work of one command. It reports its results itself, or throws a Failure. */
export type RunCommand<Name extends OptionName = OptionName> = (
  context: CommandContext<Name>,
) => Promise<ExitCode>;

/** A command in the list of all commands. */
export interface ListedCommand extends CommandDefinition {
  /** Loads the command when it is asked for, so that none pays for the packages of another. */
  readonly load: () => Promise<{ readonly run: RunCommand }>;
}

/** Writes down one command. */
export function defineCommand<Name extends OptionName>(
  definition: CommandDefinition<Name>,
): CommandDefinition<Name> {
  return definition;
}
