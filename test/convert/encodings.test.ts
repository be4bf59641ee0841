import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { type Encoding, ENCODINGS, isSingleByte } from '../../src/csv/encoding.ts';
import { NOW, SETTINGS } from '../support/check.ts';
import { converted, recipeOf } from '../support/recipes.ts';
import { runs } from '../support/runs.ts';

/** Maps our names of encodings to the names in iconv-lite. Contains only names that differ. */
const NAMES: Readonly<Partial<Record<Encoding, string>>> = {
  ibm866: 'cp866',
  'x-mac-cyrillic': 'maccyrillic',
  macintosh: 'macroman',
  'iso-8859-8-i': 'iso-8859-8',
};

/** Whether this version of Node.js can decode an encoding. */
function isKnown(encoding: Encoding): boolean {
  try {
    return new TextDecoder(encoding).encoding !== '';
  } catch {
    return false;
  }
}

const SINGLE = ENCODINGS.filter((encoding) => isSingleByte(encoding) && isKnown(encoding));
const UNICODE = ['utf-8', 'utf-16le', 'utf-16be'] as const;

function nameOf(encoding: Encoding): string {
  return NAMES[encoding] ?? encoding;
}

/** Returns characters of an encoding that Node.js and iconv-lite decode in the same way. */
function charactersOf(encoding: Encoding): readonly string[] {
  if (!isSingleByte(encoding))
    return ['Ж', 'ё', 'é', 'ß', '€', '\u2028', '\ufeff', '😀', '漢', '\u00a0'];
  const decoder = new TextDecoder(encoding);
  return Array.from({ length: 128 }, (_, at) => Buffer.of(128 + at))
    .map((byte) => [iconv.decode(byte, nameOf(encoding)), decoder.decode(byte)])
    .filter(([one = '', other]) => one === other && !/[\u0080-\u009f\ufffd\ue000-\uf8ff]/.test(one))
    .map(([character = '']) => character);
}

const row = fc.record({
  id: fc.integer({ min: 1, max: 10 ** 9 }),
  age: fc.integer({ min: 0, max: 10 ** 6 }),
  tag: fc.array(fc.oneof(fc.nat(200), fc.constantFrom('"', ';', ',', '\n', ' ', 'a', '\t', '\r')), {
    maxLength: 8,
  }),
  user: fc.array(fc.nat(200), { maxLength: 3 }),
});

function cut(bytes: Buffer, sizes: readonly number[]): () => AsyncIterable<Uint8Array> {
  return async function* blocks() {
    let at = 0;
    for (let piece = 0; at < bytes.length; piece += 1) {
      const size = sizes[piece % sizes.length] ?? 1;
      yield await Promise.resolve(Buffer.from(bytes.subarray(at, at + size)));
      at += size;
    }
  };
}

describe('an export', () => {
  const recipe = recipeOf({ columns: { Note: 'Tag' }, timezone: 'UTC' });

  it.each([...SINGLE, ...UNICODE])(
    'in %s becomes the same calls as the text that another library decodes',
    async (encoding) => {
      const characters = charactersOf(encoding);
      const textOf = (parts: readonly (number | string)[]): string =>
        parts
          .map((part) =>
            typeof part === 'string' ? part : (characters[part % characters.length] ?? ''),
          )
          .join('');
      const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
      await fc.assert(
        fc.asyncProperty(
          fc.array(row, { minLength: 1, maxLength: 30 }),
          fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 5 }),
          fc.constantFrom('\n', '\r\n'),
          async (rows, sizes, end) => {
            const lines = rows.map(({ id, age, tag, user }) => {
              const time = new Date((NOW - age) * 1000).toISOString().slice(0, 19);
              const name = textOf(user);
              return `${String(id)};${time};${quoted(textOf(tag))};${name}`;
            });
            const written = `${['ClientId;DateTime;Note;UserId', ...lines].join(end)}${end}`;
            const bytes = iconv.encode(written, nameOf(encoding), { addBOM: false });
            const text = iconv.decode(bytes, nameOf(encoding), { stripBOM: false });
            expect(text).toBe(written);
            const own = await converted(cut(bytes, sizes), recipe, { ...SETTINGS, encoding });
            const whole = [Number.MAX_SAFE_INTEGER];
            const utf8 = await converted(cut(Buffer.from(text), whole), recipe, {
              ...SETTINGS,
              encoding: 'utf-8',
            });
            expect(own.validation.findings).toEqual(utf8.validation.findings);
            expect(own.text).toBe(utf8.text);
            expect(own.account).toEqual(utf8.account);
            expect(own.account.written).toBe(own.account.records);
          },
        ),
        runs(200),
      );
    },
  );
});
