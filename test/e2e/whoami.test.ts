import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TestUser } from '../support/authority.ts';
import { answerJson, errorBody } from '../support/test-service.ts';

interface Said {
  readonly ok: boolean;
  readonly error?: { readonly code: string; readonly exit_code: number };
}

function document(text: string): Said {
  return JSON.parse(text) as Said;
}

/** The formats of the output, as options. */
const FORMATS: readonly { readonly format: readonly string[] }[] = [
  { format: [] },
  { format: ['--json'] },
  { format: ['--format', 'github'] },
];

/** Makes the authority fail every request, also after retries. */
function breakDown(user: TestUser, path: string): void {
  user.authority.overrides.set(path, (_, response) => {
    answerJson(response, 503, '{}');
  });
}

describe('whoami', () => {
  it('says whose the stored token is, and where it is kept', async () => {
    const user = await TestUser.withAuthority();
    await user.signIn();
    const json = await user.run(['whoami', '--json']);
    expect(json.code).toBe(0);
    expect(document(json.stdout)).toEqual({
      ok: true,
      login: 'anna',
      origin: user.tokenPath,
      expires: user.stored['expires'],
      scopes: ['metrika:read', 'metrika:offline_data'],
    });
    const text = await user.run(['whoami']);
    expect(text.stdout).toMatch(/account +anna\n/);
    expect(text.stdout).not.toContain('never renewed');
  });

  it('says that a token of the environment is left alone', async () => {
    const user = await TestUser.withAuthority();
    await user.signIn();
    const env = { METRIKA_TOKEN: user.authority.newToken().access };
    const json = await user.run(['whoami', '--json'], { env });
    expect(document(json.stdout)).toEqual({
      ok: true,
      login: 'anna',
      origin: 'METRIKA_TOKEN',
      expires: null,
      scopes: null,
    });
    expect((await user.run(['whoami'], { env })).stdout).toContain('never renewed or deleted');
    const before = readFileSync(user.tokenPath, 'utf8');
    const out = await user.run(['logout'], { env });
    expect(out.stderr).toContain('METRIKA_TOKEN is set');
    expect(before).not.toBe('');
  });

  it('renews a stored token that is no longer accepted', async () => {
    const user = await TestUser.withAuthority();
    await user.signIn();
    const old = user.stored['access_token'];
    user.authority.accepted.clear();
    const ended = await user.run(['whoami', '--json']);
    expect([ended.code, user.stored['access_token'] === old]).toEqual([0, false]);
  });

  it.each(FORMATS)('ends with 4 without a valid token: %j', async ({ format }) => {
    const user = await TestUser.withAuthority();
    const none = await user.run(['whoami', ...format]);
    expect(none.code).toBe(4);
    expect(none.stdout + none.stderr).toContain('No OAuth token given');
    for (const token of ['y0_of_nobody_at_all', ' ', 'two words']) {
      const ended = await user.run(['whoami', ...format], { env: { METRIKA_TOKEN: token } });
      expect(ended.code, token).toBe(4);
    }
    user.makeFolder();
    writeFileSync(user.tokenPath, 'damaged');
    expect((await user.run(['whoami', ...format])).code).toBe(4);
  });

  it.each(FORMATS)('ends with 6 if nobody can be asked: %j', async ({ format }) => {
    const user = await TestUser.withAuthority();
    await user.signIn();
    breakDown(user, '/info');
    breakDown(user, '/management/v1/counters');
    const ended = await user.run(['whoami', '--retries', '1', ...format]);
    expect(ended.code).toBe(6);
    if (format.includes('--json')) {
      expect(document(ended.stdout).error).toMatchObject({ exit_code: 6 });
    }
  });

  it('asks the API if nobody says whose the token is', async () => {
    const user = await TestUser.withAuthority();
    await user.signIn();
    breakDown(user, '/info');
    const known = await user.run(['whoami', '--json', '--retries', '0']);
    expect(known.code).toBe(0);
    expect(document(known.stdout)).toMatchObject({ ok: true, login: 'anna' });
    const env = { METRIKA_TOKEN: user.authority.newToken().access };
    const unknown = await user.run(['whoami', '--json', '--retries', '0'], { env });
    expect(document(unknown.stdout)).toMatchObject({ ok: true, login: null });
    user.authority.overrides.set('/management/v1/counters', (_, response) => {
      answerJson(response, 401, errorBody('unauthorized', 'no', 401));
    });
    expect((await user.run(['whoami', '--retries', '0'], { env })).code).toBe(4);
  });

  it('sends a stored token to no address of another kind', async () => {
    const user = await TestUser.withAuthority();
    await user.signIn();
    const words = ['whoami', '--json', '--oauth-url', 'https://oauth.yandex.ru'];
    const ended = await user.run(words);
    expect([ended.code, document(ended.stdout).error?.code]).toEqual([4, 'token-elsewhere']);
  });

  it('works with the sandbox', async () => {
    const user = await TestUser.withAuthority();
    const ended = await user.run(['whoami', '--sandbox', '--json']);
    expect([ended.code, document(ended.stdout)]).toMatchObject([0, { login: 'sandbox' }]);
  });
});

describe('logout', () => {
  it('deletes the token, a sign-in that waits and the kept counters', async () => {
    const user = await TestUser.withAuthority();
    await user.signIn();
    await user.run(['counters']);
    await user.begin();
    expect(user.files).toEqual(['counters.json', 'sign-in.json', 'token.json']);
    const ended = await user.run(['logout']);
    expect([ended.code, user.files]).toEqual([0, []]);
    expect(ended.stdout).toContain(user.tokenPath);
    expect(ended.stderr).toContain('id.yandex.ru/personal/data-access');
    expect((await user.run(['counters'])).code).toBe(2);
    const json = await user.run(['logout', '--json']);
    expect([json.code, document(json.stdout)]).toEqual([0, { ok: true, deleted: false }]);
    await user.signIn();
    expect(document((await user.run(['logout', '--json'])).stdout)).toEqual({
      ok: true,
      deleted: true,
    });
  });

  it('creates nothing where there is nothing', async () => {
    const user = await TestUser.withAuthority();
    const ended = await user.run(['logout']);
    expect([ended.code, ended.stdout, existsSync(user.folder)]).toEqual([
      0,
      'No token is stored.\n',
      false,
    ]);
  });
});

describe('counters', () => {
  it('keeps number, name and site for completion, with a stored token only', async () => {
    const user = await TestUser.withAuthority();
    const kept = join(user.folder, 'counters.json');
    await user.run(['counters'], { env: { METRIKA_TOKEN: user.authority.newToken().access } });
    await user.run(['counters', '--sandbox']);
    expect(existsSync(kept)).toBe(false);
    await user.signIn();
    await user.run(['counters', 'nothing like this']);
    expect(JSON.parse(readFileSync(kept, 'utf8'))).toEqual({
      version: 1,
      counters: [{ id: 2_215_573, name: 'Shop', site: 'shop.example' }],
    });
    expect(statSync(kept).mode & 0o777).toBe(0o600);
    const before = readFileSync(kept, 'utf8');
    await user.run(['counters', '--sandbox']);
    expect(readFileSync(kept, 'utf8')).toBe(before);
  });

  it('are forgotten after a sign-in, which may be of another account', async () => {
    const user = await TestUser.withAuthority();
    await user.signIn();
    await user.run(['counters']);
    await user.signIn();
    expect(user.files).toEqual(['token.json']);
  });

  it('leaves out what the service does not tell', async () => {
    const user = await TestUser.withAuthority();
    await user.signIn();
    user.authority.overrides.set('/management/v1/counters', (_, response) => {
      answerJson(response, 200, '{"rows":1,"counters":[{"id":7}]}');
    });
    await user.run(['counters']);
    const kept: unknown = JSON.parse(readFileSync(join(user.folder, 'counters.json'), 'utf8'));
    expect(kept).toEqual({ version: 1, counters: [{ id: 7 }] });
  });

  it('does not fail if the list cannot be kept', async () => {
    const user = await TestUser.withAuthority();
    await user.signIn();
    const { mkdirSync } = await import('node:fs');
    mkdirSync(join(user.folder, 'counters.json'));
    const ended = await user.run(['counters']);
    expect([ended.code, ended.stdout.includes('Shop')]).toEqual([0, true]);
  });
});
