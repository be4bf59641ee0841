/** Lines for people: stretches of text with a tone, wrapped and laid out in columns before they are painted. */
import { eastAsianWidth } from 'get-east-asian-width';
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

/** How many columns of a screen a text takes: Chinese characters and emoji take two, accents none. */
export function columnsOf(text: string): number {
  if (!BEYOND_NARROW.test(text)) return text.length;
  let columns = 0;
  for (const character of text) {
    if (!/\p{M}/u.test(character)) columns += eastAsianWidth(character.codePointAt(0) ?? 0);
  }
  return columns;
}

/** What is beyond Latin, Greek, Cyrillic, punctuation and the blocks of bars: of those each takes a column. */
const BEYOND_NARROW =
  /[^ -\u02ff\u0370-\u0482\u048a-\u058f\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2580-\u259f]/;

/** A stretch of text in the tone, or a plain one. */
function inTone(text: string, tone: Tone | undefined): Part {
  return tone === undefined ? text : { text, tone };
}

/**
 * A text after a head, its further lines under the first word.
 *
 * @param head stands before the first line only
 * @param width columns of the screen
 * @param tone of the text
 */
export function wrapped(head: Line, text: string, width: number, tone?: Tone): Line[] {
  const indent = columnsOf(plainText(head));
  return wrap(text, Math.max(20, width - indent), columnsOf).map((line, at) => [
    ...(at === 0 ? partsOf(head) : [' '.repeat(indent)]),
    inTone(line, tone),
  ]);
}

/** Whether the end of a text is a command to copy, behind a colon. */
const COMMAND_AT_END = /^(.*:) ((?:[\w-]+ \| )?metrika-calls .*)$/;

/**
 * A text after a head, its further lines under the first word. A command at the end of the text gets
 * a line of its own where it needs one, and is never broken, so that it can be copied.
 *
 * @param width columns of the screen
 * @param tone of the text
 */
export function hangingIndent(head: Line, text: string, width: number, tone?: Tone): Line[] {
  const [, prose = text, command] = COMMAND_AT_END.exec(text) ?? [];
  const lines = wrapped(head, prose, width, tone);
  if (command === undefined) return lines;
  const last = lines.at(-1) ?? head;
  return columnsOf(plainText(last)) + 1 + columnsOf(command) <= width
    ? [...lines.slice(0, -1), [...partsOf(last), inTone(` ${command}`, tone)]]
    : [...lines, [' '.repeat(columnsOf(plainText(head))), inTone(command, tone)]];
}

/**
 * A line of several tones, broken between words; its further lines stand further in.
 *
 * @param width columns of the screen
 * @param indent columns before each further line
 */
export function flowed(line: Line, width: number, indent: number): Line[] {
  if (columnsOf(plainText(line)) <= width) return [line];
  const lines: Part[][] = [[]];
  let used = 0;
  for (const part of partsOf(line)) {
    const [text, tone] = typeof part === 'string' ? [part, undefined] : [part.text, part.tone];
    for (const piece of text.split(/(?<= )(?=[^ ])/)) {
      if (used > indent && used + columnsOf(piece.trimEnd()) > width) {
        lines.push([' '.repeat(indent)]);
        used = indent;
      }
      used += columnsOf(piece);
      lines.at(-1)?.push(inTone(piece, tone));
    }
  }
  return lines;
}

/** A text of so many columns at least. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsOf(text)));
}

/** A text of so many columns at most. */
export function cutTo(text: string, width: number): string {
  if (columnsOf(text) <= width) return text;
  let [kept, columns] = ['', 1];
  for (const character of text) {
    columns += columnsOf(character);
    if (columns > width) break;
    kept += character;
  }
  return `${kept}…`;
}

/**
 * A line with something at its right end, such as a number.
 *
 * @param width columns of the screen
 */
export function withRight(left: Line, right: Part, width: number): Line {
  const room = width - columnsOf(plainText(left)) - columnsOf(plainText(right));
  return [...partsOf(left), ' '.repeat(Math.max(2, room)), right];
}

/**
 * A table with a head, no wider than the screen.
 *
 * @param width columns that a row may have
 */
export function table(
  columns: readonly string[],
  rows: readonly (readonly Part[])[],
  width: number,
): Line[] {
  const widths = columns.map((name, at) =>
    Math.max(columnsOf(name), ...rows.map((row) => columnsOf(plainText(row[at] ?? '')))),
  );
  const lay = (row: readonly Part[]): Part[] => {
    const last = row.findLastIndex((cell) => plainText(cell) !== '');
    const laid: Part[] = [];
    let room = width;
    for (const [at, cell] of row.slice(0, last + 1).entries()) {
      const whole = plainText(cell);
      const text = cutTo(at === last ? whole : `${padded(whole, widths[at] ?? 0)}  `, room);
      room -= columnsOf(text);
      laid.push(typeof cell === 'string' ? text : { ...cell, text });
      if (room <= 0) break;
    }
    return laid;
  };
  return [toned.quiet(plainText(lay(columns))), ...rows.map(lay)];
}
