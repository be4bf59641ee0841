import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../support/process.ts';
import { temporaryFolder } from '../support/run.ts';
import { isSkipped, isThere, type Shell, SHELLS, ShellSession } from '../support/shells.ts';

/** Names of counters that would command a shell or a terminal if they were not quoted. */
const HOSTILE = [
  '$(touch made)',
  '`touch made`',
  '"; touch made; "',
  "'; touch made; '",
  '; touch made #',
  'two\nlines\rand\ta tab',
  '\u001b]0;title\u0007\u001b[31mred',
  'turned \u202eround',
  '%F{red}%n $HOME ${HOME} \\n \\$(touch made) {a,b} ~ * [x]',
  'name: of a shop',
];

const hostileCounters = HOSTILE.map((name, at) => ({ id: 2215500 + at, name, site: name }));

describe.each(SHELLS)('completion in %s', (shell) => {
  const inShell = it.skipIf(isSkipped(shell));

  inShell('starts no program before TAB is pressed, nor for words and files', async () => {
    const session = await ShellSession.start(shell);
    await session.offered('metrika-calls ', 'sandbox');
    await session.offered('metrika-calls upload --', '--comment');
    expect(session.started).toEqual([]);
  });

  inShell.each([
    ['a command', 'upl', ['upload']],
    ['a command behind options', '-q --lang ru upl', ['-q', '--lang', 'ru', 'upload']],
    ['a command behind a value with =', '--lang=ru upl', ['--lang=ru', 'upload']],
    ['an option before the command', '--verb', ['--verbose']],
    ['the version before the command', '--vers', ['--version']],
    ['an option of a command', 'upload --comm', ['upload', '--comment']],
    ['a second option', 'list -c 1 --lim', ['list', '-c', '1', '--limit']],
    ['help of a command', 'explain --he', ['explain', '--help']],
    ['a format', 'upload --format gi', ['upload', '--format', 'github']],
    ['a format behind =', 'upload --format=gi', ['upload', '--format=github']],
    ['a language', 'list --lang r', ['list', '--lang', 'ru']],
    ['a preset', 'convert --preset freepb', ['convert', '--preset', 'freepbx']],
    ['an encoding', 'validate --encoding=koi8-u', ['validate', '--encoding=koi8-u']],
    ['a delimiter', 'validate --delimiter semi', ['validate', '--delimiter', 'semicolon']],
    ['a zone', 'convert --timezone Europe/Mosc', ['convert', '--timezone', 'Europe/Moscow']],
    ['a region', 'convert --default-region UZ', ['convert', '--default-region', 'UZ']],
    ['a unit', 'convert --duration-unit milli', ['convert', '--duration-unit', 'milliseconds']],
    ['a direction', 'convert --direction al', ['convert', '--direction', 'all']],
    ['legs', 'convert --legs ke', ['convert', '--legs', 'keep']],
    ['a code', 'explain identifier-sci', ['explain', 'identifier-scientific']],
    ['a topic', 'help exit-c', ['help', 'exit-codes']],
    ['a command behind help', 'help valid', ['help', 'validate']],
    ['a shell', 'completion powersh', ['completion', 'powershell']],
  ])('completes %s', async (_, typed, words) => {
    const session = await ShellSession.start(shell);
    // The program itself is run for the command completion, so its words are not printed.
    const prefix = words[0] === 'completion' ? ['-q'] : [];
    const line = ['metrika-calls', ...prefix, typed].join(' ');
    expect(await session.completed(line)).toEqual([...prefix, ...words]);
  });

  inShell.each([
    ['an option that is there', 'upload --comment x --comm'],
    ['an option that is there with =', 'upload --comment=x --comm'],
    ['an option that is there as a short one', 'upload -m x --comm'],
    ['an option whose short form holds its value', 'list -c1 --count'],
    ['an option in a word of several', 'list -qv --verb'],
    ['an option that is there by another name', 'upload --new-goal-name x --goal'],
    ['an option of another command', 'validate --wai'],
    ['an option behind --', 'upload -- --comm'],
    ['a second code', 'explain usage identifier-sci'],
    ['a file where none is wanted', 'status calls'],
    ['a file as the value of a number', 'list --limit calls'],
    ['a value for an unknown option', 'list --unknown=calls'],
    ['anything of an unknown command', 'nonsense --comm'],
  ])('does not offer %s', async (_, typed) => {
    const session = await ShellSession.start(shell);
    writeFileSync(join(session.folder, 'calls.csv'), '');
    expect(await session.completed(`metrika-calls ${typed}`)).toEqual(typed.split(' '));
  });

  inShell(
    'offers a repeatable option again, and takes the value of an option for no word',
    async () => {
      const session = await ShellSession.start(shell);
      expect(await session.completed('metrika-calls convert --map a=b --ma')).toEqual([
        'convert',
        '--map',
        'a=b',
        '--ma',
      ]);
      const all = await session.offered('metrika-calls convert --map a=b --map', '--mapping');
      expect(all).toContain('--map-value');
      expect(await session.completed('metrika-calls --token upload upl')).toEqual([
        '--token',
        'upload',
        'upload',
      ]);
      expect(await session.completed('metrika-calls upload --comment --comment --coun')).toEqual([
        'upload',
        '--comment',
        '--comment',
        '--counter',
      ]);
    },
  );

  inShell('offers all commands, the options of one command, and all values', async () => {
    const session = await ShellSession.start(shell);
    const commands = await session.offered('metrika-calls ', 'sandbox');
    for (const name of ['upload', 'explain', 'completion', 'help'])
      expect(commands).toContain(name);
    const options = await session.offered('metrika-calls sandbox --', '--stage-time');
    expect(options).toContain('--port');
    expect(options).not.toContain('--counter');
    const joining = await session.offered('metrika-calls convert --join', '--join-map');
    expect(joining).not.toContain('--join-on');
    const formats = await session.offered('metrika-calls upload --format ', 'github');
    for (const name of ['text', 'json']) expect(formats).toContain(name);
    const behind = await session.offered('metrika-calls upload --format=', 'github');
    for (const name of ['text', 'json']) expect(behind).toContain(name);
    expect(behind).not.toContain('--counter');
  });

  inShell.each([
    ['spaces and Cyrillic letters', 'звонки за май.csv', 'зво'],
    ['quotes', `it's "a" file.csv`, 'it'],
    ['signs of a shell', '$(touch made); x.csv', '\\$'],
  ])('completes files whose names have %s', async (_, name, start) => {
    const session = await ShellSession.start(shell);
    writeFileSync(join(session.folder, name), '');
    expect(await session.completed(`metrika-calls upload ${start}`)).toEqual(['upload', name]);
    expect(await session.completed(`metrika-calls upload calls.csv ${start}`)).toEqual([
      'upload',
      'calls.csv',
      name,
    ]);
    expect(await session.completed(`metrika-calls upload -- ${start}`)).toEqual([
      'upload',
      '--',
      name,
    ]);
    expect(await session.completed(`metrika-calls convert x --output ${start}`)).toEqual([
      'convert',
      'x',
      '--output',
      name,
    ]);
    expect(await session.completed(`metrika-calls list --token-file=${start}`)).toEqual([
      'list',
      `--token-file=${name}`,
    ]);
    expect(isThere(session, 'made')).toBe(false);
  });

  inShell('completes kept counters, and no name of a counter commands the shell', async () => {
    const session = await ShellSession.start(shell, {
      settings: shell === 'bash' ? "bind 'set show-all-if-ambiguous off'\n" : '',
    });
    session.keep([...hostileCounters, { id: 31, name: 'Shop', site: 'shop.example' }, { id: 7 }]);
    expect(await session.completed('metrika-calls list --counter 3')).toEqual([
      'list',
      '--counter',
      '31',
    ]);
    expect(await session.completed('metrika-calls list --counter=3')).toEqual([
      'list',
      '--counter=31',
    ]);
    expect(await session.completed('metrika-calls list -c 3')).toEqual(['list', '-c', '31']);
    for (const { id } of hostileCounters) {
      const typed = `metrika-calls list --counter ${String(id)}`;
      expect(await session.completed(typed)).toEqual(['list', '--counter', String(id)]);
    }
    const shown = await session.offered('metrika-calls list --counter ', 'shop.example', 2);
    expect(shown).toContain('$(touch made)');
    expect(shown).toContain('two lines and a tab');
    expect(shown).not.toMatch(/\u202e|\u0007/);
    expect(isThere(session, 'made')).toBe(false);
    expect([...new Set(session.started)].filter((line) => !line.startsWith('list'))).toEqual([
      'completion counters',
    ]);
  });

  inShell('offers no counter from a file that others can read, or that is damaged', async () => {
    const session = await ShellSession.start(shell);
    const typed = 'metrika-calls list --counter 3';
    const words = ['list', '--counter', '3'];
    expect(await session.completed(typed)).toEqual(words);
    session.keep([{ id: 31, name: 'Shop' }], 0o644);
    expect(await session.completed(typed)).toEqual(words);
    for (const damaged of [
      '{"counters":[{"id":31',
      '{"counters":[{"id":"3; touch made"}]}',
      '31',
    ]) {
      session.keep(damaged);
      expect(await session.completed(typed)).toEqual(words);
    }
    session.keep([{ id: 31, name: 'Shop' }]);
    expect(await session.completed(typed)).toEqual(['list', '--counter', '31']);
  });
});

describe('completion in zsh', () => {
  const inZsh = it.skipIf(isSkipped('zsh'));

  inZsh('works from a folder of $fpath', async () => {
    const session = await ShellSession.start('zsh', { inPath: true });
    expect(session.started).toEqual([]);
    expect(await session.completed('metrika-calls upl')).toEqual(['upload']);
    expect(await session.completed('metrika-calls list --lim')).toEqual(['list', '--limit']);
  });

  inZsh('works without compinit', async () => {
    const session = await ShellSession.start('zsh', { isBare: true });
    writeFileSync(join(session.folder, 'my calls.csv'), '');
    for (const [typed = '', ...words] of [
      ['upl', 'upload'],
      ['list --lim', 'list', '--limit'],
      ['list --format=gi', 'list', '--format=github'],
      ['upload my', 'upload', 'my calls.csv'],
      ['explain identifier-sci', 'explain', 'identifier-scientific'],
    ]) {
      expect(await session.completed(`metrika-calls ${typed}`)).toEqual(words);
    }
    session.keep(hostileCounters);
    expect(await session.completed('metrika-calls list --counter 2215500')).toEqual([
      'list',
      '--counter',
      '2215500',
    ]);
    expect(isThere(session, 'made')).toBe(false);
  });

  inZsh('describes commands and options in the language of the run', async () => {
    const session = await ShellSession.start('zsh', { lang: 'ru' });
    const commands = await session.offered('metrika-calls ', 'сервер');
    expect(commands).toContain('сделать файл звонков');
    expect(await session.offered('metrika-calls list --', 'язык')).toContain('номер счётчика');
  });
});

describe('completion in fish', () => {
  it.skipIf(isSkipped('fish'))('describes commands in the language of the run', async () => {
    const session = await ShellSession.start('fish', { lang: 'ru' });
    expect(await session.offered('metrika-calls ', 'сервер')).toContain('сделать файл звонков');
  });
});

describe('completion in bash', () => {
  it.skipIf(isSkipped('bash'))('works when = and : do not end a word', async () => {
    const session = await ShellSession.start('bash', {
      settings: 'COMP_WORDBREAKS=${COMP_WORDBREAKS//[=:]/}\n',
    });
    writeFileSync(join(session.folder, 'my calls.csv'), '');
    expect(await session.completed('metrika-calls list --format=gi')).toEqual([
      'list',
      '--format=github',
    ]);
    expect(await session.completed('metrika-calls convert --output=my')).toEqual([
      'convert',
      '--output=my calls.csv',
    ]);
  });

  it.skipIf(isSkipped('bash'))('keeps its place after an address', async () => {
    const session = await ShellSession.start('bash');
    const address = 'https://calls.example/a?b=c';
    expect(await session.completed(`metrika-calls upload ${address} --comm`)).toEqual([
      'upload',
      address,
      '--comment',
    ]);
    expect(await session.completed('metrika-calls upload --format "gi')).toEqual([
      'upload',
      '--format',
      'github',
    ]);
  });
});

describe('the script', () => {
  const check: Readonly<Record<Shell, readonly string[]>> = {
    bash: ['bash', '-n'],
    zsh: ['zsh', '-n'],
    fish: ['fish', '-n'],
  };

  it.each(SHELLS.filter((shell) => !isSkipped(shell)))(
    'for %s has no mistake in both languages',
    async (shell) => {
      for (const lang of ['en', 'ru']) {
        const { stdout, stderr, code } = await run(['completion', shell, '--lang', lang]);
        expect([code, stderr]).toEqual([0, '']);
        const path = join(temporaryFolder(), 'script');
        writeFileSync(path, stdout);
        const [program = '', ...words] = check[shell];
        const ended = spawnSync(program, [...words, path], { encoding: 'utf8' });
        expect([ended.status, ended.stderr]).toEqual([0, '']);
      }
    },
  );
});
