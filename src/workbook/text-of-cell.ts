/** Joins the text of a cell or of a shared string from its parts. */
import { excess, LIMITS } from './workbook-limits.ts';

const ESCAPED = /_x([\dA-Fa-f]{4})_/g;

/** Collects the text of one cell or of one shared string. */
export class TextOfCell {
  #text = '';
  #isText = false;
  /** Whether the current element is in a phonetic guide, which is not a part of the text. */
  #isPhonetic = false;

  open(name: string): void {
    if (name === 't') this.#isText = !this.#isPhonetic;
    else if (name === 'rPh') this.#isPhonetic = true;
  }

  close(name: string): void {
    if (name === 't') this.#isText = false;
    else if (name === 'rPh') this.#isPhonetic = false;
  }

  /** @throws UnreadableFile `workbook-excess` if the text is far too long */
  add(piece: string): void {
    if (!this.#isText) return;
    if (this.#text.length + piece.length > LIMITS.row) throw excess('row');
    this.#text += piece;
  }

  /** @returns the text that was collected; afterwards the collected text is empty */
  take(): string {
    const text = this.#text;
    this.#text = '';
    return unescaped(text);
  }
}

/**
 * Resolves escapes such as `_x000D_`. Workbooks use them for characters that XML does not allow.
 * Follows ECMA-376, part 1, 22.9.2.19.
 */
export function unescaped(text: string): string {
  return text.includes('_x')
    ? text.replaceAll(ESCAPED, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)))
    : text;
}
