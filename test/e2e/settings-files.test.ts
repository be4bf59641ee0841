import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { userFolder } from '../../src/cli/io/user-folder.ts';
import { SETTING_NAMES } from '../../src/cli/settings/setting-keys.ts';
import { systemClock } from '../../src/clock.ts';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { type Ended, run, temporaryFolder } from '../support/run.ts';

/** The folders of a test: the home folder, and a project below it. */
class Folders {
  readonly home = temporaryFolder();
  readonly project = join(this.home, 'work', 'shop');
  readonly userFile = join(this.home, '.config', 'metrika-calls', 'settings.json');

  constructor() {
    mkdirSync(this.project, { recursive: true });
  }

  user(settings: unknown): void {
    write(this.userFile, settings);
  }

  inProject(settings: unknown, name = '.metrika-calls.json'): string {
    return write(join(this.project, name), settings);
  }

  async run(
    words: readonly string[],
    { env = {}, cwd = this.project }: { env?: Readonly<Record<string, string>>; cwd?: string } = {},
  ): Promise<Ended> {
    const clock = new FakeClock(Date.now());
    return await run(words, { env: { HOME: this.home, ...env }, cwd, clock });
  }

  /** Returns the settings of a dry run, each with its source. */
  async inForce(
    words: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<ReadonlyMap<string, { value: string; source: string }>> {
    writeCalls(this.project, 'calls.csv', goodCalls(1));
    const { stdout } = await this.run(['upload', '--dry-run', '--json', ...words, 'calls.csv'], {
      env,
    });
    const { results } = JSON.parse(stdout) as {
      results: { settings: { name: string; value: string; source: string }[] }[];
    };
    return new Map(results[0]?.settings.map(({ name, ...rest }) => [name, rest]));
  }
}

function write(path: string, settings: unknown): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof settings === 'string' ? settings : JSON.stringify(settings));
  return path;
}

/** Returns the code and the message of the failure. */
function failureOf({ stdout }: Ended): {
  code: string;
  exit_code: number;
  message: string;
  hint: string;
} {
  return (
    JSON.parse(stdout) as {
      error: { code: string; exit_code: number; message: string; hint: string };
    }
  ).error;
}

describe('settings', () => {
  it('are weaker than options and variables: option, variable, profile, project, user', async () => {
    const folders = new Folders();
    folders.user({ counter: 5, profiles: { north: { counter: 4 } } });
    expect((await folders.inForce([])).get('counter')?.value).toBe('5');
    folders.inProject({ counter: 3 });
    expect((await folders.inForce([])).get('counter')).toEqual({
      value: '3',
      source: '.metrika-calls.json:1:12: counter',
    });
    expect((await folders.inForce(['--profile', 'north'])).get('counter')?.value).toBe('4');
    const variable = { METRIKA_COUNTER: '2' };
    expect((await folders.inForce([], variable)).get('counter')?.value).toBe('2');
    expect((await folders.inForce(['-c', '1'], variable)).get('counter')?.value).toBe('1');
  });

  it('of a profile may be in either file, and those of the project are stronger', async () => {
    const folders = new Folders();
    folders.user({ profiles: { north: { counter: 4, timeout: 7 } } });
    folders.inProject({ counter: 3, profiles: { north: { counter: 6 } } });
    const inForce = await folders.inForce([], { METRIKA_PROFILE: 'north' });
    expect(inForce.get('counter')?.value).toBe('6');
    expect(inForce.get('timeout')?.value).toBe('7 s');
  });

  it('of --config or METRIKA_CONFIG replace those of the project', async () => {
    const folders = new Folders();
    folders.user({ timeout: 7 });
    folders.inProject({ counter: 3, retries: 1 });
    folders.inProject({ counter: 9, apiUrl: 'http://127.0.0.1:9' }, 'other.json');
    for (const [words, env] of [
      [['--config', 'other.json'], {}],
      [[], { METRIKA_CONFIG: 'other.json' }],
    ] as const) {
      const inForce = await folders.inForce(words, env);
      expect(inForce.get('counter')?.value).toBe('9');
      expect(inForce.get('api-url')?.value).toBe('http://127.0.0.1:9');
      expect(inForce.get('retries')?.value).toBe('5');
      expect(inForce.get('timeout')?.value).toBe('7 s');
    }
    const { error } = JSON.parse(
      (await folders.run(['validate', '--json', '--config', 'none.json', 'calls.csv'])).stdout,
    ) as { error: { code: string } };
    expect(error.code).toBe('settings-unreadable');
  });

  it('may have comments, a comma at the end, a mark of bytes, and keys of other commands', async () => {
    const folders = new Folders();
    folders.inProject('\uFEFF{\r\n // the shop\r\n "counter": 3, /* x */ "port": 80,\r\n}');
    expect((await folders.inForce([])).get('counter')?.source).toBe(
      '.metrika-calls.json:3:13: counter',
    );
  });

  it.each([
    ['the folder itself', [], true],
    ['a folder above', ['a', 'b'], true],
  ])('of a project are found in %s', async (_, below, found) => {
    const folders = new Folders();
    folders.inProject({ counter: 3 });
    const cwd = join(folders.project, ...below);
    mkdirSync(cwd, { recursive: true });
    const { stdout } = await folders.run(['config', 'get', 'counter'], { cwd });
    expect(stdout.includes('3')).toBe(found);
  });

  it('of a project are not searched above the root of a repository, or above home', async () => {
    const folders = new Folders();
    write(join(folders.home, '.metrika-calls.json'), { counter: 3 });
    expect((await folders.run(['config', 'get', 'counter'])).stdout).toBe('3\n');
    mkdirSync(join(folders.project, '.git'));
    expect((await folders.run(['config', 'get', 'counter'])).stdout).toBe('');
    const env = { HOME: folders.project };
    expect((await folders.run(['config', 'get', 'counter'], { env })).stdout).toBe('');
  });

  it('of a project are searched in the working folder alone if that is outside of both', async () => {
    const folders = new Folders();
    const env = { HOME: '/nonexistent/home' };
    folders.inProject({ counter: 3 });
    expect((await folders.run(['config', 'get', 'counter'], { env })).stdout).toBe('3\n');
    const cwd = join(folders.project, 'a');
    mkdirSync(cwd);
    expect((await folders.run(['config', 'get', 'counter'], { env, cwd })).stdout).toBe('');
  });

  it('choose the language of the text, and not that of the texts in JSON', async () => {
    const folders = new Folders();
    folders.user({ lang: 'ru' });
    const words = ['validate', 'missing.csv'];
    expect((await folders.run(words, { env: { LC_ALL: 'en_US' } })).stdout).toContain('файл');
    expect((await folders.run([...words, '--json'])).stdout).not.toMatch(/[а-я]/i);
    const english = await folders.run(words, { env: { METRIKA_LANG: 'en' } });
    expect(english.stdout).not.toMatch(/[а-я]/i);
  });
});

describe('a folder', () => {
  it('that was deleted is named, and no bug', async () => {
    const folders = new Folders();
    const gone = join(folders.project, 'gone');
    mkdirSync(gone);
    const before = process.cwd();
    process.chdir(gone);
    rmdirSync(gone);
    try {
      const env = { HOME: folders.home };
      const ended = await run(['validate', '--json', 'calls.csv'], { env });
      expect(failureOf(ended)).toMatchObject({ code: 'folder-missing', exit_code: 2 });
      expect((await run(['config', 'list'], { env })).code).toBe(0);
      const path = writeCalls(folders.project, 'calls.csv', goodCalls(1));
      expect((await run(['validate', path], { env })).code).toBe(0);
    } finally {
      process.chdir(before);
    }
  });

  it.each(['', 'relative'])('is no home if HOME is "%s"', (HOME) => {
    expect(isAbsolute(userFolder({ HOME }))).toBe(true);
    expect(userFolder({ HOME }).startsWith(process.cwd())).toBe(false);
  });
});

describe('the setting files', () => {
  const calls = goodCalls(2);

  it('names the files of upload and validate if the command line names none', async () => {
    const folders = new Folders();
    const path = folders.inProject({ files: ['data/*.csv'] });
    for (const name of ['b.csv', 'a.csv']) write(join(folders.project, 'data', name), calls);
    const cwd = join(folders.project, 'below');
    mkdirSync(cwd);
    for (const place of [folders.project, cwd]) {
      const { stdout } = await folders.run(['validate', '--json'], { cwd: place });
      const { results } = JSON.parse(stdout) as { results: { file: string; ok: boolean }[] };
      expect(results.map(({ file, ok }) => [file.replace(/.*\//, ''), ok])).toEqual([
        ['a.csv', true],
        ['b.csv', true],
      ]);
    }
    write(path, {});
    const { code, stderr } = await folders.run(['validate']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('needs <file>')]);
  });

  it.each([
    ['{today}', '2026-11-30'],
    ['{yesterday}', '2026-11-29'],
    ['{yesterday:yyyyMMdd}', '20261129'],
    ['{today:dd.MM.yyyy}', '30.11.2026'],
  ])('takes %s as a day in the time zone', async (placeholder, day) => {
    const folders = new Folders();
    // In Moscow, the day has begun three hours before.
    const clock = new FakeClock(Date.UTC(2026, 10, 29, 21, 30));
    folders.inProject({ files: [`calls-${placeholder}.csv`], timezone: 'Europe/Moscow' });
    const { stdout } = await run(['validate', '--json'], {
      env: { HOME: folders.home },
      cwd: folders.project,
      clock,
    });
    const { results } = JSON.parse(stdout) as { results: { file: string }[] };
    expect(results[0]?.file).toBe(`calls-${day}.csv`);
  });

  it('takes only its own text as a pattern, and not the folder of the file', async () => {
    const folders = new Folders();
    const odd = join(folders.home, 'g[1]');
    for (const folder of [odd, join(folders.home, 'g1')]) write(join(folder, 'in.csv'), calls);
    const config = write(join(odd, 's.json'), { files: ['*.csv'] });
    const { stdout } = await folders.run(['validate', '--json', '--config', config]);
    const { results } = JSON.parse(stdout) as { results: { file: string }[] };
    expect(results.map(({ file }) => file)).toEqual([join(odd, 'in.csv')]);
    write(config, { files: ['missing.csv'] });
    expect((await folders.run(['validate', '--config', config])).code).toBe(3);
  });

  it('leaves patterns such as {a,b}, and refuses unknown placeholders with their place', async () => {
    const folders = new Folders();
    write(join(folders.project, 'b.csv'), calls);
    folders.inProject({ files: '{a,b}.csv' });
    expect((await folders.run(['validate'])).code).toBe(0);
    folders.inProject('{\n  "files": ["{tomorrow}.csv"]\n}');
    const failure = failureOf(await folders.run(['validate', '--json']));
    expect(failure).toMatchObject({ code: 'settings-placeholder', exit_code: 2 });
    expect(failure.message).toContain('.metrika-calls.json:2:12: ');
  });
});

describe('the setting comment', () => {
  it('has the name of each file and of the profile', async () => {
    const folders = new Folders();
    folders.inProject({ counter: 3, profiles: { north: { comment: '{profile} {file}' } } });
    writeCalls(folders.project, 'one.csv', goodCalls(1));
    writeCalls(folders.project, 'two.csv', goodCalls(2));
    const { stdout } = await folders.run([
      ...['upload', '--dry-run', '--json', '--profile', 'north', 'one.csv', 'two.csv'],
    ]);
    const urls = [...stdout.matchAll(/comment=([^"&]*)/g)].map(([, text = '']) =>
      decodeURIComponent(text),
    );
    expect(urls).toEqual([
      expect.stringMatching(/^north one\.csv mc\w+$/),
      expect.stringMatching(/^north two\.csv mc\w+$/),
    ]);
  });

  it('is not changed if it is an option', async () => {
    const folders = new Folders();
    writeCalls(folders.project, 'one.csv', goodCalls(1));
    const { stdout } = await folders.run([
      ...['upload', '--dry-run', '--json', '-c', '3', '-m', '{file}', 'one.csv'],
    ]);
    expect(stdout).toContain('comment=%7Bfile%7D');
  });
});

describe('a recipe', () => {
  const RECIPE = {
    columns: { When: 'DateTime', Id: 'ClientId' },
    timezone: 'Europe/Moscow',
    set: { Currency: 'RUB' },
  };
  const MOSCOW = '1795770000';

  /** Converts one call of noon, and returns the written call. */
  async function converted(folders: Folders, words: readonly string[]): Promise<string> {
    write(join(folders.project, 'recipe.json'), RECIPE);
    writeCalls(folders.project, 'x.csv', 'Id,When\n1481718166,2026-11-27 12:00:00\n');
    const ended = await folders.run(['convert', 'x.csv', ...words]);
    expect(ended.code, ended.stderr).toBe(0);
    return ended.stdout;
  }

  it('of an option is stronger than all settings', async () => {
    const folders = new Folders();
    const weak = {
      timezone: 'Asia/Tokyo',
      set: ['Currency=USD'],
      preset: 'uis',
      dateFormat: 'mm/dd/yyyy',
    };
    folders.user(weak);
    const call = await converted(folders, ['--mapping', 'recipe.json']);
    expect(call).toContain(MOSCOW);
    expect(call).toContain('RUB');
    const zone = ['--mapping', 'recipe.json', '--timezone', 'UTC'];
    expect(await converted(folders, zone)).not.toContain(MOSCOW);
  });

  it('of the project is stronger than the settings of the user, and weaker than those beside it', async () => {
    const folders = new Folders();
    folders.user({ timezone: 'Asia/Tokyo' });
    folders.inProject({ mapping: 'recipe.json' });
    expect(await converted(folders, [])).toContain(MOSCOW);
    folders.inProject({ mapping: 'recipe.json', timezone: 'UTC' });
    expect(await converted(folders, [])).not.toContain(MOSCOW);
  });

  it('takes from settings what it does not say', async () => {
    const folders = new Folders();
    folders.user({ timezone: 'Asia/Tokyo', unidentified: 'static' });
    expect(await converted(folders, ['--mapping', 'recipe.json'])).toContain(MOSCOW);
  });
});

describe('a wrong settings file', () => {
  const cases: readonly (readonly [title: string, text: string, code: string, place: string])[] = [
    ['an unknown key', '{\n "countr": 1}', 'settings-key-unknown', ':2:2: unknown key "countr"'],
    [
      'an unknown key of a profile',
      '{"profiles":{"a":{"fies":1}}}',
      'settings-key-unknown',
      ':1:19: ',
    ],
    [
      'a token',
      '{"token":"y0_secret_secret"}',
      'settings-key-unknown',
      ':1:2: unknown key "token"',
    ],
    [
      'a wrong number',
      '{"counter":\n"x"}',
      'setting-invalid',
      ':2:1: counter must be a whole number',
    ],
    ['a wrong flag', '{"strict":"yes"}', 'setting-invalid', ':1:11: strict must be true or false'],
    ['a wrong list', '{"files":[1]}', 'setting-invalid', ':1:10: files must be'],
    ['null', '{"counter":null}', 'setting-invalid', ':1:12: counter must be'],
    ['a wrong address', '{"oauthUrl":"here"}', 'settings-key-refused', ':1:2: '],
    ['a wrong time zone', '{"timezone":"Mars/Base"}', 'setting-invalid', ':1:13: timezone must be'],
    ['a key of a prototype', '{"__proto__":{}}', 'settings-key-unknown', ':1:2: '],
    ['no object', '[1]', 'settings-damaged', ':1:1: settings must be one object'],
    ['an empty file', '', 'settings-damaged', ':1:1: '],
    ['no JSON', '{\n  "counter": 1\n  "strict": true}', 'settings-damaged', ':3:3: '],
    [
      'a key twice',
      '{"counter":1,\n"counter":2}',
      'settings-damaged',
      ':2:1: this key is there twice',
    ],
    ['deep nesting', '['.repeat(100_000), 'settings-damaged', ':1:'],
    [
      'an unknown profile',
      '{"profiles":{"nort":{}}}',
      'profile-unknown',
      '"north". Did you mean "nort"?',
    ],
  ];

  it.each(cases)('with %s is refused with its place', async (_, text, code, place) => {
    const folders = new Folders();
    folders.inProject(text);
    writeCalls(folders.project, 'calls.csv', goodCalls(1));
    const profile = code === 'profile-unknown' ? ['--profile', 'north'] : [];
    const ended = await folders.run(['validate', '--json', ...profile, 'calls.csv']);
    const failure = failureOf(ended);
    expect(failure).toMatchObject({ code, exit_code: 2 });
    expect(ended.code).toBe(2);
    expect(failure.message).toContain(place);
    expect(ended.stdout + ended.stderr).not.toContain('secret');
  });

  it.each([['en'], ['ru']])('is refused in sentences (%s)', async (METRIKA_LANG) => {
    for (const [, text] of cases) {
      const folders = new Folders();
      folders.inProject(text);
      const { stderr } = await folders.run(['validate', 'calls.csv'], { env: { METRIKA_LANG } });
      expect(stderr).not.toMatch(/undefined|\[object/);
    }
  });

  it('is refused if an address is none, and no token of it is shown', async () => {
    const folders = new Folders();
    folders.user({ apiUrl: 'here' });
    const failure = failureOf(await folders.run(['validate', '--json', 'calls.csv']));
    expect(failure).toMatchObject({ code: 'setting-invalid', exit_code: 2 });
    expect(failure.message).toContain(':1:11: apiUrl must be a web address, not "here"');
    const token = 'y0_AgAAAABkT0KeNsEcReT1234567890abcdefGHIJKL';
    folders.user({ counter: 1, comment: `from ${token}`, goalName: token });
    writeCalls(folders.project, 'calls.csv', goodCalls(1));
    for (const words of [
      ['upload', '--dry-run', 'calls.csv'],
      ['config', 'list'],
      ['config', 'get', 'goalName'],
    ]) {
      for (const format of [[], ['--json'], ['--format', 'github']]) {
        const { stdout, stderr } = await folders.run([...words, ...format]);
        expect(stdout + stderr).not.toContain('NsEcReT');
      }
    }
  });

  it('shows no whole phone number of a wrong value', async () => {
    for (const key of ['counter', 'encoding', 'partSize', 'timeout', 'direction', 'maxInvalid']) {
      const folders = new Folders();
      folders.user({ [key]: '+79161234567' });
      for (const words of [
        ['validate', 'calls.csv'],
        ['config', 'set', key, '+79161234567'],
      ]) {
        const { code, stdout, stderr } = await folders.run(words);
        expect(code, key).toBe(2);
        expect(stdout + stderr).not.toContain('9161234567');
      }
    }
  });

  it('is read in linear time', async () => {
    const folders = new Folders();
    const lines = Array.from({ length: 25_000 }, (_, at) => `"p${String(at)}": {"counter": 1}`);
    folders.user(`{"profiles": {\n${lines.join(',\n')}\n}}`);
    const began = process.cpuUsage();
    const { stdout } = await folders.run(['config', 'get', '--profile', 'p24999', 'counter']);
    expect(stdout).toBe('1\n');
    // It took 30 s when each place was looked for from the beginning of the file.
    expect(process.cpuUsage(began).user).toBeLessThan(5_000_000);
  });

  it('is refused if it is a folder, too large, or not UTF-8', async () => {
    const folders = new Folders();
    mkdirSync(folders.userFile, { recursive: true });
    const code = async (): Promise<string> =>
      failureOf(await folders.run(['validate', '--json', 'calls.csv'])).code;
    expect(await code()).toBe('settings-unreadable');
    const other = new Folders();
    other.user(' '.repeat(2_000_000));
    const failure = failureOf(await other.run(['validate', '--json', 'calls.csv']));
    expect(failure.message).toContain('larger than 1 MB');
    writeFileSync(other.userFile, Buffer.from([0x7b, 0xff, 0x7d]));
    expect(failureOf(await other.run(['validate', '--json', 'calls.csv'])).message).toContain(
      'UTF-8',
    );
  });

  it('does not keep explain and config path from working', async () => {
    const folders = new Folders();
    folders.user('{');
    expect((await folders.run(['explain', 'settings-damaged'])).code).toBe(0);
    expect((await folders.run(['config', 'path'])).code).toBe(0);
  });
});

describe('a profile', () => {
  it.each([
    ['METRIKA_COUNTER', '5', { counter: 4 }],
    ['METRIKA_API_URL', 'http://127.0.0.1:2', { counter: 4, apiUrl: 'http://127.0.0.1:1' }],
    ['METRIKA_TOKEN_FILE', '/tmp/other', { counter: 4, tokenFile: 'token' }],
    ['METRIKA_TOKEN', 'y0_other_token_0123456789', { counter: 4, tokenFile: 'token' }],
  ])('is not contradicted by %s', async (variable, value, keys) => {
    const folders = new Folders();
    folders.user({ profiles: { north: keys } });
    writeCalls(folders.project, 'calls.csv', goodCalls(1));
    const words = ['upload', '--dry-run', '--json', '--profile', 'north', 'calls.csv'];
    const failure = failureOf(await folders.run(words, { env: { [variable]: value } }));
    expect(failure).toMatchObject({ code: 'profile-contradicted', exit_code: 2 });
    expect(failure.message).toContain(variable);
    expect(failure.message).not.toContain('y0_');
  });

  it('is overruled by an option, also beside the variable', async () => {
    const folders = new Folders();
    folders.user({ profiles: { north: { counter: 4 } } });
    const inForce = await folders.inForce(['--profile', 'north', '-c', '6'], {
      METRIKA_COUNTER: '5',
    });
    expect(inForce.get('counter')?.value).toBe('6');
    const same = await folders.inForce(['--profile', 'north'], { METRIKA_COUNTER: '4' });
    expect(same.get('counter')?.value).toBe('4');
  });
});

describe('an option', () => {
  it.each([
    ['--again', { skipExisting: true }],
    ['--no-mark', { skipExisting: true }],
    ['--sandbox', { apiUrl: 'http://127.0.0.1:1' }],
    ['--no-convert', { mapping: 'recipe.json' }],
    ['--format=text', { json: true }],
  ])('%s cancels a setting that it excludes', async (option, settings) => {
    const folders = new Folders();
    folders.user({ counter: 3, ...settings });
    writeCalls(folders.project, 'calls.csv', goodCalls(1));
    const ended = await folders.run(['upload', '--dry-run', option, 'calls.csv']);
    expect(ended.code).toBe(0);
    expect(ended.stdout.startsWith('{')).toBe(false);
  });

  it('without its partner cancels rejects of the settings', async () => {
    const folders = new Folders();
    folders.user({ counter: 3, rejects: 'rejects.csv', maxInvalid: '5%' });
    writeCalls(folders.project, 'calls.csv', goodCalls(1));
    expect((await folders.run(['upload', '--dry-run', 'calls.csv'])).code).toBe(0);
  });

  it('is refused if two settings of one file exclude each other', async () => {
    const folders = new Folders();
    folders.user({ counter: 3, again: true, skipExisting: true });
    writeCalls(folders.project, 'calls.csv', goodCalls(1));
    const ended = await folders.run(['upload', '--dry-run', '--json', 'calls.csv']);
    expect(failureOf(ended).code).toBe('again-or-not');
  });

  it('may not write over a settings file', async () => {
    const folders = new Folders();
    folders.inProject({ counter: 3 });
    writeCalls(folders.project, 'calls.csv', goodCalls(1));
    const words = ['validate', '--json', '--report', '.metrika-calls.json', 'calls.csv'];
    expect(failureOf(await folders.run(words)).code).toBe('output-is-input');
  });
});

describe('the settings file of a project', () => {
  const SECRET_KEYS = [
    'tokenFile',
    'apiUrl',
    'trustApiHost',
    'caFile',
    'showValues',
    'again',
    'sandbox',
  ];

  it.each(SECRET_KEYS)('may not have %s, also not in a profile', async (key) => {
    const isFlag = ['showValues', 'again', 'sandbox'].includes(key);
    const value = isFlag ? true : key === 'apiUrl' ? 'http://127.0.0.1:9' : 'x';
    for (const settings of [{ [key]: value }, { profiles: { a: { [key]: value } } }]) {
      const folders = new Folders();
      folders.inProject(settings);
      const failure = failureOf(await folders.run(['validate', '--json', 'calls.csv']));
      expect(failure).toMatchObject({ code: 'settings-key-refused', exit_code: 2 });
      folders.inProject({});
      folders.user(settings);
      writeCalls(folders.project, 'calls.csv', goodCalls(1));
      expect((await folders.run(['validate', 'calls.csv'])).code).toBe(0);
    }
  });

  it.each([
    ['join', '../secret.csv'],
    ['join', '/etc/hostname'],
    ['join', 'https://other.example/x.csv'],
    ['mapping', '-'],
    ['output', '../out.csv'],
    ['rejects', 'link/rejects.csv'],
    ['report', 'folder'],
    ['html', '/dev/null'],
    ['files', '../secret.csv'],
    ['files', '-'],
  ])('may not lead out of its folder: %s is %s', async (key, value) => {
    const folders = new Folders();
    write(join(folders.home, 'work', 'secret.csv'), 'x');
    mkdirSync(join(folders.project, 'folder'));
    symlinkSync('/tmp', join(folders.project, 'link'));
    folders.inProject({ [key]: value });
    const failure = failureOf(await folders.run(['validate', '--json', 'calls.csv']));
    expect(failure).toMatchObject({ code: 'settings-path-outside', exit_code: 2 });
  });

  it('may not name files outside by a pattern or a link', async () => {
    const folders = new Folders();
    writeCalls(dirname(folders.project), 'secret.csv', goodCalls(1));
    symlinkSync(dirname(folders.project), join(folders.project, 'link'));
    for (const [pattern, code] of [
      ['../*.csv', 'settings-path-outside'],
      ['/*', 'settings-path-outside'],
      ['link/*.csv', 'settings-path-outside'],
      ['{today:-}', 'settings-placeholder'],
      ['**/../../*.csv', 'settings-file-outside'],
    ] as const) {
      folders.inProject({ files: [pattern] });
      const ended = await folders.run(['validate', '--json']);
      expect(failureOf(ended)).toMatchObject({ code, exit_code: 2 });
    }
  });

  it.each([
    ['validate', 'report'],
    ['validate', 'html'],
    ['convert', 'output'],
    ['convert', 'saveMapping'],
  ])(
    'writes nothing outside through a link to a file that is not there: %s %s',
    async (command, key) => {
      const folders = new Folders();
      writeCalls(folders.project, 'calls.csv', goodCalls(1));
      symlinkSync('../new', join(folders.project, 'to-new'));
      symlinkSync('to-new', join(folders.project, 'link'));
      folders.inProject({ [key]: 'link' });
      const failure = failureOf(await folders.run([command, '--json', 'calls.csv']));
      expect(failure.code).toBe('settings-path-outside');
      expect(existsSync(join(dirname(folders.project), 'new'))).toBe(false);
    },
  );

  it('is an error, and not "no file", if it is a link that leads nowhere or to itself', async () => {
    const folders = new Folders();
    folders.user({ counter: 5 });
    for (const target of ['nowhere', '.metrika-calls.json']) {
      const link = join(folders.project, '.metrika-calls.json');
      rmSync(link, { force: true });
      symlinkSync(target, link);
      const failure = failureOf(await folders.run(['config', 'get', 'counter', '--json']));
      expect(failure).toMatchObject({ code: 'settings-unreadable', exit_code: 2 });
    }
  });

  it.runIf(process.getuid?.() === 0)('must belong to the user or to root', async () => {
    const folders = new Folders();
    const path = folders.inProject({ counter: 3 });
    chownSync(path, 12_345, 12_345);
    const failure = failureOf(await folders.run(['validate', '--json', 'calls.csv']));
    expect(failure).toMatchObject({ code: 'settings-of-stranger', exit_code: 2 });
    expect(failure.hint).toContain('--config');
    expect(failure.hint).toContain('container');
    const named = await folders.run(['config', 'get', 'counter', '--config', path]);
    expect(named.stdout).toBe('3\n');
    chownSync(path, 0, 0);
    chownSync(folders.project, 12_345, 12_345);
    expect(failureOf(await folders.run(['validate', '--json', 'calls.csv'])).message).toContain(
      'folder',
    );
  });

  it('must not be writable by others', async () => {
    const folders = new Folders();
    const path = folders.inProject({ counter: 3 });
    chmodSync(path, 0o666);
    const words = ['validate', '--json', 'calls.csv'];
    expect(failureOf(await folders.run(words)).code).toBe('settings-of-stranger');
    chmodSync(path, 0o664);
    const { uid, gid } = statSync(path);
    const ended = await folders.run(['config', 'get', 'counter']);
    expect(ended.stdout).toBe(uid === gid ? '3\n' : '');
  });
});

describe('config', () => {
  it('sets a value in the file of the user, and validates it first', async () => {
    const folders = new Folders();
    expect((await folders.run(['config', 'set', 'counter', '2215573'])).code).toBe(0);
    expect(readFileSync(folders.userFile, 'utf8')).toBe('{\n  "counter": 2215573\n}\n');
    expect(statSync(folders.userFile).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(folders.userFile)).mode & 0o777).toBe(0o700);
    for (const words of [
      ['counter', 'x'],
      ['strict', 'maybe'],
      ['encoding', 'klingon'],
      ['files', 'a-{tody}.csv'],
      ['timezone', 'Mars/Base'],
      ['countr', '1'],
      ['token', 'y0_x'],
      ['profile', 'x'],
      ['counter', '1', '2'],
    ]) {
      expect((await folders.run(['config', 'set', ...words])).code, words.join(' ')).toBe(2);
    }
    expect(readFileSync(folders.userFile, 'utf8')).toBe('{\n  "counter": 2215573\n}\n');
  });

  it('keeps comments, order, line ends, the mark, the mode and a link', async () => {
    const folders = new Folders();
    const text =
      '\uFEFF{\r\n  // the shop\r\n  "counter": 1, // old\r\n\r\n  // about strict\r\n  "strict": true\r\n}\r\n';
    const real = write(join(folders.home, 'dotfiles', 'settings.json'), text);
    chmodSync(real, 0o640);
    mkdirSync(dirname(folders.userFile), { recursive: true });
    symlinkSync(real, folders.userFile);
    await folders.run(['config', 'set', 'counter', '2']);
    expect(readFileSync(real, 'utf8')).toBe(text.replace('1, // old', '2, // old'));
    await folders.run(['config', 'set', 'wait', 'true']);
    await folders.run(['config', 'unset', 'strict']);
    expect(readFileSync(real, 'utf8')).toBe(
      '\uFEFF{\r\n  // the shop\r\n  "counter": 2, // old\r\n\r\n  "wait": true\r\n}\r\n',
    );
    expect(lstatSync(folders.userFile).isSymbolicLink()).toBe(true);
    expect(statSync(real).mode & 0o777).toBe(0o640);
  });

  it('writes the project with --project: the nearest file, else a new one', async () => {
    const folders = new Folders();
    const below = join(folders.project, 'below');
    mkdirSync(below);
    await folders.run(['config', 'set', '--project', 'files', 'a.csv', 'b*.csv']);
    await folders.run(['config', 'set', '--project', '--profile', 'north', 'counter', '4'], {
      cwd: below,
    });
    await folders.run(['config', 'set', '--project', 'mapping', 'r.json'], { cwd: below });
    expect(JSON.parse(readFileSync(join(folders.project, '.metrika-calls.json'), 'utf8'))).toEqual({
      files: ['a.csv', 'b*.csv'],
      profiles: { north: { counter: 4 } },
      mapping: 'below/r.json',
    });
    const words = ['config', 'set', '--json', '--project'];
    expect(failureOf(await folders.run([...words, 'tokenFile', 'x'])).code).toBe(
      'settings-key-refused',
    );
    expect(failureOf(await folders.run([...words, 'join', '../x'])).code).toBe(
      'settings-path-outside',
    );
  });

  it('loses none of several changes at once', async () => {
    const folders = new Folders();
    folders.user({});
    const changes = [
      ['counter', '5'],
      ['wait', 'true'],
      ['timezone', 'UTC'],
      ['mark', 'false'],
    ];
    const { HOME } = { HOME: folders.home };
    await Promise.all(
      changes.map((change) =>
        run(['config', 'set', ...change], { env: { HOME }, clock: systemClock }),
      ),
    );
    expect(JSON.parse(readFileSync(folders.userFile, 'utf8'))).toEqual({
      counter: 5,
      wait: true,
      timezone: 'UTC',
      mark: false,
    });
    expect(readdirSync(dirname(folders.userFile))).toEqual(['settings.json']);
  });

  it('removes a key that is no setting', async () => {
    const folders = new Folders();
    folders.user({ countr: 5, counter: 6 });
    expect((await folders.run(['config', 'unset', 'countr'])).code).toBe(0);
    expect((await folders.run(['config', 'get', 'counter'])).stdout).toBe('6\n');
  });

  it('writes absolute paths into the file of the user', async () => {
    const folders = new Folders();
    await folders.run(['config', 'set', 'tokenFile', 'token']);
    expect(JSON.parse(readFileSync(folders.userFile, 'utf8'))).toEqual({
      tokenFile: join(folders.project, 'token'),
    });
  });

  it('sets and unsets in a file with errors, but not in one that is no JSON', async () => {
    const folders = new Folders();
    folders.user('{"countr": 1, "counter": "x"}');
    expect((await folders.run(['config', 'set', 'counter', '5'])).code).toBe(0);
    expect((await folders.run(['config', 'unset', 'counter'])).code).toBe(0);
    expect(readFileSync(folders.userFile, 'utf8')).toBe('{"countr": 1}');
    folders.user('{');
    expect((await folders.run(['config', 'set', 'counter', '5'])).code).toBe(2);
    expect(readFileSync(folders.userFile, 'utf8')).toBe('{');
    folders.user('{"profiles": 3}');
    expect((await folders.run(['config', 'set', '--profile', 'a', 'counter', '5'])).code).toBe(2);
  });

  it('lists each setting with its value and its origin', async () => {
    const folders = new Folders();
    folders.user({ strict: true, comment: 'ask +79161234567' });
    folders.inProject('{\n  "counter": 3\n}');
    const { stdout } = await folders.run(['config', 'list', '--json'], {
      env: { METRIKA_LANG: 'ru' },
    });
    const { settings } = JSON.parse(stdout) as { settings: { name: string }[] };
    const of = (name: string): unknown => settings.find((one) => one.name === name);
    expect(settings.map(({ name }) => name)).toEqual(SETTING_NAMES);
    const none = { variable: null, file: null, line: null, profile: null };
    const project = { ...none, origin: 'project', file: '.metrika-calls.json' };
    expect(of('counter')).toEqual({ name: 'counter', value: 3, ...project, line: 2 });
    expect(of('strict')).toMatchObject({ value: true, origin: 'user', file: folders.userFile });
    expect(of('timeout')).toEqual({ name: 'timeout', value: 60, ...none, origin: 'default' });
    expect(of('goalName')).toEqual({ name: 'goalName', value: null, ...none, origin: 'default' });
    expect(of('lang')).toMatchObject({
      value: 'ru',
      origin: 'environment',
      variable: 'METRIKA_LANG',
    });
    expect(stdout).not.toContain('79161234567');
    const text = await folders.run(['config', 'list']);
    expect(text.stdout).toContain('counter\t3\t.metrika-calls.json:2\n');
    expect(text.stdout).not.toContain('79161234567');
  });

  it('gets one value, also a list, and no token', async () => {
    const folders = new Folders();
    folders.user({ files: ['a.csv', 'b.csv'] });
    expect((await folders.run(['config', 'get', 'files'])).stdout).toBe('a.csv\nb.csv\n');
    expect((await folders.run(['config', 'get', 'goalName'])).stdout).toBe('');
    const env = { METRIKA_TOKEN: 'y0_secret_token_0123456789' };
    const ended = await folders.run(['config', 'get', 'token'], { env });
    expect(ended.code).toBe(2);
    expect((await folders.run(['config', 'list', '-v'], { env })).stdout).not.toContain('secret');
  });

  it('shows the paths of the files', async () => {
    const folders = new Folders();
    const path = folders.inProject({});
    expect(JSON.parse((await folders.run(['config', 'path', '--json'])).stdout)).toEqual({
      ok: true,
      user: folders.userFile,
      project: path,
    });
  });

  it.each([
    ['config', 'lst'],
    ['config', 'get'],
    ['config', 'set', 'counter'],
    ['config', 'unset', 'counter', 'x'],
    ['config'],
  ])('refuses %s %s', async (...words) => {
    const { code, stderr } = await new Folders().run(words);
    expect(code).toBe(2);
    expect(stderr).toContain('config');
  });
});

describe('the JSON schema of settings', () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  const validate = ajv.compile(JSON.parse(readFileSync('schemas/settings.json', 'utf8')) as object);

  it.each(['README.md', 'README.ru.md'])(
    'accepts the example of %s, and so do commands',
    async (page) => {
      const [, example = ''] = /```jsonc\n(.*?)```/s.exec(readFileSync(page, 'utf8')) ?? [];
      expect(validate(parse(example, [], { allowTrailingComma: true }))).toBe(true);
      const folders = new Folders();
      folders.inProject(example);
      const words = ['config', 'get', '--profile', 'north', 'counter'];
      expect((await folders.run(words)).stdout).toBe('2215573\n');
    },
  );

  it('accepts good settings, and refuses unknown keys and wrong values', () => {
    const profiles = { north: { counter: 1, files: ['a.csv'], mark: false } };
    expect(validate({ $schema: 'x', counter: 1, waitTimeout: '2h', strict: true, profiles })).toBe(
      true,
    );
    for (const wrong of [
      { countr: 1 },
      { strict: 'yes' },
      { format: 'xml' },
      { token: 'x' },
      { profiles: { a: { profiles: {} } } },
    ]) {
      expect(validate(wrong)).toBe(false);
    }
  });
});
