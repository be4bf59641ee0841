import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { goodCalls, recently, writeCalls } from '../support/calls.ts';
import { KeepingService } from '../support/keeping-service.ts';
import { run, temporaryFolder } from '../support/run.ts';
import { answerJson, TestService } from '../support/test-service.ts';

const env = { METRIKA_TOKEN: 'some-token-123' };

describe.each(['en', 'ru'])('a CI step in %s', (METRIKA_LANG) => {
  it('shows ten annotations of each severity, the total, and a table', async () => {
    const folder = temporaryFolder();
    const rows = Array.from({ length: 500 }, () => `x,${String(recently())}`).join('\n');
    writeCalls(folder, 'calls.csv', `ClientId,DateTime\n${rows}\n`);
    const summary = writeCalls(folder, 'summary.md', '');
    const ended = await run(['validate', '--format', 'github', 'calls.csv'], {
      cwd: folder,
      env: { METRIKA_LANG, GITHUB_WORKSPACE: folder, GITHUB_STEP_SUMMARY: summary },
    });
    expect(ended.code).toBe(3);
    const errors = ended.stdout.match(/^::error file=calls\.csv,line=\d+,/gm);
    expect(errors).toHaveLength(10);
    expect(ended.stdout).toMatch(/^::notice title=metrika-calls::.*500/m);
    expect(readFileSync(summary, 'utf8')).toMatch(/\| calls\.csv \| 500 \| 500 \|/);
  });

  it('needs no home folder and no terminal, and is quiet with -q', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const service = await TestService.start(({ method }, response) => {
      const answer =
        method === 'GET' ? '{"uploadings":[]}' : '{"uploading":{"id":1,"status":"UPLOADED"}}';
      answerJson(response, 200, answer);
    });
    const ended = await run(['upload', '-q', ...service.target, path], {
      env: { ...env, METRIKA_LANG },
    });
    expect(ended).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});

describe('a cron job', () => {
  it('sends the same file once with --skip-existing', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const service = await KeepingService.start();
    for (let time = 0; time < 2; time += 1) {
      const ended = await run(['upload', '--skip-existing', ...service.target, path], { env });
      expect(ended.code, ended.stderr).toBe(0);
    }
    expect(service.posts()).toBe(1);
  });

  it('never waits for user input', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', 'ClientId,DateTime\nx,1\n');
    expect((await run(['validate', path])).code).toBe(3);
    expect((await run(['validate', '-'])).code).toBe(3);
    expect((await run(['upload', path])).code).toBe(2);
  });

  it('only looks at the list in a dry run, and says if the list cannot be read', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const service = await TestService.start((_, response) => {
      answerJson(response, 200, '{}');
    });
    const words = ['upload', '--dry-run', ...service.target, path];
    const ended = await run(words, { env });
    expect(ended.code).toBe(0);
    expect(ended.stderr).toContain('nobody has looked');
    expect(service.requests.map(({ method }) => method)).toEqual(['GET']);
    // If the list cannot be read, a real run with --skip-existing would send nothing.
    expect((await run([...words, '--skip-existing'], { env })).code).toBe(6);
    expect(service.requests.map(({ method }) => method)).toEqual(['GET', 'GET']);
  });
});
