/** Suggests commands that use a saved recipe: to run now, from cron and in CI. */
import {
  command,
  commandLineNotation,
  type CommandReference,
  type Notation,
  option,
  type OptionReference,
} from '../../words/said.ts';
import { shellWord } from '../../words/shell.ts';
import { READING } from '../arguments/options.ts';

/** The options for reading a file. */
type Reading = Readonly<Partial<Record<(typeof READING)[number], string | undefined>>>;

/** The counter in suggested commands if the user has not named one. */
const SOME_COUNTER = 2_215_573;
/** The path of the token file in suggested commands. */
const TOKEN_FILE = 'token.txt';

/**
 * Returns command lines to paste.
 *
 * @param task the export, the recipe, and the counter if it is known
 * @param notation writes the commands to run now, for the shell in use; the commands for cron and
 *   CI are always written for a POSIX shell
 */
export function nextCommandLines(
  task: {
    readonly file: string;
    /** The path of the recipe; `undefined` if the settings of the project name it. */
    readonly mapping: string | undefined;
    /** The number of the counter; `settings` if the settings of the project have it. */
    readonly counter: number | 'settings' | undefined;
    /** The options for reading the file. */
    readonly reading: Reading;
    /** Whether some records still have errors after a conversion with the recipe. */
    readonly hasErrors: boolean;
    /** The folder that cron runs the command in. */
    readonly folder: string;
  },
  notation: Notation,
): { readonly now: string[]; readonly cron: string[]; readonly ci: string[] } {
  const posix = commandLineNotation('posix');
  const { mapping, counter = SOME_COUNTER } = task;
  const recipe = [
    ...(mapping === undefined ? [] : [option('mapping', mapping)]),
    ...readingOptions(task.reading),
  ];
  const target = counter === 'settings' ? [] : [option('counter', counter)];
  const upload = (...more: readonly OptionReference[]): CommandReference =>
    command('upload', {
      options: [...target, ...recipe, ...more],
      operands: [task.file],
    });
  const skipExisting = option('skipExisting', true);
  const validate = command('validate', { options: recipe, operands: [task.file] });
  if (task.hasErrors) {
    const without = upload(option('tokenFile', TOKEN_FILE), option('skipInvalid', true));
    return { now: [notation.command(validate), notation.command(without)], cron: [], ci: [] };
  }
  const nightly = upload(option('quiet', true), option('wait', true), skipExisting);
  const folder = shellWord(task.folder, 'posix') ?? '.';
  return {
    now: [notation.command(validate), notation.command(upload(option('tokenFile', TOKEN_FILE)))],
    cron: [
      inCron(
        `15 3 * * * cd ${folder} && METRIKA_TOKEN_FILE=${TOKEN_FILE} ${posix.command(nightly)}`,
      ),
    ],
    ci: [`- run: ${inYaml(posix.command(upload(skipExisting, option('format', 'github'))))}`],
  };
}

function readingOptions(reading: Reading): OptionReference[] {
  return READING.flatMap((name) => {
    const value = reading[name];
    return value === undefined ? [] : [option(name, value)];
  });
}

/** Escapes percent signs, which end a command in a crontab. */
function inCron(line: string): string {
  return line.replaceAll('%', String.raw`\%`);
}

/** Quotes a line that YAML would not read as plain text. */
function inYaml(line: string): string {
  return /: | #|^['"]/.test(line) ? JSON.stringify(line) : line;
}
