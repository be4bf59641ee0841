// Writes files that are too long for one string.
import { closeSync, openSync, writeSync } from 'node:fs';

/** The length of the text to write at once, in characters. */
const PIECE = 1_000_000;

/**
 * Writes a header and the lines below it.
 *
 * @param {string} path
 * @param {string} header without a line end
 * @param {number} lines the number of lines below the header
 * @param {(at: number) => string} lineAt returns a line without its line end; `at` counts from 0
 */
export function writeLines(path, header, lines, lineAt) {
  const file = openSync(path, 'w');
  let text = `${header}\n`;
  for (let at = 0; at < lines; at += 1) {
    text += `${lineAt(at)}\n`;
    if (text.length < PIECE) continue;
    writeSync(file, text);
    text = '';
  }
  writeSync(file, text);
  closeSync(file);
}
