import { describe, expect, it, vi } from 'vitest';
import { Progress } from '../../src/cli/output/progress.ts';
import { en } from '../../src/words/en.ts';
import { ru } from '../../src/words/ru.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { outputOn } from '../support/output.ts';

/** Transfers a gigabyte in one minute, and shows the progress without a terminal. */
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
    track.transferred(at * block, blocks * block, 'calls.csv');
  }
  return { writes, text };
}

describe('progress', () => {
  it('is one line every ten seconds without a terminal, however many blocks are sent', async () => {
    const { writes, text } = await transfer();
    expect(writes).toBe(6);
    expect(text).toContain('calls.csv: sending: 175 MB of 1.0 GB, 16%');
  });

  it('updates the text of a transfer at most ten times a second', async () => {
    const clock = new FakeClock();
    const { Track } = await import('../../src/cli/output/progress.ts');
    let shown = 0;
    const track = new Track({
      clock,
      words: en,
      pause: 100,
      canRedraw: true,
      unicode: true,
      show: () => (shown += 1),
      end: () => undefined,
    });
    track.step('sending');
    for (let at = 1; at <= 100_000; at += 1) {
      clock.pass(0.1);
      track.transferred(at, 100_000, 'calls.csv');
    }
    expect(shown).toBeLessThanOrEqual(101);
    expect(shown).toBeGreaterThan(90);
  });

  it('counts down on a terminal; without a terminal, the time is shown only once', async () => {
    vi.useFakeTimers();
    try {
      const { Track } = await import('../../src/cli/output/progress.ts');
      for (const canRedraw of [true, false]) {
        const clock = new FakeClock();
        const shown: string[] = [];
        const show = (text: string): number => shown.push(text);
        const end = (): undefined => undefined;
        const track = new Track({
          clock,
          words: en,
          pause: 100,
          canRedraw,
          unicode: true,
          show,
          end,
        });
        track.countdown((left) => `${String(left / 1000)} s`, 14_000);
        for (let second = 0; second < 3; second += 1) {
          clock.pass(1000);
          vi.advanceTimersByTime(1000);
        }
        track.step('done');
        vi.advanceTimersByTime(5000);
        const ticks = canRedraw ? ['13 s', '12 s', '11 s'] : [];
        expect(shown).toEqual(['14 s', ...ticks, 'done']);
      }
    } finally {
      vi.useRealTimers();
    }
  });

  it('is a bar with sizes, speed and time on a terminal, in both languages', async () => {
    const { Track } = await import('../../src/cli/output/progress.ts');
    const lines: string[] = [];
    for (const [words, unicode] of [
      [en, true],
      [ru, false],
    ] as const) {
      const clock = new FakeClock();
      const shown: string[] = [];
      const show = (text: string): number => shown.push(text);
      const end = (): undefined => undefined;
      const track = new Track({ clock, words, pause: 100, canRedraw: true, unicode, show, end });
      track.step('sending');
      for (let second = 0; second < 3; second += 1) {
        track.transferred(second * 4_950_000, 31_000_000, 'big.csv');
        clock.pass(1000);
      }
      lines.push(shown.at(-1) ?? '');
    }
    expect(lines).toEqual([
      'big.csv  ███░░░░░░░░░   31%  9.9/31 MB  5.0 MB/s  4 s left',
      'big.csv  ###.........   31%  9,9/31\u00a0МБ  5,0\u00a0МБ/с  осталось 4\u00a0с',
    ]);
  });
});
