/** Joins the text of a cell or of a shared string from its runs. */

const ESCAPED = /_x([\dA-Fa-f]{4})_/g;

/** Collects the text that belongs to one cell. */
export class TextOfCell {
  #text = '';
  #isText = false;
  /** Whether the element is a phonetic guide, which is not a part of the text. */
  #isPhonetic = false;

  open(name: string): void {
    if (name === 't') this.#isText = !this.#isPhonetic;
    else if (name === 'rPh') this.#isPhonetic = true;
  }

  close(name: string): void {
    if (name === 't') this.#isText = false;
    else if (name === 'rPh') this.#isPhonetic = false;
  }

  add(piece: string): void {
    if (this.#isText) this.#text += piece;
  }

  /** @returns the collected text; a new text begins after this */
  take(): string {
    const text = this.#text;
    this.#text = '';
    return unescaped(text);
  }
}

/**
 * Resolves the escapes of a workbook for characters that XML cannot hold, for example `_x000D_`.
 * Follows ECMA-376, part 1, 22.9.2.19.
 */
export function unescaped(text: string): string {
  return text.includes('_x')
    ? text.replaceAll(ESCAPED, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)))
    : text;
}
