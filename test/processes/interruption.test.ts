import { readdirSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { listensForSignals, start } from '../support/process.ts';
import { temporaryFolder } from '../support/run.ts';
import { answerJson, TestService } from '../support/test-service.ts';

function leftovers(): string[] {
  return readdirSync(tmpdir()).filter((name) => /^metrika-calls-[0-9a-f-]{36}/.test(name));
}

const TOKEN = 'y0_some_token_0123456789';

const env = { METRIKA_TOKEN: TOKEN };

function calls(): string {
  return writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
}

const onPosix = process.platform === 'win32' ? it.skip : it;

// If a run does not end by itself after a signal, it is killed and prints nothing. So each test
// checks the last lines of the output. No test measures time.

describe('a signal', () => {
  it('during sending prints the number of sent bytes, and leaves no temporary file', async () => {
    const service = await TestService.start(() => undefined);
    const arrived = new Promise<void>((resolve) => {
      service.onHead = ({ method }, response) => {
        if (method === 'GET') answerJson(response, 200, '{"uploadings":[]}');
        else resolve();
        return true;
      };
    });
    const before = leftovers();
    const { child, ended } = start(['upload', ...service.target, '-'], {
      env: { METRIKA_TOKEN: 'some-token-123' },
      input: goodCalls(400_000),
    });
    await arrived;
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(/Interrupted\. [\d.]+ (?:\w+ )?of [\d.]+ \w+ had been sent/);
    expect(stderr).toContain('metrika-calls list --counter 2215573');
    expect(leftovers()).toEqual(before);
  });

  it('counts once if two signals arrive at the same time, for example from a parent process', async () => {
    const service = await TestService.start((_, response) => {
      answerJson(response, 200, '{"uploading":{"id":77,"status":"UPLOADED"}}');
    });
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const { child, ended, said } = start(['upload', '--wait', ...service.target, path], {
      env: { METRIKA_TOKEN: 'some-token-123' },
    });
    await said('uploaded as 77');
    child.kill('SIGINT');
    child.kill('SIGTERM');
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toContain('--wait 77');
  });

  it('during a wait prints the status and the next step', async () => {
    const service = await TestService.start((_, response) => {
      answerJson(response, 200, '{"uploading":{"id":77,"status":"UPLOADED"}}');
    });
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const { child, ended, said } = start(['upload', '--wait', '--json', ...service.target, path], {
      env: { METRIKA_TOKEN: 'some-token-123' },
    });
    await said('uploaded as 77');
    child.kill('SIGTERM');
    const { code, stdout } = await ended;
    expect(code).toBe(130);
    const [result] = (JSON.parse(stdout) as { results: { error: { hint: string } }[] }).results;
    expect(result?.error.hint).toContain('--wait 77');
  });
});

describe('an interruption', () => {
  it('while standard input is read prints a document', async () => {
    const lines = [
      ['upload', '--sandbox', '--json', '-'],
      ['validate', '--json', '-'],
      ['list', '--json', '-c', '1', '--token-file', '-'],
    ];
    const started = lines.map((words) => start(words, { input: undefined, stdin: 'pipe' }));
    for (const run of started) {
      await listensForSignals(run);
      run.child.kill('SIGINT');
      const { code, stdout } = await run.ended;
      expect(code).toBe(130);
      expect(stdout).toContain('"interrupted"');
    }
  });

  it('has an outcome for each file, including files that were not begun', async () => {
    const service = await TestService.start(({ method }, response) => {
      if (method === 'GET') answerJson(response, 200, '{"uploadings":[]}');
      else if (service.posts().length === 1) answerJson(response, 200, '{"uploading":{"id":1}}');
      else child.kill('SIGINT');
    });
    const folder = temporaryFolder();
    const paths = ['a', 'b', 'c'].map((name) =>
      writeCalls(folder, `${name}.csv`, goodCalls(2, name)),
    );
    const { child, ended } = start(['upload', '--json', ...service.target, ...paths], { env });
    const { code, stdout } = await ended;
    expect(code).toBe(130);
    const { results } = JSON.parse(stdout) as { results: { exit_code: number }[] };
    expect(results.map(({ exit_code }) => exit_code)).toEqual([0, 130, 130]);
  });

  it('in the pause after a 429 says that nothing was sent', async () => {
    const service = await TestService.start((_, response) => {
      response.writeHead(429, { 'retry-after': '30' });
      response.end('{}');
    });
    const { child, ended, said } = start(['upload', ...service.target, calls()], { env });
    await said('retrying');
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toContain('Nothing was sent');
    expect(stderr).not.toContain('may have arrived');
  });
});

describe('Ctrl-C while the connection is opened', () => {
  it('ends the run immediately, and says that nothing was sent', async () => {
    // A server that accepts the connection but never answers the handshake.
    const silent = createServer((socket) => {
      socket.on('error', () => undefined);
      connected();
    });
    let connected = (): void => undefined;
    const seen = new Promise<void>((resolve) => {
      connected = resolve;
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(3));
    const words = ['upload', '-c', '1', '--api-url', `https://127.0.0.1:${String(port)}`, path];
    const { child, ended } = start(words, { env });
    await seen;
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    silent.close();
    expect(code).toBe(130);
    expect(stderr).toContain('Interrupted. ');
    expect(stderr).toMatch(/Nothing was sent|0 of [\d.]+ \w+ had been sent|0 bytes of /);
  });
});

describe.each(['en', 'ru'])('Ctrl-C in %s', (METRIKA_LANG) => {
  onPosix.each([
    ['while sending', 'upload'],
    ['while waiting', 'wait'],
  ])('%s prints the known facts and the next step', async (_, stage) => {
    let asked: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => (asked = resolve));
    const service = await TestService.start(({ method, path }, response) => {
      if (path.endsWith('/calls_uploadings')) answerJson(response, 200, '{"uploadings":[]}');
      else if (stage === 'upload') asked();
      else if (method === 'POST')
        answerJson(response, 200, '{"uploading":{"id":41,"status":"UPLOADED"}}');
      else asked();
    });
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const words = ['upload', ...service.target, '--wait', '--poll-interval', '1s', path];
    const { child, ended } = start(words, { env: { ...env, METRIKA_LANG } });
    await arrived;
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(stage === 'wait' ? /metrika-calls status .*41/ : /metrika-calls list /);
  });
});
