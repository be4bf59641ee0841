/** Lays out lines for people: wraps text, and aligns text in columns. Colours are added later. */
import { eastAsianWidth } from 'get-east-asian-width';
import { wrap } from '../../words/format.ts';

/** The meaning of a span of text, which decides its colour. */
export type Tone = 'strong' | 'quiet' | 'good' | 'bad' | 'warn' | 'info';

/** A span of text with one tone. */
export interface Toned {
  readonly text: string;
  readonly tone: Tone;
}

/**
 * A span of a line. Text without a tone is plain. The text is made safe later, when it is written.
 */
export type Part = string | Toned;

/** One line: a span, or several. */
export type Line = Part | readonly Part[];

/** Functions that give text a tone. */
export const toned: Readonly<Record<Tone, (text: string) => Toned>> = {
  strong: (text) => ({ text, tone: 'strong' }),
  quiet: (text) => ({ text, tone: 'quiet' }),
  good: (text) => ({ text, tone: 'good' }),
  bad: (text) => ({ text, tone: 'bad' }),
  warn: (text) => ({ text, tone: 'warn' }),
  info: (text) => ({ text, tone: 'info' }),
};

/** Returns the spans of a line. */
export function partsOf(line: Line): readonly Part[] {
  return typeof line === 'string' || 'text' in line ? [line] : line;
}

/** Returns the text of a line, without tones. */
export function plainText(line: Line): string {
  return partsOf(line)
    .map((part) => (typeof part === 'string' ? part : part.text))
    .join('');
}

/**
 * Returns the width of a text on screen, in columns. Chinese characters and emoji are two columns
 * wide. Accents have no width.
 */
export function columnsOf(text: string): number {
  if (!BEYOND_NARROW.test(text)) return text.length;
  let columns = 0;
  for (const character of text) {
    if (!/\p{M}/u.test(character)) columns += eastAsianWidth(character.codePointAt(0) ?? 0);
  }
  return columns;
}

/**
 * Matches a character whose width may differ from one column: any character outside Latin, Greek,
 * Cyrillic, punctuation, arrows and block elements.
 */
const BEYOND_NARROW =
  /[^ -\u02ff\u0370-\u0482\u048a-\u058f\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2580-\u259f]/;

/** Returns the text with its tone. If `tone` is undefined, returns the text unchanged. */
function inTone(text: string, tone: Tone | undefined): Part {
  return tone === undefined ? text : { text, tone };
}

/**
 * Wraps a text that follows a head. The lines after the first are indented to the first word of the
 * text.
 *
 * @param head the beginning of the first line
 * @param width the width of the screen, in columns
 * @param tone the tone of the text
 */
export function wrapped(head: Line, text: string, width: number, tone?: Tone): Line[] {
  const indent = columnsOf(plainText(head));
  return wrap(text, Math.max(20, width - indent), columnsOf).map((line, at) => [
    ...(at === 0 ? partsOf(head) : [' '.repeat(indent)]),
    inTone(line, tone),
  ]);
}

/** Matches a text that ends with a colon and a command to copy. */
const COMMAND_AT_END = /^(.*:) ((?:[\w-]+ \| )?metrika-calls .*)$/;

/**
 * Wraps a text after a head, like {@link wrapped}. A command at the end of the text moves to its
 * own line if the command does not fit. The command is never broken, so that users can copy it.
 *
 * @param width the width of the screen, in columns
 * @param tone the tone of the text
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
 * Wraps a line between words. The line may have several tones.
 *
 * @param width the width of the screen, in columns
 * @param indent the indent of each line after the first, in columns
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

/** Pads a text with spaces to a width in columns. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsOf(text)));
}

/** Cuts a text to a width in columns. */
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
 * Returns a line with a right-aligned span at its end, such as a number.
 *
 * @param width the width of the line, in columns
 */
export function withRight(left: Line, right: Part, width: number): Line {
  const room = width - columnsOf(plainText(left)) - columnsOf(plainText(right));
  return [...partsOf(left), ' '.repeat(Math.max(2, room)), right];
}

/**
 * Lays out a table with a header row.
 *
 * @param width the largest width of a row, in columns
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
