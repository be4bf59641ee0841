import { describe, expect, it } from 'vitest';
import { check, NOW } from '../support/check.ts';
import { SETTINGS, source } from '../support/check.ts';
import { converted, recipeOf } from '../support/recipes.ts';

const TIME = String(NOW - 5);

/**
 * Returns the codes and lines of the errors that a check finds. A conversion must find the same
 * errors.
 */
async function errorsOf(text: string): Promise<readonly string[]> {
  const { validation } = await check(text);
  const conversion = await converted(() => source(text).blocks(), recipeOf(), SETTINGS);
  const [checked, ofConvert] = [validation, conversion.validation].map(({ findings }) =>
    findings
      .filter(({ severity }) => severity === 'error')
      .map(({ code, line }) => `${code} ${String(line)}`),
  );
  expect(ofConvert).toEqual(checked);
  return checked ?? [];
}

describe('a record that is not a call', () => {
  it.each([
    'Итого',
    'Итого: 1',
    'Итого за период:',
    'Всего звонков: 2',
    'Всего звонков',
    'Количество записей: 12',
    'TOTAL',
    'Total calls: 1,204',
    'Totals',
    'Усього дзвінків: 5',
    'Gesamt',
    'Toplam: 7',
  ])('is a line of totals: %s', async (word) => {
    const text = `Tag,ClientId,DateTime\nnorth,1,${TIME}\n${word},,5\n`;
    expect(await errorsOf(text)).toEqual(['totals-line 3']);
  });

  it.each(['Total Energies', 'Всего понемногу', 'Summer', 'Итоговый отдел', 'Totally new'])(
    'is not a line of totals: %s',
    async (word) => {
      expect(await errorsOf(`Tag,ClientId,DateTime\n${word},1,${TIME}\n`)).toEqual([]);
    },
  );

  it.each(['ClientId,DateTime', 'clientid ,"DateTime"'])(
    'is a repeated header: %s',
    async (line) => {
      const text = `ClientId,DateTime\n1,${TIME}\n${line}\n2,${TIME}\n`;
      expect(await errorsOf(text)).toEqual(['header-again 3']);
    },
  );

  it.each([
    ['of other columns', 'Yclid,DateTime'],
    ['in another order', 'DateTime,ClientId'],
    ['with more columns', 'ClientId,DateTime,Tag'],
    ['of another system', 'Дата звонка;Телефон;Длительность'],
    ['with names that nobody knows', 'DateTime,ClientId,Something,Else'],
  ])('is a second header %s, and no record below it is a call', async (_, line) => {
    const rows = [`1,${TIME}`, line.replaceAll(';', ','), `2,${TIME}`, `3,${TIME}`];
    const text = `ClientId,DateTime\n${rows.join('\n')}\n`;
    expect(await errorsOf(text)).toEqual(['header-second 3', 'header-second 4', 'header-second 5']);
  });

  it.each([
    ['a number beside the names', `north,5,phone\n`],
    ['one name only', `phone,,\n`],
    ['the same word again', `phone,phone,\n`],
  ])('is not a second header with %s', async (_, line) => {
    const { validation } = await check(`Tag,ClientId,DateTime\nsouth,1,${TIME}\n${line}`);
    const codes = validation.groups.map(({ code }) => code);
    expect(codes.filter((code) => code.startsWith('header'))).toEqual([]);
  });

  it('is not a header if only one of its values is a column name', async () => {
    expect(await errorsOf(`Tag,ClientId,DateTime\nTag,1,${TIME}\n`)).toEqual([]);
  });

  it.each(['varchar(20),bigint', 'String,DateTime', 'UInt64,timestamp'])(
    'is a line of types: %s',
    async (line) => {
      expect(await errorsOf(`ClientId,DateTime\n${line}\n1,${TIME}\n`)).toEqual(['types-line 2']);
    },
  );

  it('is not a line of types if a value is not a type', async () => {
    expect(await errorsOf(`Tag,ClientId,DateTime\ntext,1,${TIME}\n`)).toEqual([]);
  });

  it.each(['\u001a', '\u001a\n'])('is the end mark of DOS: %j', async (mark) => {
    const text = `ClientId,DateTime\n1,${TIME}\n${mark}`;
    expect(await errorsOf(text)).toContainEqual(expect.stringContaining('dos-end-mark'));
  });
});

describe('a control character', () => {
  const COLUMNS = [
    ['ClientId', '12'],
    ['UserId', 'anna'],
    ['PhoneNumber', '+70123456789'],
    ['TalkDuration', '5'],
    ['Price', '3'],
    ['StaticCall', '0'],
    ['URL', 'https://shop.example/'],
    ['Tag', 'north'],
  ] as const;

  it.each(COLUMNS)('is an error in %s', async (column, value) => {
    const others = column === 'ClientId' ? ['DateTime', TIME] : ['Yclid,DateTime', `7,${TIME}`];
    for (const sign of ['\u001b', '\u000e', '\u0007', '\u007f']) {
      for (const text of [`${value}${sign}`, `${value.slice(0, 1)}${sign}${value.slice(1)}`]) {
        const currency = column === 'Price' ? [',Currency', ',RUB'] : ['', ''];
        const header = `${column},${String(others[0])}${String(currency[0])}`;
        const file = `${header}\n${text},${String(others[1])}${String(currency[1])}\n`;
        expect(await errorsOf(file), JSON.stringify(text)).toEqual(['control-character 2']);
      }
    }
  });

  it.each(['\u001b$B0lHL$K\u001b(B', '\u001b$)C\u000e1h\u000f', 'a \u001b(J b'])(
    'belongs to ISO-2022: %j',
    async (tag) => {
      const text = `ClientId,DateTime,Tag\n1,${TIME},${tag}\n`;
      expect(await errorsOf(text)).toEqual(['text-iso-2022 2']);
    },
  );

  it('is not an error if it separates words or lines', async () => {
    expect(await errorsOf(`ClientId,DateTime,Tag\n1,${TIME},"a\tb\nc"\n`)).toEqual([]);
  });
});
