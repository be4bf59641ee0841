import { describe, expect, it } from 'vitest';
import { openConnections } from '../../src/metrika/undici-fetch.ts';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { run, start, temporaryFolder } from '../support/run.ts';
import { answerJson, errorBody, TestService } from '../support/test-service.ts';

const env = { METRIKA_TOKEN: 'y0_some_token_0123456789' };

function calls(): string {
  return writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
}

describe('the words of the service', () => {
  const words =
    'line 3: bad PhoneNumber +70123450001, ClientId 1481718166123456790, counter 2215573';

  it.each([[[]], [['--json']], [['--format', 'github']]])(
    'hide phone numbers and identifiers, with %j',
    async (options) => {
      const service = await TestService.start((_, response) => {
        answerJson(response, 400, errorBody('invalid_parameter', words, 400, '+7 (012) 345-00-01'));
      });
      const command = ['upload', '-v', ...options, ...service.target, calls()];
      const ended = await run(command, { env });
      const said = ended.stdout + ended.stderr;
      expect(ended.code).toBe(5);
      expect(said).toContain('line 3: bad PhoneNumber +7012');
      expect(said).toContain('counter 2215573');
      expect(said).not.toMatch(/70123450001|1481718166123456790|345-00-01/);
    },
  );

  it('hide them in pages of others, and stay as they are with --show-values', async () => {
    const service = await TestService.start((_, response) => {
      response.writeHead(404, { 'content-type': 'text/html' });
      response.end(`<p>${words}</p>`);
    });
    const hidden = await run(['upload', ...service.target, calls()], { env });
    expect(hidden.stderr).not.toContain('70123450001');
    const shown = await run(['upload', '--show-values', ...service.target, calls()], { env });
    expect(shown.stderr).toContain('+70123450001');
  });
});

describe('a short file', () => {
  it('has left at once, also where the service answers to the head of the request', async () => {
    const service = await TestService.start(() => undefined);
    service.onHead = (_, response) => {
      answerJson(response, 200, '{"uploading":{"id":1,"status":"UPLOADED"}}');
      return true;
    };
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(4000));
    expect((await run(['upload', '--no-repeat', ...service.target, path], { env })).code).toBe(0);
  });
});

describe('an interruption', () => {
  it('in the pause after a 429 says that nothing was sent', async () => {
    const service = await TestService.start((_, response) => {
      response.writeHead(429, { 'retry-after': '30' });
      response.end('{}');
    });
    const { child, ended } = start(['upload', ...service.target, calls()], { env });
    await new Promise<void>((resolve) => {
      let said = '';
      child.stderr?.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes('Retrying')) resolve();
      });
    });
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toContain('Nothing was sent');
    expect(stderr).not.toContain('may have arrived');
  });
});

describe('the version', () => {
  it.each([
    ['-m', '-V'],
    ['-m', '-Vera'],
    ['--comment', '--version'],
  ])('is not asked for by a value: %s %s', async (option, value) => {
    const service = await TestService.start((_, response) => {
      answerJson(response, 200, '{"uploading":{"id":1,"status":"UPLOADED"}}');
    });
    const command = ['upload', ...service.target, option, value, calls()];
    expect((await run(command, { env })).code).toBe(0);
    expect(service.posts()[0]?.query.get('comment')?.split(' ')[0]).toBe(value);
  });

  it('is told behind a command', async () => {
    expect((await run(['upload', '-V'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('an empty variable for a proxy', () => {
  it('counts as none, so that the other spelling is honoured', () => {
    const environment = { https_proxy: '', HTTPS_PROXY: 'http://:no-address' };
    const settings = { address: 'https://api-metrika.yandex.net', connectTimeout: 1000 };
    expect(() => openConnections({ ...settings, environment })).toThrow(/HTTPS_PROXY/);
  });
});
