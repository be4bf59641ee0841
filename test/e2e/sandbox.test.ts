import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/server.ts';
import { UploadingStore } from '../../src/sandbox/uploadings.ts';
import { goodCalls, recently, writeCalls } from '../support/calls.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { run, temporaryFolder } from '../support/run.ts';

interface Answer {
  readonly uploading?: Record<string, unknown>;
  readonly uploadings?: Record<string, unknown>[];
  readonly errors?: { error_type: string; message: string; location?: string }[];
  readonly code?: number;
}

const auth = { authorization: 'OAuth any-token' };

/** Starts a sandbox whose uploads reach their next stage after this number of milliseconds. */
async function sandbox(stageTime = 5000): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = await startSandbox({ port: 0, stageTime, now: Date.now });
  return {
    url: server.address,
    stop: async () => {
      await server.close();
    },
  };
}

async function post(
  url: string,
  counter: number,
  csv: string,
  query = '',
  part = 'file',
): Promise<[number, Answer]> {
  const form = new FormData();
  form.append(part, new Blob([csv]), 'calls.csv');
  const answer = await fetch(
    `${url}/management/v1/counter/${String(counter)}/offline_conversions/upload_calls${query}`,
    {
      method: 'POST',
      headers: auth,
      body: form,
    },
  );
  return [answer.status, (await answer.json()) as Answer];
}

async function get(
  url: string,
  path: string,
  headers: Record<string, string> = auth,
): Promise<[number, Answer]> {
  const answer = await fetch(`${url}/management/v1/counter/${path}`, { headers });
  return [answer.status, (await answer.json()) as Answer];
}

describe('the sandbox', () => {
  it('accepts a file and processes it to the end, separately for each counter', async () => {
    let now = Date.now();
    const server = await startSandbox({ port: 0, stageTime: 100, now: () => now });
    const { address: url } = server;
    const when = String(recently());
    const csv = `Yclid,DateTime,StaticCall\n1,${when},0\n2,${when},1\nx,${when},0\n`;
    const [status, answer] = await post(url, 7, csv, '?comment=%D1%8F');
    expect(status).toBe(200);
    expect(answer.uploading).toMatchObject({
      source_quantity: 3,
      line_quantity: 2,
      static_calls_quantity: 1,
      client_id_type: 'YCLID',
      comment: 'я',
      status: 'PREPARED',
    });
    const id = String(answer.uploading?.['id']);
    const seen = new Set<unknown>();
    for (let look = 0; look < 10; look += 1) {
      const [, found] = await get(url, `7/offline_conversions/calls_uploading/${id}`);
      seen.add(found.uploading?.['status']);
      now += 60;
    }
    expect([...seen]).toEqual(['PREPARED', 'UPLOADED', 'EXPORTED', 'MATCHED', 'PROCESSED']);
    const [, processed] = await get(url, `7/offline_conversions/calls_uploading/${id}`);
    expect(processed.uploading).toMatchObject({ user_not_found_quantity: 0 });
    expect(processed.uploading?.['linked_quantity']).toBeGreaterThan(0);
    expect((await get(url, `8/offline_conversions/calls_uploading/${id}`))[0]).toBe(404);
    expect((await get(url, '8/offline_conversions/calls_uploadings'))[1].uploadings).toEqual([]);
    expect((await get(url, '7/offline_conversions/calls_uploadings'))[1].uploadings).toHaveLength(
      1,
    );
    await server.close();
  });

  it('ends with LINKAGE_FAILURE if nothing can be linked', async () => {
    const { url, stop } = await sandbox(1);
    const when = String(recently());
    const old = String(recently() - 30 * 86_400);
    for (const csv of [
      `ClientId,DateTime,StaticCall\n1,${when},1\n`,
      `ClientId,DateTime\n1,${old}\n`,
    ]) {
      const [, answer] = await post(url, 7, csv);
      const id = String(answer.uploading?.['id']);
      let end: unknown;
      for (let look = 0; look < 500 && end !== 'LINKAGE_FAILURE'; look += 1) {
        end = (await get(url, `7/offline_conversions/calls_uploading/${id}`))[1].uploading?.[
          'status'
        ];
      }
      expect(end).toBe('LINKAGE_FAILURE');
    }
    await stop();
  });

  it('reports mistakes in the documented form', async () => {
    const { url, stop } = await sandbox();
    const list = '7/offline_conversions/calls_uploadings';
    const cases: [Promise<[number, Answer]>, number, string][] = [
      [get(url, list, {}), 401, 'unauthorized'],
      [get(url, list, { authorization: 'OAuth invalid-token' }), 403, 'invalid_token'],
      [get(url, 'abc/offline_conversions/calls_uploadings'), 400, 'invalid_parameter'],
      [get(url, `${list}?limit=x`), 400, 'invalid_parameter'],
      [get(url, '7/offline_conversions/nothing'), 404, 'not_found'],
      [post(url, 7, goodCalls(1), '', 'other'), 400, 'missing_parameter'],
      [post(url, 7, 'ClientId,Tag\n1,2\n'), 400, 'invalid_uploading'],
      [post(url, 7, goodCalls(1), `?comment=${'x'.repeat(256)}`), 400, 'invalid_parameter'],
    ];
    for (const [answered, status, type] of cases) {
      const [seenStatus, answer] = await answered;
      expect([seenStatus, answer.code, answer.errors?.[0]?.error_type]).toEqual([
        status,
        status,
        type,
      ]);
    }
    await stop();
  });

  it('has no method with a name that every object inherits', async () => {
    const { url, stop } = await sandbox();
    for (const name of Object.getOwnPropertyNames(Object.prototype)) {
      for (const path of [
        `7/offline_conversions/${name}`,
        `7/offline_conversions/${name}/1`,
        name,
      ]) {
        const [status, { errors }] = await get(url, path);
        expect([status, errors?.[0]?.error_type], path).toEqual([404, 'not_found']);
      }
      const [status] = await get(url, `7/offline_conversions/calls_uploading/${name}`);
      expect(status, name).toBeGreaterThanOrEqual(400);
    }
    await stop();
  });

  it('answers the command like the service', async () => {
    const { url, stop } = await sandbox(5);
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(3));
    const target = ['--api-url', url, '--token', 'any-token', '-c', '7'];
    const upload = await run([
      'upload',
      '--wait',
      '--poll-interval',
      '10ms',
      '--json',
      ...target,
      path,
    ]);
    expect(upload.code).toBe(0);
    const list = await run(['list', '--json', ...target]);
    expect((JSON.parse(list.stdout) as Answer).uploadings).toHaveLength(1);
    await stop();
  });

  it('is started for one run by --sandbox, without a token or a counter', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(3));
    const clock = new FakeClock(Date.now());
    const upload = await run(['upload', '--sandbox', '--wait', '--json', path], { clock });
    expect(upload.code).toBe(0);
    expect(upload.stdout).toContain('"status": "PROCESSED"');
    expect((await run(['list', '--sandbox', '--json'])).stdout.replace(/\s/g, '')).toBe(
      '{"ok":true,"uploadings":[]}',
    );
    expect((await run(['status', '--sandbox', '5'])).code).toBe(5);
  });

  it('reports that a port is in use', async () => {
    const { url, stop } = await sandbox();
    const ended = await run(['sandbox', '--port', new URL(url).port]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('--port');
    await stop();
  });

  it('stores only a limited number of uploads', () => {
    const store = new UploadingStore(() => 0, 100);
    const made = {
      sourceQuantity: 1,
      lineQuantity: 1,
      comment: '',
      clientIdType: 'CLIENT_ID',
      staticCalls: 0,
      dynamicCalls: 1,
      linkableCalls: 1,
    } as const;
    for (let at = 0; at < 10_500; at += 1) store.add((at % 2) + 1, made);
    const [one, two] = [1, 2].map((counter) => store.page(counter, 20_000, 0));
    expect((one?.length ?? 0) + (two?.length ?? 0)).toBe(10_000);
    expect(store.find(1, '1000001')).toBeUndefined();
    expect(store.find(2, '1010500')).toMatchObject({ id: 1_010_500 });
    expect(store.find(1, '1010500')).toBeUndefined();
  });

  it('reads only a limited number of parts and fields', async () => {
    const { startSandbox } = await import('../../src/sandbox/server.ts');
    const sandbox = await startSandbox({ port: 0, stageTime: 100, now: Date.now });
    try {
      const form = new FormData();
      for (let at = 0; at < 50; at += 1) form.append(`field${String(at)}`, 'x'.repeat(100_000));
      form.append('file', new Blob([goodCalls(1)]), 'calls.csv');
      const path = '/management/v1/counter/1/offline_conversions/upload_calls';
      const answer = await fetch(sandbox.address + path, {
        method: 'POST',
        body: form,
        headers: { authorization: 'OAuth x' },
      });
      expect(answer.status).toBe(413);
    } finally {
      await sandbox.close();
    }
  });

  it('answers only under host names of this machine', async () => {
    const { startSandbox } = await import('../../src/sandbox/server.ts');
    const sandbox = await startSandbox({ port: 0, stageTime: 100, now: Date.now });
    try {
      const port = Number(new URL(sandbox.address).port);
      const asked = async (host: string): Promise<string> =>
        await new Promise((resolve) => {
          const socket = connect(port, '127.0.0.1');
          let answer = '';
          socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
          socket.on('close', () => {
            resolve(answer.slice(9, 12));
          });
          const path = '/management/v1/counter/1/offline_conversions/calls_uploadings';
          socket.end(
            `GET ${path} HTTP/1.1\r\nhost: ${host}\r\nauthorization: OAuth x\r\nconnection: close\r\n\r\n`,
          );
        });
      for (const host of ['127.0.0.1', `localhost:${String(port)}`, '[::1]', '127.9.9.9:80'])
        expect(await asked(host)).toBe('200');
      for (const host of [
        'evil.example',
        'localhost.evil.example',
        '127.0.0.1.evil.example',
        '10.0.0.1',
      ])
        expect(await asked(host)).toBe('421');
    } finally {
      await sandbox.close();
    }
  });
});

describe('the sign-in of the sandbox', () => {
  /** Returns the code that the page shows, as a user would copy it. */
  async function codeOn(address: string): Promise<string> {
    const page = await fetch(address);
    expect(page.headers.get('content-type')).toContain('text/html');
    return /<code>([a-z0-9]{16})<\/code>/.exec(await page.text())?.[1] ?? '';
  }

  async function token(
    url: string,
    form: Readonly<Record<string, string>>,
  ): Promise<[number, Record<string, unknown>]> {
    const answer = await fetch(`${url}/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    return [answer.status, (await answer.json()) as Record<string, unknown>];
  }

  const verifier = 'a'.repeat(43);
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const page = `authorize?response_type=code&client_id=app&code_challenge_method=S256&code_challenge=${challenge}`;
  const grant = { grant_type: 'authorization_code', client_id: 'app', code_verifier: verifier };

  it('is a rehearsal of login, whoami and logout', async () => {
    const { url, stop } = await sandbox();
    const env = { HOME: temporaryFolder() };
    const api = ['--api-url', url];
    const begun = await run(['login', '--client-id', 'app', ...api], { env });
    const code = await codeOn(begun.stdout.trim());
    const ended = await run(['login', '--code', '-', ...api], { env, input: code });
    expect([ended.code, ended.stdout.includes('Signed in as sandbox')]).toEqual([0, true]);
    expect((await run(['whoami', ...api], { env })).stdout).toContain('sandbox');
    expect((await run(['counters', ...api], { env })).stdout).toContain('Sandbox shop');
    expect((await run(['logout'], { env })).stdout).toContain('token.json');
    await stop();
  });

  it('accepts a code once, for ten minutes, with its verifier and its application', async () => {
    let now = Date.now();
    const server = await startSandbox({ port: 0, stageTime: 0, now: () => now });
    const url = server.address;
    const refused = [400, { error: 'bad_verification_code' }];
    const code = await codeOn(`${url}/${page}`);
    const [status, answer] = await token(url, { ...grant, code });
    expect([status, answer['expires_in']]).toEqual([200, 31_536_000]);
    expect(await token(url, { ...grant, code })).toEqual(refused);
    for (const wrong of [{ code_verifier: 'b'.repeat(43) }, { client_id: 'other' }]) {
      const other = await codeOn(`${url}/${page}`);
      expect(await token(url, { ...grant, code: other, ...wrong })).toEqual(refused);
      expect(await token(url, { ...grant, code: other })).toEqual(refused);
    }
    const late = await codeOn(`${url}/${page}`);
    now += 11 * 60_000;
    expect(await token(url, { ...grant, code: late })).toEqual(refused);
    expect(await token(url, { grant_type: 'device_code' })).toEqual([
      400,
      { error: 'unsupported_grant_type' },
    ]);
    expect((await fetch(`${url}/authorize?response_type=token&client_id=a`)).status).toBe(400);
    await server.close();
  });

  it('renews a token once', async () => {
    const { url, stop } = await sandbox();
    const [, first] = await token(url, { ...grant, code: await codeOn(`${url}/${page}`) });
    const renewal = { grant_type: 'refresh_token', refresh_token: String(first['refresh_token']) };
    expect((await token(url, renewal))[0]).toBe(200);
    expect(await token(url, renewal)).toEqual([400, { error: 'invalid_grant' }]);
    await stop();
  });

  it('says whose a token is, and what it may do', async () => {
    const { url, stop } = await sandbox();
    const info = async (headers: Record<string, string>): Promise<[number, unknown]> => {
      const answer = await fetch(`${url}/info?format=json`, { headers });
      return [answer.status, await answer.json()];
    };
    expect(await info(auth)).toMatchObject([200, { login: 'sandbox' }]);
    expect((await info({}))[0]).toBe(401);
    expect((await info({ authorization: 'OAuth invalid-token' }))[0]).toBe(403);
    const [, answer] = await get(url, '5/my_grant');
    expect(answer).toEqual({ grant: { perm: 'edit' } });
    await stop();
  });
});
