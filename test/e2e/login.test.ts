import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { CLIENT_ID, TestAuthority, TestUser } from '../support/authority.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { runHere } from '../support/run-here.ts';
import { answerJson, errorBody, TestService } from '../support/test-service.ts';

interface Said {
  readonly ok: boolean;
  readonly error?: { readonly code: string; readonly exit_code: number; readonly hint: string };
  readonly [key: string]: unknown;
}

function document(text: string): Said {
  return JSON.parse(text) as Said;
}

/** The permission bits of a file. Windows has no such bits. */
function modeOf(path: string): number {
  return statSync(path).mode & 0o777;
}

const isRoot = process.getuid?.() === 0;

describe('login without a terminal', () => {
  it('shows an address first, and finishes with the code on standard input', async () => {
    const user = await TestUser.withAuthority();
    const begun = await user.run(['login', '--client-id', CLIENT_ID, '--json']);
    const first = document(begun.stdout);
    expect(begun.code).toBe(0);
    expect(first).toMatchObject({ ok: true, pending: true });
    expect(Date.parse(String(first['expires'])) - Date.now()).toBeGreaterThan(9 * 60_000);
    expect(user.files).toEqual(['sign-in.json']);
    expect(modeOf(join(user.folder, 'sign-in.json'))).toBe(0o600);
    expect(modeOf(user.folder)).toBe(0o700);
    const code = user.authority.open(String(first['address']));
    const ended = await user.run(['login', '--code', '-', '--json'], { input: `${code}\n` });
    expect(ended.code, ended.stderr).toBe(0);
    const { expires, ...rest } = document(ended.stdout);
    expect(rest).toEqual({
      ok: true,
      login: 'anna',
      scopes: ['metrika:read', 'metrika:offline_data'],
      file: user.tokenPath,
    });
    expect(Date.parse(String(expires))).toBeGreaterThan(Date.now() + 364 * 86_400_000);
    expect(user.files).toEqual(['token.json']);
    expect(modeOf(user.tokenPath)).toBe(0o600);
    expect(user.stored).toMatchObject({ client_id: CLIENT_ID, login: 'anna' });
  });

  it('says who, which rights, where and until when, and takes the address of the page', async () => {
    const user = await TestUser.withAuthority();
    const begun = await user.run(['login', '--client-id', CLIENT_ID]);
    expect(begun.stderr).toMatch(/login --api-url http:\S+ --code -$/m);
    const address = user.authority.openAndReturn(begun.stdout.trim());
    const ended = await user.run(['login', '--code', address]);
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stdout).toMatch(/Signed in as anna/);
    expect(ended.stdout).toMatch(/rights +metrika:read, metrika:offline_data/);
    expect(ended.stdout).toMatch(new RegExp(`kept in +${user.tokenPath}`));
    expect(ended.stdout).toMatch(/valid until +20\d\d-/);
  });

  it('uses the stored token in every command that needs one, and shows its path', async () => {
    const user = await TestUser.withAuthority();
    await user.signIn();
    expect((await user.run(['counters'])).stdout).toContain('2215573\tShop');
    expect((await user.run(['list', '-c', '5'])).code).toBe(0);
    const file = join(user.home, 'calls.csv');
    writeFileSync(file, `ClientId,DateTime\n1,${String(Math.floor(Date.now() / 1000) - 60)}\n`);
    const dry = await user.run(['upload', '-c', '5', '--dry-run', '--json', file]);
    const [result] = (document(dry.stdout)['results'] ?? []) as { settings: object[] }[];
    expect(result?.settings).toContainEqual({
      name: 'token',
      value: '[token]',
      source: user.tokenPath,
    });
    const { path, headers } = user.authority.service.requests.at(-1) ?? { path: '', headers: {} };
    expect(path).toContain('/management/v1/counter/5');
    expect(headers.authorization).toBe(`OAuth ${String(user.stored['access_token'])}`);
  });

  it('needs no variable in the command that shows an upload', async () => {
    const user = await TestUser.withAuthority();
    await user.signIn();
    const file = join(user.home, 'calls.csv');
    writeFileSync(file, `ClientId,DateTime\n1,${String(Math.floor(Date.now() / 1000) - 60)}\n`);
    const ended = await user.run(['upload', '-c', '5', file]);
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stdout).toMatch(/metrika-calls status --counter 5 --api-url \S+ --wait 42/);
    expect(ended.stdout).not.toContain('METRIKA_TOKEN');
  });

  it('prefers a token from an option or a variable', async () => {
    const user = await TestUser.withAuthority();
    await user.signIn();
    const { access } = user.authority.newToken();
    await user.run(['counters'], { env: { METRIKA_TOKEN: access } });
    expect(user.authority.service.requests.at(-1)?.headers.authorization).toBe(`OAuth ${access}`);
  });

  it('accepts a code once, and within ten minutes', async () => {
    const user = await TestUser.withAuthority();
    const code = user.authority.open(await user.begin());
    expect((await user.run(['login', '--code', code])).code).toBe(0);
    const again = await user.run(['login', '--code', code, '--json']);
    expect([again.code, document(again.stdout).error?.code]).toEqual([2, 'sign-in-not-begun']);
    const late = user.authority.open(await user.begin());
    const clock = new FakeClock(Date.now() + 11 * 60_000);
    const ended = await user.run(['login', '--code', late, '--json'], { clock });
    expect([ended.code, document(ended.stdout).error?.code]).toEqual([2, 'sign-in-not-begun']);
    expect(user.files).toEqual(['token.json']);
  });

  it('needs an application, and says how to register one', async () => {
    const user = await TestUser.withAuthority();
    const ended = await user.run(['login', '--json']);
    const { error } = document(ended.stdout);
    expect([ended.code, error?.code]).toEqual([2, 'client-id-missing']);
    for (const fact of [
      'https://oauth.yandex.ru/client/new',
      'metrika:read',
      'metrika:offline_data',
      'https://oauth.yandex.ru/verification_code',
      '--client-id',
    ]) {
      expect(error?.hint).toContain(fact);
    }
    expect(user.files).toEqual([]);
  });

  it('takes the application from the settings, also between the two steps', async () => {
    const user = await TestUser.withAuthority();
    user.makeFolder();
    writeFileSync(join(user.folder, 'settings.json'), JSON.stringify({ clientId: CLIENT_ID }));
    const begun = await user.run(['login']);
    const code = user.authority.open(begun.stdout.trim());
    expect((await user.run(['login', '--code', code])).code).toBe(0);
    const { access } = user.authority.newToken();
    expect((await user.run(['login', '--with-token'], { input: access })).code).toBe(0);
  });

  it.each(['METRIKA_TOKEN', 'METRIKA_TOKEN_FILE'])('is refused while %s is set', async (name) => {
    const user = await TestUser.withAuthority();
    const words = ['login', '--client-id', CLIENT_ID, '--json'];
    const ended = await user.run(words, { env: { [name]: 'y0_of_the_environment' } });
    const { error } = document(ended.stdout);
    expect([ended.code, error?.code]).toEqual([2, 'login-shadowed']);
    expect(ended.stdout).toContain(name);
    // An empty variable counts as not set.
    expect((await user.run(words, { env: { [name]: '' } })).code).toBe(0);
  });
});

describe('a refused sign-in', () => {
  it('ends with 4 for a wrong code, and stores nothing', async () => {
    const user = await TestUser.withAuthority();
    await user.begin();
    const words = ['login', '--code', 'abcdefgh12345678', '--json'];
    const ended = await user.run(words);
    const { error } = document(ended.stdout);
    expect([ended.code, error?.code]).toEqual([4, 'sign-in-refused']);
    expect(ended.stdout).toContain('bad_verification_code');
    expect(user.files).toEqual([]);
  });

  it.each([
    ['no code', 'what is this', 'sign-in-code-invalid'],
    [
      'a page of another sign-in',
      'https://x.example/?code=abcdefgh12345678&state=other',
      'sign-in-state-wrong',
    ],
    ['a page without a state', 'https://x.example/?code=abcdefgh12345678', 'sign-in-state-wrong'],
  ])('ends with 4 for %s, and asks nobody', async (_, given, code) => {
    const user = await TestUser.withAuthority();
    await user.begin();
    const ended = await user.run(['login', '--code', '-', '--json'], { input: given });
    expect([ended.code, document(ended.stdout).error?.code]).toEqual([4, code]);
    expect(user.authority.service.posts()).toEqual([]);
  });

  it('ends with 4 if the user refuses access', async () => {
    const user = await TestUser.withAuthority();
    const address = await user.begin();
    const state = new URL(address).searchParams.get('state') ?? '';
    const denied = `https://oauth.yandex.ru/verification_code?error=access_denied&state=${state}`;
    const ended = await user.run(['login', '--code', '-', '--json'], { input: denied });
    expect([ended.code, document(ended.stdout).error?.code]).toEqual([4, 'sign-in-refused']);
    expect(ended.stdout).toContain('access_denied');
  });

  it.each([
    ['a page', 200, '<html><body>Sign in to the network</body></html>', 5],
    ['no token', 200, '{"token_type":"bearer"}', 5],
    ['no JSON', 400, 'oops', 5],
    ['a redirect', 302, '', 5],
    ['an error of the server', 503, '{"error":"server_error"}', 6],
  ])('ends with the right code after %s', async (_, status, body, exitCode) => {
    const user = await TestUser.withAuthority();
    user.authority.overrides.set('/token', (request, response) => {
      // A careless service repeats what it got.
      answerJson(response, status, body.replace('oops', request.body.toString()));
    });
    const ended = await user.signIn(['--json']);
    expect(ended.code, ended.stdout).toBe(exitCode);
    expect(user.authority.service.posts()).toHaveLength(1);
    expect(user.files).toEqual([]);
    expect(ended.stdout).not.toMatch(/code_verifier|oops=/);
  });

  it('ends with 6 without a connection, and the code can be used later', async () => {
    const user = await TestUser.withAuthority();
    const code = user.authority.open(await user.begin(['--oauth-url', user.authority.service.url]));
    const pending = join(user.folder, 'sign-in.json');
    const before = readFileSync(pending, 'utf8');
    const nobody = before.replaceAll(user.authority.service.url, 'http://127.0.0.1:9');
    writeFileSync(pending, nobody);
    const none = ['--api-url', 'http://127.0.0.1:9'];
    const ended = await user.run(['login', '--code', code, '--json', ...none]);
    expect([ended.code, document(ended.stdout).error?.code]).toEqual([6, 'connection-refused']);
    writeFileSync(pending, before);
    expect((await user.run(['login', '--code', code])).code).toBe(0);
  });

  it('ends with 6 if no answer comes in time, and the code counts as used', async () => {
    const user = await TestUser.withAuthority();
    user.authority.overrides.set('/token', () => undefined);
    const code = user.authority.open(await user.begin());
    const words = ['login', '--code', code, '--json', '--timeout', '0.2'];
    const ended = await user.run(words);
    expect([ended.code, document(ended.stdout).error?.code]).toEqual([6, 'timeout']);
    expect([user.authority.service.posts().length, user.files]).toEqual([1, []]);
  });

  it('sends the code only to the addresses of the first step', async () => {
    const user = await TestUser.withAuthority();
    const other = await TestAuthority.start();
    const code = user.authority.open(await user.begin());
    const ended = await user.run(['login', '--code', code, '--json', ...other.target]);
    expect([ended.code, document(ended.stdout).error?.code]).toEqual([2, 'sign-in-elsewhere']);
    expect(other.service.requests).toEqual([]);
  });
});

describe('the address of the sign-in', () => {
  it.each([
    ['https://evil.example', 'a foreign host'],
    ['http://oauth.yandex.ru', 'http'],
    ['https://oauth.yandex.ru.evil.example', 'a host that looks alike'],
    ['https://oauth.yandex.ru@evil.example', 'a user name'],
    ['ftp://oauth.yandex.ru', 'another scheme'],
    ['oauth.yandex.ru', 'no scheme'],
    ['https://oauth.yandex.ru/?x=1', 'a query'],
  ])('may not be %s: %s', async (url) => {
    const user = await TestUser.withAuthority();
    for (const [words, env] of [
      [['--oauth-url', url], {}],
      [[], { METRIKA_OAUTH_URL: url }],
    ] as const) {
      const all = ['login', '--client-id', CLIENT_ID, '--json', ...words];
      const ended = await user.run(all, { env });
      expect([ended.code, document(ended.stdout).error?.code]).toEqual([2, 'oauth-url-invalid']);
    }
  });

  it('gets no code and no token without a check of certificates', async () => {
    const user = await TestUser.withAuthority();
    const real = ['--oauth-url', 'https://oauth.yandex.ru'];
    const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    await user.begin(real);
    const ended = await user.run(['login', '--code', 'abcdefgh12345678', '--json', ...real], {
      env,
    });
    expect([ended.code, document(ended.stdout).error?.code]).toEqual([2, 'certificate-check-off']);
  });

  it.each([
    [[], 'https://oauth.yandex.ru/authorize'],
    [['--oauth-url', 'https://oauth.yandex.com/'], 'https://oauth.yandex.com/authorize'],
    [['--oauth-url', 'http://localhost:81/x'], 'http://localhost:81/x/authorize'],
  ])('is the real one by default: %j', async (words, expected) => {
    const user = await TestUser.withAuthority();
    const api = ['--api-url', 'https://api-metrika.yandex.net'];
    const ended = await user.run(['login', '--client-id', CLIENT_ID, ...api, ...words]);
    const { origin, pathname } = new URL(ended.stdout.trim());
    expect(`${origin}${pathname}`).toBe(expected);
  });
});

describe('a new token', () => {
  it('is not stored if the service refuses it', async () => {
    const user = await TestUser.withAuthority();
    for (const path of ['/management/v1/counters', '/info']) {
      user.authority.overrides.clear();
      user.authority.overrides.set(path, (_, response) => {
        answerJson(response, 401, errorBody('unauthorized', 'no', 401));
      });
      const ended = await user.signIn(['--json']);
      expect([ended.code, document(ended.stdout).error?.code]).toEqual([4, 'unauthorized']);
      expect(user.files).toEqual([]);
    }
  });

  it('is stored with exit 6 if it cannot be tried', async () => {
    const user = await TestUser.withAuthority();
    user.authority.overrides.set('/management/v1/counters', (_, response) => {
      answerJson(response, 503, '{}');
    });
    const ended = await user.signIn(['--json', '--retries', '1']);
    expect(ended.code).toBe(6);
    expect(document(ended.stdout)).toMatchObject({
      ok: false,
      file: user.tokenPath,
      error: { code: 'service-unavailable', exit_code: 6 },
    });
    expect(ended.stderr).toContain('not tried yet');
    expect(user.files).toEqual(['token.json']);
  });

  it('is stored if it may only send, and if nobody knows whose it is', async () => {
    const user = await TestUser.withAuthority();
    user.authority.overrides.set('/management/v1/counters', (_, response) => {
      answerJson(response, 403, errorBody('access_denied', 'no', 403));
    });
    user.authority.overrides.set('/info', (_, response) => {
      answerJson(response, 404, 'x');
    });
    const ended = await user.signIn(['--json']);
    expect(ended.code, ended.stdout).toBe(0);
    expect(document(ended.stdout)).toMatchObject({ ok: true, login: null });
    expect(ended.stderr).toContain('metrika:read is missing');
    expect(ended.stderr).toContain('Whose token it is');
  });

  it('is proved to have a place before the code is used', async () => {
    const user = await TestUser.withAuthority();
    const code = user.authority.open(await user.begin());
    mkdirSync(user.tokenPath);
    const ended = await user.run(['login', '--code', code, '--json', '--replace']);
    expect([ended.code, document(ended.stdout).error?.code]).toEqual([2, 'token-store-unwritable']);
    expect(user.authority.service.posts()).toEqual([]);
    expect(user.files).toEqual(['sign-in.json', 'token.json']);
  });

  it.skipIf(isRoot)('needs a folder that can be written', async () => {
    const user = await TestUser.withAuthority();
    mkdirSync(join(user.home, '.config'));
    chmodSync(join(user.home, '.config'), 0o500);
    const ended = await user.run(['login', '--client-id', CLIENT_ID, '--json']);
    expect([ended.code, document(ended.stdout).error?.code]).toEqual([2, 'token-store-unwritable']);
  });

  it('comes from standard input with --with-token', async () => {
    const user = await TestUser.withAuthority();
    const { access } = user.authority.newToken();
    const ended = await user.run(['login', '--with-token', '--json'], { input: ` ${access}\n` });
    expect(ended.code, ended.stdout).toBe(0);
    expect(document(ended.stdout)).toMatchObject({ login: 'anna', expires: null, scopes: null });
    expect(user.stored).toMatchObject({ access_token: access, refresh_token: null });
    for (const [input, code, exitCode] of [
      ['', 'sign-in-input-unfit', 2],
      ['x'.repeat(20_000), 'sign-in-input-unfit', 2],
      ['two words', 'token-invalid', 2],
      ['y0_of_nobody_at_all', 'unauthorized', 4],
    ] as const) {
      const refused = await user.run(['login', '--with-token', '--json'], { input });
      expect([refused.code, document(refused.stdout).error?.code]).toEqual([exitCode, code]);
      expect(user.stored).toMatchObject({ access_token: access });
    }
  });

  it.each([
    [['--with-token', '--code', 'x']],
    [['--with-token', '--sandbox']],
    [['--code', 'abcd', '--sandbox']],
    [['--with-token', '--client-id', 'x']],
    [['--code', 'abcd', '--client-id', 'x']],
  ])('comes in one way only: %j', async (words) => {
    const user = await TestUser.withAuthority();
    const ended = await user.run(['login', '--json', ...words]);
    expect([ended.code, document(ended.stdout).error?.code]).toEqual([2, 'sign-in-options']);
  });
});

describe('the token of another account', () => {
  it('is replaced only with --replace', async () => {
    const user = await TestUser.withAuthority();
    await user.signIn();
    const first = user.stored['access_token'];
    expect((await user.signIn()).code).toBe(0);
    const second = user.stored['access_token'];
    expect(second).not.toBe(first);
    user.authority.login = 'boris';
    const ended = await user.signIn(['--json']);
    expect([ended.code, document(ended.stdout).error?.code]).toEqual([2, 'login-other-account']);
    expect(user.stored['access_token']).toBe(second);
    expect((await user.signIn(['--replace'])).code).toBe(0);
    expect(user.stored['login']).toBe('boris');
  });

  it('is kept if nobody knows whose it is, and no code is used up for it', async () => {
    const user = await TestUser.withAuthority();
    await user.signIn();
    for (const content of [JSON.stringify({ ...user.stored, login: null }), 'damaged']) {
      writeFileSync(user.tokenPath, content, { mode: 0o600 });
      const ended = await user.run(['login', '--client-id', CLIENT_ID, '--json']);
      expect([ended.code, document(ended.stdout).error?.code]).toEqual([2, 'login-other-account']);
      expect(readFileSync(user.tokenPath, 'utf8')).toBe(content);
    }
    expect((await user.signIn(['--replace'])).code).toBe(0);
  });
});

describe('a stored token', () => {
  it('goes only to the kind of address that it was made for', async () => {
    const user = await TestUser.withAuthority();
    await user.signIn();
    const api = ['--api-url', 'https://api-metrika.yandex.net'];
    const real = await user.run(['counters', '--json', ...api]);
    expect([real.code, document(real.stdout).error?.code]).toEqual([2, 'token-elsewhere']);
    const made = {
      api_url: 'https://api-metrika.yandex.net',
      oauth_url: 'https://oauth.yandex.ru',
    };
    writeFileSync(user.tokenPath, JSON.stringify({ ...user.stored, ...made }));
    const before = user.authority.service.requests.length;
    const local = await user.run(['counters', '--json']);
    expect([local.code, document(local.stdout).error?.code]).toEqual([2, 'token-elsewhere']);
    expect(user.authority.service.requests).toHaveLength(before);
  });

  it('is closed to others, which is said, and what a killed run left is removed', async () => {
    const user = await TestUser.withAuthority();
    await user.signIn();
    chmodSync(user.tokenPath, 0o644);
    chmodSync(user.folder, 0o755);
    // The id of a process that no longer runs: ids are at most 4,194,304 on Linux.
    const draft = `${user.tokenPath}.zzzzz-abcdefghijkl.part`;
    writeFileSync(draft, 'y0_draft', { mode: 0o600 });
    const ended = await user.run(['counters', '-q']);
    expect(ended.stderr.match(/Other users could read/g)).toHaveLength(2);
    expect([modeOf(user.tokenPath), modeOf(user.folder)]).toEqual([0o600, 0o700]);
    expect(existsSync(draft)).toBe(false);
    expect((await user.run(['counters'])).stderr).not.toContain('Other users');
  });

  it.each(['', '{}', 'null', '{"version":2}', '\0'])(
    'that is damaged is named: %j',
    async (text) => {
      const user = await TestUser.withAuthority();
      user.makeFolder();
      writeFileSync(user.tokenPath, text);
      const ended = await user.run(['counters', '--json']);
      expect([ended.code, document(ended.stdout).error?.code]).toEqual([
        2,
        'token-store-unreadable',
      ]);
      expect(ended.stdout).toContain('metrika-calls logout');
    },
  );

  it('is said to be weaker than a setting that names a file with a token', async () => {
    const user = await TestUser.withAuthority();
    user.makeFolder();
    writeFileSync(join(user.folder, 'settings.json'), '{"tokenFile": "token.txt"}');
    const ended = await user.signIn();
    expect(ended.code).toBe(0);
    expect(ended.stderr).toContain('settings.json:1:15: tokenFile names another token');
  });

  it('of the service is never sent to a sign-in on this machine, nor the other way round', async () => {
    const user = await TestUser.withAuthority();
    await user.signIn();
    const stored = user.stored;
    for (const mixed of [
      { api_url: 'https://api-metrika.yandex.net' },
      { oauth_url: 'https://oauth.yandex.ru' },
    ]) {
      writeFileSync(user.tokenPath, JSON.stringify({ ...stored, ...mixed }));
      const before = user.authority.service.requests.length;
      const ended = await user.run(['counters', '--json']);
      expect([ended.code, document(ended.stdout).error?.code]).toEqual([
        2,
        'token-store-unreadable',
      ]);
      expect(user.authority.service.requests).toHaveLength(before);
    }
  });

  it('is replaced by no output file', async () => {
    const user = await TestUser.withAuthority();
    await user.signIn();
    const before = readFileSync(user.tokenPath, 'utf8');
    const words = ['convert', 'none.csv', '--json', '-o', user.tokenPath];
    const ended = await runHere(words, { env: user.env });
    expect([ended.code, document(ended.stdout).error?.code]).toEqual([2, 'output-is-input']);
    expect(readFileSync(user.tokenPath, 'utf8')).toBe(before);
  });

  it('that ends within seven days is told once by each command', async () => {
    const user = await TestUser.withAuthority();
    for (const [days, said] of [
      [6, 'The stored token ends on'],
      [8, ''],
      [-1, 'The stored token ended on'],
    ] as const) {
      user.authority.life = 30 * 86_400;
      await user.signIn();
      const clock = new FakeClock(Date.now() + (30 - days) * 86_400_000);
      const ended = await user.run(['list', '-c', '5'], { clock });
      expect(ended.stderr.match(/The stored token/g)?.length ?? 0).toBe(said === '' ? 0 : 1);
      expect(ended.stderr).toContain(said);
      if (said !== '') expect(ended.stderr).toContain('metrika-calls login');
    }
  });
});

describe('a stored token that the service no longer accepts', () => {
  it.each([
    [401, errorBody('unauthorized', 'no', 401)],
    [403, errorBody('invalid_token', 'no', 403)],
  ])('is renewed once after %i, and the request is repeated', async (status, body) => {
    const user = await TestUser.withAuthority();
    await user.signIn();
    const old = String(user.stored['access_token']);
    user.authority.overrides.set('/management/v1/counters', (request, response) => {
      if (request.headers.authorization === `OAuth ${old}`) answerJson(response, status, body);
      else answerJson(response, 200, '{"rows":0,"counters":[]}');
    });
    const ended = await user.run(['counters']);
    expect(ended.code, ended.stderr).toBe(0);
    expect(user.stored['access_token']).not.toBe(old);
    expect(user.stored).toMatchObject({ login: 'anna', client_id: CLIENT_ID });
    expect(modeOf(user.tokenPath)).toBe(0o600);
    expect(user.files.filter((name) => name.startsWith('token'))).toEqual(['token.json']);
  });

  it('is kept if it cannot be renewed, and login is named', async () => {
    const user = await TestUser.withAuthority();
    await user.signIn();
    const before = readFileSync(user.tokenPath, 'utf8');
    user.authority.accepted.clear();
    user.authority.refreshTokens.clear();
    const ended = await user.run(['counters', '--json']);
    const { error } = document(ended.stdout);
    expect([ended.code, error?.code]).toEqual([4, 'unauthorized']);
    expect(error?.hint).toContain('metrika-calls login');
    expect(error?.hint).toContain('metrika-calls whoami');
    expect(ended.stderr).toContain('could not be renewed');
    expect(readFileSync(user.tokenPath, 'utf8')).toBe(before);
    expect(user.authority.service.posts().filter(({ path }) => path === '/token')).toHaveLength(2);
  });

  it('is renewed only once in a run', async () => {
    const user = await TestUser.withAuthority();
    await user.signIn();
    user.authority.overrides.set('/management/v1/counters', (_, response) => {
      answerJson(response, 401, errorBody('unauthorized', 'no', 401));
    });
    expect((await user.run(['counters'])).code).toBe(4);
    expect(user.authority.service.posts().filter(({ path }) => path === '/token')).toHaveLength(2);
  });

  it.each([['--no-mark'], ['--retries', '0'], ['--again']])(
    'is renewed during an upload, which is sent once more: %s',
    async (...words) => {
      const user = await TestUser.withAuthority();
      await user.signIn();
      const file = join(user.home, 'calls.csv');
      writeFileSync(file, `ClientId,DateTime\n1,${String(Math.floor(Date.now() / 1000) - 60)}\n`);
      let posts = 0;
      user.authority.overrides.set(
        '/management/v1/counter/5/offline_conversions/upload_calls',
        (_, response) => {
          posts += 1;
          if (posts === 1) answerJson(response, 401, errorBody('unauthorized', 'no', 401));
          else answerJson(response, 200, '{"uploading":{"id":42,"status":"UPLOADED"}}');
        },
      );
      const ended = await user.run(['upload', '-c', '5', '--json', ...words, file]);
      expect(ended.code, ended.stdout).toBe(0);
      expect(posts).toBe(2);
    },
  );

  it('of the environment is never renewed', async () => {
    const user = await TestUser.withAuthority();
    await user.signIn();
    const requests = user.authority.service.posts().length;
    const ended = await user.run(['counters'], { env: { METRIKA_TOKEN: 'y0_of_nobody_at_all' } });
    expect(ended.code).toBe(4);
    expect(user.authority.service.posts()).toHaveLength(requests);
  });

  it('is not renewed a second time if another run has done it', async () => {
    const user = await TestUser.withAuthority();
    await user.signIn();
    user.authority.accepted.clear();
    // The second run must really wait for the first one.
    const options = { clock: systemClock };
    const both = await Promise.all([
      user.run(['counters'], options),
      user.run(['list', '-c', '5'], options),
    ]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(user.authority.service.posts().filter(({ path }) => path === '/token')).toHaveLength(2);
  });
});

describe('the lock of the stored token', () => {
  it('of a dead run bars nobody', async () => {
    const user = await TestUser.withAuthority();
    user.makeFolder();
    const lock = join(user.folder, 'token.lock');
    for (const text of [`99999999 ${hostname()} 00`, '']) {
      writeFileSync(lock, text);
      if (text === '') {
        const old = new Date(Date.now() - 5000);
        utimesSync(lock, old, old);
      }
      expect((await user.signIn()).code).toBe(0);
      expect(user.files).toEqual(['token.json']);
    }
  });

  it('of a run that has stood still for long bars nobody either', async () => {
    const user = await TestUser.withAuthority();
    user.makeFolder();
    const lock = join(user.folder, 'token.lock');
    for (const holder of [`${String(process.pid)} ${hostname()} 00`, '1 another-machine 00']) {
      writeFileSync(lock, holder);
      const old = new Date(Date.now() - 30_000);
      utimesSync(lock, old, old);
      expect((await user.signIn()).code).toBe(0);
      writeFileSync(lock, holder);
      const ended = await user.run(['login', '--client-id', CLIENT_ID, '--json']);
      expect(document(ended.stdout).error?.code).toBe('token-store-busy');
    }
  });

  it('is no lock if it is a link that leads nowhere', async () => {
    const user = await TestUser.withAuthority();
    user.makeFolder();
    symlinkSync('nowhere', join(user.folder, 'token.lock'));
    expect((await user.signIn()).code).toBe(0);
    expect(user.files).toEqual(['token.json']);
  });

  it('of a running one is waited for, and then named', async () => {
    const user = await TestUser.withAuthority();
    user.makeFolder();
    writeFileSync(join(user.folder, 'token.lock'), `${String(process.pid)} ${hostname()} 00`);
    const ended = await user.run(['login', '--client-id', CLIENT_ID, '--json']);
    expect([ended.code, document(ended.stdout).error?.code]).toEqual([6, 'token-store-busy']);
  });
});

describe('login --sandbox', () => {
  it('takes both steps in one run, and stores nothing', async () => {
    const user = await TestUser.withAuthority();
    const ended = await user.run(['login', '--sandbox', '--json'], {
      env: { METRIKA_TOKEN: 'y0_of_the_environment' },
    });
    expect(ended.code, ended.stderr).toBe(0);
    expect(document(ended.stdout)).toMatchObject({ ok: true, login: 'sandbox', file: null });
    expect(readdirSync(user.home)).toEqual([]);
  });
});

describe('everything that a sign-in writes', () => {
  it('is without codes, tokens and verifiers, in all formats and languages', async () => {
    for (const more of [[], ['--json'], ['-v', '--lang', 'ru'], ['--format', 'github', '-v']]) {
      const user = await TestUser.withAuthority();
      await user.signIn(more);
      const code = user.authority.open(await user.begin());
      await user.run(['login', '--code', code, '--nonsense', ...more]);
      await user.run(['login', `--code=${code}`, 'operand', ...more]);
      await user.run([
        'login',
        '--code',
        user.authority.openAndReturn(await user.begin()),
        ...more,
      ]);
      user.authority.accepted.clear();
      await user.run(['counters', ...more]);
      await user.run(['whoami', ...more]);
      user.authority.accepted.clear();
      user.authority.refreshTokens.clear();
      await user.run(['whoami', ...more]);
      user.authority.overrides.set('/token', (request, response) => {
        answerJson(response, 400, JSON.stringify({ error: request.body.toString() }));
      });
      await user.signIn(more);
      await user.run(['logout', ...more]);
      const { secrets, verifiers } = user.authority;
      expect(secrets.length).toBeGreaterThan(6);
      const written = user.written.join('\n');
      for (const secret of [...secrets, ...verifiers.filter((one) => one !== '')]) {
        expect(written.includes(secret), `${more.join(' ')}: ${secret}`).toBe(false);
      }
      expect(user.files).toEqual([]);
    }
  });

  it('reaches no other host: the API on this machine is also the sign-in', async () => {
    const user = await TestUser.withAuthority();
    const outside = await TestService.start(() => undefined);
    const env = { HTTPS_PROXY: outside.url };
    await user.signIn([], { env });
    expect((await user.run(['whoami'], { env })).code).toBe(0);
    expect(outside.requests).toEqual([]);
  });
});
