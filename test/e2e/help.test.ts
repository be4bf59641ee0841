import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMAND_NAMES } from '../../src/cli/commands/index.ts';
import { FINDING_CODES } from '../../src/cli/output/explanations.ts';
import { FAILURE_EXIT_CODES } from '../../src/failure.ts';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { run, temporaryFolder } from '../support/run.ts';
import { answerJson, TestService } from '../support/test-service.ts';

const readme = readFileSync('README.md', 'utf8');

const env = { METRIKA_TOKEN: 'y0_some_token_0123456789' };

function calls(): string {
  return writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
}

describe('help', () => {
  it('is the same for its three spellings, on standard output', async () => {
    const [long, short, word] = await Promise.all([run(['--help']), run(['-h']), run(['help'])]);
    expect(long.code).toBe(0);
    expect(long.stdout).toBe(short.stdout);
    expect(long.stdout).toBe(word.stdout);
    expect(long.stderr).toBe('');
  });

  it.each(COMMAND_NAMES)('of %s ends with the next step, and fits any width', async (name) => {
    const { stdout, code } = await run([name, '--help']);
    expect(code).toBe(0);
    expect(stdout).toBe((await run(['help', name])).stdout);
    expect(stdout).toMatch(/Exit codes:.*\nDocumentation:.*\nProblems:.*\n$/);
    for (const line of stdout.split('\n')) {
      // A command to paste is never cut.
      if (!line.startsWith('  $ ')) expect(line.length).toBeLessThanOrEqual(80);
    }
    const narrow = (await run([name, '--help'], { env: { COLUMNS: '40' } })).stdout;
    for (const flag of stdout.match(/--[a-z-]+/g) ?? []) expect(narrow).toContain(flag);
  });

  it.each(COMMAND_NAMES)('of %s has its placeholders in Russian', async (name) => {
    const { stdout } = await run([name, '--help', '--lang', 'ru']);
    expect(stdout.match(/<[^>]*[a-z]{2}[^>]*>/g) ?? []).toEqual([]);
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

  it('is short and an error if there is no command', async () => {
    const ended = await run([]);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr.trimEnd().split('\n').length).toBeLessThan(24);
  });

  it('suggests the intended word', async () => {
    const command = await run(['uplod', 'f.csv']);
    expect(command.code).toBe(2);
    expect(command.stderr).toContain('upload');
    const option = await run(['upload', '--formt', 'json', 'f.csv']);
    expect(option.code).toBe(2);
    expect(option.stderr).toContain('--format');
  });

  it.each([
    [['nonsense', 'list'], 'nonsense'],
    [['--lang', 'en', 'nonsense', 'upload'], 'nonsense'],
    [['-q', 'nonsense', 'explain', 'usage'], 'nonsense'],
    [['--comment', 'list', 'nonsense', 'upload'], 'nonsense'],
  ])('answers %j about the first unknown word', async (words, unknown) => {
    const { code, stderr } = await run(words);
    expect(code).toBe(2);
    expect(stderr).toContain(`Unknown command "${unknown}"`);
    expect(stderr).toContain('metrika-calls --help');
    expect(stderr).not.toMatch(/list|upload|explain/);
  });

  it.each([
    [['sandbox', 'list'], 'sandbox'],
    [['explain', 'usage', 'upload', 'list'], 'explain'],
    [['--lang', 'en', 'sandbox', 'list'], 'sandbox'],
    [['--lang=en', 'sandbox', 'list'], 'sandbox'],
    [['list', '--nonsense', 'upload'], 'list'],
    [['--goal-name', 'upload', 'list', '--nonsense'], 'list'],
  ])('answers %j about the first command', async (words, command) => {
    const { code, stderr } = await run(words);
    expect(code).toBe(2);
    expect(stderr).toContain(`metrika-calls ${command} --help`);
  });

  it('prints the version in one line', async () => {
    const [long, short] = await Promise.all([run(['--version']), run(['-V'])]);
    expect(long.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(short.stdout).toBe(long.stdout);
  });
});

describe('the version', () => {
  it.each([
    ['-m', '-V'],
    ['-m', '-Vera'],
    ['--comment', '--version'],
  ])('is not printed for a value: %s %s', async (option, value) => {
    const service = await TestService.start((_, response) => {
      answerJson(response, 200, '{"uploading":{"id":1,"status":"UPLOADED"}}');
    });
    const command = ['upload', ...service.target, option, value, calls()];
    expect((await run(command, { env })).code).toBe(0);
    expect(service.posts()[0]?.query.get('comment')?.split(' ')[0]).toBe(value);
  });

  it('is printed after a command too', async () => {
    expect((await run(['upload', '-V'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
