/** Renders the output of `explain`: one code in full, or all codes with their titles. */
import { wrap } from '../../../words/format.ts';
import { type Line, toned, wrapped } from '../layout.ts';
import type { Style } from '../output.ts';
import type { Explanation } from '../reporter.ts';

const WIDEST = 80;
const NARROWEST = 40;

/** Lists all codes with their titles, in groups. */
export function renderCodes(explanations: readonly Explanation[], style: Style): Line[] {
  const { words } = style;
  const width = Math.max(...explanations.map(({ code }) => code.length));
  return Object.entries(words.screens.explain.groups).flatMap(([group, head], at) => {
    const own = explanations.filter(({ kind }) => kind === group);
    return [
      ...(at === 0 ? [] : ['']),
      ...wrapped('', head, style.abilities.columns, 'strong'),
      ...own.flatMap(({ code, title }) => named(code, title, width, style)),
    ];
  });
}

/** Renders a code and its title. On a narrow screen, the title is below the code. */
function named(code: string, title: string, width: number, style: Style): Line[] {
  const { columns } = style.abilities;
  return columns < width + NARROWEST
    ? [`  ${code}`, ...wrapped('      ', title, columns)]
    : wrapped(`  ${code.padEnd(width)}  `, title, columns);
}

/** Renders one code: its meaning, the fix, and an example file. */
export function renderExplanation(explanation: Explanation, style: Style): Line[] {
  const { code, kind, title, meaning, hint, isDone, example, exitCode } = explanation;
  const said = style.words.screens.explain;
  const width = Math.max(NARROWEST, Math.min(WIDEST, style.abilities.columns));
  const isFailure = exitCode === undefined ? '' : `, ${said.exitCode(exitCode)}`;
  return [
    [toned.strong(code), ` (${said.kind[kind]}${isFailure})`],
    '',
    ...wrap(`${title}. ${meaning}`, width),
    '',
    ...wrap(`${isDone ? said.done : said.howToFix} ${hint}`, width),
    ...(example === undefined
      ? []
      : ['', said.example, '', ...printable(example).map((line) => `  ${line}`)]),
  ];
}

/** Returns the lines of an example, with names instead of invisible characters. */
export function printable(example: string): string[] {
  return example
    .replaceAll('\r', '<CR>')
    .replaceAll('\0', '<NUL>')
    .replaceAll('\ufeff', '<byte-order mark>')
    .replaceAll('\ufffd', '<byte FF>')
    .replace(/\n$/, '')
    .split('\n');
}
