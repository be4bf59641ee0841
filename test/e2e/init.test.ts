import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { writeCalls } from '../support/calls.ts';
import { BIN, run, temporaryFolder } from '../support/run.ts';
import { HAS_TERMINAL } from '../support/terminal.ts';

const EXPORT = [
  'Дата;Время;Номер;Звонили на;Сумма;Client ID;Статус',
  '20.11.2026;09:12:33;8 916 123-45-67;+74950000001;1 250,50;1633024800123456789;Принят',
  '20.11.2026;10:00:01;8 916 123-45-68;+74950000001;;;Пропущен',
  '21.11.2026;11:30:00;8 916 123-45-69;+74950000001;900;1633024800123456790;Принят',
  '',
].join('\n');

const RECIPE = {
  columns: {
    'Дата+Время': 'DateTime',
    Номер: 'PhoneNumber',
    'Client ID': 'ClientId',
    Сумма: 'Price',
    Статус: 'CallMissed',
  },
  set: { Currency: 'RUB' },
  timezone: 'Europe/Moscow',
  defaultRegion: 'RU',
  unidentified: 'static',
};

/** Answers to all questions, as options. */
const ANSWERS = [
  ...['--timezone', 'Europe/Moscow', '--default-region', 'RU'],
  ...['--set', 'Currency=RUB', '--unidentified', 'static'],
];

function folderWithExport(): string {
  const folder = temporaryFolder();
  writeCalls(folder, 'export.csv', EXPORT);
  return folder;
}

describe('init without a terminal', () => {
  it('takes its answers from options, one for each question', async () => {
    const folder = folderWithExport();
    let words: string[] = [];
    const asked: string[] = [];
    for (;;) {
      const ended = await run(['init', 'export.csv', ...words], { cwd: folder });
      if (ended.code === 0) break;
      expect(ended.code, ended.stderr).toBe(2);
      const [, option = ''] = /for example: (.*)$/m.exec(ended.stderr) ?? [];
      asked.push(option);
      words = [
        ...words,
        ...(option.match(/"[^"]*"|\S+/g) ?? []).map((one) => one.replaceAll('"', '')),
      ];
      if (asked.length > 8) break;
    }
    expect(asked).toEqual([
      '--timezone Europe/Moscow',
      '--default-region RU',
      '--set Currency=RUB',
      '--unidentified static',
    ]);
    expect(JSON.parse(readFileSync(`${folder}/recipe.json`, 'utf8'))).toEqual(RECIPE);
  });

  it('prints commands that work, and does not write over a recipe unasked', async () => {
    const folder = folderWithExport();
    const ended = await run(['init', 'export.csv', ...ANSWERS, '--counter', '7'], { cwd: folder });
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stderr).toContain('→ 1795155153');
    expect(ended.stderr).not.toContain('916 123-45-67');
    const [validate, upload] = ended.stdout
      .split('\n')
      .filter((line) => line.startsWith('metrika-calls'));
    expect(upload).toBe('metrika-calls upload --counter 7 --mapping recipe.json export.csv');
    const words = validate?.split(' ').slice(1) ?? [];
    expect((await run(words, { cwd: folder })).code).toBe(0);
    const again = await run(['init', 'export.csv', ...ANSWERS], { cwd: folder });
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('--save-mapping');
    const other = await run(['init', 'export.csv', ...ANSWERS, '--save-mapping', 'recipe.json'], {
      cwd: folder,
    });
    expect(other.code).toBe(0);
  });

  it('is a document under --json, and needs a file', async () => {
    const folder = folderWithExport();
    const ended = await run(['init', '--json', 'export.csv', ...ANSWERS], { cwd: folder });
    expect(ended.code, ended.stderr).toBe(0);
    const schema = JSON.parse(readFileSync('schemas/init.json', 'utf8')) as object;
    const document: unknown = JSON.parse(ended.stdout);
    expect(new Ajv().validate(schema, document)).toBe(true);
    expect(document).toMatchObject({ ok: true, mapping: 'recipe.json', recipe: RECIPE });
    expect((await run(['init', '-'], { input: EXPORT })).code).toBe(2);
    expect((await run(['init', 'none.csv'], { cwd: folder })).code).toBe(3);
  });

  it('asks which column it is where the headings say nothing', async () => {
    const folder = temporaryFolder();
    writeCalls(folder, 'odd.csv', 'x;a;b\n5;1795155153;1633024800123456789\n');
    const time = await run(['init', 'odd.csv'], { cwd: folder });
    expect(time.stderr).toContain('--map a=DateTime');
    const id = await run(['init', 'odd.csv', '--map', 'a=DateTime'], { cwd: folder });
    expect(id.stderr).toContain('--map b=ClientId');
  });
});

describe('init of an export without identifiers', () => {
  it('is answered by --unidentified, and never takes what is no identifier', async () => {
    const folder = temporaryFolder();
    const cells = 'Start Time,Caller,Queue\n2026-11-20 09:12:33,+79123456701,12\n';
    writeCalls(folder, 'two.csv', cells);
    const words = ['init', 'two.csv', '--timezone', 'UTC'];
    const open = await run(words, { cwd: folder });
    expect(open.code).toBe(2);
    expect(open.stderr).toContain('--unidentified static');
    const ended = await run([...words, '--unidentified', 'static'], { cwd: folder });
    expect(ended.code, ended.stderr).toBe(0);
  });

  it('prints lines that read the same file in the same way', async () => {
    const folder = temporaryFolder();
    const times = 'Start Time,Caller\n2026-11-20 09:12:33,+79123456701\n';
    writeCalls(folder, '-50%.csv', times);
    const options = ['--timezone', 'UTC', '--unidentified', 'static', '--encoding', 'cp866'];
    const ended = await run(['init', './-50%.csv', ...options], { cwd: folder });
    expect(ended.code, ended.stderr).toBe(0);
    const lines = ended.stdout
      .split('\n')
      .filter((line) => /metrika-calls (?:upload|validate)/.test(line));
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(line).toContain('--encoding ibm866');
    expect(lines[2]).toContain(String.raw`./-50\%.csv`);
  });
});

/** Keys of a terminal. */
const [ENTER, DOWN, CTRL_C] = ['\r', '\u001b[B', '\u0003'];

/** Speaks with the command on a terminal: as soon as a text is there, the keys are pressed. */
async function conversation(
  words: readonly string[],
  steps: readonly (readonly [shown: string, keys: string])[],
  cwd: string,
): Promise<{ readonly screen: string; readonly code: number | null }> {
  const line = [process.execPath, BIN, ...words].map((word) => `'${word}'`).join(' ');
  const child: ChildProcess = spawn(
    'script',
    ['-qec', `stty cols 100 rows 40; ${line}`, '/dev/null'],
    {
      cwd,
      env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm', LC_ALL: 'C.UTF-8', NO_COLOR: '1' },
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  );
  let screen = '';
  let from = 0;
  let next = 0;
  child.stdout?.setEncoding('utf8');
  child.stdout?.on('data', (text: string) => {
    screen += text;
    for (let [shown, keys] = steps[next] ?? []; shown !== undefined;) {
      const at = screen.indexOf(shown, from);
      if (at < 0) return;
      from = at + shown.length;
      next += 1;
      child.stdin?.write(keys ?? '');
      [shown, keys] = steps[next] ?? [];
    }
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { screen, code };
}

describe.runIf(HAS_TERMINAL)('init on a terminal', () => {
  it('asks, shows values of the file, and saves the recipe', async () => {
    const folder = folderWithExport();
    const { screen, code } = await conversation(
      ['init', 'export.csv'],
      [
        ['times written?', ENTER],
        ['country code?', ENTER],
        ['prices?', ENTER],
        ['without an identifier?', ENTER],
        ['recipe.json', ENTER],
      ],
      folder,
    );
    expect(code, screen).toBe(0);
    expect(screen).toContain('20.11.2026 09:12:33');
    expect(screen).toContain('→ 1795155153');
    expect(screen).not.toContain('123-45-67');
    expect(JSON.parse(readFileSync(`${folder}/recipe.json`, 'utf8'))).toEqual(RECIPE);
  });

  it('takes another answer than the first, in Russian', async () => {
    const folder = folderWithExport();
    const { screen, code } = await conversation(
      ['init', 'export.csv', '--lang', 'ru', ...ANSWERS.slice(0, -2)],
      [
        ['без идентификатора?', DOWN],
        ['пропустить', ENTER],
        ['recipe.json', ENTER],
      ],
      folder,
    );
    expect(code, screen).toBe(0);
    expect(screen).toContain('Рецепт сохранён');
    const saved: unknown = JSON.parse(readFileSync(`${folder}/recipe.json`, 'utf8'));
    expect(saved).toMatchObject({ unidentified: expect.stringMatching(/skip|static/) as string });
  });

  it('leaves nothing behind after Ctrl-C', async () => {
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
