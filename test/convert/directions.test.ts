import { describe, expect, it } from 'vitest';
import { directionOfWord } from '../../src/convert/cells/direction-words.ts';
import { readFlag } from '../../src/convert/cells/flag.ts';
import type { Preset } from '../../src/convert/presets/preset.ts';
import { PRESETS } from '../../src/convert/presets/presets.ts';
import { openCodes } from '../../src/convert/recipe/unmapped-columns.ts';
import type { OpenCodes } from '../../src/words/commands.ts';
import { NOW, SETTINGS, source } from '../support/check.ts';
import { converted, recipeOf } from '../support/recipes.ts';

type Saved = Parameters<typeof recipeOf>[0];

interface Made {
  readonly calls: number;
  readonly codes: readonly string[];
  readonly leftOut: Readonly<Record<string, number>>;
  readonly open: readonly OpenCodes<string>[];
}

async function made(
  rows: readonly string[],
  saved: Saved,
  header = 'ClientId,DateTime,Type',
): Promise<Made> {
  const text = [header, ...rows, ''].join('\n');
  const options = { ...SETTINGS, now: NOW };
  const {
    validation,
    account,
    openCodes: open,
  } = await converted(() => source(text).blocks(), recipeOf(saved), options);
  return {
    calls: account.written,
    codes: validation.groups.map(({ code }) => code),
    leftOut: account.leftOut,
    open,
  };
}

const TIME = String(NOW - 100);
const rowsOf = (words: readonly string[]): string[] =>
  words.map((word, at) => `${String(at + 1)},${TIME},"${word}"`);

describe('a word of direction', () => {
  it.each([
    ['Incoming', 'in'],
    ['ВХОДЯЩИЙ', 'in'],
    ['Входящий звонок', 'in'],
    ['inbound queue', 'in'],
    ['ucap_in', 'in'],
    ['outbound-api', 'out'],
    ['ucap_out', 'out'],
    ['Исх. вызов', 'out'],
    ['ORIG', 'out'],
    ['вихідний', 'out'],
    ['внутренний', 'internal'],
    ['Internal', 'internal'],
    ['Dahili', 'internal'],
    ['2', undefined],
    ['transfer', undefined],
    ['', undefined],
  ])('%s is %s', (word, direction) => {
    expect(directionOfWord(word)).toBe(direction);
  });
});

describe('a column of codes that is not used', () => {
  it.each(['Type', 'Call Type', 'Direction', 'call_status', 'Тип звонка', 'Статус', 'Disposition'])(
    'and is called %s is reported if it has an unknown word',
    async (name) => {
      const header = `ClientId,DateTime,${name}`;
      expect((await made(rowsOf(['in', 'transfer']), {}, header)).codes).toContain(
        'codes-left-out',
      );
      expect((await made(rowsOf(['1', '2']), {}, header)).codes).toContain('codes-left-out');
      expect((await made(rowsOf(['Incoming', 'answered']), {}, header)).codes).not.toContain(
        'codes-left-out',
      );
    },
  );

  it('is no longer reported if rules explain each of its words, and only then', async () => {
    const rows = rowsOf(['in', 'transfer', 'fax']);
    expect((await made(rows, { skip: ['Type=transfer'] })).codes).toContain('codes-left-out');
    const all = await made(rows, { skip: ['Type=transfer,fax'] });
    expect([all.calls, all.codes]).toEqual([1, ['calls-skipped']]);
    expect((await made(rows, { direction: 'all' })).codes).toEqual([]);
    expect((await made(rows, { only: ['Type=in,fax'] })).codes).toEqual(['calls-skipped']);
  });

  it('is an open question before a conversion without questions', () => {
    const header = ['ClientId', 'DateTime', 'Type'];
    const records = [
      ['1', TIME, 'in'],
      ['2', TIME, '2'],
    ];
    expect(openCodes(header, records, recipeOf())).toMatchObject([{ column: 'Type', open: ['2'] }]);
    expect(openCodes(header, records, recipeOf({ skip: ['Type=2'] }))).toEqual([]);
    expect(openCodes(header, records, recipeOf({ direction: 'all' }))).toEqual([]);
    const values = { Type: { in: 'in', '2': 'out' } };
    expect(openCodes(header, records, recipeOf({ values }))).toEqual([]);
  });

  it('and has free text is not reported, unless its name means a direction', async () => {
    const rows = rowsOf(Array.from({ length: 40 }, (_, at) => `note ${String(at)}`));
    const free = await made(rows, {}, 'ClientId,DateTime,Note');
    expect(free.codes).not.toContain('codes-left-out');
    const named = await made(rows, {});
    expect(named.codes).toContain('codes-left-out');
    expect(named.open).toMatchObject([{ column: 'Type', more: 10 }]);
  });

  it.each([
    ['Исходящий', ['да', 'нет'], ['да']],
    ['Is Outbound', ['true', 'false'], ['true']],
    ['Outgoing', ['1', '0'], ['1']],
    ['Внутренний', ['да', 'нет'], ['да']],
    ['Inbound', ['1', '0'], ['0']],
    ['Direction', ['Inbound', 'Outbound (click-to-call from the CRM of the contact)'], undefined],
    ['Направление', ['Входящий', ''], ['']],
    ['Канал', ['звонок', 'заявка с сайта'], undefined],
    ['Описание', ['Входящий звонок от клиента', 'Исходящий звонок клиенту'], undefined],
  ] as const)('is an open question under the name %s', async (name, words, left) => {
    const { open } = await made(rowsOf(words), {}, `ClientId,DateTime,${name}`);
    expect(open).toHaveLength(1);
    if (left !== undefined) expect(open[0]?.open).toEqual(left);
  });

  it('shows which calls were missed if its words are outcomes', async () => {
    const { open } = await made(rowsOf(['Answered', 'Abandoned', 'Voicemail']), {});
    expect(open).toMatchObject([
      {
        isOutcome: true,
        codes: [{ meaning: '0' }, { meaning: '1' }, { meaning: '1' }],
        open: ['Abandoned', 'Voicemail'],
      },
    ]);
  });
});

describe('the words of a column of the export', () => {
  const values = { Type: { in: 'in', 'исх. вызов': 'out', внутр: 'internal' } };

  it('decide which calls are converted', async () => {
    const rows = rowsOf(['IN', 'Исх. вызов', 'внутр', 'in']);
    expect(await made(rows, { values })).toMatchObject({
      calls: 2,
      leftOut: { outgoing: 1, internal: 1 },
    });
    expect(await made(rows, { values, direction: 'all' })).toMatchObject({ calls: 4 });
  });

  it('are errors if they are not listed', async () => {
    const { calls, codes } = await made(rowsOf(['in', 'fax', '']), { values });
    expect([calls, codes]).toEqual([1, expect.arrayContaining(['value-not-listed'])]);
  });

  it('must be in a column that the export has', async () => {
    await expect(made(rowsOf(['in']), { values: { Nope: { in: 'in' } } })).rejects.toMatchObject({
      code: 'mapping-unknown-column',
    });
  });
});

describe('a word for the outcome of a call', () => {
  it.each([
    ['ANSWERED', '0'],
    ['ANSWERD', '0'],
    ['completed', '0'],
    ['Успешный звонок', '0'],
    ['NO ANSWER', '1'],
    ['NO ANSWERED', '1'],
    ['NOANSWER', '1'],
    ['no-answer', '1'],
    ['cancel', '1'],
    ['Не отвечен', '1'],
    ['Пропущенный звонок', '1'],
    ['Redirected', 'Redirected'],
    ['VOICEMAIL', 'VOICEMAIL'],
    ['NORMAL_CLEARING', 'NORMAL_CLEARING'],
    ['Перезвонить', 'Перезвонить'],
  ])('%s is %s', (word, flag) => {
    expect(readFlag(word, 'missed-flag')).toBe(flag);
  });
});

describe('a column without the name of a direction', () => {
  it('is an open question too if it has a word for outgoing calls', async () => {
    const rows = rowsOf(['Входящий', 'Исходящий', 'Прочее', 'Прочее']);
    const { open, codes } = await made(rows, {}, 'ClientId,DateTime,Поток');
    expect(codes).toContain('codes-left-out');
    expect(open).toMatchObject([{ column: 'Поток', open: ['Исходящий', 'Прочее'] }]);
    const all = await made(rows, { direction: 'all' }, 'ClientId,DateTime,Поток');
    expect(all.open).toEqual([]);
  });

  it('is not an open question if it has other words', async () => {
    const { open, codes } = await made(rowsOf(['север', 'юг']), {}, 'ClientId,DateTime,Поток');
    expect([open, codes]).toEqual([[], []]);
  });

  it.each([
    ['answered', '0'],
    ['Звонок отвечен', '0'],
    ['isMissed', '1'],
    ['Неотвеченный', '1'],
    ['Без ответа', '1'],
    ['Пропущенный звонок', '1'],
    ['Abandoned', '1'],
  ])('is an open question if it has words for outcomes: %s', async (name, meaning) => {
    const { open, codes } = await made(rowsOf(['t', 'f']), {}, `ClientId,DateTime,${name}`);
    expect(codes).toEqual(['codes-left-out']);
    const other = meaning === '1' ? '0' : '1';
    expect(open).toMatchObject([{ isOutcome: true, codes: [{ meaning }, { meaning: other }] }]);
  });
});

describe('a preset', () => {
  it('rejects a record with an unknown word for the direction', () => {
    for (const { name, direction } of PRESETS) {
      if (direction === undefined) continue;
      const went = direction(() => 'fax');
      if (typeof went === 'object') expect(went.word, name).toBe('fax');
    }
    const fields = (name: string): Preset['fields'] =>
      PRESETS.find((one) => one.name === name)?.fields ?? {};
    for (const [name, column, word, value] of [
      ['freepbx', 'disposition', 'ANSWERED', '0'],
      ['freepbx', 'disposition', 'NO ANSWER', '1'],
      ['freepbx', 'disposition', 'CONGESTION', '1'],
      ['freepbx', 'disposition', 'WEIRD', 'WEIRD'],
      ['asterisk', 'disposition', 'WEIRD', 'WEIRD'],
      ['ringostat', 'disposition', 'PROPER', '0'],
      ['ringostat', 'disposition', 'VOICEMAIL', 'VOICEMAIL'],
      ['calltouch', 'successful', 'true', '0'],
      ['calltouch', 'successful', '0', '1'],
      ['calltouch', 'successful', 'WEIRD', 'WEIRD'],
    ] as const) {
      const cell = (asked: string): string => (asked === column ? word : '');
      expect(
        fields(name).CallMissed?.(cell, () => 'in'),
        `${name} ${word}`,
      ).toBe(value);
    }
    const again = (word: string): string | undefined =>
      fields('ringostat').FirstTimeCaller?.(
        () => word,
        () => 'in',
      );
    expect([again('1'), again('0'), again('WEIRD'), again('')]).toEqual(['0', '1', 'WEIRD', '']);
    const megafon = PRESETS.find(({ name }) => name === 'megafon')?.direction;
    expect(megafon?.(() => 'fax')).toEqual({ column: 'type', word: 'fax' });
    expect(megafon?.(() => 'missed')).toBe('in');
  });
});

describe('calls without PhoneNumber', () => {
  const rows = (values: readonly string[]): string[] =>
    values.map((value, at) => `${String(at + 1)},${TIME},"${value}"`);

  it.each([
    ['+74950000011', undefined],
    ['8 (495) 000-00-11', undefined],
    ['(212) 555-0101', undefined],
    ['84950000011', 'RU'],
    ['2125550101', 'US'],
  ])('are reported if an unused column has phone numbers: %s', async (phone, region) => {
    const saved = region === undefined ? {} : { defaultRegion: region };
    const { codes } = await made(rows([phone, '', phone]), saved, 'ClientId,DateTime,Ganz anders');
    expect(codes).toEqual(['phones-left-out']);
  });

  it.each([['1795587153'], ['1481718166123456789'], ['15 000,50'], ['101'], ['2026-11-25 09:12']])(
    'are not reported if no column has phone numbers: %s',
    async (value) => {
      const header = 'ClientId,DateTime,Ganz anders';
      expect((await made(rows([value]), { defaultRegion: 'RU' }, header)).codes).toEqual([]);
    },
  );

  it('are reported even if other calls have one, or the column has extensions too', async () => {
    const header = 'ClientId,DateTime,PhoneNumber,Ganz anders';
    const both = [`1,${TIME},+74950000011,`, `2,${TIME},,+74950000012`];
    expect((await made(both, {}, header)).codes).toEqual(['phones-left-out']);
    const same = [`1,${TIME},+74950000011,+74950000099`, `2,${TIME},+74950000012,+74950000099`];
    expect((await made(same, {}, header)).codes).toEqual([]);
    const extensions = rows(['+74950000011', '101', '102']);
    const mixed = await made(extensions, {}, 'ClientId,DateTime,Ganz anders');
    expect(mixed.codes).toEqual(['phones-left-out']);
  });

  it('are reported with the column that may have the identifiers', async () => {
    const header = 'Ganz anders,DateTime,Other';
    const row = ['1481718166123456789', '1481718166123456790'].map(
      (id, at) => `${id},${TIME},${String(at)}`,
    );
    const saved = { unidentified: 'static' } as const;
    const { codes } = await made(row, saved, header);
    expect(codes).toContain('identifiers-left-out');
    const left = await made(row, { ...saved, columns: { 'Ganz anders': '-' } }, header);
    expect(left.codes).not.toContain('identifiers-left-out');
    const named = await made(row, { ...saved, columns: { Other: 'UserId' } }, header);
    expect(named.codes).not.toContain('identifiers-left-out');
  });

  it('are not reported if the column is left out on purpose', async () => {
    const saved = { columns: { 'Ganz anders': '-' } };
    const header = 'ClientId,DateTime,Ganz anders';
    expect((await made(rows(['+74950000011']), saved, header)).codes).toEqual([]);
  });
});
