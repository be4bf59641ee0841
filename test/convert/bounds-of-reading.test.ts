import { describe, expect, it } from 'vitest';
import type { Conversion } from '../../src/convert/conversion.ts';
import { readJoinedFile } from '../../src/convert/recipe/joined-file.ts';
import { NOW, SETTINGS, source } from '../support/check.ts';
import { converted, recipeOf } from '../support/recipes.ts';

/** The result of a conversion, and the records that it rejected. */
interface Made {
  readonly conversion: Conversion & { readonly text: string };
  readonly rejected: readonly string[];
}

async function made(
  text: string | Uint8Array,
  recipe: ReturnType<typeof recipeOf>,
  { step = 1000, ...more }: { readonly step?: number; readonly [key: string]: unknown } = {},
): Promise<Made> {
  const bytes = Buffer.from(text);
  const rejected: string[] = [];
  const invalidRecords = {
    wantsBytes: true,
    begin: () => undefined,
    take: (_: number, own: () => Uint8Array) =>
      rejected.push(Buffer.from(own()).toString('latin1')),
  };
  const options = { ...SETTINGS, now: NOW, invalidRecords, ...more };
  const conversion = await converted(() => source(bytes, step).blocks(), recipe, options);
  return { conversion, rejected };
}

async function joinedTo(text: string): Promise<ReturnType<typeof recipeOf>> {
  const options = { name: 'crm.csv', region: undefined, mapped: new Map(), showValues: false };
  const joined = await readJoinedFile(() => source(text).blocks(), options);
  return { ...recipeOf({ unidentified: 'skip' }), joined };
}

describe('a conversion', () => {
  it.each([1000, 10])(
    'previews the requested number of records, in blocks of %i bytes',
    async (step) => {
      const rows = Array.from({ length: 50 }, (_, at) => `${String(at + 1)},${String(NOW - at)}\n`);
      const { conversion } = await made(`ClientId,DateTime\n${rows.join('')}`, recipeOf(), {
        step,
        previewed: 3,
      });
      expect(conversion.preview.map(({ line }) => line)).toEqual([2, 3, 4]);
    },
  );

  it('does not give a record with NUL the identifiers of the call before it', async () => {
    const recipe = await joinedTo('PhoneNumber,ClientId\n+79161234567,77\n');
    const text = `DateTime,PhoneNumber\n${String(NOW - 5)},+79161234567\na\0b,\n`;
    const { conversion, rejected } = await made(text, recipe);
    expect(conversion.text.split('\n')[1]).toBe(`77,${String(NOW - 5)},+79161234567`);
    expect(rejected).toEqual([]);
    expect(conversion.account.leftOut.unidentified).toBe(1);
  });

  it.each([1000, 8])(
    'marks a call as static even if another column is damaged, in blocks of %i bytes',
    async (step) => {
      const recipe = recipeOf({ set: { StaticCall: '0' }, unidentified: 'static' });
      const time = String(NOW - 5);
      const text = Buffer.from(`ClientId,DateTime,Other\n,${time},a\n,${time},\u00e9\n`, 'latin1');
      const { rejected } = await made(text, recipe, { step, encoding: 'utf-8' });
      expect(rejected).toEqual([]);
    },
  );

  it.each(['\n', '\r\n', '\r'])(
    'rejects exactly the bytes of the record in a file with a line sep= and the line end %j',
    async (end) => {
      const time = String(NOW - 5);
      const record = `x,${time}${end}`;
      const text = `\ufeffsep=,${end}ClientId,DateTime${end}${record}`;
      for (const encoding of ['utf8', 'utf16le'] as const) {
        for (const step of [1, 2, 3, 6, 1000]) {
          for (const file of [text, text.slice(1)]) {
            const read = { step, encoding: encoding === 'utf8' ? undefined : 'utf-16le' } as const;
            const { rejected } = await made(Buffer.from(file, encoding), recipeOf(), read);
            const bytes = Buffer.from(record, encoding).toString();
            expect(rejected, `${encoding} ${String(step)}`).toEqual([bytes]);
          }
        }
      }
    },
  );

  it('reads the quotation marks of windows-1252', async () => {
    const text = Buffer.from(
      `ClientId,DateTime,Tag\n1,${String(NOW - 5)},\u0093a\u0094\n`,
      'latin1',
    );
    const { conversion } = await made(text, recipeOf(), { encoding: 'windows-1252' });
    expect(conversion.text.split('\n')[1]).toBe(`1,${String(NOW - 5)},“a”`);
  });
});
