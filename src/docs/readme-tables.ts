/** Writes the tables of the README from the code. */
import { CALL_COLUMNS } from '../calls/columns/columns.ts';
import { OPTION_ROWS, type OptionName } from '../cli/arguments/options.ts';
import { COMMAND_NAMES, COMMANDS } from '../cli/commands/index.ts';
import { en } from '../words/en.ts';

type Row = readonly string[];

const { help } = en;
const heads = help.tables;

const TABLES: Readonly<Record<string, () => readonly Row[]>> = {
  commands: () => [
    [heads.command, heads.summary],
    ...COMMAND_NAMES.map((name) => [
      code(`${name} ${COMMANDS[name].operands}`.trim()),
      help.commands[name].summary,
    ]),
  ],
  options: () => [
    [heads.option, heads.meaning, heads.commands],
    ...OPTION_ROWS.filter(([, { isHidden }]) => isHidden !== true).map(([name, row]) => [
      code(row.flags),
      [
        help.options[name],
        ...(row.default === undefined ? [] : [help.default(row.default)]),
        ...(row.environment === undefined ? [] : [code(row.environment)]),
      ].join(' '),
      commandsWith(name),
    ]),
  ],
  'exit-codes': () => [[heads.code, heads.meaning], ...Object.entries(help.exitCodes)],
  environment: () => [
    [heads.variable, heads.meaning],
    ...Object.entries(help.environment).map(([name, meaning]) => [
      name.split(', ').map(code).join(', '),
      meaning,
    ]),
  ],
  columns: () => [
    [heads.column, heads.rule, heads.example],
    ...CALL_COLUMNS.map(({ name, shape, example }) => [
      code(name),
      help.columnRules[shape],
      code(example),
    ]),
  ],
};

function commandsWith(option: OptionName): string {
  const having = COMMAND_NAMES.filter((name) => COMMANDS[name].options.includes(option));
  return having.length === COMMAND_NAMES.length ? heads.all : having.join(', ');
}

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
