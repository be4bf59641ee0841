import { chmodSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { run, temporaryFolder } from '../support/run.ts';
import { answerJson, TestService } from '../support/test-service.ts';

const TOKEN = 'y0_AgAAAAB_0123456789_abcdefABCDEF';

describe.each(['en', 'ru'])('settings in %s', (METRIKA_LANG) => {
  it('are shown with their sources by --dry-run', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(1));
    const { code, stdout } = await run(['upload', '--dry-run', '-c', '42', path], {
      env: { METRIKA_LANG, METRIKA_TOKEN: TOKEN },
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/counter +42 \(--counter\)/);
    expect(stdout).toMatch(/token +\[token\] \(METRIKA_TOKEN\)/);
    expect(stdout).toMatch(
      /api-url +https:\/\/api-metrika\.yandex\.net \((?:default|по умолчанию)\)/,
    );
  });

  it('can include a token file, and a file that is empty or open to other users is reported', async () => {
    const folder = temporaryFolder();
    const path = writeCalls(folder, 'calls.csv', goodCalls(1));
    const seen: (string | undefined)[] = [];
    const service = await TestService.start(({ method, headers }, response) => {
      seen.push(headers.authorization);
      answerJson(response, 200, method === 'GET' ? '{"uploadings":[]}' : '{"uploading":{"id":1}}');
    });
    const file = writeCalls(folder, 'token', `${TOKEN}\n`);
    chmodSync(file, 0o644);
    const words = ['upload', ...service.target, '--token-file', file, path];
    const ended = await run(words, { env: { METRIKA_LANG } });
    if (process.platform !== 'win32') expect(ended.stderr).toContain(`chmod 600 ${file}`);
    expect(new Set(seen)).toEqual(new Set([`OAuth ${TOKEN}`]));
    writeCalls(folder, 'token', '\n');
    expect((await run(words, { env: { METRIKA_LANG } })).code).toBe(2);
  });

  it('cannot send the token to an unknown host', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(1));
    const words = ['upload', '-c', '1', '--api-url', 'https://metrika.example', path];
    const { code, stderr } = await run(words, { env: { METRIKA_LANG, METRIKA_TOKEN: TOKEN } });
    expect(code).toBe(2);
    expect(stderr).toContain('--trust-api-host');
  });
});

describe('the token', () => {
  it('is in no output, even if the service repeats it', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(1));
    const service = await TestService.start(({ headers }, response) => {
      answerJson(
        response,
        400,
        JSON.stringify({ message: `bad ${String(headers.authorization)}` }),
      );
    });
    for (const format of ['text', 'json', 'github']) {
      for (const more of [[], ['-v'], ['-q']]) {
        const ended = await run(['upload', ...service.target, '--format', format, ...more, path], {
          env: { METRIKA_TOKEN: TOKEN, GITHUB_ACTIONS: 'true', CI: 'true' },
        });
        expect(ended.code).toBe(5);
        expect(ended.stdout + ended.stderr).not.toContain(TOKEN);
      }
    }
  });
});
