import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/failure.ts';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { run, type RunOptions, temporaryFolder } from '../support/run.ts';
import { runHere } from '../support/run-here.ts';
import { isLong } from '../support/runs.ts';
import { answerJson, errorBody, TestService } from '../support/test-service.ts';

const TOKEN = 'y0_AgAAAAD-very-secret-0123456789';

/** Returns everything that a run writes. */
async function said(
  words: readonly string[],
  { env = { METRIKA_TOKEN: TOKEN }, ...rest }: RunOptions = {},
): Promise<{ code: number | null; text: string; stdout: string }> {
  const ended = await runHere(words, { env, clock: new FakeClock(Date.now()), ...rest });
  return { code: ended.code, text: ended.stdout + ended.stderr, stdout: ended.stdout };
}

describe('the token', () => {
  it('is in no output, with any option and any fault', async () => {
    const echo = `you sent ${TOKEN}, did you not`;
    const faults: Parameters<typeof TestService.start>[0][] = [
      (_, response) => {
        answerJson(response, 400, errorBody('invalid_parameter', echo, 400, TOKEN));
      },
      (_, response) => {
        answerJson(response, 403, errorBody('invalid_token', echo, 403));
      },
      (_, response) => {
        response.writeHead(400, { 'x-request-id': TOKEN });
        response.end(`<html>${echo}</html>`);
      },
      (_, response) => {
        answerJson(
          response,
          200,
          JSON.stringify({ uploading: { id: 1, status: TOKEN, comment: echo, [TOKEN]: 1 } }),
        );
      },
      (_, response) => {
        response.end(echo);
      },
      (_, response) => {
        answerJson(response, 503, echo);
      },
      (_request, _response, raw) => {
        raw.socket.destroy();
      },
      (_request, _response, raw) => {
        raw.socket.end(`HTTP/1.1 ${TOKEN}\r\n\r\n`);
      },
    ];
    const folder = temporaryFolder();
    const path = writeCalls(folder, 'calls.csv', goodCalls(2));
    const tokenFile = writeCalls(folder, 'token', `${TOKEN}\n`);
    const ways: [string[], Record<string, string>][] = [
      [['--token', TOKEN], {}],
      [[`--token=${TOKEN}`, '-v'], {}],
      [['-v', '--json'], { METRIKA_TOKEN: TOKEN }],
      [['--token-file', tokenFile, '-v', '--show-values'], {}],
    ];
    const common = ['--retries', '0', '--no-repeat', '--timeout', '60', '-c', '1'];
    const commands = [['upload', path], ['status', '1'], ['list']];
    for (const [round, fault] of faults.entries()) {
      const service = await TestService.start(fault);
      for (const [turn, [words, env]] of ways.entries()) {
        // Each fault is tried with each way to pass the token. For each pair of a fault and a way,
        // the short suite tries one command, and the long suite tries all commands.
        for (const command of commands.filter((_, at) => isLong || (round + turn + at) % 3 === 0)) {
          const spared =
            command[0] === 'upload' ? common : common.filter((word) => word !== '--no-repeat');
          const shown = words.filter((word) => command[0] === 'upload' || word !== '--show-values');
          const ended = await run([...command, ...spared, '--api-url', service.url, ...shown], {
            env,
          });
          expect(ended.stdout + ended.stderr).not.toContain(TOKEN);
          expect(ended.stdout + ended.stderr).not.toContain('very-secret');
          expect(ended.code).not.toBe(1);
        }
      }
      expect(service.requests.length).toBeGreaterThan(0);
      await service.close();
    }
  });

  it('is never removed from the keys of JSON, only from its values', async () => {
    const folder = temporaryFolder();
    const path = writeCalls(folder, 'calls.csv', goodCalls(2));
    const words = ['upload', '--sandbox', '--wait', '--json', '-m', 'ok id status', path];
    const keysOf = (text: string): string[] =>
      [...text.matchAll(/"([^"]*)":/g)].map(([, key]) => key ?? '');
    const usual = await said(words, { env: {} });
    expect(keysOf(usual.stdout)).toContain('uploading');
    for (const word of [
      ...new Set([...keysOf(usual.stdout), 'id', 'ok', 'status', 'CLIENT_ID', '1000001', 'true']),
    ]) {
      const { stdout } = await said(words, { env: { METRIKA_TOKEN: word } });
      expect(keysOf(stdout), word).toEqual(keysOf(usual.stdout));
      expect(() => void JSON.parse(stdout), word).not.toThrow();
    }
  });

  it.each(['status', 'uploading', 'outcome_x', 'ab+c'])(
    'is removed from all values of JSON: %s',
    async (token) => {
      const service = await TestService.start((_, response) => {
        const text = JSON.stringify({ inner: JSON.stringify([token, `(${token})`]) });
        const uploading = { id: 1, status: token, comment: text, list: [{ deep: [token, text] }] };
        answerJson(response, 200, JSON.stringify({ uploading }));
      });
      const words = ['status', '1', '-c', '1', '--api-url', service.url, '--json'];
      const { stdout } = await said(words, { env: { METRIKA_TOKEN: token } });
      const texts: string[] = [];
      JSON.parse(stdout, (_, value: unknown) => {
        if (typeof value === 'string') texts.push(value);
        return value;
      });
      expect(stdout).toContain('"status"');
      expect(texts.filter((text) => text.includes(token))).toEqual([]);
      expect(texts.join()).toContain('[token]');
      await service.close();
    },
  );

  it('is in no usage error', async () => {
    for (const words of [
      ['upload', `--tokne=${TOKEN}`, 'x.csv'],
      ['upload', '-c', TOKEN, '--token', TOKEN, 'x.csv'],
      ['status', TOKEN, '-c', '1'],
      ['upload', '--token', TOKEN, '--token-file', TOKEN, '-c', '1', 'x.csv'],
    ]) {
      for (const format of [[], ['--json']]) {
        const ended = await run([...words, ...format]);
        expect(ended.code).toBe(2);
        expect(ended.stdout + ended.stderr).not.toContain('very-secret');
      }
    }
  });

  it('is not sent to the target of a redirect', async () => {
    const thief = await TestService.start((_, response) => {
      answerJson(response, 200, '{"uploading":{"id":1}}');
    });
    for (const status of [301, 302, 303, 307, 308]) {
      const service = await TestService.start((_, response) => {
        response.writeHead(status, { location: `${thief.url}/x` });
        response.end();
      });
      const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
      const env = { METRIKA_TOKEN: TOKEN };
      expect((await run(['upload', ...service.target, path], { env })).code).toBe(8);
      expect((await run(['status', ...service.target, '1'], { env })).code).toBe(5);
    }
    expect(thief.requests).toHaveLength(0);
  });
});

describe('a secret in the wrong place', () => {
  it.each([
    [['upload', '-c', '1', '--api-url', TOKEN, 'x.csv']],
    [['upload', '-c', '1', '--api-url', `http://user:pa/ss${TOKEN}@host`, 'x.csv']],
    [['upload', `-t${TOKEN}`, 'x.csv']],
    [[TOKEN]],
    [['help', TOKEN]],
  ])('is not repeated: %j', async (words) => {
    for (const format of [[], ['--json']]) {
      const ended = await run([...words, ...format], {
        env: { METRIKA_TOKEN: 'another_token_here' },
      });
      expect(ended.code).toBe(2);
      expect(ended.stdout + ended.stderr).not.toContain('some_token');
    }
  });
});

describe('a token in the wrong place', () => {
  it('is not repeated, with any option and any word', async () => {
    const folder = temporaryFolder();
    const path = writeCalls(folder, 'calls.csv', goodCalls(1));
    const kept = writeCalls(folder, 'token.txt', `${TOKEN}\n`);
    const upload = ['upload', '-c', '1'];
    const lines: (readonly [string[], Record<string, string>])[] = [
      [[...upload, '--token-file', TOKEN, path], {}],
      [[...upload, path], { METRIKA_TOKEN_FILE: TOKEN }],
      [[...upload, TOKEN], { METRIKA_TOKEN: 'another-token-1' }],
      [[...upload, '--ca-file', TOKEN, path], { METRIKA_TOKEN: 'another-token-1' }],
      [['convert', path, '--mapping', TOKEN], {}],
      [['convert', path, '--map', `${TOKEN}=DateTime`], {}],
      [['convert', path, '--map', TOKEN], {}],
      [['validate', path, '--report', `/nowhere/${TOKEN}`], {}],
      [[...upload, '--api-url', `ftp://${TOKEN}/`, path], { METRIKA_TOKEN: 'another-token-1' }],
      [[...upload, `--tokn=${TOKEN}`, path], {}],
      [[`--${TOKEN}`], {}],
      [[TOKEN], {}],
      [['explain', TOKEN], {}],
      [['status', '-c', '1', TOKEN], { METRIKA_TOKEN: 'another-token-1' }],
      [['validate', kept], {}],
      [['inspect', kept], {}],
      [['convert', kept, '--map', 'x=DateTime'], {}],
    ];
    for (const [words, env] of lines) {
      for (const format of [[], ['--json'], ['--format', 'github'], ['-v']]) {
        const { text } = await said([...words, ...format], { env });
        expect(text, words.join(' ')).not.toContain(TOKEN.slice(3, 20));
      }
    }
  });

  it('is distinguished from the name of an existing file or folder', async () => {
    const folder = join(temporaryFolder(), 'Exports-of-November-2026-from-PBX-01');
    mkdirSync(folder);
    const path = writeCalls(folder, 'Calls-of-the-northern-Office-2026-11', goodCalls(1));
    const report = join(folder, 'report.csv');
    for (const words of [[path], [path, '--report', report], [`${folder}/Calls*`]]) {
      const { code, stdout } = await said(['validate', ...words]);
      expect(code).toBe(0);
      expect(stdout).toContain(path);
    }
  });

  it('is not repeated if it is in the name of a missing file', async () => {
    const folder = temporaryFolder();
    const calls = writeCalls(folder, 'calls.csv', goodCalls(1));
    const long = 'AbcdefghijKLMNOPQRstuvwxyz1234567890';
    for (const name of [TOKEN, `${TOKEN}.json`, `calls_${TOKEN}.csv`, long]) {
      const recipe = join(folder, 'recipe.json');
      writeFileSync(recipe, JSON.stringify({ join: `sub/${name}` }));
      const missing = join(folder, 'sub', name);
      for (const words of [
        ['validate', calls, '--mapping', recipe],
        ['validate', calls, '--mapping', recipe, '--json'],
        ['validate', calls, '--mapping', recipe, '--format', 'github'],
        ['convert', calls, '--mapping', recipe, '--preview'],
        ['validate', calls, '--mapping', missing],
        ['validate', missing, '--json'],
        ['validate', calls, '--html', missing],
        ['validate', calls, '--sheet', `sub/${name}`],
        ['convert', calls, '-o', missing],
        ['convert', calls, '--join', missing],
        ['upload', calls, '--dry-run', '-c', '1', '--token-file', missing],
        ['upload', calls, '--dry-run', '-c', '1', '--ca-file', missing],
        ['upload', calls, '--sandbox', '--skip-invalid', '--rejects', missing],
      ]) {
        const { text } = await said(words, { env: {} });
        expect(text, words.join(' ')).not.toContain(name.includes(TOKEN) ? TOKEN : long);
      }
    }
  });

  it('is not repeated by the library if it is in the name of a missing file', () => {
    const path = `sub/${TOKEN}.json`;
    const problem = { kind: 'unreadable', reason: 'ENOENT' } as const;
    const { message } = new Failure('mapping-invalid', { path, problem });
    expect(message).toBe('The recipe sub/[token].json cannot be read (ENOENT).');
  });

  it('is refused if it is too short, and never sent', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(1));
    const words = ['upload', '-c', '1', '--json', '--retries', '0', path];
    const { code, stdout } = await said(words, { env: { METRIKA_TOKEN: 'abc1234' } });
    expect([code, JSON.parse(stdout)]).toMatchObject([2, { error: { code: 'token-short' } }]);
  });

  it('never makes JSON invalid, even if it is a word of JSON', async () => {
    const service = await TestService.start((_, response) => {
      answerJson(response, 200, '{"uploading":{"id":7,"status":"PROCESSED","ok":null}}');
    });
    for (const token of ['true', 'null', '7', 'id', 'PROCESSED', '"id"', '":"', '{"uploading"']) {
      const words = ['status', ...service.target, '--json', '7'];
      const { stdout } = await said(words, { env: { METRIKA_TOKEN: token } });
      expect(() => JSON.parse(stdout) as unknown, token).not.toThrow();
    }
  });

  it('is not repeated if the service repeats it in another form', async () => {
    const token = 'y0_secretToken123456';
    const forms = [
      token,
      token.toUpperCase(),
      `${token.slice(0, 8)}<b>${token.slice(8)}`,
      `${token.slice(0, 8)}\n${token.slice(8)}`,
      Array.from(token, (one) => `&#${String(one.charCodeAt(0))};`).join(''),
      Array.from(token, (one) => `&#x${one.charCodeAt(0).toString(16)};`).join(''),
      Buffer.from(token).toString('base64'),
      Buffer.from(token).toString('hex'),
      encodeURIComponent(token).replaceAll('_', '%5F'),
      Array.from(token).join(' '),
    ];
    for (const form of forms) {
      for (const body of [`you sent ${form}`, errorBody('invalid_parameter', `bad ${form}`, 400)]) {
        const service = await TestService.start((_, response) => {
          answerJson(response, 400, body);
        });
        const { text } = await said(['list', ...service.target], { env: { METRIKA_TOKEN: token } });
        expect(text.toLowerCase(), form).not.toContain(form.toLowerCase());
        expect(text).not.toContain('etToken12');
      }
    }
  });
});
