import { describe, expect, it } from 'vitest';
import { LinePace } from '../../src/metrika/line-pace.ts';
import { FakeClock } from '../support/fake-clock.ts';

const TIMEOUT = 60_000;
const MEGABYTE = 1_000_000;

function patience(bytes: number, elapsed: number, timeout = TIMEOUT): number {
  const clock = new FakeClock();
  const pace = new LinePace(clock);
  pace.addBytes(bytes);
  clock.pass(elapsed);
  return pace.patience(timeout);
}

describe('the patience with a line', () => {
  it('is enough for a megabyte at 5 kB a second that the system took at once', () => {
    expect(TIMEOUT + patience(MEGABYTE, 10)).toBeGreaterThan((MEGABYTE / 5000) * 1000);
  });

  it('is hardly any for a small file, and bounded by the usual waiting', () => {
    expect(patience(300, 10)).toBeLessThan(100);
    expect(patience(MEGABYTE, 10, 1000)).toBe(10_000);
  });

  it('is what the buffers need at the pace seen, once more has passed than they hold', () => {
    const fast = patience(400 * MEGABYTE, 4000);
    expect(fast).toBeLessThan(200);
    const slow = patience(20 * MEGABYTE, 600_000);
    expect(slow).toBeGreaterThan(300_000);
  });
});
