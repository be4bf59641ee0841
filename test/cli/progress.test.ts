import { describe, expect, it } from 'vitest';
import { Progress } from '../../src/cli/output/progress.ts';
import { en } from '../../src/words/en.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { outputOn } from '../support/output.ts';

/** Shows a transfer of a gigabyte in a minute, in blocks, where there is no terminal. */
async function transfer(): Promise<{ writes: number; text: string }> {
  const clock = new FakeClock();
  let writes = 0;
  let text = '';
  const stream = {
    write: (piece: string) => {
      writes += 1;
      text += piece;
      return true;
    },
    isTTY: false,
    columns: 80,
  };
  const output = await outputOn(stream);
  const track = (await Progress.start(output, clock)).track();
  track.step('calls.csv: sending');
  const block = 128 * 1024;
  const blocks = 8000;
  for (let at = 1; at <= blocks; at += 1) {
    clock.pass(60_000 / blocks);
    track.transferred(at * block, blocks * block);
  }
  return { writes, text };
}

describe('progress', () => {
  it('is a line every ten seconds where there is no terminal, however many blocks go', async () => {
    const { writes, text } = await transfer();
    expect(writes).toBe(6);
    expect(text).toContain('calls.csv: sending: 175 MB of 1.0 GB, 16%');
  });

  it('tells the words of a transfer again at most ten times a second', async () => {
    const clock = new FakeClock();
    const { Track } = await import('../../src/cli/output/progress.ts');
    let shown = 0;
    const track = new Track({
      clock,
      words: en,
      pause: 100,
      show: () => (shown += 1),
      end: () => undefined,
    });
    track.step('sending');
    for (let at = 1; at <= 100_000; at += 1) {
      clock.pass(0.1);
      track.transferred(at, 100_000);
    }
    expect(shown).toBeLessThanOrEqual(101);
    expect(shown).toBeGreaterThan(90);
  });
});
