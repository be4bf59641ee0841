import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectTable } from '../../src/calls/inspect-calls.ts';
import { detectTable, tableRecords } from '../../src/csv/table.ts';
import { UnreadableFile } from '../../src/files/unreadable-file.ts';
import { check, NOW, refused, source } from '../support/check.ts';
import { encode } from '../support/encode.ts';
import { converted, recipeOf } from '../support/recipes.ts';
import { runs } from '../support/runs.ts';

const HEADER = 'ClientId,DateTime,Tag\n';

/** Lengths of blocks from one byte to one mebibyte, including the lengths that the code uses. */
const STEPS = [1, 3, 61, 4095, 65_536, 131_072, 131_073, 393_216, 851_968, 1 << 20];

/** The places for foreign bytes: just before, at and just after the end of a block. */
const EDGES = [65_536, 131_072, 393_216, 851_968].flatMap((edge) => [edge - 1, edge, edge + 1]);

/** Bytes that do not belong in a file of clean ASCII records. */
const FOREIGN: readonly (readonly [name: string, bytes: Buffer])[] = [
  ['windows-1251', encode('Заявка с сайта', 'windows-1251')],
  ['KOI8-R', Buffer.from([0xfa, 0xc1, 0xd1, 0xd7, 0xcb, 0xc1])],
  ['UTF-8', Buffer.from('Заявка с сайта')],
  ['much windows-1251', encode('Заявка с сайта '.repeat(300), 'windows-1251')],
  ['much KOI8-R', Buffer.alloc(5000, Buffer.from([0xfa, 0xc1, 0xd1, 0xd7, 0xcb, 0xc1, 0x20]))],
  ['a cut letter', Buffer.of(0xd0)],
  [
    'a letter of our own replacement, and a stray byte',
    Buffer.from([0xef, 0xbf, 0xbd, 0x2c, 0xff]),
  ],
  ['NUL', Buffer.of(0)],
  ['an open quote', Buffer.from('"')],
  ['a malformed quote', Buffer.from('"a"b')],
];

/** Returns a file of clean records of equal length. */
function cleanRows(bytes: number): Buffer {
  const rows: string[] = [];
  for (let at = 0, length = 0; length < bytes; at += 1) {
    const row = `${String(1_000_000 + at)},${String(NOW)},t\n`;
    rows.push(row);
    length += row.length;
  }
  return Buffer.from(HEADER + rows.join(''));
}

/** Returns a file of clean records, with foreign bytes in the tags near the given positions. */
function fileWith(
  length: number,
  pieces: readonly (readonly [at: number, bytes: Buffer])[],
): Buffer {
  const clean = cleanRows(length);
  const parts: Buffer[] = [];
  let from = 0;
  for (const [place, bytes] of [...pieces].sort(([one], [other]) => one - other)) {
    // The foreign bytes go at the end of the record that contains the position `place`.
    const inRows = Math.min(Math.max(place, HEADER.length), clean.length - 2);
    const to = Math.max(from, clean.indexOf('\n', inRows));
    parts.push(clean.subarray(from, to), bytes);
    from = to;
  }
  return Buffer.concat([...parts, clean.subarray(from)]);
}

const file = fc
  .record({
    length: fc.constantFrom(200, 70_000, 140_000, 900_000),
    pieces: fc.array(
      fc.tuple(
        fc.oneof(fc.constantFrom(...EDGES), fc.nat(900_000)),
        fc.constantFrom(...FOREIGN.map(([, bytes]) => bytes)),
      ),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(({ length, pieces }) => fileWith(length, pieces));

/** Returns results of the check. They must not depend on the blocks or on the fast path. */
async function verdict(bytes: Buffer, step: number, fastPath: boolean): Promise<unknown> {
  const { validation, counts, form, lines } = await check(
    bytes,
    { fastPath, maxFindings: 50 },
    step,
  );
  return { validation, counts, form, lines };
}

const RECIPE = recipeOf();

describe('the same bytes', () => {
  it('get the same verdict wherever they are cut, with and without the fast path', async () => {
    await fc.assert(
      fc.asyncProperty(file, fc.constantFrom(...STEPS.slice(3)), async (bytes, step) => {
        const whole = await verdict(bytes, bytes.length, true);
        expect(await verdict(bytes, step, true)).toEqual(whole);
        expect(await verdict(bytes, step, false)).toEqual(whole);
      }),
      runs(120),
    );
  });

  it('get the same verdict in blocks of a few bytes', async () => {
    const small = fc
      .tuple(fc.nat(200), fc.constantFrom(...FOREIGN.map(([, bytes]) => bytes)))
      .map((piece) => fileWith(200, [piece]));
    await fc.assert(
      fc.asyncProperty(small, fc.constantFrom(1, 3, 61), async (bytes, step) => {
        const whole = await verdict(bytes, bytes.length, true);
        expect(await verdict(bytes, step, true)).toEqual(whole);
        expect(await verdict(bytes, step, false)).toEqual(whole);
      }),
      runs(400),
    );
  });

  it('are read in the same encoding, and as the same records, by every command', async () => {
    await fc.assert(
      fc.asyncProperty(file, async (bytes) => {
        const { form, counts, validation } = await check(bytes, { maxFindings: 50 });
        const open = (): AsyncIterable<Uint8Array> => source(bytes, 100_000).blocks();
        const clocks = { hourAt: () => 0, dayAt: () => 0 };
        if (validation.groups[0]?.code === 'encoding-unclear') {
          const code = 'encoding-unclear';
          const options = { now: NOW, maxFindings: 50, showValues: false };
          await expect(detectTable(open, {}, () => true)).rejects.toMatchObject({ code });
          await expect(converted(open, RECIPE, options)).rejects.toMatchObject({ code });
          await expect(inspectTable(open, { now: NOW, ...clocks })).rejects.toMatchObject({ code });
          return;
        }
        const table = await detectTable(open, {}, () => true);
        expect(form?.encoding ?? table.encoding).toBe(table.encoding);
        let records = -1;
        for await (const batch of tableRecords(open, table)) records += batch.length;
        expect(records).toBe(counts.records);

        const options = { now: NOW, maxFindings: 50, showValues: false };
        const conversion = await converted(open, RECIPE, options);
        const errors = validation.groups.filter(({ severity }) => severity === 'error');
        const convertedErrors = conversion.validation.groups.filter(
          ({ severity }) => severity === 'error',
        );
        expect(convertedErrors.map(({ code, count }) => [code, count])).toEqual(
          errors.map(({ code, count }) => [code, count]),
        );

        const inspected = await inspectTable(open, { now: NOW, ...clocks });
        const unread = errors.find(({ code }) => code === 'quote-unclosed')?.count ?? 0;
        expect(inspected?.rows).toBe(counts.records - unread);
      }),
      runs(120),
    );
  });

  it.each(FOREIGN.filter(([name]) => /^KOI8|cut letter|stray|NUL/.test(name)))(
    'have the same single finding in a check and in a conversion if the header has %s',
    async (_, foreign) => {
      const bytes = Buffer.concat([
        Buffer.from('ClientId,DateTime,T'),
        foreign,
        Buffer.from(`\n1,${String(NOW)},t\n`),
      ]);
      const { validation } = await check(bytes);
      const options = { now: NOW, maxFindings: 50, showValues: false };
      const conversion = await converted(() => source(bytes).blocks(), RECIPE, options).catch(
        (error: unknown) => {
          if (!(error instanceof UnreadableFile)) throw error;
          return refused(error, bytes);
        },
      );
      expect(validation.findings).toHaveLength(1);
      expect(conversion.validation).toEqual(validation);
    },
  );

  it('get the same verdict if they are a record that is too long', async () => {
    const long = Buffer.from(
      `${HEADER}1,${String(NOW)},"${'a\n'.repeat(530_000)}"\n2,${String(NOW)},t\n`,
    );
    const whole = await verdict(long, long.length, true);
    for (const step of [4095, 131_072, 393_216]) {
      expect(await verdict(long, step, true)).toEqual(whole);
      expect(await verdict(long, step, false)).toEqual(whole);
    }
  });
});
