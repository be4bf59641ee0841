/** Writes the manual pages of the program and of its commands, from the tables that help uses. */
import { HOMEPAGE, PROBLEMS_PAGE, VERSION } from '../cli/arguments/about.ts';
import { OPTION_ROWS, type OptionName } from '../cli/arguments/options.ts';
import { textOf, withPlaceholders } from '../cli/command-line/program.ts';
import { COMMAND_NAMES, type CommandName, COMMANDS } from '../cli/commands/index.ts';
import { en, type Words } from '../words/en.ts';
import { ownValue } from '../words/own-value.ts';
import { ru } from '../words/ru.ts';
import type { PageLanguage } from './findings-page.ts';

type Help = Words['help'];

const HELP: Readonly<Record<PageLanguage, Help>> = { en: en.help, ru: ru.help };

interface PageWords {
  readonly manual: string;
  readonly name: string;
  readonly synopsis: string;
  readonly description: string;
  readonly commands: string;
  readonly operands: string;
  readonly options: string;
  readonly exitStatus: string;
  readonly environment: string;
  readonly examples: string;
  readonly seeAlso: string;
  readonly command: string;
  readonly some: string;
  readonly commonOptions: string;
  readonly ownPages: string;
  readonly documentation: string;
  readonly problems: string;
}

const WORDS: Readonly<Record<PageLanguage, PageWords>> = {
  en: {
    manual: 'User Commands',
    name: 'NAME',
    synopsis: 'SYNOPSIS',
    description: 'DESCRIPTION',
    commands: 'COMMANDS',
    operands: 'ARGUMENTS',
    options: 'OPTIONS',
    exitStatus: 'EXIT STATUS',
    environment: 'ENVIRONMENT',
    examples: 'EXAMPLES',
    seeAlso: 'SEE ALSO',
    command: 'command',
    some: 'options',
    commonOptions: 'Every command has these options. The page of a command has all of its options.',
    ownPages: 'Each command has a page of its own, such as metrika-calls-upload(1).',
    documentation: 'Documentation:',
    problems: 'Problems:',
  },
  ru: {
    manual: 'Команды пользователя',
    name: 'ИМЯ',
    synopsis: 'ОБЗОР',
    description: 'ОПИСАНИЕ',
    commands: 'КОМАНДЫ',
    operands: 'АРГУМЕНТЫ',
    options: 'ПАРАМЕТРЫ',
    exitStatus: 'КОДЫ ВЫХОДА',
    environment: 'ПЕРЕМЕННЫЕ ОКРУЖЕНИЯ',
    examples: 'ПРИМЕРЫ',
    seeAlso: 'СМОТРИТЕ ТАКЖЕ',
    command: 'команда',
    some: 'параметры',
    commonOptions:
      'Эти параметры есть у каждой команды. Все параметры команды — на её собственной странице.',
    ownPages: 'У каждой команды есть своя страница, например metrika-calls-upload(1).',
    documentation: 'Документация:',
    problems: 'Вопросы:',
  },
};

const PROGRAM = 'metrika-calls';

/** A manual page. */
export interface ManPage {
  /** The path of the page, from the folder of the project. */
  readonly path: string;
  readonly text: string;
}

/**
 * Returns all manual pages in one language. The folders are those that `man` looks for:
 * `man/man1` for English, and a folder with the name of the language for others.
 *
 * @param changelog the text of CHANGELOG.md, for the date of the version
 * @see https://man7.org/linux/man-pages/man7/groff_man.7.html for the macros
 */
export function manPages(language: PageLanguage, changelog: string): readonly ManPage[] {
  const date = dateOf(changelog);
  const folder = language === 'en' ? 'man/man1' : `man/${language}/man1`;
  return [
    { path: `${folder}/${PROGRAM}.1`, text: programPage({ language, date }) },
    ...COMMAND_NAMES.map((name) => ({
      path: `${folder}/${PROGRAM}-${name}.1`,
      text: commandPage(name, { language, date }),
    })),
  ];
}

/** The language of a page, and the date below it. */
interface Edition {
  readonly language: PageLanguage;
  readonly date: string;
}

/** The date of the pages while no version is released. A page needs a date. */
const BEFORE_RELEASES = '2026-11-30';

/** Returns the date of the newest released version. */
function dateOf(changelog: string): string {
  return /^## \[\d[^\]]*\] - (\d{4}-\d\d-\d\d)$/m.exec(changelog)?.[1] ?? BEFORE_RELEASES;
}

function programPage(edition: Edition): string {
  const { language } = edition;
  const [help, words] = [HELP[language], WORDS[language]];
  const common = OPTION_ROWS.filter(([name]) =>
    COMMAND_NAMES.every((command) => hasOption(command, name)),
  );
  const { program } = help;
  const summary = program.charAt(0).toLowerCase() + program.slice(1);
  return page(PROGRAM, summary, edition, [
    section(words.synopsis, `${bold(PROGRAM)} [${words.some}] ${italic(words.command)}`),
    section(words.description, roff(help.program), '.PP', roff(words.ownPages)),
    section(
      words.commands,
      ...COMMAND_NAMES.flatMap((name) =>
        entry(`${bold(name)} ${operandsOf(name, help)}`, help.commands[name].summary),
      ),
      ...entry(bold('help'), help.helpCommand),
    ),
    section(
      words.options,
      roff(words.commonOptions),
      ...common.flatMap(([name]) => optionEntry(name, help)),
      ...entry(flags('-h, --help'), help.showHelp),
      ...entry(flags('-V, --version'), help.showVersion),
    ),
    ...exitStatus(help, words),
    section(
      words.environment,
      ...Object.entries(help.environment).flatMap(([name, text]) => entry(bold(name), text)),
    ),
    section(
      words.examples,
      ...examplesOf([`${PROGRAM} upload --sandbox calls.csv`, `${PROGRAM} help upload`]),
    ),
    seeAlso(
      COMMAND_NAMES.map((name) => `${PROGRAM}-${name}`),
      words,
    ),
  ]);
}

function commandPage(name: CommandName, edition: Edition): string {
  const { language } = edition;
  const [help, words] = [HELP[language], WORDS[language]];
  const { summary, operand } = help.commands[name];
  const operands = operandsOf(name, help);
  const variables = OPTION_ROWS.flatMap(([option, { environment }]) =>
    environment !== undefined && hasOption(name, option) ? [environment] : [],
  );
  const environment = Object.entries(help.environment).filter(([one]) => variables.includes(one));
  return page(`${PROGRAM}-${name}`, summary, edition, [
    section(words.synopsis, `${bold(`${PROGRAM} ${name}`)} [${words.some}] ${operands}`.trimEnd()),
    section(words.description, roff(sentence(summary))),
    ...(operands === '' || operand === ''
      ? []
      : [section(words.operands, ...entry(operands, operand))]),
    section(words.options, ...optionGroups(name, help)),
    ...exitStatus(help, words),
    section(words.environment, ...environment.flatMap(([one, text]) => entry(bold(one), text))),
    section(words.examples, ...examplesOf(COMMANDS[name].examples)),
    seeAlso([PROGRAM], words),
  ]);
}

function optionGroups(command: CommandName, help: Help): string[] {
  return Object.entries(help.groups).flatMap(([group, title]) => {
    const own = OPTION_ROWS.filter(
      ([name, row]) => row.group === group && row.isHidden !== true && hasOption(command, name),
    );
    const ofHelp = group === 'output' ? entry(flags('-h, --help'), help.showHelp) : [];
    if (own.length === 0) return [];
    const entries = own.flatMap(([name]) => optionEntry(name, help));
    return [`.SS "${roff(title.replace(/:$/, ''))}"`, ...entries, ...ofHelp];
  });
}

function hasOption(command: CommandName, option: OptionName): boolean {
  return COMMANDS[command].options.includes(option);
}

function optionEntry(name: OptionName, help: Help): string[] {
  const row = OPTION_ROWS.find(([one]) => one === name)?.[1];
  return entry(flags(withPlaceholders(row?.flags ?? '', help)), textOf(name, help));
}

function operandsOf(name: CommandName, help: Help): string {
  const { operands } = COMMANDS[name];
  return operands === '' ? '' : italic(withPlaceholders(operands, help));
}

function page(
  name: string,
  summary: string,
  { language, date }: Edition,
  sections: readonly string[],
): string {
  const words = WORDS[language];
  return [
    // man reads the encoding from this line.
    `'\\" -*- coding: utf-8 -*-`,
    `.TH "${roff(name.toUpperCase())}" 1 "${date}" "${roff(`${PROGRAM} ${VERSION}`)}" "${words.manual}"`,
    // Words are neither cut nor drawn apart: they are to be copied.
    '.nh',
    '.ad l',
    section(words.name, `${roff(name)} \\- ${roff(summary.replace(/\.$/, ''))}`),
    ...sections,
    '',
  ].join('\n');
}

function exitStatus(help: Help, { exitStatus: title }: PageWords): string[] {
  const codes = Object.entries(help.exitCodes);
  return [section(title, ...codes.flatMap(([code, text]) => entry(bold(code), text)))];
}

function examplesOf(lines: readonly string[]): string[] {
  return lines.flatMap((line, at) => [...(at === 0 ? [] : ['.PP']), '.EX', roff(line), '.EE']);
}

function seeAlso(names: readonly string[], words: PageWords): string {
  const pages = names.map((name) => `${bold(name)}(1)`).join(',\n');
  return section(
    words.seeAlso,
    pages,
    '.PP',
    `${roff(words.documentation)} ${roff(HOMEPAGE)}`,
    '.br',
    `${roff(words.problems)} ${roff(PROBLEMS_PAGE)}`,
  );
}

function section(title: string, ...lines: readonly string[]): string {
  return [`.SH "${roff(title)}"`, ...lines].join('\n');
}

/** Returns a name and, indented below or beside it, its meaning. */
function entry(head: string, text: string): string[] {
  return ['.TP', head.trimEnd(), roff(text)];
}

function flags(text: string): string {
  return text
    .split(/(<[^<>]*>)/)
    .map((part) =>
      part.startsWith('<') ? italic(part) : part.replace(/--?[\w-]+/g, (flag) => bold(flag)),
    )
    .join('');
}

function bold(text: string): string {
  return `\\fB${roff(text)}\\fR`;
}

function italic(text: string): string {
  return `\\fI${roff(text)}\\fR`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** The characters that groff would change or take for a command, with the escapes for them. */
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\(rs',
  '-': '\\-',
  "'": '\\(aq',
  '"': '\\(dq',
  '`': '\\(ga',
  '^': '\\(ha',
  '~': '\\(ti',
};

/**
 * Writes a text so that groff shows each character as it is, and takes no line for a command.
 *
 * @see https://man7.org/linux/man-pages/man7/groff_char.7.html
 */
function roff(text: string): string {
  const escaped = text.replace(/[\\\-'"`^~]/g, (sign) => ownValue(ESCAPES, sign) ?? sign);
  return escaped.replace(/^\./, '\\&.');
}
