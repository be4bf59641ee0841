/** The commands that go on with a recipe: now, from cron and from CI. */
import { shellWord } from '../../words/format.ts';

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
  /** The folder that the file is in, for cron. */
  readonly folder: string;
}): { readonly now: string[]; readonly cron: string[]; readonly ci: string[] } {
  const counter = String(task.counter ?? SOME_COUNTER);
  const mapping = `--mapping ${shellWord(task.mapping)}`;
  const file = shellWord(task.file);
  const upload = `metrika-calls upload --counter ${counter} ${mapping}`;
  return {
    now: [`metrika-calls validate ${mapping} ${file}`, `${upload} ${file}`],
    cron: [
      `15 3 * * * cd ${shellWord(task.folder)} && METRIKA_TOKEN_FILE=token.txt ${upload} -q --wait --skip-existing ${file}`,
    ],
    ci: [`- run: ${inYaml(`${upload} --skip-existing --format github ${file}`)}`],
  };
}

/** A line that YAML would take for something else stands in quotes. */
function inYaml(line: string): string {
  return /: | #|^['"]/.test(line) ? JSON.stringify(line) : line;
}
