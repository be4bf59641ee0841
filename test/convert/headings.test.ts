import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnNamed } from '../../src/calls/columns/columns.ts';
import { headingKey, headingNamed } from '../../src/calls/columns/headings.ts';
import { columnsByHeading, type Sample } from '../../src/convert/recipe/heading-columns.ts';
import { runs } from '../support/runs.ts';

const rows = readFileSync('docs/headings.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| heading') && !line.includes('---'))
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|')))
  .map(([, heading = '', system = '', column = '', certain = '', source = '']) => ({
    heading,
    system,
    column,
    certain,
    source,
  }));

/** Maps names on the page to names in the code, for meanings that are not columns of a call. */
const SAID: Readonly<Record<string, string>> = {
  duration: 'Duration',
  day: 'Date',
  'time of day': 'Time',
  'how it ended': 'Status',
  none: 'Other',
};

describe('docs/headings.md', () => {
  it('has more than 120 headings of more than 20 systems, each with its source', () => {
    expect(new Set(rows.map(({ heading }) => headingKey(heading))).size).toBeGreaterThan(120);
    expect(new Set(rows.map(({ system }) => system)).size).toBeGreaterThan(20);
    for (const { source, heading } of rows) expect(source, heading).toMatch(/https:\/\/\S/);
  });

  it.each(rows)('$heading of $system is $column', ({ heading, column, certain }) => {
    const own = columnNamed(heading);
    const named = own === undefined ? headingNamed(heading) : { means: own.name, isSure: true };
    expect(named?.means).toBe(SAID[column] ?? column);
    expect(named?.isSure).toBe(certain === 'yes');
  });
});

const PHONES = ['8 916 123-45-67', '8 916 123-45-68', '+7 (495) 000-00-00'];
const IDS = ['1633024800123456789', '1633024800123456790', '1633024800123456791'];

function understood(
  columns: Readonly<Record<string, readonly string[]>>,
  named: Readonly<Record<string, string>> = {},
  isWhole = true,
): ReturnType<typeof columnsByHeading> & { readonly columns: Readonly<Record<string, string>> } {
  const header = Object.keys(columns);
  const length = Math.max(...Object.values(columns).map((values) => values.length));
  const records = Array.from({ length }, (_, at) =>
    header.map((name) => columns[name]?.[at] ?? ''),
  );
  const found = columnsByHeading(
    { header, records, isWhole },
    new Map(Object.entries(named)),
    new Set(),
  );
  return { ...found, columns: Object.fromEntries(found.certain) };
}

describe('the columns of an export, found by their headings,', () => {
  it.each([
    ['PhoneNumber', 'Телефон', PHONES, 'Номер Б', ['+74950000011', '+74950000012', '84950000013']],
    ['PhoneNumber', 'PhoneNumber', PHONES, 'Something', PHONES.toReversed()],
    [
      'DateTime',
      'Дата звонка',
      ['16.11.2026 09:12', '16.11.2026 09:13'],
      'Ganz anders',
      ['16.11.2026 10:12', '16.11.2026 10:13'],
    ],
    ['DateTime', 'DateTime', ['1795587153'], 'Something', ['2026-11-16T09:12:33Z']],
    ['TalkDuration', 'Разговор', ['0:41', '1:20'], 'Ganz anders', ['0:50', '1:30']],
    ['TalkDuration', 'billsec', ['41', '80'], 'Another duration', ['50', '90']],
    ['HoldDuration', 'Ожидание', ['5', '8'], 'Queue time, s', ['4', '7']],
    ['ClientId', 'ClientID Метрики', IDS, 'Ganz anders', IDS.toReversed()],
  ] as const)(
    'are an open question if another column may also be %s',
    (column, heading, values, other, others) => {
      const { choices } = understood({ [heading]: values, [other]: others });
      expect(choices).toContainEqual({ column, among: [heading, other] });
      const answered = understood({ [heading]: values, [other]: others }, { [heading]: column });
      expect(answered.choices).toEqual([]);
      const left = understood({ [heading]: values, [other]: others }, { [other]: '-' });
      expect(left.columns[column]).toBe(heading);
    },
  );

  it.each([
    ['the end of the call', 'End Time', ['16.11.2026 09:13:14', '16.11.2026 09:14:14']],
    ['words', 'Anything', ['north', 'south']],
    ['extensions', 'Anything', ['101', '102']],
    ['numbers', 'Anything', ['41', '80']],
    ['the line of the company', 'Anything', ['+74950000099', '+74950000099', '+74950000099']],
  ] as const)('are certain if another column has %s', (_, other, others) => {
    const { columns, choices } = understood({
      'Дата звонка': ['16.11.2026 09:12', '16.11.2026 09:13'],
      Телефон: PHONES,
      Длительность: ['41', '80'],
      [other]: others,
    });
    expect(choices).toEqual([]);
    expect(columns).toMatchObject({ DateTime: 'Дата звонка', PhoneNumber: 'Телефон' });
  });

  it('are an open question for a time with an unknown heading', () => {
    const { choices } = understood({ date_start: ['2026-11-25T06:12:33Z'], 'Код 1': ['12'] });
    expect(choices).toEqual([{ column: 'DateTime', among: ['date_start'] }]);
  });

  it('are an open question if an uncertain heading has too few phone numbers', () => {
    const { choices } = understood({ Номер: ['+79123456789', '+79123456788', '101'] });
    expect(choices).toEqual([]);
    const few = understood({ Номер: ['+79123456789', '101'] });
    expect(few.choices).toEqual([{ column: 'PhoneNumber', among: ['Номер'] }]);
  });

  it('are offered by their share of different numbers, without numbers of the staff', () => {
    const line = ['+74951234567', '+74951234567'];
    const { choices } = understood({
      Номер: line,
      Абонент: ['+79123456789', '+79123456788'],
      'Телефон сотрудника': ['+79123456787', '+79123456786'],
      'Виртуальный номер компании': line,
    });
    expect(choices).toEqual([{ column: 'PhoneNumber', among: ['Абонент', 'Номер'] }]);
  });

  it('are not an open question if two of them have the same identifiers in all records', () => {
    const same = understood({ ym_uid: IDS, metrika_client_id: IDS });
    expect([same.columns['ClientId'], same.choices]).toEqual(['ym_uid', []]);
    const part = understood({ ym_uid: IDS, metrika_client_id: IDS }, {}, false);
    expect(part.choices).toEqual([{ column: 'ClientId', among: ['ym_uid', 'metrika_client_id'] }]);
    const others = understood({ ym_uid: IDS, metrika_client_id: IDS.toReversed() });
    expect(others.choices).toEqual([
      { column: 'ClientId', among: ['ym_uid', 'metrika_client_id'] },
    ]);
  });

  it('include Price only if the file has the column names of Metrica', () => {
    const own = understood({ DateTime: ['1795587153'], Price: ['15'] });
    expect(own.columns['Price']).toBe('Price');
    const bill = understood({ 'Start Time': ['2026-11-16T09:12:33Z'], Price: ['15'] });
    expect(bill.columns['Price']).toBeUndefined();
    expect(bill.possible).toEqual([{ column: 'Price', source: 'Price' }]);
  });

  it.each([
    ['Длительность (мин)', 'TalkDuration'],
    ['Длительность, мин', 'TalkDuration'],
    ['Длительность разговора (мин)', 'TalkDuration'],
    ['Продолжительность в минутах', 'TalkDuration'],
    ['Duration (min)', 'TalkDuration'],
    ['Talk time (minutes)', 'TalkDuration'],
    ['Длительность (мс)', 'TalkDuration'],
    ['Ожидание, сек.', 'HoldDuration'],
  ] as const)('include a duration whose heading has a unit: %s', (heading, column) => {
    const { columns, unitOpen } = understood({ [heading]: ['2', '3'] });
    expect([columns[column], unitOpen]).toEqual([heading, undefined]);
  });

  it('include a time whose values are times, whatever the heading', () => {
    expect(understood({ 'Call Time': ['2026-11-16T09:12:33'] }).columns['DateTime']).toBe(
      'Call Time',
    );
  });

  it('are certain if their headings are certain', () => {
    const { columns, choices } = understood({
      'Дата звонка': ['16.11.2026 09:12'],
      Телефон: PHONES,
      'ClientID Метрики': IDS,
      Сумма: ['1250,50'],
      Длительность: ['0:41'],
      Менеджер: ['Анна'],
    });
    expect(columns).toEqual({
      DateTime: 'Дата звонка',
      PhoneNumber: 'Телефон',
      ClientId: 'ClientID Метрики',
      Price: 'Сумма',
      TalkDuration: 'Длительность',
    });
    expect(choices).toEqual([]);
  });

  it('include the total duration as the talk duration only if there is no other duration', () => {
    const beside = { Дата: ['16.11.2026 09:12'], Длительность: ['50'] };
    expect(understood(beside).columns['TalkDuration']).toBe('Длительность');
    const waiting = understood({ ...beside, Ожидание: ['5'] });
    expect(waiting.columns).toMatchObject({ HoldDuration: 'Ожидание' });
    expect(waiting.columns['TalkDuration']).toBeUndefined();
    expect(understood({ ...beside, 'Время разговора': ['45'] }).columns['TalkDuration']).toBe(
      'Время разговора',
    );
  });

  it('combine a day and a time of day', () => {
    expect(understood({ Дата: ['16.11.2026'], Время: ['09:12:33'] }).columns['DateTime']).toBe(
      'Дата+Время',
    );
    expect(understood({ Date: ['2026-11-16 09:12'], Time: ['5'] }).columns['DateTime']).toBe(
      'Date',
    );
    expect(understood({ Дата: ['16.11.2026'] }).columns['DateTime']).toBe('Дата');
  });

  it('do not include a phone line of the company, which is the same in every record', () => {
    const own = understood({ Номер: ['+74950000001', '+74950000001', '+74950000001'] });
    expect(own.columns['PhoneNumber']).toBeUndefined();
    expect(own.choices).toEqual([]);
    const one = ['+74950000001', '+74950000001', '+74950000001'];
    expect(understood({ Телефон: one }).columns['PhoneNumber']).toBe('Телефон');
    expect(understood({ Номер: PHONES }).columns['PhoneNumber']).toBe('Номер');
    expect(understood({ Номер: ['1', '2', '3'] }).columns['PhoneNumber']).toBeUndefined();
    const both = understood({
      Телефон: ['+74950000001', '+74950000001', '+74950000001'],
      'Номер клиента': PHONES,
    });
    expect(both.columns['PhoneNumber']).toBe('Номер клиента');
  });

  it('combine a day and a time of day with other names, but not two complete times', () => {
    const divided = { 'Дата звонка': ['16.11.2026'], 'Время звонка': ['09:12:33'] };
    expect(understood(divided).columns['DateTime']).toBe('Дата звонка+Время звонка');
    const english = { 'Start Time': ['09:12'], 'Start Date': ['2026-11-16'] };
    expect(understood(english).columns['DateTime']).toBe('Start Date+Start Time');
    const whole = { 'Дата звонка': ['16.11.2026 09:12'], 'Время звонка': ['16.11.2026 09:13'] };
    expect(understood(whole).choices).toEqual([
      { column: 'DateTime', among: ['Дата звонка', 'Время звонка'] },
    ]);
  });

  it('are not used if the values mean something else', () => {
    const agents = understood({ Date: ['2026-11-16 09:12'], 'User ID': ['12'] });
    expect(agents.columns['UserId']).toBeUndefined();
    expect(agents.possible).toEqual([{ column: 'UserId', source: 'User ID' }]);
    expect(understood({ 'Call Time': ['09:12:33'] }).columns['TalkDuration']).toBeUndefined();
    expect(understood({ 'Call Time': ['00:12:33'] }).columns['TalkDuration']).toBe('Call Time');
    expect(understood({ clientId: ['1042'] }).choices).toEqual([
      { column: 'ClientId', among: ['clientId'] },
    ]);
    expect(understood({ price: ['-0.0085'] }).columns['Price']).toBeUndefined();
    const billing = understood({ billsec: ['34'], amount: ['12'] });
    expect(billing.columns['Price']).toBeUndefined();
    expect(billing.possible).toEqual([{ column: 'Price', source: 'amount' }]);
  });

  it('show the zone of the times', () => {
    expect(understood({ start_time_utc: ['2026-11-16 09:12:33'] }).utc).toBe('start_time_utc');
    expect(understood({ 'Start Time (GMT)': ['2026-11-16 09:12'] }).utc).toBe('Start Time (GMT)');
    expect(understood({ 'Start Time': ['2026-11-16 09:12'] }).utc).toBeUndefined();
  });

  it('are an open question if two may be the same column of a call', () => {
    const two = { Телефон: PHONES, 'Номер телефона': [...PHONES].reverse() };
    expect(understood(two).choices).toEqual([
      { column: 'PhoneNumber', among: ['Телефон', 'Номер телефона'] },
    ]);
    expect(understood(two, { Телефон: 'PhoneNumber' })).toMatchObject({ choices: [] });
    expect(understood(two, { Телефон: '-' }).columns['PhoneNumber']).toBe('Номер телефона');
    const numbers = IDS.map((_, at) => String(1_500_000_000 + at));
    expect(understood({ 'Client ID': numbers }).choices).toEqual([
      { column: 'ClientId', among: ['Client ID'] },
    ]);
    // Only Metrica creates numbers like these.
    expect(understood({ 'Client ID': IDS }).columns['ClientId']).toBe('Client ID');
  });

  it('include flags only if all their values are known words', () => {
    expect(understood({ Статус: ['Принят', 'Пропущен'] }).columns['CallMissed']).toBe('Статус');
    expect(understood({ Статус: ['Принят', 'Перевод'] }).columns['CallMissed']).toBeUndefined();
    // The heading does not say what 1 means.
    expect(understood({ Статус: ['1', '0'] }).columns['CallMissed']).toBeUndefined();
    const answered = understood({ Answered: ['yes', 'no'] });
    expect([answered.columns['CallMissed'], answered.answered]).toEqual(['Answered', 'Answered']);
    expect(understood({ Answered: ['yes', 'perhaps'] }).columns['CallMissed']).toBeUndefined();
    expect(understood({ Пропущен: ['да', 'нет'] }).columns['CallMissed']).toBe('Пропущен');
  });

  it('are never used twice, and never have a heading that means something else', () => {
    const headings = rows.map(({ heading }) => heading);
    const values = fc.constantFrom('', '1', '8 916 123-45-67', '16.11.2026 09:12', 'да', ...IDS);
    const sample: fc.Arbitrary<Sample> = fc
      .uniqueArray(fc.constantFrom(...headings), { minLength: 1, maxLength: 12 })
      .chain((header) =>
        fc.record({
          header: fc.constant(header),
          isWhole: fc.boolean(),
          records: fc.array(
            fc.array(values, { minLength: header.length, maxLength: header.length }),
            {
              maxLength: 5,
            },
          ),
        }),
      );
    fc.assert(
      fc.property(sample, (one) => {
        const { certain: taken, choices } = columnsByHeading(one, new Map(), new Set());
        const sources = [...taken.values()];
        expect(new Set(sources).size).toBe(sources.length);
        for (const source of sources.flatMap((name) => name.split('+'))) {
          if (columnNamed(source) === undefined) {
            expect(headingNamed(source.replace(/#\d+$/, ''))?.means).not.toBe('Other');
          }
        }
        for (const { column } of choices) expect(taken.has(column)).toBe(false);
      }),
      runs(300),
    );
  });
});
