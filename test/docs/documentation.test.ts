import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { COMMAND_NAMES, COMMANDS } from '../../src/cli/commands/index.ts';
import { EXAMPLE_NOW, exampleFile, FINDING_CODES } from '../../src/cli/output/explanations.ts';
import { errorsPage, findingsPage } from '../../src/docs/findings-page.ts';
import { presetsPage } from '../../src/docs/presets-page.ts';
import { withTables } from '../../src/docs/readme-tables.ts';
import { FAILURE_EXIT_CODES } from '../../src/failure.ts';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { check } from '../support/check.ts';
import { BIN, run, start, temporaryFolder } from '../support/run.ts';
import { answerJson, TestService } from '../support/test-service.ts';

const readme = readFileSync('README.md', 'utf8');
const russianReadme = readFileSync('README.ru.md', 'utf8');
const contributing = readFileSync('CONTRIBUTING.md', 'utf8');

/** The command lines of a document, out of all its code blocks. */
function commandLines(document: string): string[] {
  const blocks = [...document.matchAll(/```(?:sh|cron|yaml)\n([\s\S]*?)```/g)].map(
    ([, block = '']) => block,
  );
  return blocks.flatMap((block) =>
    block
      .split('\n')
      .flatMap((line) => /(?:METRIKA_\w+=\S+ )?(?:npm|metrika-calls) .*$/.exec(line)?.[0] ?? []),
  );
}

async function everyService(): Promise<TestService> {
  return await TestService.start((request, response) => {
    const uploading = '{"id":1000001,"status":"PROCESSED","line_quantity":3,"source_quantity":3}';
    const empty = request.query.get('offset') !== '0';
    answerJson(
      response,
      200,
      request.path.endsWith('calls_uploadings')
        ? `{"uploadings":[${empty ? '' : uploading}]}`
        : `{"uploading":${uploading}}`,
    );
  });
}

/** Runs a documented line by a shell, in a folder that has what the line speaks of. */
async function runLine(line: string): Promise<{ status: number | null; output: string }> {
  const folder = temporaryFolder();
  mkdirSync(`${folder}/bin`);
  for (const [name, script] of Object.entries({
    'metrika-calls': `exec '${process.execPath}' '${BIN}' "$@"`,
    'some-export': 'cat calls.csv',
  })) {
    writeCalls(folder, `bin/${name}`, `#!/bin/sh\n${script}\n`);
    chmodSync(`${folder}/bin/${name}`, 0o755);
  }
  writeCalls(folder, 'calls.csv', goodCalls(2));
  writeCalls(folder, 'cdr.csv', readFileSync('fixtures/exports/freepbx.csv'));
  writeCalls(folder, 'crm.csv', readFileSync('fixtures/exports/crm.csv'));
  writeCalls(folder, 'calls.xlsx', readFileSync('fixtures/calls.xlsx'));
  writeCalls(folder, 'export.csv', 'Дата звонка;ClientId\r\n18.11.2026 10:00;1481718166\r\n');
  writeCalls(folder, 'pbx.csv', 'Дата;ClientId\r\n18.11.2026 10:00;1481718166\r\n');
  writeCalls(
    folder,
    'recipe.json',
    '{ "preset": "freepbx", "timezone": "Europe/Moscow", "defaultRegion": "RU", "join": "crm.csv" }',
  );
  writeCalls(folder, 'звонки.xlsx', readFileSync('fixtures/exports/звонки.xlsx'));
  writeCalls(
    folder,
    'звонки.json',
    '{ "columns": { "Дата звонка": "DateTime", "Телефон": "PhoneNumber", "ClientID Метрики": "ClientId" }, "timezone": "Europe/Moscow", "defaultRegion": "RU" }',
  );
  chmodSync(writeCalls(folder, 'token.txt', 'y0_documented_token\n'), 0o600);
  const service = await everyService();
  const api = line.includes('--api-url')
    ? line.replace(/--api-url \S+/, `--api-url ${service.url}`)
    : line;
  const { spawn } = await import('node:child_process');
  return await new Promise((resolve) => {
    const child = spawn('sh', ['-c', api], {
      cwd: folder,
      env: {
        PATH: `${folder}/bin${delimiter}${process.env['PATH'] ?? ''}`,
        METRIKA_API_URL: service.url,
        METRIKA_TOKEN: 'y0_documented_token',
      },
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('close', (status) => {
      resolve({ status, output });
    });
    if (line.includes('metrika-calls sandbox')) {
      child.stdout.once('data', () => spawnSync('pkill', ['-INT', '-P', String(child.pid)]));
    }
  });
}

// The documented lines are those of a Unix shell.
const onUnix = it.runIf(process.platform !== 'win32');

describe('the documents', () => {
  const russian = commandLines(russianReadme);
  const lines = [...new Set([...commandLines(readme), ...russian, ...commandLines(contributing)])];
  const ours = lines.filter(
    (line) => /metrika-calls (?!.*--global)/.test(line) && !line.startsWith('npm'),
  );

  it('name commands that a test can find', () => {
    expect(ours.length).toBeGreaterThan(6);
  });

  onUnix.each(ours)('run: %s', async (line) => {
    const { status, output } = await runLine(line);
    expect(status, output).toBe(0);
  });

  it('name npm scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = lines.flatMap((line) =>
      [...line.matchAll(/npm (?:run )?([a-z:-]+)/g)].map(([, name = '']) => name),
    );
    const own = named.filter((name) => !['ci', 'install', 'run'].includes(name));
    expect(own.length).toBeGreaterThan(1);
    for (const name of own) expect(Object.keys(scripts)).toContain(name);
  });

  it('say the same commands in both languages', () => {
    const sh = (text: string): string[] => [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flat();
    expect(sh(russianReadme)).toEqual(sh(readme));
    const headings = (text: string): number => text.match(/^##+ /gm)?.length ?? 0;
    expect(headings(russianReadme)).toBe(headings(readme));
  });

  it.each([
    ['README.md', 'en', readme],
    ['README.ru.md', 'ru', russianReadme],
  ] as const)(
    '%s has the tables of the code, as npm run docs writes them',
    async (_, language, text) => {
      const written = await format(withTables(text, language), {
        parser: 'markdown',
        printWidth: 100,
        singleQuote: true,
      });
      expect(text).toBe(written);
    },
  );

  it.each([
    ['findings', findingsPage],
    ['errors', errorsPage],
    ['presets', presetsPage],
  ] as const)('docs/%s.md is what the code says, in both languages', async (name, page) => {
    for (const language of ['en', 'ru'] as const) {
      const end = language === 'en' ? 'md' : `${language}.md`;
      expect(readFileSync(`docs/${name}.${end}`, 'utf8')).toBe(
        await format(page(language), { parser: 'markdown', printWidth: 100, singleQuote: true }),
      );
    }
  });

  it.each(FINDING_CODES.filter((code) => exampleFile(code) !== undefined))(
    'the example of %s has that finding',
    async (code) => {
      const example = Buffer.from(exampleFile(code) ?? '');
      // The page cannot hold a byte that is no text, so it is put in here.
      const at = example.indexOf('\ufffd');
      const file =
        at < 0
          ? example
          : Buffer.concat([example.subarray(0, at), Buffer.from([0xff]), example.subarray(at + 3)]);
      const { validation } = await check(file, { now: EXAMPLE_NOW });
      expect(validation.findings.map((finding) => finding.code)).toContain(code);
      // Column names in another line are missing in the first, and no record fits what is there.
      const most = code === 'header-not-first' ? 6 : 1;
      expect(validation.errors, JSON.stringify(validation.findings)).toBeLessThanOrEqual(most);
    },
  );

  it('link to files that exist', () => {
    const links = [
      ...(readme + russianReadme + contributing).matchAll(/\]\((?!https?:)([^)#]+)\)/g),
    ].map(([, path = '']) => path);
    for (const path of links) expect(() => readFileSync(path)).not.toThrow(/ENOENT/);
  });

  it('the demo of the README sends calls to a sandbox', () => {
    const ended = spawnSync(process.execPath, ['scripts/demo.js'], { encoding: 'utf8' });
    expect(ended.status, ended.stderr).toBe(0);
    expect(ended.stdout).toMatch(/uploaded as \d+, processed/);
  });
});

describe('help', () => {
  it('is the same in its three spellings, on standard output', async () => {
    const [long, short, word] = await Promise.all([run(['--help']), run(['-h']), run(['help'])]);
    expect(long.code).toBe(0);
    expect(long.stdout).toBe(short.stdout);
    expect(long.stdout).toBe(word.stdout);
    expect(long.stderr).toBe('');
  });

  it.each(COMMAND_NAMES)('of %s ends with where to go on, and fits any width', async (name) => {
    const { stdout, code } = await run([name, '--help']);
    expect(code).toBe(0);
    expect(stdout).toBe((await run(['help', name])).stdout);
    expect(stdout).toMatch(/Exit codes:.*\nDocumentation:.*\nProblems:.*\n$/);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    const narrow = (await run([name, '--help'], { env: { COLUMNS: '40' } })).stdout;
    for (const flag of stdout.match(/--[a-z-]+/g) ?? []) expect(narrow).toContain(flag);
  });

  const examples = COMMAND_NAMES.flatMap((name) => COMMANDS[name].examples);
  onUnix.each(examples)('has the example: %s', async (line) => {
    const { status, output } = await runLine(line.replace('--port 8080', '--port 0'));
    expect(status, output).toBe(0);
  });

  it('prints the tables of the README', async () => {
    const codes = (await run(['help', 'exit-codes'])).stdout;
    const variables = (await run(['help', 'environment'])).stdout;
    const rowsOf = (name: string): string[][] => {
      const [, part = ''] = readme.split(`<!-- ${name} -->`);
      return (part.split('<!--')[0] ?? '')
        .split('\n')
        .filter((line) => line.startsWith('|'))
        .slice(2)
        .map((line) => line.split('|').map((cell) => cell.replaceAll('`', '').trim()));
    };
    const flat = (text: string): string => text.replace(/\s+/g, ' ');
    for (const [, code = '', meaning = ''] of rowsOf('exit-codes'))
      expect(flat(codes)).toContain(`${code} ${meaning}`);
    for (const [, name = '', meaning = ''] of rowsOf('environment'))
      expect(flat(variables)).toContain(`${name} ${meaning}`);
    expect((await run(['help', 'nothing'])).code).toBe(2);
  });

  it('explains every finding', async () => {
    const all = await run(['explain']);
    for (const code of [...FINDING_CODES, ...Object.keys(FAILURE_EXIT_CODES)]) {
      expect(all.stdout).toMatch(new RegExp(`^  ${code} +\\S`, 'm'));
    }
    const one = await run(['explain', 'identifier-scientific']);
    expect(one.code).toBe(0);
    expect(one.stdout).toContain('1.6E+18');
    const none = await run(['explain', 'identifier-scientifc']);
    expect(none.code).toBe(2);
    expect(none.stderr).toContain('Did you mean "identifier-scientific"');
  });

  it('is short and an error when nothing is asked', async () => {
    const ended = await run([]);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr.split('\n').length).toBeLessThan(16);
  });

  it('knows what was probably meant', async () => {
    const command = await run(['uplod', 'f.csv']);
    expect(command.code).toBe(2);
    expect(command.stderr).toContain('upload');
    const option = await run(['upload', '--formt', 'json', 'f.csv']);
    expect(option.code).toBe(2);
    expect(option.stderr).toContain('--format');
  });

  it('version is one line', async () => {
    const [long, short] = await Promise.all([run(['--version']), run(['-V'])]);
    expect(long.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(short.stdout).toBe(long.stdout);
  });
});

describe('options', () => {
  it('work before and after the command', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const before = await run(['--json', '--max-errors', '5', 'validate', path]);
    expect(before.code).toBe(0);
    expect(before.stdout).toBe(
      (await run(['validate', path, '--max-errors', '5', '--json'])).stdout,
    );
  });

  it('of another command are wrong', async () => {
    const ended = await run(['validate', '--wait', 'calls.csv']);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('--wait');
  });

  it('never make a run wait for an answer', async () => {
    const { child, ended } = start(['upload', '--sandbox', '-'], { input: '' });
    expect((await ended).code).toBe(3);
    expect(child.exitCode).toBe(3);
  });
});
