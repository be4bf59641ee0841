import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { run, temporaryFolder } from '../support/run.ts';
import { accepting } from '../support/test-service.ts';

const TOKEN = 'y0_AgAAAAD-test-token-0123456789';

const env = { METRIKA_TOKEN: TOKEN };

describe('settings', () => {
  it('come from the environment if no option sets them', async () => {
    const service = await accepting();
    const folder = temporaryFolder();
    const path = writeCalls(folder, 'calls.csv', goodCalls(2));
    const tokenFile = writeCalls(folder, 'token', 'file-token-123456\n');
    const ended = await run(['-q', 'upload', path], {
      env: { METRIKA_TOKEN_FILE: tokenFile, METRIKA_COUNTER: '77', METRIKA_API_URL: service.url },
    });
    expect(ended).toMatchObject({ code: 0, stdout: '' });
    expect(ended.stderr).toContain('chmod 600');
    expect(service.posts()[0]?.path).toContain('/counter/77/');
    expect(service.posts()[0]?.headers.authorization).toBe('OAuth file-token-123456');
    expect(readFileSync(tokenFile, 'utf8')).toContain('file-token');
  });

  it('can include a token from standard input', async () => {
    const service = await accepting();
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = await run(['upload', ...service.target, '--token-file', '-', path], {
      input: 'piped-token-123\n',
    });
    expect(ended.code).toBe(0);
    expect(service.posts()[0]?.headers.authorization).toBe('OAuth piped-token-123');
    const twice = await run(['upload', ...service.target, '--token-file', '-', '-'], {
      input: 'piped-token-123\n',
    });
    expect(twice.code).toBe(2);
  });

  const wrong: [why: string, args: string[], environment: Record<string, string>, code: string][] =
    [
      ['no counter', [], {}, 'counter-missing'],
      ['no token', ['-c', '1'], {}, 'token-missing'],
      ['a counter of letters', ['-c', 'abc'], env, 'setting-invalid'],
      ['a counter beyond int32', ['-c', '2147483648'], env, 'setting-invalid'],
      ['an empty token', ['-c', '1', '--token', ' '], {}, 'token-empty'],
      ['a foreign host', ['-c', '1', '--api-url', 'https://example.com'], env, 'api-url-untrusted'],
      [
        'http to a known host',
        ['-c', '1', '--api-url', 'http://api-metrika.yandex.net'],
        env,
        'api-url-not-https',
      ],
      ['a comment of 256 characters', ['-c', '1', '-m', 'я'.repeat(256)], env, 'setting-invalid'],
      ['an empty goal name', ['-c', '1', '-g', ''], env, 'setting-invalid'],
      ['two addresses', ['--sandbox', '--api-url', 'http://127.0.0.1:1'], {}, 'two-addresses'],
      ['two tokens', ['-c', '1', '--token', 'abcdef', '--token-file', 'x'], {}, 'token-twice'],
      [
        'a missing token file',
        ['-c', '1', '--token-file', '/nowhere/token'],
        {},
        'token-file-unreadable',
      ],
      [
        'certificate checks off',
        ['-c', '1'],
        { ...env, NODE_TLS_REJECT_UNAUTHORIZED: '0' },
        'certificate-check-off',
      ],
      [
        'a malformed proxy',
        ['-c', '1'],
        { ...env, HTTPS_PROXY: 'http://user:pass-word@:bad' },
        'proxy-invalid',
      ],
    ];
  it.each(wrong)('are refused as a usage error: %s', async (_, args, environment, code) => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = await run(['upload', '--json', ...args, path], { env: environment });
    expect(ended.code).toBe(2);
    expect(JSON.parse(ended.stdout)).toMatchObject({ ok: false, error: { code, exit_code: 2 } });
    expect(ended.stdout + ended.stderr).not.toContain('pass-word');
  });
});
