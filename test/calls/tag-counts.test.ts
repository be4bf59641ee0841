import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TagCounts } from '../../src/calls/tag-counts.ts';
import { runs } from '../support/runs.ts';

describe('the counts of tags', () => {
  it('are the same as those of a map, for any tags', () => {
    const tag = fc.oneof(
      fc.constantFrom('a', 'b', 'ab', 'ba', 'Отдел продаж', '"', ''),
      fc.string({ unit: 'grapheme', minLength: 1 }),
    );
    fc.assert(
      fc.property(fc.array(tag, { maxLength: 300 }), (tags) => {
        const counts = new TagCounts();
        const all = new Map<string, number>();
        for (const one of tags) {
          const bytes = Buffer.from(`;${one};`);
          if (one.length % 2 === 0) counts.add(one);
          else counts.addBytes(bytes, 1, bytes.length - 1);
          all.set(one, (all.get(one) ?? 0) + 1);
        }
        const expected = [...all].sort((left, right) => right[1] - left[1]);
        expect(counts.top(1000)).toEqual(expected);
      }),
      runs(500),
    );
  });

  it('include the frequent tags among very many, and are never too large', () => {
    const counts = new TagCounts();
    for (let at = 0; at < 100_000; at += 1) {
      counts.add(`tag ${String(at)}`);
      counts.add(`frequent ${String(at % 3)}`);
      if (at % 100 === 0) counts.add(`rare ${String(Math.floor(at / 1000))}`);
    }
    const top = counts.top(4);
    expect(top.slice(0, 3)).toEqual([
      ['frequent 0', 33_334],
      ['frequent 1', 33_333],
      ['frequent 2', 33_333],
    ]);
    expect(top[3]?.[1]).toBeLessThanOrEqual(10);
  });

  it('need little memory for long tags', () => {
    const counts = new TagCounts();
    const long = 'x'.repeat(50_000);
    for (let at = 0; at < 2000; at += 1) {
      counts.add(`${long}${String(at)}`);
      counts.add('short');
    }
    expect(counts.top(1)).toEqual([['short', 2000]]);
    expect(counts.top(10_000).join('').length).toBeLessThan(5 * 1024 * 1024);
  });
});
