/** The commands that go on with a recipe: now, from cron and from CI. */
import { fileWord, shellWord } from '../../words/format.ts';
import { READING } from '../arguments/options.ts';
import { pastedOption } from '../arguments/pasted-option.ts';

/** The options that say how a file is read. */
type Reading = Readonly<Partial<Record<(typeof READING)[number], string | undefined>>>;

/** Stands for the counter until somebody names it. */
const SOME_COUNTER = 2_215_573;

/**
 * @param task the export, the recipe, and the counter where it is known
 * @returns lines to paste
 */
export function nextCommandLines(task: {
  readonly file: string;
  readonly mapping: string;
  readonly counter: number | undefined;
  /** How the file is read, as far as options say it. */
  readonly reading: Reading;
  /** The folder that the command runs in, for cron. */
  readonly folder: string;
}): { readonly now: string[]; readonly cron: string[]; readonly ci: string[] } {
  const counter = String(task.counter ?? SOME_COUNTER);
  const mapping = [`--mapping ${fileWord(task.mapping)}`, ...readingWords(task.reading)].join(' ');
  const file = fileWord(task.file);
  const upload = `metrika-calls upload --counter ${counter} ${mapping}`;
  return {
    now: [`metrika-calls validate ${mapping} ${file}`, `${upload} ${file}`],
    cron: [
      inCron(
        `15 3 * * * cd ${shellWord(task.folder)} && METRIKA_TOKEN_FILE=token.txt ${upload} -q --wait --skip-existing ${file}`,
      ),
    ],
    ci: [`- run: ${inYaml(`${upload} --skip-existing --format github ${file}`)}`],
  };
}

function readingWords(reading: Reading): string[] {
  return READING.flatMap((name) => {
    const value = reading[name];
    return value === undefined ? [] : [pastedOption(name, value)];
  });
}

/** Cron ends a command at a percent sign. */
function inCron(line: string): string {
  return line.replaceAll('%', String.raw`\%`);
}

/** A line that YAML would take for something else stands in quotes. */
function inYaml(line: string): string {
  return /: | #|^['"]/.test(line) ? JSON.stringify(line) : line;
}
