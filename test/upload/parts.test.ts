import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeRecords } from '../../src/csv/record-writer.ts';
import { type Failure } from '../../src/failure.ts';
import { cutIntoParts } from '../../src/upload/parts.ts';
import { runs } from '../support/runs.ts';

async function* inBlocks(bytes: Uint8Array, length: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) {
    yield await Promise.resolve(bytes.subarray(at, at + length));
  }
}

const field = fc
  .array(fc.constantFrom('"', ',', '\n', '\r', 'я', 'a', '1'), { maxLength: 6 })
  .map((characters) => characters.join(''));

describe('parts', () => {
  it('have the header, keep every record complete and in order, and are below the limit', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(field, field), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 50 }),
        fc.boolean(),
        async (rows, largest, blockLength, endsWithLineFeed) => {
          const header = 'ClientId,Tag\n';
          const lines = rows.map((row) => writeRecords([['1', ...row]]));
          const text = (header + lines.join('')).replace(/\n$/, endsWithLineFeed ? '\n' : '');
          const bytes = Buffer.from(text);
          const longest = Math.max(...lines.map((line) => Buffer.byteLength(line)));
          let cut;
          try {
            cut = await cutIntoParts(inBlocks(bytes, blockLength), largest);
          } catch (error) {
            expect((error as Failure).code).toBe('part-size-too-small');
            expect(header.length + longest).toBeGreaterThan(largest);
            return;
          }
          const contents = cut.parts.map(({ start, end }, at) =>
            Buffer.concat([at === 0 ? Buffer.alloc(0) : cut.header, bytes.subarray(start, end)]),
          );
          for (const [at, content] of contents.entries()) {
            const part = cut.parts[at];
            expect(content.length).toBe(part?.length);
            expect(content.length).toBeLessThanOrEqual(largest);
            expect(createHash('sha256').update(content).digest('hex')).toBe(part?.sha256);
            expect(content.subarray(0, header.length).toString()).toBe(header);
          }
          const records = contents.map((content) => content.subarray(header.length).toString());
          expect(records.join('')).toBe(text.slice(header.length));
          let next = 0;
          for (const [at, part] of cut.parts.entries()) {
            const own = lines.slice(next, next + part.records).join('');
            expect(own.replace(/\n$/, '')).toBe((records[at] ?? '').replace(/\n$/, ''));
            const breaks = (records[at] ?? '').replace(/\n$/, '').split(/\r\n|\r|\n/).length;
            expect(part.lines).toBe(part.records === 0 ? 0 : breaks);
            next += part.records;
          }
          expect(next).toBe(lines.length);
        },
      ),
      runs(1000),
    );
  });
});
