import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { writeCalls } from '../support/calls.ts';
import { ANSWERS, folderWithExport, RECIPE } from '../support/init.ts';
import { temporaryFolder } from '../support/run.ts';
import { conversation, HAS_TERMINAL } from '../support/terminal.ts';

/** The bytes that a terminal sends for these keys. */
const [ENTER, UP, DOWN, CTRL_C] = ['\r', '\u001b[A', '\u001b[B', '\u0003'];

describe.runIf(HAS_TERMINAL)('init on a terminal', () => {
  it('asks questions, shows values of the file, and saves the recipe', async () => {
    const folder = folderWithExport();
    const { screen, code } = await conversation(
      ['init', 'export.csv'],
      [
        ['times written?', ENTER],
        ['country code?', ENTER],
        ['prices?', ENTER],
        ['without an identifier?', ENTER],
        ['recipe.json', ENTER],
        ['from now on', ENTER],
        ['of your counter', '2215573\r'],
      ],
      folder,
    );
    expect(code, screen).toBe(0);
    expect(screen).toContain('20.11.2026 09:12:33');
    expect(screen).toContain('→ 1795155153');
    expect(screen).not.toContain('123-45-67');
    expect(JSON.parse(readFileSync(`${folder}/recipe.json`, 'utf8'))).toEqual(RECIPE);
    expect(JSON.parse(readFileSync(`${folder}/.metrika-calls.json`, 'utf8'))).toEqual({
      mapping: 'recipe.json',
      timezone: RECIPE.timezone,
      defaultRegion: RECIPE.defaultRegion,
      counter: 2_215_573,
    });
    expect(screen).toContain('metrika-calls upload --token-file token.txt export.csv');
  });

  it('accepts another answer than the first, in Russian', async () => {
    const folder = folderWithExport();
    const { screen, code } = await conversation(
      ['init', 'export.csv', '--lang', 'ru', ...ANSWERS.slice(0, -2)],
      [
        ['без идентификатора?', DOWN],
        ['пропустить', ENTER],
        ['recipe.json', ENTER],
        ['и дальше', 'n'],
      ],
      folder,
    );
    expect(code, screen).toBe(0);
    expect(screen).toContain('Рецепт сохранён');
    const saved: unknown = JSON.parse(readFileSync(`${folder}/recipe.json`, 'utf8'));
    expect(saved).toMatchObject({ unidentified: expect.stringMatching(/skip|static/) as string });
  });

  it('asks what each word of a column means, and shows its count', async () => {
    const folder = temporaryFolder();
    const header = 'Дата звонка;Телефон;Номер Б;Тип звонка;Статус звонка;ClientID';
    const rows = [
      '20.11.2026 09:12:33;8 916 123-45-67;84950000099;Входящий;Взяли;1633024800123456789',
      '20.11.2026 10:12:33;8 916 123-45-68;84950000098;Прочее;Иначе;1633024800123456790',
      '20.11.2026 11:12:33;8 916 123-45-69;84950000097;Входящий;Иначе;1633024800123456791',
    ];
    writeCalls(folder, 'odd.csv', `${header}\n${rows.join('\n')}\n`);
    const { screen, code } = await conversation(
      ['init', 'odd.csv', ...ANSWERS.slice(0, 4)],
      [
        ['the number of the caller?', ENTER],
        ['Прочее (1)', ENTER],
        ['"Входящий", in 2 records?', ENTER],
        ['"Прочее", in 1 record?', ENTER],
        ['Взяли (1)', ENTER],
        ['"Взяли", in 1 record?', UP],
        ['answered', ENTER],
        ['"Иначе", in 1 record?', ENTER],
        ['recipe.json', ENTER],
        ['from now on', 'n'],
      ],
      folder,
    );
    expect(code, screen).toBe(0);
    const saved: unknown = JSON.parse(readFileSync(`${folder}/recipe.json`, 'utf8'));
    expect(saved).toMatchObject({
      columns: { Телефон: 'PhoneNumber', 'Статус звонка': 'CallMissed' },
      values: {
        'Тип звонка': { Входящий: 'in', Прочее: 'out' },
        CallMissed: { Взяли: '0', Иначе: '1' },
      },
    });
  });

  it('leaves no file after Ctrl-C', async () => {
    const folder = folderWithExport();
    const { code } = await conversation(
      ['init', 'export.csv'],
      [['times written?', CTRL_C]],
      folder,
    );
    expect(code).toBe(130);
    expect(existsSync(`${folder}/recipe.json`)).toBe(false);
  });
});
