import { describe, expect, it } from 'vitest';
import { RecordHash } from '../../src/calls/record-hash.ts';

const RECORDS = 100_000;
const ALMOST_ALL = 90_000;

/** How many values each half of the hash takes for the records, of which each is made of a number. */
function valuesOfHalves(record: (digits: string) => string): [low: number, high: number] {
  const hash = new RecordHash();
  const lows = new Set<number>();
  const highs = new Set<number>();
  for (let at = 0; at < RECORDS; at += 1) {
    const bytes = Buffer.from(record(String(at).padStart(5, '0')));
    hash.take(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, bytes.length);
    lows.add(hash.low);
    highs.add(hash.high);
  }
  return [lows.size, highs.size];
}

describe('the hash of a record', () => {
  it('differs in both halves, wherever a few digits of a record differ', () => {
    const template = 'ClientId 1481718166000000,1795486694,+70123456789,north,0';
    for (let place = 0; place + 5 <= template.length; place += 3) {
      const halves = valuesOfHalves(
        (digits) => template.slice(0, place) + digits + template.slice(place + 5),
      );
      for (const values of halves) expect(values).toBeGreaterThan(ALMOST_ALL);
    }
  }, 60_000);

  it('differs in both halves when only every other word of four bytes does', () => {
    const even = valuesOfHalves((n) => `${n.slice(0, 3)}.----${n.slice(3)}..----,north`);
    const odd = valuesOfHalves((n) => `----${n.slice(0, 3)}.----${n.slice(3)}..,north`);
    for (const values of [...even, ...odd]) expect(values).toBeGreaterThan(ALMOST_ALL);
  });
});
