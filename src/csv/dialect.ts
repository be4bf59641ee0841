/** The supported delimiters and their names. */
export const DELIMITERS = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;

export type Delimiter = keyof typeof DELIMITERS;

/** The delimiter of a file, and whether the file names it. */
export interface Dialect {
  readonly delimiter: Delimiter;
  /** Whether the file begins with a line such as `sep=;`, which Excel understands. */
  readonly separatorLine: boolean;
}

const SEPARATOR_LINE = /^"?sep=([,;\t|])"?(?:\r\n|\r|\n|$)/i;

/**
 * Detects the delimiter. A line such as `sep=;` names the delimiter. Without such a line, the
 * delimiter is found from the header. The best delimiter yields the most known column names. Among
 * equally good delimiters, the one that occurs most often is chosen.
 *
 * @param head the beginning of the file, with the complete first line
 * @param isKnownName says whether a header cell, without the quotes and spaces around it, is the
 *   name of a column
 */
export function detectDialect(head: string, isKnownName: (name: string) => boolean): Dialect {
  const stated = SEPARATOR_LINE.exec(head)?.[1];
  if (isDelimiter(stated)) return { delimiter: stated, separatorLine: true };

  const header = firstLine(head);
  let best: Delimiter = ',';
  let bestScore = [0, 0];
  for (const delimiter of Object.keys(DELIMITERS) as Delimiter[]) {
    const cells = header.split(delimiter);
    const known = cells.filter((cell) => isKnownName(unquoted(cell.trim())));
    const score = [known.length, cells.length - 1];
    if (isGreater(score, bestScore)) {
      best = delimiter;
      bestScore = score;
    }
  }
  return { delimiter: best, separatorLine: false };
}

/** Removes a line such as `sep=;` from the beginning of a text. */
export function withoutSeparatorLine(text: string): string {
  return text.replace(SEPARATOR_LINE, '');
}

function isDelimiter(text: string | undefined): text is Delimiter {
  return text !== undefined && Object.hasOwn(DELIMITERS, text);
}

function firstLine(text: string): string {
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '\n' || character === '\r')) return text.slice(0, at);
  }
  return text.split(/[\r\n]/, 1)[0] ?? text;
}

function unquoted(cell: string): string {
  return cell.length >= 2 && cell.startsWith('"') && cell.endsWith('"')
    ? cell.slice(1, -1).trim()
    : cell;
}

function isGreater(left: readonly number[], right: readonly number[]): boolean {
  const at = left.findIndex((value, index) => value !== right[index]);
  return at >= 0 && (left[at] ?? 0) > (right[at] ?? 0);
}
