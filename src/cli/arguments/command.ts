/** The types of a command: the definition, which help and documentation show, and the function. */
import type { OpenNamedFile } from '../../addresses/open-named-file.ts';
import type { ExitCode } from '../../exit-codes.ts';
import type { Io } from '../io/io.ts';
import type { Output } from '../output/output.ts';
import type { Reporter } from '../output/reporter.ts';
import type { OptionSources } from './option-values.ts';
import type { OptionName, OptionValues } from './options.ts';

/** The operands of commands that take their files from the setting `files` if none are given. */
export const FILES_OF_CALLS = '<file...>';

/** The definition of one command. */
export interface CommandDefinition<Name extends OptionName = OptionName> {
  /** The operands as help shows them: `<file...>`, `[code]`, or an empty string. */
  readonly operands: string;
  readonly options: readonly Name[];
  /** The words that an operand may be, by its placeholder. Completion offers them. */
  readonly words?: Readonly<Record<string, readonly string[]>>;
  /** Example command lines. A test runs each of them. */
  readonly examples: readonly string[];
}

/** The words that a command line may have, for the command that completes them. */
export interface CommandLineWords {
  readonly commands: Readonly<Record<string, CommandDefinition>>;
  /** The topics that `help` explains in addition to the commands. */
  readonly topics: readonly string[];
}

/** The data that the function of a command receives. */
export interface CommandContext<Name extends OptionName = OptionName> {
  readonly io: Io;
  /** Standard output and standard error, for messages during the run. */
  readonly output: Output;
  /** Receives the results. */
  readonly reporter: Reporter;
  readonly options: OptionValues<Name>;
  readonly sources: OptionSources;
  /** The arguments that are not options; if there are none, the files of the setting `files`. */
  readonly operands: readonly string[];
  /** The folder that the files must be below; `undefined` if they may be anywhere. */
  readonly filesBelow: string | undefined;
  /** Opens a file by its path or its web address. */
  readonly openFile: OpenNamedFile;
  readonly commandLine: CommandLineWords;
}

/** The context of the command with this definition. */
export type ContextOf<Definition> =
  Definition extends CommandDefinition<infer Name> ? CommandContext<Name> : never;

/** Runs one command. The function reports the results of the command, or throws a Failure. */
export type RunCommand<Name extends OptionName = OptionName> = (
  context: CommandContext<Name>,
) => Promise<ExitCode>;

/** An entry in the list of commands. */
export interface ListedCommand extends CommandDefinition {
  /** Loads the module of the command. A run loads only the module of its own command. */
  readonly load: () => Promise<{ readonly run: RunCommand }>;
}

/** Defines a command. TypeScript infers the names of its options. */
export function defineCommand<Name extends OptionName>(
  definition: CommandDefinition<Name>,
): CommandDefinition<Name> {
  return definition;
}
