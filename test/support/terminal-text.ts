/** Simulates a terminal: puts the characters in their places, with their styles. */
import { eastAsianWidth } from 'get-east-asian-width';

interface Cell {
  readonly text: string;
  readonly looks: string;
}

const LOOKS: Readonly<Record<string, string>> = {
  1: 'bold',
  2: 'dim',
  31: 'red',
  32: 'green',
  33: 'yellow',
  36: 'cyan',
};

const COLORS = ['red', 'green', 'yellow', 'cyan'];

/** The styles that each escape code turns off. */
const ENDS: Readonly<Record<string, readonly string[]>> = {
  0: Object.values(LOOKS),
  22: ['bold', 'dim'],
  39: COLORS,
  49: [],
};

/**
 * Returns the lines that a terminal shows. Styled text is between marks such as `{bold red}` and
 * `{/}`.
 *
 * @param written the output as text, with escape sequences for styles
 * @param columns the width at which the terminal breaks lines
 */
export function terminalText(written: string, columns: number): string {
  const lines: Cell[][] = [[]];
  let looks = new Set<string>();
  let used = 0;
  for (const [piece, codes] of written.matchAll(/\u001b\[([\d;]*)m|[^]/gu)) {
    if (codes !== undefined) {
      for (const code of codes === '' ? ['0'] : codes.split(';')) looks = changed(looks, code);
      continue;
    }
    if (piece === '\r') continue;
    if (piece === '\n') {
      lines.push([]);
      used = 0;
      continue;
    }
    const width = eastAsianWidth(piece.codePointAt(0) ?? 0);
    if (used + width > columns) {
      lines.push([]);
      used = 0;
    }
    used += width;
    lines.at(-1)?.push({ text: piece, looks: [...looks].sort().join(' ') });
  }
  return lines.map(lineOf).join('\n').trimEnd();
}

function changed(looks: ReadonlySet<string>, code: string): Set<string> {
  const ended = ENDS[String(Number(code))] ?? [];
  const begun = LOOKS[String(Number(code))];
  if (ENDS[String(Number(code))] === undefined && begun === undefined)
    throw new Error(`unknown looks: ${code}`);
  const isColor = begun !== undefined && COLORS.includes(begun);
  const gone = isColor ? COLORS : ended;
  return new Set([
    ...[...looks].filter((name) => !gone.includes(name)),
    ...(begun === undefined ? [] : [begun]),
  ]);
}

function lineOf(cells: readonly Cell[]): string {
  const last = cells.findLastIndex(({ text }) => text !== ' ');
  let line = '';
  let before = '';
  for (const { text, looks } of cells.slice(0, last + 1)) {
    // The style of a space is invisible.
    const now = text === ' ' ? before : looks;
    if (now !== before && before !== '') line += '{/}';
    if (now !== before && now !== '') line += `{${now}}`;
    before = now;
    line += text;
  }
  return before === '' ? line : `${line}{/}`;
}
