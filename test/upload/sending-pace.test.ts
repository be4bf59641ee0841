import { describe, expect, it } from 'vitest';
import { SendingPace } from '../../src/upload/sending-pace.ts';
import { FakeClock } from '../support/fake-clock.ts';

/** The lengths of blocks on a line that takes so many bytes a second, in kilobytes. */
function lengths(pace: SendingPace, clock: FakeClock, bytesPerSecond: number): number[] {
  return Array.from({ length: 8 }, () => {
    const bytes = pace.next();
    clock.pass((bytes / bytesPerSecond) * 1000);
    return bytes / 1024;
  });
}

describe('the blocks of a sending', () => {
  it('grow on a fast line, and are small where a block would take long', () => {
    const clock = new FakeClock();
    const pace = new SendingPace(clock);
    expect(lengths(pace, clock, 500_000_000)).toEqual([
      128, 256, 512, 1024, 1024, 1024, 1024, 1024,
    ]);
    expect(lengths(pace, clock, 20_000).slice(2)).toEqual([64, 64, 64, 64, 64, 64]);
  });

  it('take a fraction of the time after which a line counts as dead, at 10 kB a second', () => {
    const clock = new FakeClock();
    for (const kilobytes of lengths(new SendingPace(clock), clock, 10_000).slice(1)) {
      expect((kilobytes * 1024) / 10_000).toBeLessThan(60 / 6);
    }
  });
});
