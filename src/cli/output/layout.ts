/** Lines for people: stretches of text with a tone, wrapped and laid out in columns before they are painted. */
import { wrap } from '../../words/format.ts';

/** What a stretch of text means, which decides its colour. */
export type Tone = 'strong' | 'quiet' | 'good' | 'bad' | 'warn' | 'info';

/** A stretch of text in one tone. */
export interface Toned {
  readonly text: string;
  readonly tone: Tone;
}

/** A piece of a line; text without a tone is plain. It may come from anywhere. */
export type Part = string | Toned;

/** One line. */
export type Line = Part | readonly Part[];

/** A stretch of text in a tone. */
export const toned: Readonly<Record<Tone, (text: string) => Toned>> = {
  strong: (text) => ({ text, tone: 'strong' }),
  quiet: (text) => ({ text, tone: 'quiet' }),
  good: (text) => ({ text, tone: 'good' }),
  bad: (text) => ({ text, tone: 'bad' }),
  warn: (text) => ({ text, tone: 'warn' }),
  info: (text) => ({ text, tone: 'info' }),
};

/** The pieces of a line. */
export function partsOf(line: Line): readonly Part[] {
  return typeof line === 'string' || 'text' in line ? [line] : line;
}

/** What a line says, without tones. */
export function plainText(line: Line): string {
  return partsOf(line)
    .map((part) => (typeof part === 'string' ? part : part.text))
    .join('');
}

/**
 * A text after a head, its further lines under the first word.
 *
 * @param head stands before the first line only
 * @param width columns of the screen
 */
export function wrapped(head: Line, text: string, width: number): Line[] {
  const indent = plainText(head).length;
  return wrap(text, Math.max(20, width - indent)).map((line, at) =>
    at === 0 ? [...partsOf(head), line] : ' '.repeat(indent) + line,
  );
}

/** Whether the end of a text is a command to copy, behind a colon. */
const COMMAND_AT_END = /^(.*:) ((?:[\w-]+ \| )?metrika-calls .*)$/;

/**
 * A text after a head, its further lines under the first word. A command at the end of the text gets
 * a line of its own where it needs one, and is never broken, so that it can be copied.
 */
export function hangingIndent(head: Line, text: string, width: number): Line[] {
  const [, prose = text, command] = COMMAND_AT_END.exec(text) ?? [];
  const lines = wrapped(head, prose, width);
  if (command === undefined) return lines;
  const last = lines.at(-1) ?? head;
  return plainText(last).length + 1 + command.length <= width
    ? [...lines.slice(0, -1), [...partsOf(last), ` ${command}`]]
    : [...lines, `${' '.repeat(plainText(head).length)}${command}`];
}

/** A text of so many columns at least. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - [...text].length));
}

/** A text of so many columns at most. */
export function cutTo(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width
    ? text
    : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`;
}

/**
 * A table with a head, no wider than the screen.
 *
 * @param width columns of the screen
 */
export function table(
  columns: readonly string[],
  rows: readonly (readonly Part[])[],
  width: number,
): Line[] {
  const widths = columns.map((name, at) =>
    Math.max([...name].length, ...rows.map((row) => [...plainText(row[at] ?? '')].length)),
  );
  const lay = (row: readonly Part[]): Part[] => {
    const last = row.findLastIndex((cell) => plainText(cell) !== '');
    const laid: Part[] = [];
    let room = width;
    for (const [at, cell] of row.slice(0, last + 1).entries()) {
      const whole = plainText(cell);
      const text = cutTo(at === last ? whole : `${padded(whole, widths[at] ?? 0)}  `, room);
      room -= [...text].length;
      laid.push(typeof cell === 'string' ? text : { ...cell, text });
      if (room <= 0) break;
    }
    return laid;
  };
  return [toned.quiet(plainText(lay(columns))), ...rows.map(lay)];
}
