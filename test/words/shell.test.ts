import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languagesOf } from '../../src/cli/arguments/language.ts';
import { shellInUse } from '../../src/cli/io/shell.ts';
import { command, commandLineNotation, functionNotation, option } from '../../src/words/said.ts';
import { fileWord, shellWord } from '../../src/words/shell.ts';
import { example } from '../../src/words/shown-name.ts';
import { runs } from '../support/runs.ts';
import { shellText } from '../support/shell-text.ts';

/** Splits a command line into arguments as the C library does on Windows. */
function argumentsOnWindows(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] ?? '';
    if (character === '\\') {
      let end = at;
      while (line[end] === '\\') end += 1;
      const count = end - at;
      if (line[end] === '"') {
        word = (word ?? '') + '\\'.repeat(Math.floor(count / 2));
        if (count % 2 === 1) {
          word += '"';
          at = end;
          continue;
        }
      } else word = (word ?? '') + '\\'.repeat(count);
      at = end - 1;
    } else if (character === '"') {
      isQuoted = !isQuoted;
      word ??= '';
    } else if ((character === ' ' || character === '\t') && !isQuoted) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + character;
  }
  if (word !== undefined) words.push(word);
  return words;
}

/**
 * Returns the arguments that cmd passes on. Even within quotes, cmd expands variables. Outside
 * quotes, some other characters are special too.
 */
function byCmd(line: string): string[] {
  const outside = line.split('"').filter((_, at) => at % 2 === 0);
  if (/[%!]/.test(line) || outside.some((part) => /[&|<>^()@;,]/.test(part))) return ['changed'];
  return argumentsOnWindows(line);
}

/**
 * Returns the arguments that Windows PowerShell passes on. PowerShell adds quotes around words that
 * contain spaces, but escapes nothing.
 */
function byPowerShell(line: string): string[] {
  const words: string[] = [];
  // Matches a word, or text in quotes: single, double or typographic. Within single quotes, two
  // single quotes mean one.
  const pattern = /'((?:[^'‘’‚‛]|['‘’‚‛]{2})*)'|"([^"“”„]*)["“”„]|([^\s'"]+)/gu;
  for (const [, quoted, expanded, bare] of line.matchAll(pattern)) {
    if (bare !== undefined && /[`$(){}@;,&|<>#%"]/.test(bare)) return ['changed'];
    if (expanded !== undefined && /[`$]/.test(expanded)) return ['changed'];
    words.push(bare ?? expanded ?? (quoted ?? '').replace(/(['‘’‚‛])['‘’‚‛]/gu, '$1'));
  }
  return argumentsOnWindows(
    words.map((word) => (/\s|^$/.test(word) ? `"${word}"` : word)).join(' '),
  );
}

const PARSERS: Readonly<Record<'cmd' | 'powershell', (line: string) => string[]>> = {
  cmd: byCmd,
  powershell: byPowerShell,
};

describe('a word of a command to paste', () => {
  it.each(['cmd', 'powershell'] as const)('comes out of %s unchanged', (shell) => {
    fc.assert(
      fc.property(shellText, (word) => {
        const quoted = shellWord(word, shell);
        fc.pre(quoted !== undefined);
        expect(PARSERS[shell](`x ${quoted} y`)).toEqual(['x', word, 'y']);
      }),
      runs(20_000),
    );
  });

  it.each(['cmd', 'powershell'] as const)(
    'comes out of %s unchanged if the shell is unknown',
    (shell) => {
      fc.assert(
        fc.property(shellText, (word) => {
          const quoted = shellWord(word, 'unknown');
          fc.pre(quoted !== undefined);
          expect(PARSERS[shell](`x ${quoted} y`)).toEqual(['x', word, 'y']);
        }),
        runs(20_000),
      );
    },
  );

  it.each(['posix', 'cmd', 'powershell', 'unknown'] as const)(
    'is left out if %s would change it, or if it is invisible',
    (shell) => {
      for (const word of ['a\nb', 'a\u001b[0mb', 'a\u202eb', '\0']) {
        expect(shellWord(word, shell)).toBeUndefined();
      }
      const unsafe = {
        posix: [],
        cmd: ['%PATH%', 'a"b', '!x!'],
        powershell: ['a"b', 'c:\\a b\\'],
        unknown: ['%PATH%', 'a"b', '!x!', '$x', '`x`', 'c:\\a b\\', '“x”'],
      };
      for (const word of unsafe[shell]) expect(shellWord(word, shell)).toBeUndefined();
    },
  );

  it('is quoted if zsh would take it for the path of a program', () => {
    expect(fileWord('=x.csv', 'posix')).toBe('"=x.csv"');
    expect(shellWord('a=b', 'posix')).toBe('a=b');
  });

  it('is not an option if it is the name of a file', () => {
    expect(fileWord('-rf', 'posix')).toBe('./-rf');
    expect(fileWord('-rf', 'cmd')).toBe('".\\-rf"');
    expect(fileWord('-rf', 'powershell')).toBe("'.\\-rf'");
    expect(fileWord('-rf', 'unknown')).toBe('./-rf');
    expect(fileWord('-', 'posix')).toBe('-');
  });
});

describe('a command to paste', () => {
  const line = command('convert', {
    options: [
      option('map', { from: example('Дата звонка'), to: 'DateTime' }),
      option('wait', true),
    ],
    operands: ['мои звонки.csv'],
  });

  it.each([
    ['posix', 'metrika-calls convert "мои звонки.csv" --map "Дата звонка=DateTime" --wait'],
    ['cmd', 'metrika-calls convert "мои звонки.csv" --map "Дата звонка=DateTime" --wait'],
    ['unknown', 'metrika-calls convert "мои звонки.csv" --map "Дата звонка=DateTime" --wait'],
    ['powershell', "metrika-calls convert 'мои звонки.csv' --map 'Дата звонка=DateTime' --wait"],
  ] as const)('is written for %s', (shell, written) => {
    expect(commandLineNotation(shell).command(line)).toBe(written);
  });

  it('has a placeholder if a name cannot be written', () => {
    const unsafe = command('convert', {
      options: [option('map', { from: example('100%'), to: 'Price' }), option('sheet', '%x%')],
      operands: ['%TEMP%.csv'],
    });
    expect(commandLineNotation('cmd').command(unsafe)).toBe(
      'metrika-calls convert FILE --map COLUMN=Price --sheet VALUE',
    );
  });

  it('is a function call for a program', () => {
    expect(functionNotation.command(line)).toBe(
      "convertCalls('мои звонки.csv', { columns: { 'Дата звонка': 'DateTime' } })",
    );
    const status = command('status', { options: [option('counter', 7)], operands: ['5'] });
    expect(functionNotation.command(status)).toBe("findUpload('5', { counter: 7 })");
  });
});

describe('the shell in use', () => {
  const SYSTEM = 'C:\\Program Files\\WindowsPowerShell\\Modules;C:\\Windows\\System32\\Modules';

  it.each([
    ['posix', 'linux', { PROMPT: '$P$G' }],
    ['posix', 'darwin', {}],
    ['posix', 'win32', { MSYSTEM: 'MINGW64' }],
    ['unknown', 'win32', { MSYSTEM: 'MINGW64', PROMPT: '$P$G' }],
    ['cmd', 'win32', { PROMPT: '$P$G', PSModulePath: SYSTEM }],
    ['powershell', 'win32', { PSModulePath: `C:\\Users\\a\\Modules;${SYSTEM}` }],
    ['unknown', 'win32', { PROMPT: '$P$G', PSModulePath: `C:\\Users\\a\\Modules;${SYSTEM}` }],
    ['powershell', 'win32', {}],
  ] as const)('is %s on %s with %j', (shell, platform, environment) => {
    expect(shellInUse(platform, environment)).toBe(shell);
  });

  it('is the shell for which the sentences of a run are written', async () => {
    const { words } = await languagesOf(
      [],
      {},
      {
        shell: 'powershell',
        setting: () => Promise.resolve(undefined),
        systemLocale: () => undefined,
      },
    );
    expect(words.notation.option(option('map', { from: example('a b'), to: 'Tag' }))).toBe(
      "--map 'a b=Tag'",
    );
  });
});
