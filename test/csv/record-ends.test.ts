import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordEnds } from '../../src/csv/record-ends.ts';
import { RecordReader } from '../../src/csv/record-reader.ts';
import { runs } from '../support/runs.ts';

/** Cuts a text at the ends of its records. Reads the text in blocks of `blockLength` bytes. */
function pieces(text: string, blockLength: number): string[] {
  const bytes = Buffer.from(text);
  const ends = new RecordEnds();
  const found: Buffer[] = [];
  let start = 0;
  for (let at = 0; at < bytes.length; at += blockLength) {
    const block = bytes.subarray(at, at + blockLength);
    for (let end = ends.next(block, 0); end >= 0; end = ends.next(block, end)) {
      found.push(bytes.subarray(start, at + end));
      start = at + end;
    }
  }
  return [...found, bytes.subarray(start)].map(String).filter((piece) => piece !== '');
}

describe('the ends of records', () => {
  it('are the same as in the parser, wherever blocks are cut', () => {
    // The text is random. It may have quotes in places where programs do not write them.
    const text = fc
      .array(fc.constantFrom('"', '""', ',', '\n', ' ', 'я', 'a', '1', 'b"c'), { maxLength: 40 })
      .map((parts) => parts.join(''));
    let compared = 0;
    const tries = runs(5000);
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), (content, blockLength) => {
        const reader = new RecordReader(',');
        const batches = [reader.push(content), reader.end()];
        // The program never cuts a text that the parser rejects. So such a text is not compared.
        if (batches.some(({ problems }) => problems.length > 0)) return;
        compared += 1;
        const again = pieces(content, blockLength).flatMap((piece) => {
          const one = new RecordReader(',');
          return [...one.push(piece).rows, ...one.end().rows];
        });
        expect(again).toEqual(batches.flatMap(({ rows }) => rows));
      }),
      tries,
    );
    expect(compared).toBeGreaterThan(tries.numRuns / 10);
  });
});
