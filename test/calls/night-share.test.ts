import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nightShareOf } from '../../src/calls/night-share.ts';
import { runs } from '../support/runs.ts';

/** Returns the number of calls in each hour of a day: `calls` in the given hours, 0 in the others. */
function hoursWith(calls: number, ...hours: readonly number[]): number[] {
  return Array.from({ length: 24 }, (_, hour) => (hours.includes(hour) ? calls : 0));
}

describe('the share of calls at night', () => {
  it.each([
    ['few', hoursWith(24, 2, 3)],
    ['few', hoursWith(0)],
    ['bad', hoursWith(25, 2, 3)],
    ['good', hoursWith(10, 9, 10, 11, 12, 13)],
    ['warn', hoursWith(10, 5, 9, 10, 11, 12, 13, 14)],
    ['even', new Array<number>(24).fill(10)],
    ['even', Array.from({ length: 24 }, (_, hour) => 10 + (hour % 3))],
  ] as const)('has the verdict %s', (verdict, hours) => {
    expect(nightShareOf(hours).verdict).toBe(verdict);
  });

  it('is smallest with the shift that is found', () => {
    const work = hoursWith(10, 9, 10, 11, 12, 13, 14, 15, 16, 17);
    fc.assert(
      fc.property(fc.integer({ min: -11, max: 11 }), (shift) => {
        const moved = work.map((_, hour) => work[(hour + shift + 24) % 24] ?? 0);
        const { best, share } = nightShareOf(moved);
        expect(best.share).toBeLessThanOrEqual(share);
        expect(best.share).toBe(0);
      }),
      runs(50),
    );
  });
});
