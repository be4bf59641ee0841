/**
 * Text that may be shown. Any other text may come from outside: from a cell, a header, the name of a file, the
 * service. Only what is in this file turns one into the other, and for one destination each.
 */
import { writeJson } from '../../metrika/lossless-json.ts';
import { UNSEEN, visible } from '../../safe-text/visible.ts';
import type { Destination, Shown } from '../io/shown-text.ts';

/**
 * Text for a line on a terminal and in the log of a CI system: control characters appear as `^[` and the like,
 * characters that turn the direction of writing or cannot be seen as their numbers, and the commands of runners
 * are broken: `##[` anywhere, `::` at a beginning.
 */
export function forTerminal(text: string): Shown<'terminal'> {
  return withoutCommands(visible(text)) as Shown<'terminal'>;
}

/** A line that no runner takes for a command: `##[` is one anywhere, `::` at the beginning. */
function withoutCommands(line: string): string {
  return withoutMarks(line).replace(/^(\s*)::/, '$1: :');
}

function withoutMarks(text: string): string {
  return text.replace(/##(?=\[)/g, '# #');
}

/** What a stretch of a line looks like; it is given text that is harmless already. */
export type Painter = (text: string) => string;

/**
 * A line out of stretches that are painted each.
 *
 * @param stretches text from anywhere, with what paints it
 */
export function paintedLine(
  stretches: readonly { readonly text: string; readonly paint: Painter }[],
): Shown<'terminal'> {
  let plain = '';
  let line = '';
  for (const { text, paint } of stretches) {
    const own = plain.trim() === '' ? withoutCommands(visible(text)) : withoutMarks(visible(text));
    // A command may come about where two stretches meet.
    const gap =
      (plain.endsWith('#') && /^#?\[/.test(own)) || (/^\s*:$/.test(plain) && own.startsWith(':'))
        ? ' '
        : '';
    plain += gap + own;
    line += own === '' ? '' : gap + paint(own);
  }
  return line as Shown<'terminal'>;
}

/** Cells with tabs between them, for programs that read lines. */
export function tabbedLine(cells: readonly string[]): Shown<'terminal'> {
  return withoutCommands(cells.map(visible).join('\t')) as Shown<'terminal'>;
}

/** The content of a file, for a stream that is none of a terminal. */
export function forFile(content: string): Shown<'file'> {
  return content as Shown<'file'>;
}

/** All forms that the functions of this file write a text in, so that a secret is found in each. */
export function writtenForms(text: string): ReadonlySet<string> {
  const json = JSON.stringify(text).slice(1, -1);
  return new Set([
    text,
    forTerminal(text),
    json,
    escapeData(text),
    escapeProperty(text),
    markdownText(text),
    text.replaceAll('"', '""'),
  ]);
}

/** Gives a terminal its cursor back, which a spinner had taken. */
export function showCursor(stream: {
  readonly isTTY?: boolean | undefined;
  write(text: Shown<'terminal'>): unknown;
}): void {
  if (stream.isTTY === true) stream.write('\u001b[?25h' as Shown<'terminal'>);
}

/** Lines one under the other. */
export function joinedLines(lines: readonly Shown<'terminal'>[]): Shown<'terminal'> {
  return lines.join('\n') as Shown<'terminal'>;
}

/** The same text with a secret taken out, or a decoration replaced. */
export function changed<Where extends Destination>(
  text: Shown<Where>,
  change: (text: string) => string,
): Shown<Where> {
  return change(text) as Shown<Where>;
}

/**
 * A JSON document in which nothing commands a terminal or the runner of a CI system.
 *
 * @param indent spaces for each level
 */
export function forJson(document: unknown, indent?: number): Shown<'json'> {
  return writeJson(document, indent)
    .replace(/##(?=\[)/g, '#\\u0023')
    .replace(UNSEEN, (character) =>
      character < ' ' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ) as Shown<'json'>;
}

/**
 * A workflow command of GitHub Actions.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function workflowCommand(
  name: 'error' | 'warning' | 'notice',
  properties: Readonly<Record<string, string | number | undefined>>,
  message: string,
): Shown<'runner'> {
  const given = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${escapeProperty(forTerminal(String(value)))}`],
  );
  const head = given.length === 0 ? '' : ` ${given.join(',')}`;
  return `::${name}${head}::${escapeData(forTerminal(message))}` as Shown<'runner'>;
}

/** Text for the data of a workflow command. */
export function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** Text for a property of a workflow command. */
export function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** A table in Markdown under a heading; the first column is text, the others but the last are numbers. */
export function markdownTable(
  title: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): Shown<'markdown'> {
  const rule = columns.map((_, at) => (at === 0 || at === columns.length - 1 ? '---' : '---:'));
  const lines = [columns, ...rows].map((row) => `| ${row.map(markdownText).join(' | ')} |`);
  lines.splice(1, 0, `| ${rule.join(' | ')} |`);
  return `### ${markdownText(title)}\n\n${lines.join('\n')}\n\n` as Shown<'markdown'>;
}

function markdownText(text: string): string {
  return forTerminal(text).replace(
    /[\\|<>&`[\]*_]/g,
    (character) => `&#${String(character.charCodeAt(0))};`,
  );
}

/**
 * A cell of CSV that no spreadsheet takes for a formula, whatever it takes for the delimiter: with Russian
 * settings that is a semicolon, which stands inside of cells here. An apostrophe stands before each piece that
 * begins with the sign of a formula.
 */
export function forSpreadsheet(cell: string): Shown<'spreadsheet'> {
  return cell
    .split(/([;,\t|\r\n])/)
    .map((piece) => (FORMULA.test(piece) ? `'${piece}` : piece))
    .join('') as Shown<'spreadsheet'>;
}

/** The sign may stand behind spaces and characters that cannot be seen. */
const FORMULA = /^[\s\p{Z}\p{Cf}]*[=+\-@＝＋－＠]/u;
