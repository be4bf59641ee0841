import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { writeCalls } from '../support/calls.ts';
import { encode } from '../support/encode.ts';
import { run, temporaryFolder } from '../support/run.ts';

const FIRST = '1794809553';

const SECOND = '1794811202';

describe('convert', () => {
  const systems: [preset: string, file: string, words: string[]][] = [
    ['freepbx', 'freepbx', ['--timezone', 'Europe/Moscow']],
    ['asterisk', 'asterisk-master', ['--timezone', 'Europe/Moscow']],
    ['mango', 'mango', []],
    ['ringostat', 'ringostat', ['--timezone', 'Europe/Moscow']],
    ['didww', 'didww', []],
    ['calltouch', 'calltouch', ['--timezone', 'Europe/Moscow']],
  ];
  it.each(systems)('makes calls from an export of %s', async (preset, file, words) => {
    const ended = await run([
      'convert',
      `fixtures/exports/${file}.csv`,
      '--preset',
      preset,
      ...words,
      '--default-region',
      'RU',
      '--join',
      'fixtures/exports/crm.csv',
    ]);
    expect(ended.code, ended.stderr).toBe(0);
    const [header = [], ...rows] = ended.stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    const cell = (row: number, name: string): string | undefined =>
      rows[row]?.[header.indexOf(name)];
    for (const [row, time, phone, client, talk, hold, missed] of [
      [0, FIRST, '+70123456701', '1481718166123456789', '41', '17', '0'],
      [1, SECOND, '+70123456702', '1481718166123456790', '0', '21', '1'],
    ] as const) {
      expect(cell(row, 'DateTime')).toBe(time);
      expect(cell(row, 'PhoneNumber')).toBe(phone);
      expect(cell(row, 'ClientId')).toBe(client);
      expect(cell(row, 'TalkDuration')).toBe(talk);
      expect(cell(row, 'HoldDuration')).toBe(hold);
      expect(cell(row, 'CallMissed')).toBe(missed);
    }
    expect(rows).toHaveLength(2);
  });

  it('reads times with a zone without the option for the zone', async () => {
    for (const [preset, times] of [
      ['megafon', ['1794820353', '1794822002']],
      ['roistat', [FIRST, SECOND]],
    ] as const) {
      const words = [
        '--preset',
        preset,
        '--default-region',
        'RU',
        '--join',
        'fixtures/exports/crm.csv',
      ];
      const ended = await run(['convert', `fixtures/exports/${preset}.csv`, ...words]);
      expect(ended.code, ended.stderr).toBe(0);
      for (const time of times) expect(ended.stdout).toContain(time);
    }
  });

  it('accepts a mapping from options and from a saved recipe', async () => {
    const folder = temporaryFolder();
    const file =
      'Дата звонка;Телефон;Ид;Разговор;Пропущен;Сумма;=Менеджер\r\n18.11.2026 10:00:05;8 (916) 123-45-67;148171;2:16;нет;1 250,50;Анна\r\n';
    const path = writeCalls(folder, 'export.csv', encode(file, 'windows-1251'));
    const expected = `ClientId,DateTime,Price,Currency,PhoneNumber,TalkDuration,CallMissed,Tag\n148171,1794985205,1250.50,RUB,+79161234567,136,0,Анна\n`;
    const byOptions = await run([
      'convert',
      path,
      '--map',
      'Дата звонка=DateTime',
      '--map',
      'Телефон=PhoneNumber',
      '--map',
      'Ид=ClientId',
      '--map',
      'Разговор=TalkDuration',
      '--map',
      'Пропущен=CallMissed',
      '--map',
      'Сумма=Price',
      '--map',
      '=Менеджер=Tag',
      '--set',
      'Currency=RUB',
      '--timezone',
      'Europe/Moscow',
      '--default-region',
      'RU',
    ]);
    expect(byOptions.code, byOptions.stderr).toBe(0);
    expect(byOptions.stdout).toBe(expected);
    const recipe = writeCalls(
      folder,
      'recipe.json',
      JSON.stringify({
        columns: {
          'Дата звонка': 'DateTime',
          Телефон: 'PhoneNumber',
          Ид: 'ClientId',
          Разговор: 'TalkDuration',
          Пропущен: 'CallMissed',
          Сумма: 'Price',
          '=Менеджер': 'Tag',
        },
        set: { Currency: 'USD' },
        timezone: 'Europe/Moscow',
        defaultRegion: 'RU',
      }),
    );
    const saved = await run([
      'convert',
      path,
      '--mapping',
      recipe,
      '--set',
      'Currency=RUB',
      '-o',
      `${folder}/calls.csv`,
      '--json',
    ]);
    expect(saved.code, saved.stdout).toBe(0);
    expect(JSON.parse(saved.stdout)).toMatchObject({ ok: true, results: [{ rows: 1, ok: true }] });
    expect(readFileSync(`${folder}/calls.csv`, 'utf8')).toBe(expected);
  });

  it('writes nothing if any record cannot be converted, and shows the lines of the export', async () => {
    const folder = temporaryFolder();
    const path = writeCalls(
      folder,
      'export.csv',
      'ClientId,When\n1,18.11.2026 10:00\n\n2,03/04/2026 10:00\n',
    );
    const words = ['convert', path, '--map', 'When=DateTime', '--timezone', 'Europe/Moscow'];
    const ended = await run(words);
    expect(ended).toMatchObject({ code: 3, stdout: '' });
    expect(ended.stderr).toContain('line 4  DateTime');
    expect(ended.stderr).toContain('--date-format');
    const toFile = await run([...words, '-o', `${folder}/calls.csv`]);
    expect(toFile.code).toBe(3);
    expect(existsSync(`${folder}/calls.csv`)).toBe(false);
    expect((await run([...words, '--date-format', 'dd/mm/yyyy'])).code).toBe(0);
  });

  it('never makes a separate call from a cell', async () => {
    const good = (at: string): string => `123456789,+7916000000${at},2026-11-20 10:00:0${at},60`;
    const hostile = `123456789,+79161234567,2026-11-20 11:00:00,"60\n123456789,1794809553,79161234568,5"`;
    const rows = [...'0 1 2 3 4 5 6 7 8'.split(' ').map(good), hostile];
    const path = writeCalls(
      temporaryFolder(),
      'export.csv',
      `ClientId,PhoneNumber,When,TalkDuration\n${rows.join('\n')}\n`,
    );
    const words = ['--map', 'When=DateTime', '--timezone', 'Europe/Moscow'];
    const ended = await run(['convert', path, ...words]);
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain('duration-invalid');
  });

  it('refuses a header with malformed quotes', async () => {
    const path = writeCalls(
      temporaryFolder(),
      'calls.csv',
      `ClientId,DateTime,"Ta"g"\n1,${FIRST},a\n`,
    );
    const ended = await run(['convert', path]);
    expect(ended).toMatchObject({ code: 3, stdout: '' });
    expect(ended.stderr).toContain('quote-malformed');
  });

  it('names the option that is needed for a written date', async () => {
    const path = writeCalls(
      temporaryFolder(),
      'export.csv',
      'ClientId,DateTime\n1,18.11.2026 10:00\n',
    );
    const ended = await run(['convert', path]);
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain('--timezone');
  });

  it('shows values before and after the conversion, and writes nothing', async () => {
    const path = writeCalls(
      temporaryFolder(),
      'export.csv',
      'ClientId,When,PhoneNumber\n1,18.11.2026 10:00,8 (916) 123-45-67\n',
    );
    const ended = await run([
      'convert',
      path,
      '--map',
      'When=DateTime',
      '--timezone',
      'UTC',
      '--default-region',
      'RU',
      '--preview',
    ]);
    expect(ended.code).toBe(0);
    expect(ended.stdout).toMatch(/DateTime +18\.11\.2026 10:00\n +→ 1794996000\n/);
    expect(ended.stdout).not.toContain('123-45-67');
    expect(ended.stdout).toContain('--show-values');
  });

  it.each([
    [['--preset', 'nobody'], 'setting-invalid'],
    [['--preset', 'freepbx'], 'preset-does-not-fit'],
    [['--map', 'Nothing=DateTime'], 'mapping-unknown-column'],
    [['--map', 'DateTime'], 'setting-invalid'],
    [['--map', 'When=Nothing'], 'setting-invalid'],
    [['--set', 'Odd=1'], 'setting-invalid'],
    [['--timezone', 'Moscow'], 'setting-invalid'],
    [['--date-format', 'x'], 'setting-invalid'],
    [['--default-region', 'Russia'], 'setting-invalid'],
    [['--mapping', '/nowhere.json'], 'mapping-invalid'],
    [['--join-on', 'Tag'], 'setting-invalid'],
  ])('refuses %j as a usage error', async (words, code) => {
    const folder = temporaryFolder();
    const path = writeCalls(folder, 'export.csv', 'ClientId,DateTime\n1,1\n');
    const ended = await run(['convert', path, '-o', `${folder}/x`, '--json', ...words]);
    expect(ended.code).toBe(2);
    expect(JSON.parse(ended.stdout)).toMatchObject({ error: { code } });
  });

  it('names the wrong key of a saved recipe', async () => {
    const folder = temporaryFolder();
    const path = writeCalls(folder, 'export.csv', 'ClientId,DateTime\n1,1\n');
    for (const [recipe, key] of [
      ['{"timezon":"UTC"}', 'timezon'],
      ['{"set":{"Price":5}}', 'set.Price'],
      ['{', 'not JSON'],
    ] as const) {
      const saved = writeCalls(folder, 'recipe.json', recipe);
      const ended = await run(['convert', path, '--mapping', saved]);
      expect(ended.code).toBe(2);
      expect(ended.stderr).toContain(key);
    }
  });
});
