import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { writeCalls } from '../support/calls.ts';
import { temporaryFolder } from '../support/run.ts';
import { runHere } from '../support/run-here.ts';
import { written } from '../support/tags.ts';

const WORDS = ['--timezone', 'Europe/Moscow', '--default-region', 'RU'];
const MAPPED = ['--map', 'Дата звонка=DateTime', '--map', 'Телефон=PhoneNumber', ...WORDS];

interface Converted {
  readonly code: number | null;
  /** The codes of the errors and their lines, or the code of the failure. */
  readonly errors: readonly string[];
}

async function convert(content: string | Uint8Array, words: readonly string[]): Promise<Converted> {
  const folder = temporaryFolder();
  const path = writeCalls(folder, 'export.csv', content);
  const out = ['--json', '-o', join(folder, 'calls.csv')];
  const { code, stdout } = await runHere(['convert', path, ...words, ...out]);
  const { results, error } = JSON.parse(stdout) as {
    results?: { validation: { findings: { code: string; severity: string; line: number }[] } }[];
    error?: { code: string };
  };
  const findings = results?.[0]?.validation.findings ?? [];
  const errors = findings
    .filter(({ severity }) => severity === 'error')
    .map((one) => `${one.code} ${String(one.line)}`);
  return { code, errors: error === undefined ? errors : [error.code] };
}

describe('column names below the first line', () => {
  const report = 'Отчет по звонкам;;\nПериод: 20.11.2026;;\n';
  const names = 'Дата звонка;Телефон;ClientID\n';
  const row = '20.11.2026 9:12:33;8 (012) 345-67-01;1481718166123456789\n';

  it.each([
    ['a title of as many fields', `${report}${names}${row}`, 3],
    ['a title without delimiters', `Отчет по звонкам\n${names}${row}`, 2],
    [
      'parameters',
      'Parameters:TimeZone=Europe/Moscow\nДата звонка,Телефон,Value\n2026-11-20,+70123456701,1\n',
      2,
    ],
  ])('are the only finding under %s, in convert and validate', async (_, content, line) => {
    const only = { code: 3, errors: [`header-not-first ${String(line)}`] };
    expect(await convert(content, MAPPED)).toEqual(only);
    const path = writeCalls(temporaryFolder(), 'export.csv', content);
    const { code, stdout } = await runHere(['validate', path]);
    expect(code).toBe(3);
    expect(stdout).toContain('1 error, no warnings');
    expect(stdout).toContain(`line ${String(line)}`);
  });

  it('are not seen in the records of a file whose first line has them', async () => {
    const content = `Дата звонка;;\n${row}`;
    const { errors } = await convert(content, ['--map', 'Дата звонка=DateTime', ...WORDS]);
    expect(errors.join()).not.toContain('header-not-first');
  });

  it('is no answer to a name that stands nowhere: its columns are listed as they stand', async () => {
    const path = writeCalls(temporaryFolder(), 'export.csv', `Дата звонка;Телефон\n${row}`);
    const { code, stderr } = await runHere(['convert', path, '--map', 'Nothing=DateTime']);
    expect(code).toBe(2);
    expect(stderr).toContain('Дата звонка, Телефон');
  });
});

describe('a column that stands twice', () => {
  const twice = 'ClientId;DateTime;Phone;Phone\n1481718166123456789;1794809553;+70120000001;x\n';

  it('is an error where calls are made of it', async () => {
    expect(await convert(twice, ['--map', 'Phone=PhoneNumber'])).toEqual({
      code: 3,
      errors: ['column-twice 1'],
    });
    const { code, errors } = await convert('ClientId,DateTime,ClientId\n1,1794809553,2\n', []);
    expect([code, errors]).toEqual([3, ['column-twice 1']]);
  });

  it('is left out with the others where none are', async () => {
    expect((await convert(twice, [])).code).toBe(0);
  });
});

describe('a recipe', () => {
  const recipe = JSON.stringify({ columns: { 'Дата звонка': 'DateTime', Клиент: 'ClientId' } });
  const rows = 'Дата звонка,Клиент\n2026-11-20 09:12:33,1\n';

  async function convertedBy(bytes: Uint8Array): Promise<Converted> {
    const path = join(temporaryFolder(), 'recipe.json');
    writeFileSync(path, bytes);
    return await convert(rows, ['--mapping', path, ...WORDS]);
  }

  it.each(['utf8', 'utf16le', 'utf16be'])('is read in %s, with a mark', async (encoding) => {
    expect(await convertedBy(iconv.encode(`\ufeff${recipe}`, encoding))).toEqual({
      code: 0,
      errors: [],
    });
  });

  it('is right or refused in an encoding of single bytes', async () => {
    for (const encoding of ['win1251', 'koi8-r', 'cp866', 'maccyrillic']) {
      const { code, errors } = await convertedBy(written(recipe, encoding));
      if (code !== 0) expect([code, errors]).toEqual([2, ['mapping-invalid']]);
    }
    const damaged = Buffer.concat([Buffer.from(recipe.slice(0, -3)), Buffer.from([0xff, 0x22])]);
    expect(await convertedBy(damaged)).toEqual({ code: 2, errors: ['mapping-invalid'] });
  });
});
