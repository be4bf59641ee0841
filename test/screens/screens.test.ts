import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { OutputStream } from '../../src/cli/io/io.ts';
import { lasting, playScreens, STAGES } from '../support/screens.ts';
import { terminalText } from '../support/terminal-text.ts';

/** A terminal or a pipe that only stores the text. */
class KeptTerminal implements OutputStream {
  readonly isTTY: boolean;
  readonly columns: number;
  text = '';

  constructor(columns: number, isTTY = true) {
    this.columns = columns;
    this.isTTY = isTTY;
  }

  write(text: string): boolean {
    this.text += text;
    return true;
  }
}

describe('the screens', () => {
  it.each(STAGES)(
    'are the same as when a person checked them: $name',
    async ({ name, columns, ...stage }) => {
      const stream = new KeptTerminal(columns);
      await playScreens({ stream, ...stage });
      const kept = readFileSync(new URL(`${name}.txt`, import.meta.url), 'utf8');
      expect(`${lasting(terminalText(stream.text, columns))}\n`).toBe(kept);
    },
  );
});

/** Returns the words of a text. The symbols of charts are not words. */
function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\d][\p{L}\d-]*/gu) ?? [];
}

async function played(
  language: 'en' | 'ru',
  more: Readonly<Record<string, string>>,
  isTerminal = true,
): Promise<string[]> {
  const stream = new KeptTerminal(80, isTerminal);
  await playScreens({ stream, language, hasColors: true, more });

  const plain = stream.text.replaceAll(/\u001b\[[\d;]*m/g, '');
  // The map of hours consists of shades or digits, so it is left out.
  return wordsOf(lasting(plain).replaceAll(/^ {2}(?:[A-Zа-я][a-zа-я]{1,2}|all|все) {2}.*$/gm, ''));
}

describe.each(['en', 'ru'] as const)('every screen in %s', (language) => {
  let usual: Promise<string[]> | undefined;
  const usually = (): Promise<string[]> => (usual ??= played(language, {}));

  it.each([{ TERM: 'dumb' }, { CI: '1' }, { LC_ALL: 'C' }])(
    'has the same words with %j',
    async (more) => {
      const said = await played(language, more);
      // The digits of a scale are not words, nor are `ok` and `x`, the ASCII tick and cross.
      const isWord = (word: string): boolean => !['1', '9', 'ok', 'x'].includes(word);
      expect(said.filter(isWord).join(' ')).toBe((await usually()).filter(isWord).join(' '));
    },
  );

  it('has all its words in a pipe', async () => {
    const said = new Set(await played(language, { COLUMNS: '80' }, false));
    // In a pipe, the output of `list` is for programs. The output has no headings, and shows times
    // as the service sent them.
    const heads =
      /^(?:STATUS|LINES|COMMENT|LINKED|CREATED|UPLOAD|СТАТУС|НОМЕР|СОЗДАНО|СТРОКИ|КОММЕНТАРИЙ|СВЯЗАНО)$/;
    const missing = (await usually()).filter((word) => !said.has(word));
    expect(
      missing.filter((word) => !heads.test(word) && !/^\d+$|Nov|Dec|ноя|дек/.test(word)),
    ).toEqual([]);
  });
});
