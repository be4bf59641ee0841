import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OPTION_ROWS } from '../../src/cli/arguments/options.ts';
import { COMMAND_NAMES, COMMANDS } from '../../src/cli/commands/index.ts';
import { completionModel } from '../../src/cli/completion/completion-model.ts';
import { knownNames } from '../../src/cli/completion/known-names.ts';
import {
  dotNetQuoted,
  fishQuoted,
  plainWords,
  posixQuoted,
} from '../../src/cli/completion/script-text.ts';
import { INSTALL_LINES, SHELL_NAMES } from '../../src/cli/completion/shells.ts';
import { FINDING_CODES } from '../../src/cli/output/explanations.ts';
import { PRESETS } from '../../src/convert/presets/presets.ts';
import { en } from '../../src/words/en.ts';
import { ru } from '../../src/words/ru.ts';
import { run, temporaryFolder } from '../support/run.ts';

const model = completionModel({ commands: COMMANDS, topics: ['exit-codes'] }, en);

const LANGUAGES = ['en', 'ru'] as const;

async function scriptFor(shell: string, lang = 'en'): Promise<string> {
  const { stdout, code } = await run(['completion', shell, '--lang', lang]);
  expect(code).toBe(0);
  return stdout;
}

describe('a completion script', () => {
  it.each(SHELL_NAMES)(
    'for %s has all commands, options and values, and nothing hidden',
    async (shell) => {
      const script = await scriptFor(shell);
      for (const name of [...COMMAND_NAMES, 'help']) expect(script).toContain(name);
      for (const [, { flags, isHidden }] of OPTION_ROWS) {
        const [flag = ''] = /--[a-z-]+/.exec(flags) ?? [];
        if (isHidden === true) expect(script).not.toContain(flag);
        else expect(script).toContain(flag);
      }
      for (const [, words] of model.lists) expect(script).toContain(words.join(' '));
    },
  );

  it.each(SHELL_NAMES)('for %s begins with the line that installs it', async (shell) => {
    for (const lang of LANGUAGES) {
      const head = (await scriptFor(shell, lang)).split('\n\n', 1)[0] ?? '';
      expect(head).toContain(`#   ${INSTALL_LINES[shell]}`);
      for (const line of head.split('\n')) expect(line).toMatch(/^#/);
      expect((await run(['completion', '--help', '--lang', lang])).stdout).toContain(
        INSTALL_LINES[shell],
      );
    }
  });

  it.each(SHELL_NAMES)(
    'for %s has no character that a shell or a terminal would obey',
    async (shell) => {
      for (const lang of LANGUAGES)
        expect(await scriptFor(shell, lang)).not.toMatch(/[\0-\t\v-\x1f\x7f-\x9f]/);
    },
  );

  it.each(['zsh', 'fish'])('for %s describes in the language of the run', async (shell) => {
    for (const [lang, words] of [
      ['en', en],
      ['ru', ru],
    ] as const) {
      const script = await scriptFor(shell, lang);
      expect(script).toContain(words.help.commands.convert.summary);
      expect(script).toContain(words.help.options.timezone);
    }
  });

  it('is a document with --json', async () => {
    const { stdout } = await run(['completion', 'fish', '--json']);
    expect(JSON.parse(stdout)).toEqual({
      ok: true,
      shell: 'fish',
      script: expect.stringMatching(/^# /) as unknown,
    });
  });

  it('is refused for another shell, with the names of the known ones', async () => {
    const ended = await run(['completion', 'tcsh']);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    for (const name of [...SHELL_NAMES, 'tcsh']) expect(ended.stderr).toContain(name);
    expect((await run(['completion'])).code).toBe(2);
  });
});

/** The text of a PowerShell script without its comments and texts. */
function codeOf(script: string): string {
  return script.replace(/'(?:[^']|'')*'|"(?:[^"`]|`[^]|"")*"|#.*/g, (found) =>
    found.startsWith('#') ? '' : '""',
  );
}

// PowerShell is on few machines, so its script is read here, and not run.
describe('the script for PowerShell', () => {
  it.each(LANGUAGES)(
    'in %s is ASCII below its head, and closes each quote and bracket',
    async (lang) => {
      const script = await scriptFor('powershell', lang);
      const [, ...parts] = script.split('\n\n');
      const body = parts.join('\n\n');
      expect(body).toMatch(/^[\n\x20-\x7e]*$/);
      const code = codeOf(body);
      expect(code.replaceAll('""', '')).not.toMatch(/['"]/);
      const open: string[] = [];
      for (const [sign] of code.matchAll(/[()[\]{}]/g)) {
        if ('([{'.includes(sign)) open.push(sign);
        else expect(open.pop()).toBe({ ')': '(', ']': '[', '}': '{' }[sign]);
      }
      expect(open).toEqual([]);
    },
  );

  it('has all descriptions, as escapes of .NET', async () => {
    for (const [lang, words] of [
      ['en', en],
      ['ru', ru],
    ] as const) {
      const script = await scriptFor('powershell', lang);
      const read = [...script.matchAll(/'((?:[^'\n])*)'/g)].map(([, text = '']) =>
        text.replace(/\\u([\da-f]{4})/g, (_, code: string) =>
          String.fromCharCode(parseInt(code, 16)),
        ),
      );
      for (const [name, { isHidden }] of OPTION_ROWS)
        if (isHidden !== true) expect(read).toContain(words.help.options[name]);
      for (const name of COMMAND_NAMES) expect(read).toContain(words.help.commands[name].summary);
    }
  });
});

describe('the words of completion', () => {
  it('come from the tables', () => {
    expect(model.lists.get('presets')).toEqual(PRESETS.map(({ name }) => name));
    expect(model.lists.get('codes')).toEqual(expect.arrayContaining([...FINDING_CODES]));
    expect(model.lists.get('zones')).toEqual(expect.arrayContaining(['UTC', 'Europe/Moscow']));
    expect(model.lists.get('regions')).toEqual(expect.arrayContaining(['RU', 'KZ']));
    expect(model.lists.get('--lang')).toEqual(['en', 'ru']);
    for (const [name, words] of model.lists) expect(words.length, name).toBeGreaterThan(0);
  });

  it('follow from the operands of a command', () => {
    const options = ['lang'] as const;
    const { commands, lists } = completionModel(
      {
        commands: {
          config: {
            operands: '<action> [key] [value...]',
            options,
            words: { action: ['path', 'list', 'get'] },
            examples: [],
          },
          verify: { operands: '<id> [file...]', options, examples: [] },
          run: { operands: '[profile...]', options, examples: [] },
        },
        topics: [],
      },
      en,
    );
    expect(commands.slice(0, 3).map(({ operands, isRepeated }) => [operands, isRepeated])).toEqual([
      [['config-action', 'anything', 'anything'], true],
      [['anything', 'files'], true],
      [['profiles'], true],
    ]);
    expect(lists.get('config-action')).toEqual(['path', 'list', 'get']);
  });

  it('are refused if a shell would not take them as they are', () => {
    for (const word of ['a b', '$x', "it's", 'a;b', '*', 'ключ', '']) {
      expect(() => plainWords(['x', word])).toThrow('quotes');
    }
  });

  it('are quoted in texts', () => {
    expect(posixQuoted("it's")).toBe(`'it'\\''s'`);
    expect(fishQuoted("it's \\")).toBe(`'it\\'s \\\\'`);
    expect(dotNetQuoted("it’s 'я'")).toBe(`'it\\u2019s \\u0027\\u044f\\u0027'`);
  });
});

describe('the names of kept counters', () => {
  function kept(content: string, mode = 0o600): string {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'metrika-calls'));
    const path = join(folder, 'metrika-calls/counters.json');
    writeFileSync(path, content);
    chmodSync(path, mode);
    return folder;
  }

  const named = (folder: string): Promise<unknown> =>
    knownNames('counters', { XDG_CONFIG_HOME: folder, APPDATA: folder });

  it('are the number, with name and site beside it', async () => {
    const folder = kept('{"counters":[{"id":31,"name":"Shop","site":"shop.example"},{"id":7}]}');
    expect(await named(folder)).toEqual([
      { name: '31', text: 'Shop shop.example' },
      { name: '7', text: '' },
    ]);
  });

  it('have no line ends, tabs, escape sequences and invisible characters', async () => {
    const name = 'a\nb\tc\r\u001b[31md\u202ee\u2028f\u0000\ud800';
    const folder = kept(JSON.stringify({ counters: [{ id: 31, name }] }));
    expect(await named(folder)).toEqual([{ name: '31', text: 'a b c [31md e f' }]);
  });

  it.runIf(process.platform !== 'win32')('are not read if others can read the file', async () => {
    for (const mode of [0o640, 0o604, 0o666]) {
      expect(await named(kept('{"counters":[{"id":31}]}', mode))).toEqual([]);
    }
  });

  it.each([
    '',
    'null',
    '{"counters":[',
    '{"counters":{}}',
    '{"counters":[{"id":"31"}]}',
    '{"counters":[{"id":0}]}',
    '{"counters":[{"id":1.5}]}',
    '{"counters":[{"id":31,"name":7}]}',
  ])('are left out if the file is damaged: %s', async (content) => {
    expect(await named(kept(content))).toEqual([]);
  });

  it('are left out if there is no file, or a folder in its place', async () => {
    const folder = temporaryFolder();
    expect(await named(folder)).toEqual([]);
    mkdirSync(join(folder, 'metrika-calls/counters.json'), { recursive: true });
    expect(await named(folder)).toEqual([]);
  });

  it.runIf(process.platform !== 'win32')('are read through a link', async () => {
    const folder = temporaryFolder();
    symlinkSync(
      join(kept('{"counters":[{"id":31}]}'), 'metrika-calls'),
      join(folder, 'metrika-calls'),
    );
    expect(await named(folder)).toEqual([{ name: '31', text: '' }]);
  });

  it('are printed with a tab between, and nothing else', async () => {
    const folder = kept('{"counters":[{"id":31,"name":"Shop ::error::"},{"id":7}]}');
    const env = { XDG_CONFIG_HOME: folder, APPDATA: folder };
    expect(await run(['completion', 'counters'], { env })).toEqual({
      code: 0,
      stdout: '31\tShop ::error::\n7\t\n',
      stderr: '',
    });
    const none = { code: 0, stdout: '', stderr: '' };
    expect(await run(['completion', 'profiles'], { env })).toEqual(none);
    const settings = join(folder, 'metrika-calls', 'settings.json');
    writeFileSync(settings, '{"profiles":{"north":{"counter":1},"a\\tb":{}}}');
    expect(await run(['completion', 'profiles'], { env })).toEqual({
      ...none,
      stdout: 'north\t\na b\t\n',
    });
    writeFileSync(settings, '{"countr":1}');
    expect(await run(['completion', 'profiles'], { env })).toEqual(none);
  });
});
