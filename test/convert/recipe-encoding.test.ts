import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { convert, type Converted } from '../support/convert-here.ts';
import { temporaryFolder } from '../support/run.ts';
import { written } from '../support/tags.ts';

const WORDS = ['--timezone', 'Europe/Moscow', '--default-region', 'RU'];

describe('a recipe', () => {
  const recipe = JSON.stringify({ columns: { 'Дата звонка': 'DateTime', Клиент: 'ClientId' } });
  const rows = 'Дата звонка,Клиент\n2026-11-20 09:12:33,1\n';

  async function convertedBy(bytes: Uint8Array): Promise<Converted> {
    const path = join(temporaryFolder(), 'recipe.json');
    writeFileSync(path, bytes);
    return await convert(rows, ['--mapping', path, ...WORDS]);
  }

  it.each(['utf8', 'utf16le', 'utf16be'])(
    'is read in %s, with a byte-order mark',
    async (encoding) => {
      expect(await convertedBy(iconv.encode(`\ufeff${recipe}`, encoding))).toEqual({
        code: 0,
        errors: [],
      });
    },
  );

  it('in a single-byte encoding is read correctly or refused', async () => {
    for (const encoding of ['win1251', 'koi8-r', 'cp866', 'maccyrillic']) {
      const { code, errors } = await convertedBy(written(recipe, encoding));
      if (code !== 0) expect([code, errors]).toEqual([2, ['mapping-invalid']]);
    }
    const damaged = Buffer.concat([Buffer.from(recipe.slice(0, -3)), Buffer.from([0xff, 0x22])]);
    expect(await convertedBy(damaged)).toEqual({ code: 2, errors: ['mapping-invalid'] });
  });
});
