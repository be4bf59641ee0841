import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { OutputStream } from '../../src/cli/output/terminal.ts';
import { lasting, playScreens, STAGES } from '../support/screens.ts';
import { terminalText } from '../support/terminal-text.ts';

/** A terminal that only keeps what is written to it. */
class KeptTerminal implements OutputStream {
  readonly isTTY = true;
  readonly columns: number;
  text = '';

  constructor(columns: number) {
    this.columns = columns;
  }

  write(text: string): boolean {
    this.text += text;
    return true;
  }
}

describe('the screens', () => {
  it.each(STAGES)('are those that were looked at: $name', async ({ name, columns, ...stage }) => {
    const stream = new KeptTerminal(columns);
    await playScreens({ stream, ...stage });
    const kept = readFileSync(new URL(`${name}.txt`, import.meta.url), 'utf8');
    expect(`${lasting(terminalText(stream.text, columns))}\n`).toBe(kept);
  });
});
