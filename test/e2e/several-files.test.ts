import { mkdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { KeepingService } from '../support/keeping-service.ts';
import { run, temporaryFolder } from '../support/run.ts';
import { accepting } from '../support/test-service.ts';
import { answerJson, onlyPart, TestService } from '../support/test-service.ts';
import type { UploadDocument } from '../support/upload-here.ts';

const env = { METRIKA_TOKEN: 'y0_some_token_0123456789' };

function outcomes(stdout: string): unknown[] {
  const { results } = JSON.parse(stdout) as { results: Record<string, unknown>[] };
  return results.map(({ file, outcome, exit_code: code }) => [file, outcome, code]);
}

/**
 * Starts a service that delays its answers to POST. It answers when `together` requests are
 * waiting, or when all files have arrived.
 */
async function gathering(
  together: number,
  files: number,
): Promise<{ most: () => number; service: TestService }> {
  let underWay = 0;
  let most = 0;
  let done = 0;
  const waiting: (() => void)[] = [];
  const service = await TestService.start((request, response) => {
    if (request.method === 'GET') {
      answerJson(response, 200, '{"uploadings":[]}');
      return;
    }
    underWay += 1;
    most = Math.max(most, underWay);
    waiting.push(() => {
      underWay -= 1;
      done += 1;
      answerJson(response, 200, `{"uploading":{"id":${String(done)},"status":"UPLOADED"}}`);
    });
    if (underWay === together || done + underWay === files) {
      for (const answer of waiting.splice(0)) answer();
    }
  });
  return { most: () => most, service };
}

describe('several files', () => {
  it('are sent in parallel up to --concurrency, and the results keep the order', async () => {
    const folder = temporaryFolder();
    const names = ['a', 'b', 'c', 'd', 'e'].map((name) =>
      writeCalls(folder, `${name}.csv`, goodCalls(3, name)),
    );
    for (const [given, together] of [
      [[], 1],
      [['--concurrency', '2'], 2],
      [['--concurrency', '3'], 3],
    ] as const) {
      const { service, most } = await gathering(together, names.length);
      const words = ['upload', '--json', ...given, ...service.target, ...names];
      const ended = await run(words, { env });
      expect(ended.code, ended.stderr).toBe(0);
      expect(most()).toBe(together);
      expect(outcomes(ended.stdout)).toEqual(names.map((name) => [name, 'uploaded', 0]));
    }
  });

  it('with the same content are sent once with --skip-existing, also in parallel', async () => {
    const folder = temporaryFolder();
    const names = ['a', 'b', 'c'].map((name) => writeCalls(folder, `${name}.csv`, goodCalls(3)));
    const service = await KeepingService.start();
    const words = ['upload', '--json', '--skip-existing', '--concurrency', '3', ...service.target];
    const ended = await run([...words, ...names], { env });
    expect(ended.code, ended.stderr).toBe(0);
    expect(service.posts()).toBe(1);
    expect(ended.stdout.match(/"existing"/g)).toHaveLength(2);
  });

  it.each(['0', '4', 'many', '-1'])('are not sent with --concurrency %s', async (number) => {
    const { service } = await gathering(1, 1);
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(3));
    const words = ['upload', `--concurrency=${number}`, ...service.target, path];
    const ended = await run(words, { env });
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('--concurrency must be a whole number from 1 to 3');
    expect(service.requests).toHaveLength(0);
  });

  it('end with a table and the worst exit code, and no failure hides another', async () => {
    const { service } = await gathering(1, 9);
    const folder = temporaryFolder();
    writeCalls(folder, 'a.csv', goodCalls(3));
    writeCalls(folder, 'b.csv', 'ClientId\n1\n');
    writeCalls(folder, 'c.csv', goodCalls(2));
    const words = ['upload', ...service.target, 'a.csv', 'b.csv', 'missing.csv', 'c.csv'];
    const ended = await run(words, { env, cwd: folder });
    expect(ended.code).toBe(3);
    const table = ended.stdout.slice(ended.stdout.indexOf('FILE'));
    expect(
      table
        .trimEnd()
        .split('\n')
        .map((line) => line.replace(/ {2,}/g, ' | ')),
    ).toEqual([
      'FILE | OUTCOME | CALLS | UPLOAD ID | STATUS OR REASON',
      'a.csv | uploaded | 3 | 1 | UPLOADED',
      'b.csv | failed, exit 3 | 1 | validation-failed',
      'missing.csv | failed, exit 3 | file-not-found',
      'c.csv | uploaded | 2 | 2 | UPLOADED',
    ]);
    const quiet = await run([...words.slice(0, -3), 'c.csv', '-q'], { env, cwd: folder });
    expect(quiet).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('have one report each, and the worst exit code', async () => {
    const service = await accepting();
    const folder = temporaryFolder();
    const good = writeCalls(folder, 'good.csv', goodCalls(2));
    const bad = writeCalls(folder, 'bad.csv', 'ClientId,DateTime\nx,1700000000\n');
    mkdirSync(`${folder}/folder`);
    const ended = await run(
      [
        'upload',
        '--json',
        ...service.target,
        bad,
        good,
        `${folder}/missing.csv`,
        `${folder}/folder`,
      ],
      { env },
    );
    expect(ended.code).toBe(3);
    const { ok, results } = JSON.parse(ended.stdout) as UploadDocument;
    expect(ok).toBe(false);
    expect(results.map(({ outcome, exit_code }) => [outcome, exit_code])).toEqual([
      ['failed', 3],
      ['uploaded', 0],
      ['failed', 3],
      ['failed', 3],
    ]);
    expect(results[2]?.validation.findings[0]?.code).toBe('file-not-found');
    expect(results[3]?.error?.code).toBe('file-is-directory');
    expect(service.posts()).toHaveLength(1);
  });

  it('are refused if one of them is named twice', async () => {
    const service = await accepting();
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = await run(['upload', ...service.target, path, path], { env });
    expect(ended.code).toBe(2);
    expect(service.requests).toHaveLength(0);
  });

  it('may include standard input', async () => {
    const service = await accepting();
    const content = goodCalls(2);
    const ended = await run(['upload', ...service.target, '-'], { env, input: content });
    expect(ended.code).toBe(0);
    const [post] = service.posts();
    if (post === undefined) throw new Error('no request came');
    expect(onlyPart(post).content.toString()).toBe(content);
  });
});

describe('a pattern', () => {
  it('matches files, which are used in order', async () => {
    const folder = temporaryFolder();
    for (const name of ['calls-10.csv', 'calls-09.csv', 'other.csv', '.calls-00.csv']) {
      writeCalls(folder, name, goodCalls(2, name));
    }
    for (const [pattern, expected] of [
      ['calls-*.csv', ['calls-09.csv', 'calls-10.csv']],
      ['calls-{10,11}.csv', ['calls-10.csv']],
      ['calls-[01]9.csv', ['calls-09.csv']],
      [`${folder}/c*-1?.csv`, [`${folder}/calls-10.csv`]],
    ] as const) {
      const ended = await run(['validate', '--json', pattern], { cwd: folder });
      expect(ended.code, ended.stdout).toBe(0);
      const { results } = JSON.parse(ended.stdout) as { results: { file: string }[] };
      expect(results.map(({ file }) => file)).toEqual(expected);
    }
  });

  it('without a match is reported as a missing file, and a file whose name equals the pattern is preferred', async () => {
    const folder = temporaryFolder();
    const ended = await run(['validate', '--json', 'calls-*.csv'], { cwd: folder });
    expect(ended.code).toBe(3);
    expect(ended.stdout).toContain('"file-not-found"');
    expect(ended.stdout).toContain('No file matches this pattern.');
    writeCalls(folder, 'calls [1].csv', goodCalls(2));
    writeCalls(folder, 'calls 1.csv', 'nothing');
    expect((await run(['validate', 'calls [1].csv'], { cwd: folder })).code).toBe(0);
  });

  it('is refused if it matches a file that the command line also names', async () => {
    const folder = temporaryFolder();
    writeCalls(folder, 'calls.csv', goodCalls(2));
    const ended = await run(['validate', '*.csv', 'calls.csv'], { cwd: folder });
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('named twice');
  });
});
