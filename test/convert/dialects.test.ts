import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOW, SETTINGS, source } from '../support/check.ts';
import { encode } from '../support/encode.ts';
import { converted, recipeOf } from '../support/recipes.ts';
import { runs } from '../support/runs.ts';

describe('any table', () => {
  it('converts to the same calls in any dialect and encoding', async () => {
    const tag = fc
      .array(fc.constantFrom('"', ',', ';', '\n', 'я', 'Ж', 'a', ' ', '|', '\t'), { maxLength: 5 })
      .map((parts) => `x${parts.join('')}y`);
    const rows = fc.array(
      fc.record({
        id: fc.integer({ min: 1, max: 10 ** 9 }),
        age: fc.integer({ min: 0, max: 10 ** 6 }),
        tag,
      }),
      { minLength: 1, maxLength: 6 },
    );
    const recipe = recipeOf({ columns: { Метка: 'Tag' }, timezone: 'UTC' });
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.constantFrom('utf-8', 'utf-16le', 'utf-16be', 'windows-1251'),
        fc.boolean(),
        async (records, delimiter, lineEnd, encoding, mark) => {
          const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
          const lines = [
            ['ClientId', 'DateTime', 'Метка'],
            ...records.map(({ id, age, tag: text }) => [
              String(id),
              new Date((NOW - age) * 1000).toISOString().slice(0, 19),
              quoted(text),
            ]),
          ].map((fields) => fields.join(delimiter));
          const text = `${mark && encoding !== 'windows-1251' ? '\ufeff' : ''}${lines.join(lineEnd)}${lineEnd}`;
          const bytes = encode(text, encoding);
          const open = (): AsyncIterable<Uint8Array> => source(bytes, 5).blocks();
          // The program cannot recognize windows-1251 by the few Cyrillic letters of the header.
          const conversion = await converted(open, recipe, { ...SETTINGS, encoding });
          expect(conversion.validation.errors).toBe(0);
          const again = (): AsyncIterable<Uint8Array> => source(conversion.text).blocks();
          const previewed = { ...SETTINGS, previewed: records.length };
          const back = await converted(again, recipeOf(), previewed);
          expect(back.preview.map(({ columns }) => columns.map(({ after }) => after))).toEqual(
            records.map(({ id, age, tag: label }) => [String(id), String(NOW - age), label]),
          );
        },
      ),
      runs(300),
    );
  });
});
