import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Conversion } from '../../src/convert/conversion.ts';
import { NOW, SETTINGS, source } from '../support/check.ts';
import { encode } from '../support/encode.ts';
import { converted, recipeOf } from '../support/recipes.ts';
import { runs } from '../support/runs.ts';

/** Cells for each column. Some are usual, and some only look usual. */
const CELLS: Readonly<Record<string, readonly string[]>> = {
  Дата: [
    '16.11.2026 09:12:33',
    '2026-11-16 09:12:33',
    '2026-11-16T09:12:33',
    '16.11.2026 9:12',
    '31.02.2026 09:12:33',
    '16.11.2026 24:00:00',
    '16.11.2026 09:60:00',
    '16.11.2036 09:12:33',
    '01.01.1969 00:00:00',
    '16.08.2026 09:12:33',
    '45976',
    '45976,5',
    '20261116',
    ' 16.11.2026 09:12:33 ',
    '29.03.2026 02:30:00',
    '16/11/2026 09:12:33',
    '1794809553',
    'вчера',
    '',
  ],
  Телефон: [
    '8 (916) 123-45-67',
    '+7 916 123-45-67',
    '79161234567',
    '9161234567',
    '89161234567',
    '+89161234567',
    '8123456789',
    '3431234567',
    '+266696687',
    '+74951234567',
    '+49301234567',
    '8 916 123-45-67 доб. 5',
    'аноним',
    '12',
    '',
  ],
  Ид: [
    '1633024800123456789',
    '12345678901234567890',
    '123456789012345678901',
    '0',
    '000',
    '0123',
    '1633024800.0',
    '1.6330248001234E+18',
    '1633024800123450000.5',
    '="1633024800"',
    'null',
    '-',
    '',
  ],
  Длительность: [
    '0:41',
    '1:02:03',
    '12:02:03',
    '0:99:03',
    '1:60:00',
    '41',
    '041',
    '41.0',
    '',
    'x',
    '999999999',
    '1:2:3',
  ],
  Сумма: [
    '1250,50',
    '1250.5',
    '12',
    '1,250',
    '1 250,50',
    '1.250,50',
    '0',
    '-5',
    '1250,',
    ',5',
    '1250 ₽',
    '12,50 USD',
    'NULL',
    '',
  ],
  Пропущен: [
    'да',
    'Нет',
    'ДА',
    'нет',
    '1',
    '0',
    '1.0',
    'yes',
    'FALSE',
    'отвечен',
    'может быть',
    '2',
    '',
  ],
  Метка: [
    'отдел продаж',
    'a,b',
    ' пробел ',
    'с кавычкой"',
    '«ёлочки»',
    'x\u00a0',
    '\u00a0x',
    '-',
    'null',
    'Итого',
    'Виктор',
    '  ',
    'конец\u2003',
    '',
    'таб\tвнутри',
  ],
  Имя: ['Анна', '', 'исходящий', '1', 'Итого'],
};

const NAMES = Object.keys(CELLS);

/** Values that are always valid, independent of the other columns. */
const CLEAN: Readonly<Record<string, string>> = { Сумма: '', Пропущен: 'нет', Имя: '0' };

/** Records that are not calls. */
const NO_CALLS = [`${';'.repeat(6)}Итого;`, ';'.repeat(7), `  ;\u00a0${';'.repeat(6)}`];

const RECIPE = {
  columns: {
    Дата: 'DateTime',
    Телефон: 'PhoneNumber',
    Ид: 'ClientId',
    Длительность: 'TalkDuration',
    Сумма: 'Price',
    Пропущен: 'CallMissed',
    Метка: 'Tag',
  },
  defaultRegion: 'RU',
};

async function made(
  bytes: Uint8Array,
  recipe: object,
  fastPath: boolean,
): Promise<Conversion & { readonly text: string; readonly rejected: readonly string[] }> {
  const open = (): AsyncIterable<Uint8Array> => source(bytes, 700).blocks();
  let rejected: string[] = [];
  const invalidRecords = {
    wantsBytes: true,
    begin: () => {
      rejected = [];
    },
    take: (record: number, own: () => Uint8Array, reasons: readonly string[]) => {
      const hex = Buffer.from(own()).toString('hex');
      rejected.push(`${String(record)} ${reasons.join(' ')} ${hex}`);
    },
  };
  const options = { ...SETTINGS, now: NOW, fastPath, invalidRecords };
  return { ...(await converted(open, recipeOf(recipe), options)), rejected };
}

const rowOf = fc.record({
  cells: fc.tuple(
    ...NAMES.map((name) => {
      const values = CELLS[name] ?? [];
      const usual = values.slice(0, 4);
      return fc.oneof(
        { arbitrary: fc.constantFrom(...usual), weight: 12 },
        { arbitrary: fc.constantFrom(...values), weight: 1 },
      );
    }),
  ),
  end: fc.constantFrom('\n', '\n', '\n', '\r\n'),
  times: fc.constantFrom(1, 1, 1, 2, 3),
  more: fc.constantFrom('', '', '', '', '', '', ';x', '\n'),
});

const RECIPES: readonly object[] = [
  { ...RECIPE, timezone: 'Europe/Moscow' },
  { ...RECIPE, timezone: 'Europe/Berlin', set: { Currency: 'RUB' } },
  {
    ...RECIPE,
    timezone: 'Europe/Moscow',
    defaultRegion: undefined,
    set: { Currency: 'rub', StaticCall: '0' },
  },
  { ...RECIPE, timezone: 'Europe/Moscow', dateFormat: 'mdy' },
  { ...RECIPE, timezone: 'Europe/Moscow', unidentified: 'static' },
  {
    columns: { ...RECIPE.columns, Длительность: 'HoldDuration', Имя: 'StaticCall' },
    timezone: 'Europe/Moscow',
    set: { Currency: 'RUB', TalkDuration: '5' },
  },
  {
    ...RECIPE,
    values: { CallMissed: { да: '1', нет: '0' } },
    timezone: 'Europe/Moscow',
  },
  {
    ...RECIPE,
    timezone: 'Europe/Moscow',
    set: { Currency: 'RUB', Tag: 'с "кавычкой", и\nстрокой' },
  },
  RECIPE,
];

function quoted(cell: string): string {
  return /[";\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

describe('the fast path of a conversion', () => {
  it('makes the same calls and findings as a conversion that reads the records as text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(rowOf, { maxLength: 40 }),
        fc.constantFrom(...RECIPES),
        fc.constantFrom<'utf-8' | 'windows-1251'>('utf-8', 'windows-1251'),
        async (rows, recipe, encoding) => {
          const lines = rows.map(({ cells, end, more, times }) => {
            const known = cells.map((cell) =>
              encoding === 'utf-8' ? cell : cell.replaceAll(/[\u2003₽]/g, ''),
            );
            const line = `${known.map(quoted).join(';')}${more === '\n' ? `${end}${end}` : `${more}${end}`}`;
            return line.repeat(times);
          });
          const text = `${NAMES.join(';')}\n${lines.join('')}`;
          const bytes = encoding === 'utf-8' ? Buffer.from(text) : encode(text, encoding);
          const options = [bytes, recipe] as const;
          expect(await made(...options, true)).toEqual(await made(...options, false));
        },
      ),
      runs(300),
    );
  });

  it.each(RECIPES.flatMap((recipe, at) => NAMES.map((name) => [name, at, recipe] as const)))(
    'has the same result for each form of %s in otherwise usual records, with recipe %i',
    async (name, _, recipe) => {
      const lines = (CELLS[name] ?? []).flatMap((cell) => [cell, cell]);
      const rows = lines.map((cell, at) =>
        NAMES.map((one) => {
          if (one === name) return quoted(cell);
          if (one === 'Ид') return `16330248001234${String(100 + at)}`;
          return CLEAN[one] ?? CELLS[one]?.[0] ?? '';
        }).join(';'),
      );
      const bytes = Buffer.from(
        `${NAMES.join(';')}\n${[...rows, ...NO_CALLS, ...rows].join('\n')}\n`,
      );
      expect(await made(bytes, recipe, true)).toEqual(await made(bytes, recipe, false));
    },
  );

  it('reads an export of usual cells', async () => {
    const row =
      '16.11.2026 09:12:33;8 (916) 123-45-67;1633024800123456789;0:00:41;1250,50;нет;отдел, продаж;Анна';
    const text = `${NAMES.join(';')}\n${`${row}\n`.repeat(3)}`;
    const recipe = { ...RECIPE, timezone: 'Europe/Moscow', set: { Currency: 'RUB' } };
    const { text: written } = await made(Buffer.from(text), recipe, true);
    expect(written.split('\n')[1]).toBe(
      '1633024800123456789,1794809553,1250.50,RUB,+79161234567,41,0,"отдел, продаж"',
    );
  });
});
