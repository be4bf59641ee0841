/** The commands that go on with a recipe: now, from cron and from CI. */
import {
  command,
  commandLineDoor,
  type CommandReference,
  type Door,
  option,
  type OptionReference,
} from '../../words/said.ts';
import { shellWord } from '../../words/shell.ts';
import { READING } from '../arguments/options.ts';

/** The options that say how a file is read. */
type Reading = Readonly<Partial<Record<(typeof READING)[number], string | undefined>>>;

/** Takes the place of the counter until somebody names it. */
const SOME_COUNTER = 2_215_573;

/**
 * @param task the export, the recipe, and the counter where it is known
 * @param door how commands are written for the shell in use; cron and CI have a POSIX shell
 * @returns lines to paste
 */
export function nextCommandLines(
  task: {
    readonly file: string;
    readonly mapping: string;
    readonly counter: number | undefined;
    /** How the file is read, as far as options say it. */
    readonly reading: Reading;
    /** The folder that the command runs in, for cron. */
    readonly folder: string;
  },
  door: Door,
): { readonly now: string[]; readonly cron: string[]; readonly ci: string[] } {
  const posix = commandLineDoor('posix');
  const recipe = [option('mapping', task.mapping), ...readingOptions(task.reading)];
  const upload = (...more: readonly OptionReference[]): CommandReference =>
    command('upload', {
      options: [option('counter', task.counter ?? SOME_COUNTER), ...recipe, ...more],
      operands: [task.file],
    });
  const again = option('skipExisting', true);
  const validate = command('validate', { options: recipe, operands: [task.file] });
  const nightly = upload(option('quiet', true), option('wait', true), again);
  const folder = shellWord(task.folder, 'posix') ?? '.';
  return {
    now: [door.command(validate), door.command(upload())],
    cron: [
      inCron(`15 3 * * * cd ${folder} && METRIKA_TOKEN_FILE=token.txt ${posix.command(nightly)}`),
    ],
    ci: [`- run: ${inYaml(posix.command(upload(again, option('format', 'github'))))}`],
  };
}

function readingOptions(reading: Reading): OptionReference[] {
  return READING.flatMap((name) => {
    const value = reading[name];
    return value === undefined ? [] : [option(name, value)];
  });
}

/** Cron ends a command at a percent sign. */
function inCron(line: string): string {
  return line.replaceAll('%', String.raw`\%`);
}

/** A line that YAML would take for something else is put in quotes. */
function inYaml(line: string): string {
  return /: | #|^['"]/.test(line) ? JSON.stringify(line) : line;
}
