import { describe, expect, it } from 'vitest';
import { LinePace } from '../../src/metrika/line-pace.ts';
import { FakeClock } from '../support/fake-clock.ts';

const TIMEOUT = 60_000;
const MEGABYTE = 1_000_000;
/** The number of bytes that the buffers of a connection can store. */
const BUFFERS = 8 * 1024 * 1024;

function patience(bytes: number, elapsed: number, timeout = TIMEOUT): number {
  const clock = new FakeClock();
  const pace = new LinePace(clock);
  pace.addBytes(bytes);
  clock.pass(elapsed);
  return pace.patience(timeout);
}

describe('the patience with a connection', () => {
  it('is enough for a megabyte at 5 kB a second, even if all of it is in system buffers', () => {
    expect(TIMEOUT + patience(MEGABYTE, 10)).toBeGreaterThan((MEGABYTE / 5000) * 1000);
  });

  it('is very short for a small file, and at most ten time-outs for bytes sent at once', () => {
    expect(patience(300, 10)).toBeLessThan(100);
    expect(patience(MEGABYTE, 10, 1000)).toBe(10_000);
  });

  it('is the time to send full buffers at the measured speed, after many more bytes', () => {
    const fast = patience(400 * MEGABYTE, 4000);
    expect(fast).toBeLessThan(200);
    const slow = patience(20 * MEGABYTE, 600_000);
    expect(slow).toBeGreaterThan(300_000);
  });

  it('does not use the speed of only a few bytes more than the buffers can store', () => {
    // The service is silent, and all bytes went into the buffers at once.
    expect(patience(BUFFERS + 400, 90, 2000)).toBe(20_000);
    expect(patience(BUFFERS - 400, 35_000, 2000)).toBeGreaterThan(70_000);
    // The connection sends 120 kB a second. After 35 s, half of the bytes are still in buffers.
    const slow = patience(BUFFERS + 400, 35_000, 2000);
    expect(slow).toBeGreaterThan(70_000);
    expect(slow).toBeLessThan(30 * 60_000);
  });

  it('is never longer than half an hour or ten time-outs, whichever is more', () => {
    expect(patience(13 * MEGABYTE, 10_000_000, 2000)).toBe(30 * 60_000);
    expect(patience(BUFFERS + 1, 10_000_000, 2000)).toBe(30 * 60_000);
    expect(patience(13 * MEGABYTE, 100_000_000, 600_000)).toBe(6_000_000);
  });
});
