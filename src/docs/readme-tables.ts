/** Writes the tables of README.md and README.ru.md from the code. */
import { CALL_COLUMNS } from '../calls/columns/columns.ts';
import { describedBy } from '../cli/arguments/option.ts';
import { OPTION_ROWS, type OptionName } from '../cli/arguments/options.ts';
import { COMMAND_NAMES, COMMANDS } from '../cli/commands/index.ts';
import { en, type Words } from '../words/en.ts';
import { ownValue } from '../words/own-value.ts';
import { ru } from '../words/ru.ts';
import type { PageLanguage } from './findings-page.ts';

type Row = readonly string[];

type Help = Words['help'];

const HELP: Readonly<Record<PageLanguage, Help>> = { en: en.help, ru: ru.help };

const TABLES: Readonly<Record<string, (help: Help) => readonly Row[]>> = {
  commands: (help) => [
    [help.tables.command, help.tables.summary],
    ...COMMAND_NAMES.map((name) => [
      code(`${name} ${COMMANDS[name].operands}`.trim()),
      help.commands[name].summary,
    ]),
  ],
  options: (help) => [
    [help.tables.option, help.tables.meaning, help.tables.commands],
    ...OPTION_ROWS.filter(([, { isHidden }]) => isHidden !== true).map(([name, row]) => [
      code(row.flags),
      [
        describedBy(help.options[name], row),
        ...(row.default === undefined ? [] : [help.default(row.default)]),
        ...(row.environment === undefined ? [] : [code(row.environment)]),
      ].join(' '),
      commandsWith(name, help),
    ]),
  ],
  'exit-codes': (help) => [
    [help.tables.code, help.tables.meaning],
    ...Object.entries(help.exitCodes),
  ],
  environment: (help) => [
    [help.tables.variable, help.tables.meaning],
    ...Object.entries(help.environment).map(([name, meaning]) => [
      name.split(', ').map(code).join(', '),
      meaning,
    ]),
  ],
  columns: (help) => [
    [help.tables.column, help.tables.rule, help.tables.example],
    ...CALL_COLUMNS.map(({ name, shape, example }) => [
      code(name),
      help.columnRules[shape],
      code(example),
    ]),
  ],
};

function commandsWith(option: OptionName, help: Help): string {
  const having = COMMAND_NAMES.filter((name) => COMMANDS[name].options.includes(option));
  return having.length === COMMAND_NAMES.length ? help.tables.all : having.join(', ');
}

/** Replaces the tables in a document. Each table is between two HTML comments with its name. */
export function withTables(document: string, language: PageLanguage): string {
  return document.replace(
    /<!-- ([a-z-]+) -->\n[\s\S]*?<!-- \/\1 -->/g,
    (whole: string, name: string) => {
      const rows = ownValue(TABLES, name)?.(HELP[language]);
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
