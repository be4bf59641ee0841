import { describe, expect, it } from 'vitest';
import { languagesOf } from '../../src/cli/arguments/language.ts';
import { COMMAND_NAMES } from '../../src/cli/commands/index.ts';
import type { Environment } from '../../src/cli/io/io.ts';
import { explanations } from '../../src/cli/output/explanations.ts';
import { en } from '../../src/words/en.ts';
import { ru } from '../../src/words/ru.ts';
import { formatNumber, nounFor, NOUNS, plural, timeSpan } from '../../src/words/ru/format.ts';
import { command, commandLineNotation, type Text, written } from '../../src/words/said.ts';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { temporaryFolder } from '../support/run.ts';
import { runHere } from '../support/run-here.ts';

/** A run without settings, on a system that names no language. */
const context = {
  shell: 'posix',
  setting: () => Promise.resolve(undefined),
  systemLocale: () => undefined,
} as const;

const inRussia = { ...context, systemLocale: () => 'ru-RU' };

describe('the language of a run', () => {
  const cases: readonly (readonly [
    string,
    readonly string[],
    Environment,
    'en' | 'ru',
    'en' | 'ru',
  ])[] = [
    ['nothing', [], {}, 'en', 'en'],
    ['--lang', ['list', '--lang', 'ru'], { LC_ALL: 'en_US.UTF-8' }, 'ru', 'ru'],
    ['--lang=', ['--lang=en', 'list'], { METRIKA_LANG: 'ru' }, 'en', 'en'],
    ['METRIKA_LANG', [], { METRIKA_LANG: 'ru', LC_ALL: 'C' }, 'ru', 'ru'],
    ['LC_ALL', [], { LC_ALL: 'ru_RU.UTF-8', LANG: 'en_US.UTF-8' }, 'ru', 'en'],
    ['LC_ALL of C', [], { LC_ALL: 'C', LANG: 'ru_RU.UTF-8' }, 'en', 'en'],
    ['an empty LC_ALL', [], { LC_ALL: '', LC_MESSAGES: 'ru_RU', LANG: 'en_US' }, 'ru', 'en'],
    ['LC_MESSAGES', [], { LC_MESSAGES: 'en_GB', LANG: 'ru_RU.UTF-8' }, 'en', 'en'],
    ['LANG', [], { LANG: 'ru' }, 'ru', 'en'],
    ['another language', [], { LANG: 'run_BI.UTF-8' }, 'en', 'en'],
  ];

  it.each(cases)('follows %s', async (_, words, environment, text, documents) => {
    const spoken = await languagesOf(words, environment, context);
    expect(spoken.words.language).toBe(text);
    expect(spoken.documentWords.language).toBe(documents);
  });

  it('is that of the system if no variable sets it', async () => {
    expect((await languagesOf([], {}, inRussia)).words.language).toBe('ru');
    const { words } = await languagesOf([], { LANG: 'en_US' }, inRussia);
    expect(words.language).toBe('en');
  });

  it('is reported if it does not exist', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(1));
    for (const [words, env] of [
      [['--lang', 'de'], {}],
      [[], { METRIKA_LANG: 'de' }],
    ] as const) {
      const ended = await runHere(['validate', path, ...words], { env });
      expect([ended.code, ended.stderr.includes('en, ru')]).toEqual([2, true]);
    }
  });

  it('does not change codes, keys and exit codes', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', 'ClientId,DateTime,Телефон\nx,1,2\n');
    const clock = new FakeClock(Date.now());
    const documents = await Promise.all(
      ['en', 'ru'].map(async (language) => {
        const ended = await runHere(['validate', '--json', '--lang', language, path], { clock });
        return { code: ended.code, document: JSON.parse(ended.stdout) as object };
      }),
    );
    const bare = documents.map(({ code, document }) =>
      JSON.stringify({ code, document }, (key, value: unknown) =>
        key === 'message' || key === 'hint' ? '' : value,
      ),
    );
    expect(bare[1]).toBe(bare[0]);
    expect(JSON.stringify(documents[1])).toMatch(/В Метрике нет столбца/);
  });

  it('is English inside JSON unless the user chooses another', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', 'ClientId,DateTime\nx,1\n');
    const env = { LANG: 'ru_RU.UTF-8' };
    expect((await runHere(['validate', '--json', path], { env })).stdout).toMatch(/can have only/);
    expect((await runHere(['validate', path], { env })).stdout).toMatch(/только цифры|не цифры/);
  });
});

describe('a number in Russian', () => {
  it.each([
    [0, 'звонков'],
    [1, 'звонок'],
    [2, 'звонка'],
    [5, 'звонков'],
    [11, 'звонков'],
    [12, 'звонков'],
    [21, 'звонок'],
    [101, 'звонок'],
    [111, 'звонков'],
    [1000, 'звонков'],
    [1002, 'звонка'],
  ])('%i takes the right form of the noun', (value, noun) => {
    expect(nounFor(value, NOUNS.call)).toBe(noun);
    // A second implementation of the rules of Russian grammar.
    const last = value % 10;
    const isTeen = value % 100 > 10 && value % 100 < 20;
    const at = isTeen || last === 0 || last > 4 ? 2 : last === 1 ? 0 : 1;
    for (const forms of Object.values(NOUNS)) expect(nounFor(value, forms)).toBe(forms[at]);
  });

  it('is written as Intl writes it', () => {
    const intl = new Intl.NumberFormat('ru-RU', { maximumFractionDigits: 20 });
    for (const value of [0, 7, 999, 12_345, 262_144, 1_234_567, 0.5, 16.7, 98_765.25]) {
      expect(formatNumber(value)).toBe(intl.format(value));
    }
    expect(plural(1204, NOUNS.call)).toBe('1204 звонка');
    expect(timeSpan(7_500_000)).toBe('2\u00a0ч 5\u00a0мин');
  });
});

/** Returns all texts of an object. Calls its functions with parameters from `anything`. */
function* textsOf(value: unknown, number: number, path = ''): Iterable<readonly [string, string]> {
  if (typeof value === 'string') {
    yield [path, value];
  } else if (typeof value === 'function') {
    const made = (value as (...given: unknown[]) => unknown)(...anything(number, path));
    yield* textsOf(made, number, `${path}()`);
  } else if (Array.isArray(value) && /\(\)(?:\.hint)?$/.test(path)) {
    yield [path, written(value as Text, commandLineNotation('posix'))];
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value))
      yield* textsOf(inner, number, `${path}.${key}`);
  }
}

/** Returns parameters for a function in `words.screens`: numbers, names, lists and other values. */
function anything(number: number, path: string): unknown[] {
  const special: Readonly<Record<string, unknown[]>> = {
    '.files.unread': ['No such file.'],
    '.findings.unknownColumns': [[{ column: 'a' }, { column: 'b', near: 'Tag' }]],
    '.list.time': [new Date(0), new Date()],
    '.files.portion': [{ identifier: 'ClientId', part: { number: 1, of: number + 1 } }],
    '.findings.changes': [['a', 'b']],
    '.findings.count': [number, 'line'],
    '.dryRun.setting': ['60 s', 'default'],
    '.findings.inLines': [[number, number]],
    '.convert.ignored': [['a', 'b']],
    '.upload.sentByAnother': [['1', '2']],
    '.upload.waitGoesOn': ['7', 'x.'],
    '.upload.split': [[{ identifier: 'ClientId' }, { identifier: 'Yclid' }]],
    '.upload.leftOut': [{ kept: number, all: number, invalid: number }, undefined, false],
    '.upload.processing': [command('list', { tokenIn: 'METRIKA_TOKEN' })],
    '.upload.outcomeAs': ['uploaded', '7'],
    '.upload.withExit': ['failed', 3],
    '.upload.status': ['PROCESSED'],
    '.requests.exchange': ['GET http://x', 200, number, '7'],
    '.requests.retrying': ['x.', number, 1, 2],
    '.requests.again': ['x', number, 1, 2],
    '.progress.transfer': [number, number, { rate: number, left: number }],
    '.progress.bar': ['a', '##', { done: number, total: number, pace: undefined }],
    '.inspect.nightCalls': ['31%', true],
    '.inspect.scale': [
      { first: '1', last: '9', none: '.' },
      { day: 'x', hour: 7, calls: number },
    ],
    '.convert.rejected': [number, number, undefined],
    '.convert.legend': ['→', '✗'],
    '.pages.shifted': [number, '5%'],
    '.pages.nightShare': ['5%'],
    '.pages.aboutFile': ['a'],
    '.pages.madeBy': ['UTC'],
    '.pages.callsAWeek': ['UTC'],
    '.convert.taken': [['a → b']],
    '.convert.possible': [['a → b']],
    '.init.whichColumn': ['DateTime'],
    '.init.overwrite': ['a'],
    '.init.saved': ['a'],
    '.init.errorsLeft': [number, number, 'a'],
    '.inspect.priceSum': [number, number, 'RUB'],
    '.explain.exitCode': [2],
  };
  return special[path] ?? [number, number, number];
}

describe('every sentence of the screens', () => {
  it.each([0, 1, 2, 5, 11, 21, 101, 1000, 1_234_567])('is complete with %i in it', (number) => {
    for (const [name, words] of Object.entries({ en, ru })) {
      for (const [path, text] of textsOf(words.screens, number)) {
        expect(text, `${name}${path}`).not.toMatch(/undefined|\[object|NaN|\$\{/);
        // Columns of the progress bar may have two spaces between them.
        if (!path.includes('.bar()')) expect(text, `${name}${path}`).not.toMatch(/ {2}|^ | $/);
      }
    }
  });

  it('has no letters of the other alphabet, except in names and codes', () => {
    for (const [path, text] of [
      ...textsOf(en.screens, 7),
      ...Object.entries(en.help.options),
      ...explanations(en).map(
        ({ code, title, meaning, hint }) => [code, `${title} ${meaning} ${hint}`] as const,
      ),
    ]) {
      expect(text.replaceAll(/Телефон|Формат\(Число, "ЧГ=0"\)/g, ''), path).not.toMatch(/[а-яё]/i);
    }
    const russian: (readonly [string, string])[] = [
      ...textsOf(ru.screens, 7),
      ...Object.entries(ru.help.options),
      ...Object.entries(ru.help.commands).map(([name, { summary }]) => [name, summary] as const),
      ...explanations(ru).map(
        ({ code, title, meaning, hint }) => [code, `${title} ${meaning} ${hint}`] as const,
      ),
    ];
    for (const [path, text] of russian) {
      if (
        /^\.(?:dryRun\.(?:sha256|setting\(\))|github\.title|files\.(?:unread|portion)\(\))$/.test(
          path,
        ) ||
        !/[a-zа-я]{4}/i.test(text)
      )
        continue;
      expect(text, path).toMatch(/[а-яё]/i);
      // A Latin letter in a Russian word is a mistake, because it looks like a Cyrillic letter.
      expect(text, path).not.toMatch(/[а-яё][a-z]|[a-z][а-яё]/i);
    }
  });
});

describe('several columns that Metrica does not have', () => {
  it('are one finding for people, with one command to paste', async () => {
    const path = writeCalls(
      temporaryFolder(),
      'calls.csv',
      'ClientId,DateTime,Телефон,Заметка,Prise\n1,1794990000,,,\n',
    );
    const options = { clock: new FakeClock(1_795_000_000_000) };
    const { stdout } = await runHere(['validate', path, '--lang', 'ru'], options);
    expect(stdout.match(/column-unknown/g)).toHaveLength(1);
    expect(stdout).toMatch(/3 неизвестных столбца \[column-unknown\] +строка 1\n/);
    expect(stdout).toContain(
      '--map "Телефон=PhoneNumber" --map "Заметка=СТОЛБЕЦ" --map Prise=Price',
    );
    const { stdout: document } = await runHere(['validate', path, '--json'], options);
    expect(document.match(/column-unknown/g)).toHaveLength(3);
  });
});

describe('several files in Russian', () => {
  it('end with a table of Russian words', async () => {
    const folder = temporaryFolder();
    const path = writeCalls(folder, 'calls.csv', goodCalls(2));
    const words = ['upload', '--sandbox', '--dry-run', '--lang', 'ru', path, `${folder}/none.csv`];
    const { stdout } = await runHere(words, { clock: new FakeClock(Date.now()) });
    expect(stdout).toMatch(/ФАЙЛ +ИТОГ +ЗВОНКИ/);
    expect(stdout).toMatch(/calls\.csv +пробный запуск +2/);
    expect(stdout).toMatch(/none\.csv +не удалось, код 3/);
  });
});

describe('help in both languages', () => {
  it.each(['en', 'ru'])('in %s fits the width of the screen', async (lang) => {
    for (const columns of [40, 80, 120]) {
      for (const words of [
        ['--help'],
        ...COMMAND_NAMES.map((name) => [name, '--help']),
        ['help', 'exit-codes'],
        ['help', 'environment'],
      ]) {
        const env = { COLUMNS: String(columns), METRIKA_LANG: lang };
        const { stdout, code } = await runHere(words, { env });
        expect(code).toBe(0);
        for (const line of stdout.split('\n')) {
          // Commands to copy, addresses and usage lines may be wider than the screen.
          if (/^ {2}\$ |https?:|^Usage|^Использование|metrika-calls help/.test(line)) continue;
          expect(
            line.length,
            `${words.join(' ')} at ${String(columns)}: ${line}`,
          ).toBeLessThanOrEqual(Math.min(columns, 80));
        }
      }
    }
  });

  it('has the same options and codes', async () => {
    const flags = (text: string): string[] =>
      [...text.matchAll(/--[a-z-]+/g)].map(([flag]) => flag);
    const both = await Promise.all(
      ['en', 'ru'].map(
        async (lang) => (await runHere(['upload', '--help', '--lang', lang])).stdout,
      ),
    );
    expect(new Set(flags(both[1] ?? ''))).toEqual(new Set(flags(both[0] ?? '')));
    expect(both[1]).toContain('<файл...>');
    expect(both[1]).not.toMatch(/Usage|Options|Arguments/);
  });
});
