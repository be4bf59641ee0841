import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyHasher, SeenKeys } from '../../src/convert/cells/seen-keys.ts';
import { runs } from '../support/runs.ts';

describe('keys that were seen', () => {
  it('are the same as in a map, with the line of the first one', () => {
    const key = fc.oneof(fc.integer({ min: 0, max: 500 }).map(String), fc.string());
    fc.assert(
      fc.property(fc.array(key, { maxLength: 3000, size: 'max' }), (keys) => {
        const seen = new SeenKeys();
        const hasher = new KeyHasher();
        const expected = new Map<string, number>();
        keys.forEach((text, at) => {
          hasher.hash(text);
          expect(seen.lineOf(hasher)).toBe(expected.get(text));
          expect(seen.see(hasher, at + 1)).toBe(expected.get(text));
          if (!expected.has(text)) expected.set(text, at + 1);
        });
        expect(seen.size).toBe(expected.size);
      }),
      runs(30),
    );
  });

  it('are distinguished among many that differ only in one digit', () => {
    const seen = new SeenKeys();
    const hasher = new KeyHasher();
    for (let at = 1; at <= 200_000; at += 1) {
      hasher.hash(`17955${String(at).padStart(6, '0')}.${String(at % 7)}`);
      if (seen.see(hasher, at) !== undefined) throw new Error(`${String(at)} was seen before`);
    }
    hasher.hash('17955000042.0');
    expect(seen.lineOf(hasher)).toBe(42);
  });

  it('have the same hash as text and as bytes', () => {
    const [text, bytes] = [new KeyHasher(), new KeyHasher()];
    text.hash('+74950000011');
    bytes.hashBytes(Buffer.from('x+74950000011x'), 1, 13);
    expect([bytes.high, bytes.low]).toEqual([text.high, text.low]);
  });
});
