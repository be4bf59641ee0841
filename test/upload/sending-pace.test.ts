import { describe, expect, it } from 'vitest';
import { LocalFile } from '../../src/files/local-file.ts';
import { multipartBody } from '../../src/metrika/multipart.ts';
import { SendingPace } from '../../src/upload/sending-pace.ts';
import { writeCalls } from '../support/calls.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { temporaryFolder } from '../support/run.ts';

/** Sends a file at this speed. Returns the lengths of the blocks, in bytes. */
async function blocksOnLine(fileBytes: number, bytesPerSecond: number): Promise<number[]> {
  const clock = new FakeClock();
  const pace = new SendingPace(clock);
  const path = writeCalls(temporaryFolder(), 'calls.csv', Buffer.alloc(fileBytes, 'x'));
  const file = LocalFile.open(path);
  const content = file.blocks(0, Infinity, () => pace.next());
  const lengths: number[] = [];
  for await (const chunk of multipartBody(content, fileBytes, 'calls.csv').bytes) {
    clock.pass((chunk.length / bytesPerSecond) * 1000);
    lengths.push(chunk.length);
  }
  file.close();
  return lengths;
}

describe('the blocks that are sent', () => {
  it('grow to a megabyte on a fast connection', async () => {
    const lengths = await blocksOnLine(40_000_000, 500_000_000);
    expect(Math.max(...lengths)).toBe(1024 * 1024);
  });

  it('stay small on a slow connection, so each needs only a fraction of the time-out', async () => {
    const lengths = await blocksOnLine(3_000_000, 10_000);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(32 * 1024);
  });

  it('become small again if the connection becomes slow, with any clock', () => {
    const clock = new FakeClock();
    const pace = new SendingPace(clock);
    const after = (milliseconds: number): number => {
      clock.pass(milliseconds);
      return pace.next();
    };
    const fast = Array.from({ length: 100 }, () => after(1));
    expect(fast.at(-1)).toBe(1024 * 1024);
    expect(after(1500)).toBe(32 * 1024);
    const setBack = Array.from({ length: 100 }, () => after(-50));
    expect(Math.max(...setBack)).toBe(32 * 1024);
  });
});
