/**
 * Makes text safe to show. Unsafe text may come from a cell, a heading, a file name or the service.
 * Only the functions in this file return safe text, each for one destination.
 */
import { writeJson } from '../../metrika/lossless-json.ts';
import { looksLikeToken } from '../../safe-text/token-like.ts';
import { jsonEscapes, UNSEEN, visible } from '../../safe-text/visible.ts';
import type { Destination, Shown } from '../io/shown-text.ts';

/**
 * Returns a line that is safe on a terminal and in the log of a CI system. Control characters
 * become text such as `^[`. Invisible characters, and characters that change the direction of
 * writing, become numbers. An added space makes commands of CI runners harmless.
 */
export function forTerminal(text: string): Shown<'terminal'> {
  return withoutCommands(visible(text)) as Shown<'terminal'>;
}

/**
 * Adds a space to the commands of CI runners, so that runners ignore them. The commands are `##[`
 * anywhere in a line, and `::` at the beginning of a line.
 */
function withoutCommands(line: string): string {
  return withoutMarks(line).replace(/^(\s*)::/, '$1: :');
}

function withoutMarks(text: string): string {
  return text.replace(/##(?=\[)/g, '# #');
}

/** Styles a span of a line. The text must be safe already. */
export type Painter = (text: string) => string;

/**
 * Styles spans, and joins them into one safe line.
 *
 * @param spans unsafe texts, each with the painter that styles it
 */
export function paintedLine(
  spans: readonly { readonly text: string; readonly paint: Painter }[],
): Shown<'terminal'> {
  let plain = '';
  let line = '';
  for (const { text, paint } of spans) {
    const own = plain.trim() === '' ? withoutCommands(visible(text)) : withoutMarks(visible(text));
    // Two safe spans that are side by side may form a command.
    const gap =
      (plain.endsWith('#') && /^#?\[/.test(own)) || (/^\s*:$/.test(plain) && own.startsWith(':'))
        ? ' '
        : '';
    plain += gap + own;
    line += own === '' ? '' : gap + paint(own);
  }
  return line as Shown<'terminal'>;
}

/** Returns a safe line of cells separated by tabs, for programs that read lines. */
export function tabbedLine(cells: readonly string[]): Shown<'terminal'> {
  return withoutCommands(cells.map(visible).join('\t')) as Shown<'terminal'>;
}

/** Returns the content of a file, for a stream that is not a terminal. */
export function forFile(content: string): Shown<'file'> {
  return content as Shown<'file'>;
}

/**
 * Returns all forms in which the output could show a text. If the text is a secret, the caller must
 * remove each of these forms from the output.
 */
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

/** Shows the cursor of a terminal again, after a spinner has hidden it. */
export function showCursor(stream: {
  readonly isTTY?: boolean | undefined;
  write(text: Shown<'terminal'>): unknown;
}): void {
  if (stream.isTTY === true) stream.write('\u001b[?25h' as Shown<'terminal'>);
}

/** Joins lines with line feeds. */
export function joinedLines(lines: readonly Shown<'terminal'>[]): Shown<'terminal'> {
  return lines.join('\n') as Shown<'terminal'>;
}

/** Changes safe text, for example to remove a secret. The change must keep the text safe. */
export function changed<Where extends Destination>(
  text: Shown<Where>,
  change: (text: string) => string,
): Shown<Where> {
  return change(text) as Shown<Where>;
}

/**
 * Returns a JSON document that is safe on a terminal and in the log of a CI system.
 *
 * @param indent the number of spaces for each level
 */
export function forJson(document: unknown, indent?: number): Shown<'json'> {
  return writeJson(document, indent)
    .replace(/##(?=\[)/g, '#\\u0023')
    .replace(UNSEEN, (character) =>
      character < ' ' ? character : jsonEscapes(character),
    ) as Shown<'json'>;
}

/**
 * Changes the texts in a JSON document, and the keys that are no names of this program, such as the
 * cells in a recipe.
 */
export function changedTexts(json: string, change: (text: string) => string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"(\s*:)?/g, (written: string, colon: string | undefined) => {
    const quoted = colon === undefined ? written : written.slice(0, -colon.length);
    const text: unknown = JSON.parse(quoted);
    if (typeof text !== 'string') return written;
    const changedText = change(text);
    if (changedText === text) return written;
    const isName = colon !== undefined && NAME.test(text) && !looksLikeToken(text);
    return isName ? written : `${forJson(changedText)}${colon ?? ''}`;
  });
}

/** Matches the keys of the program's own documents. */
const NAME = /^[a-z][a-z0-9_]{0,39}$/i;

/**
 * Returns a workflow command of GitHub Actions.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function workflowCommand(
  name: 'error' | 'warning' | 'notice',
  properties: Readonly<Record<string, string | number | undefined>>,
  message: string,
): Shown<'runner'> {
  const pairs = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${escapeProperty(forTerminal(String(value)))}`],
  );
  const head = pairs.length === 0 ? '' : ` ${pairs.join(',')}`;
  return `::${name}${head}::${escapeData(forTerminal(message))}` as Shown<'runner'>;
}

/** Escapes text for the message of a workflow command. */
export function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** Escapes text for a property of a workflow command. */
export function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/**
 * Returns a Markdown table below its title. The first and last columns are text. All others are
 * numbers.
 */
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
 * Returns a CSV cell that no spreadsheet reads as a formula, with visible text for control
 * characters and invisible characters. A spreadsheet may split the cell at
 * another delimiter, such as the semicolon in Russian settings. So each piece between possible
 * delimiters gets an apostrophe if the piece begins like a formula.
 */
export function forSpreadsheet(cell: string): Shown<'spreadsheet'> {
  return visible(cell)
    .split(/([;,|])/)
    .map((piece) => (FORMULA.test(piece) ? `'${piece}` : piece))
    .join('') as Shown<'spreadsheet'>;
}

/** Matches the beginning of a formula, also after spaces. */
const FORMULA = /^[\s\p{Z}]*[=+\-@＝＋－＠]/u;
