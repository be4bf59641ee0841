import { CALL_COLUMNS } from '../calls/columns.ts';
import { EXIT_CODE_MEANINGS } from '../exit-codes.ts';
import { COMMANDS } from './command-words.ts';
import { COMMAND_NAMES, ENVIRONMENT, OPTIONS } from './options.ts';

type Row = readonly string[];

const TABLES: Readonly<Record<string, () => readonly Row[]>> = {
  commands: () => [
    ['command', 'what it does'],
    ...COMMAND_NAMES.map((name) => [
      code(`${name} ${COMMANDS[name].operands}`.trim()),
      COMMANDS[name].summary,
    ]),
  ],
  options: () => [
    ['option', 'meaning', 'commands'],
    ...OPTIONS.map(({ flags, description, environment, commands }) => [
      code(flags),
      environment === undefined ? description : `${description}; ${code(environment)}`,
      commands.length === COMMAND_NAMES.length ? 'all' : commands.join(', '),
    ]),
  ],
  'exit-codes': () => [
    ['code', 'meaning'],
    ...EXIT_CODE_MEANINGS.map(([exitCode, meaning]) => [String(exitCode), meaning]),
  ],
  environment: () => [
    ['variable', 'meaning'],
    ...ENVIRONMENT.map(({ name, meaning }) => [name.split(', ').map(code).join(', '), meaning]),
  ],
  columns: () => [
    ['column', 'must be', 'example'],
    ...CALL_COLUMNS.map(({ name, rule, example }) => [code(name), rule, code(example)]),
  ],
};

/** Puts the tables of the code into a document, between the marks that name them. */
export function withTables(document: string): string {
  return document.replace(
    /<!-- ([a-z-]+) -->\n[\s\S]*?<!-- \/\1 -->/g,
    (whole: string, name: string) => {
      const rows = TABLES[name]?.();
      return rows === undefined ? whole : `<!-- ${name} -->\n\n${table(rows)}\n\n<!-- /${name} -->`;
    },
  );
}

function table([head = [], ...rows]: readonly Row[]): string {
  return [head, head.map(() => '---'), ...rows]
    .map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}
