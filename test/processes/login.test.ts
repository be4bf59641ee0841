import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CLIENT_ID, TestUser } from '../support/authority.ts';
import { run, start } from '../support/process.ts';
import { isLong } from '../support/runs.ts';
import { conversation, HAS_TERMINAL } from '../support/terminal.ts';
import { answerJson } from '../support/test-service.ts';

const ENTER = '\r';

const onLinux = it.runIf(process.platform === 'linux');

/** Returns the address that the terminal shows last. */
function addressOn(screen: string): string {
  return (
    /https?:\/\/\S+\/authorize\?\S+/g.exec(screen.slice(screen.lastIndexOf('Open this')))?.[0] ?? ''
  );
}

/** Puts a program into the home of the user that writes down how a browser was opened. */
function withBrowser(user: TestUser): {
  readonly env: Record<string, string>;
  opened: () => string;
} {
  const folder = join(user.home, 'bin');
  const note = join(user.home, 'opened');
  mkdirSync(folder);
  const program = join(folder, 'xdg-open');
  writeFileSync(
    program,
    `#!/bin/sh\n{ echo "$@"; env; } > '${note}.part'\nmv '${note}.part' '${note}'\n`,
  );
  chmodSync(program, 0o755);
  return {
    env: { ...user.env, DISPLAY: ':7', PATH: `${folder}:${process.env['PATH'] ?? ''}` },
    opened: () => (existsSync(note) ? readFileSync(note, 'utf8') : ''),
  };
}

describe.runIf(HAS_TERMINAL)('login on a terminal', () => {
  const words = (user: TestUser): string[] => [
    'login',
    '--client-id',
    CLIENT_ID,
    ...user.authority.target,
  ];

  it('opens a browser, asks for the code without showing it, and stores the token', async () => {
    const user = await TestUser.withAuthority();
    const { env, opened } = withBrowser(user);
    const { screen, code } = await conversation(
      words(user),
      [
        ['code from the page', 'no code' + ENTER],
        ['Enter the code', '\u0015'],
        ['code from the page', (seen) => user.authority.open(addressOn(seen)) + ENTER],
      ],
      user.home,
      env,
    );
    expect(code, screen).toBe(0);
    expect(screen).toContain('Signed in as anna');
    expect(user.stored).toMatchObject({ login: 'anna' });
    const secrets = [...user.authority.secrets, ...user.authority.verifiers];
    expect(secrets.length).toBeGreaterThan(3);
    for (const secret of secrets) {
      expect(screen).not.toContain(secret);
      expect(opened()).not.toContain(secret);
    }
    expect(opened()).toContain(addressOn(screen));
    expect(opened()).not.toContain('METRIKA_');
  });

  it.each([
    ['--no-browser', ['--no-browser'], {}],
    ['SSH', [], { SSH_CONNECTION: '1 2 3 4' }],
    ['no display', [], { DISPLAY: '' }],
  ])('opens no browser with %s', async (_, more, variables) => {
    const user = await TestUser.withAuthority();
    const { env, opened } = withBrowser(user);
    const { screen, code } = await conversation(
      [...words(user), ...more],
      [['code from the page', (seen) => user.authority.openAndReturn(addressOn(seen)) + ENTER]],
      user.home,
      { ...env, ...variables },
    );
    expect([code, opened()], screen).toEqual([0, '']);
  });

  it('works if no browser can be started', async () => {
    const user = await TestUser.withAuthority();
    const { screen, code } = await conversation(
      words(user),
      [['code from the page', (seen) => user.authority.open(addressOn(seen)) + ENTER]],
      user.home,
      { ...user.env, DISPLAY: ':7', PATH: '/nonexistent:/usr/bin:/bin' },
    );
    expect(code, screen).toBe(0);
  });

  it('asks before it replaces the token of another account', async () => {
    const user = await TestUser.withAuthority();
    await user.signIn();
    user.authority.login = 'boris';
    for (const [key, expected, login] of [
      [ENTER, 2, 'anna'],
      ['y', 0, 'boris'],
    ] as const) {
      const { screen, code } = await conversation(
        words(user),
        [
          ['code from the page', (seen) => user.authority.open(addressOn(seen)) + ENTER],
          ['Replace the stored token of anna', key],
        ],
        user.home,
        user.env,
      );
      expect([code, user.stored['login']], screen).toEqual([expected, login]);
    }
  });

  it('leaves nothing after Ctrl-C', async () => {
    const user = await TestUser.withAuthority();
    const { code } = await conversation(
      words(user),
      [['code from the page', '\u0003']],
      user.home,
      user.env,
    );
    expect([code, user.files]).toEqual([130, []]);
  });

  it('rehearses with a sandbox', async () => {
    const user = await TestUser.withAuthority();
    const { screen, code } = await conversation(
      ['login', '--sandbox', '--no-browser'],
      [['code from the page', 'abcdefgh12345678' + ENTER]],
      user.home,
      user.env,
    );
    expect(code, screen).toBe(4);
    expect(screen).toContain('bad_verification_code');
  });
});

describe('the list of processes', () => {
  onLinux('has no code, token and verifier during a sign-in', async () => {
    const user = await TestUser.withAuthority();
    const address = await user.begin();
    const code = user.authority.open(address);
    const { verifier } = JSON.parse(readFileSync(join(user.folder, 'sign-in.json'), 'utf8')) as {
      verifier: string;
    };
    const { access } = user.authority.newToken();
    for (const [words, input] of [
      [['--code', code], ''],
      [['--code', '-'], code],
      [['--with-token'], access],
    ] as const) {
      let asked: () => void = () => undefined;
      const arrived = new Promise<void>((resolve) => (asked = resolve));
      for (const path of ['/token', '/management/v1/counters']) {
        user.authority.overrides.set(path, () => {
          asked();
        });
      }
      const all = ['login', ...words, ...user.authority.target];
      const { child, ended } = start(all, { env: user.env, input });
      await arrived;
      const shown = listed(child.pid ?? 0);
      child.kill('SIGKILL');
      await ended;
      expect(shown.length).toBeGreaterThan(0);
      for (const secret of [code, verifier, access]) expect(shown).not.toContain(secret);
    }
  });
});

/** Returns the command lines and the environments of a process and of its children. */
function listed(id: number): string {
  const folder = `/proc/${String(id)}`;
  const children = readdirSync(`${folder}/task`).flatMap((task) =>
    readFileSync(`${folder}/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
  );
  return [String(id), ...children]
    .flatMap((one) => [`/proc/${one}/cmdline`, `/proc/${one}/environ`])
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
}

describe('a sign-in that is killed at any moment', () => {
  const rounds = isLong ? 60 : 12;
  let state = 20_261_130;
  /** Returns a pseudorandom number from 0 to 1. */
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };

  it('leaves the old token or the new one, and bars nobody', async () => {
    const user = await TestUser.withAuthority();
    const env = user.env;
    await user.signIn();
    for (let round = 0; round < rounds; round += 1) {
      const before = readFileSync(user.tokenPath, 'utf8');
      const code = user.authority.open(await user.begin());
      const words = ['login', '--code', code, ...user.authority.target];
      const { child, ended } = start(words, { env });
      // A sign-in takes about 250 ms.
      await new Promise<void>((resolve) => setTimeout(resolve, 80 + random() * 220));
      child.kill('SIGKILL');
      await ended;
      expectPrivate(user);
      const after = readFileSync(user.tokenPath, 'utf8');
      if (after !== before) expect(user.stored).toMatchObject({ version: 1, login: 'anna' });
      const next = await run(['counters', ...user.authority.target], { env });
      expect(next.code, next.stderr).toBe(0);
      expect(user.files.filter((name) => name.endsWith('.part'))).toEqual([]);
    }
    // The lock of the last killed run bars nobody.
    expect((await user.signIn()).code).toBe(0);
    expect(user.files).toEqual(['token.json']);
  });

  it('also during a renewal', async () => {
    const user = await TestUser.withAuthority();
    const env = user.env;
    for (let round = 0; round < rounds / 2; round += 1) {
      await user.signIn(['--replace']);
      const { access_token: old } = user.stored;
      user.authority.accepted.delete(String(old));
      const { child, ended } = start(['counters', ...user.authority.target], { env });
      await new Promise<void>((resolve) => setTimeout(resolve, 80 + random() * 220));
      child.kill('SIGKILL');
      await ended;
      expectPrivate(user);
      expect(user.stored).toMatchObject({ version: 1, login: 'anna' });
      // The service may have taken the request, and the new token may be lost. Then the old one
      // is there, and a new sign-in repairs it.
      const next = await run(['counters', ...user.authority.target], { env });
      expect([0, 4]).toContain(next.code);
      if (next.code === 4) expect(next.stderr).toContain('metrika-calls login');
    }
  });
});

/** Checks that others can read no file of the user. */
function expectPrivate(user: TestUser): void {
  for (const name of user.files) {
    expect(statSync(join(user.folder, name)).mode & 0o077, name).toBe(0);
  }
}

describe('a renewal by several runs at once', () => {
  it('happens once', async () => {
    const user = await TestUser.withAuthority();
    await user.signIn();
    user.authority.accepted.clear();
    const { service } = user.authority;
    const before = service.posts().length;
    const runs = Array.from({ length: 4 }, () =>
      run(['list', '-c', '5', ...user.authority.target], { env: user.env }),
    );
    const codes = (await Promise.all(runs)).map(({ code }) => code);
    expect(codes).toEqual([0, 0, 0, 0]);
    expect(service.posts()).toHaveLength(before + 1);
  });

  it('ends for one that is refused, and the others are not barred', async () => {
    const user = await TestUser.withAuthority();
    await user.signIn();
    user.authority.accepted.clear();
    user.authority.overrides.set('/token', (_, response) => {
      answerJson(response, 400, '{"error":"invalid_grant"}');
    });
    const runs = Array.from({ length: 3 }, () =>
      run(['list', '-c', '5', ...user.authority.target], { env: user.env }),
    );
    expect((await Promise.all(runs)).map(({ code }) => code)).toEqual([4, 4, 4]);
    expect(user.files).toEqual(['token.json']);
  });
});
