/** The text of a cell or of a shared string, put together of its runs. */

const ESCAPED = /_x([\dA-Fa-f]{4})_/g;

/** Collects the text between two elements that belong to one cell. */
export class TextOfCell {
  #text = '';
  #isText = false;
  /** How to read Chinese characters aloud is no part of the text. */
  #isSpoken = false;

  open(name: string): void {
    if (name === 't') this.#isText = !this.#isSpoken;
    else if (name === 'rPh') this.#isSpoken = true;
  }

  close(name: string): void {
    if (name === 't') this.#isText = false;
    else if (name === 'rPh') this.#isSpoken = false;
  }

  add(piece: string): void {
    if (this.#isText) this.#text += piece;
  }

  /** @returns the text so far, which is forgotten */
  take(): string {
    const text = this.#text;
    this.#text = '';
    return unescaped(text);
  }
}

/** What XML cannot hold stands in a workbook as `_x000D_`. Follows ECMA-376, part 1, 22.9.2.19. */
export function unescaped(text: string): string {
  return text.includes('_x')
    ? text.replaceAll(ESCAPED, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)))
    : text;
}
