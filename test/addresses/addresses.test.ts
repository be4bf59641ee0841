import type { lookup, LookupAddress } from 'node:dns';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { downloadedFile } from '../../src/addresses/download.ts';
import { validateCalls } from '../../src/index.ts';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { certificates } from '../support/certificates.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { file, FileSite, leadsTo } from '../support/file-site.ts';
import { temporaryFolder } from '../support/run.ts';
import { runHere as runAt } from '../support/run-here.ts';
import { answerJson, TestService } from '../support/test-service.ts';

const CALLS = goodCalls(3);
const TOKEN = 'y0_AgAAAABkT0KeNsEcReT1234567890abcdefGHIJKL';
const SHEET = '1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms';

interface Document {
  readonly results?: {
    file: string;
    ok: boolean;
    rows: number;
    validation: { findings: { code: string }[] };
  }[];
  readonly error?: { code: string; message: string };
}

/** Runs a command line at the current time. */
const runHere: typeof runAt = (words, options) =>
  runAt(words, { clock: new FakeClock(Date.now()), ...options });

async function validate(address: string, site: FileSite, words: readonly string[] = []) {
  const ended = await runHere(['validate', '--json', ...site.trust, ...words, address], {
    env: site.env,
    clock: new FakeClock(Date.now()),
  });
  const document = JSON.parse(ended.stdout) as Document;
  const code = document.error?.code ?? document.results?.[0]?.validation.findings[0]?.code;
  return { ...ended, document, found: code, rows: document.results?.[0]?.rows };
}

describe('a file at an address', () => {
  it('is read without the token, and its query is not read as a file pattern', async () => {
    const service = await TestService.start((request, response) => {
      response.writeHead(200).end(request.rawQuery.includes('a=b&c[]=1') ? CALLS : 'x');
    });
    const ended = await runHere(['validate', '--json', `${service.url}/calls.csv?a=b&c[]=1`], {
      env: { METRIKA_TOKEN: TOKEN },
    });
    expect(ended.code, ended.stdout).toBe(0);
    expect(service.requests).toHaveLength(1);
    expect(JSON.stringify(service.requests[0]?.headers)).not.toMatch(/authorization|y0_/i);
  });

  it('is downloaded once: the checked calls are sent, whatever the address has later', async () => {
    let count = 0;
    const files = await TestService.start((_, response) => {
      count += 1;
      response.writeHead(200).end(count === 1 ? CALLS : goodCalls(9));
    });
    const service = await TestService.start((request, response) => {
      const uploading = { id: 7, status: 'PREPARED', source_quantity: 3, comment: '' };
      answerJson(
        response,
        200,
        JSON.stringify(request.method === 'GET' ? { uploadings: [] } : { uploading }),
      );
    });
    const ended = await runHere(['upload', ...service.target, `${files.url}/a.csv`], {
      env: { METRIKA_TOKEN: TOKEN },
    });
    expect(ended.code, ended.stderr).toBe(0);
    expect(files.requests).toHaveLength(1);
    expect(service.posts()[0]?.body.toString()).toContain(CALLS);
  });

  it('is read by every command, and as a joined file', async () => {
    const crm = 'PhoneNumber,ClientId\n+70121234567,13359124764096645\n';
    const files = await TestService.start((request, response) => {
      const calls = 'DateTime,PhoneNumber\n1794900000,+70121234567\n';
      response
        .writeHead(200)
        .end(
          request.path.startsWith('/crm') ? crm : request.path.startsWith('/raw') ? calls : CALLS,
        );
    });
    expect((await runHere(['inspect', `${files.url}/a`])).code).toBe(0);
    const joined = await runHere(['convert', `${files.url}/raw`, '--join', `${files.url}/crm`]);
    expect(joined.stdout).toContain('13359124764096645');
    files.requests.length = 0;
    const recipe = `${temporaryFolder()}/recipe.json`;
    const saved = ['--save-mapping', recipe];
    const made = await runHere(['init', `${files.url}/raw`, ...saved, '--unidentified', 'static']);
    expect(made.code, made.stderr).toBe(0);
    expect(files.requests.map(({ path }) => path)).toEqual(['/raw']);
    const { ok } = await validateCalls(`${files.url}/a`, { environment: {} });
    expect(ok).toBe(true);
  });

  it.each([
    [
      `https://docs.google.com/spreadsheets/d/${SHEET}/edit?usp=sharing`,
      `/spreadsheets/d/${SHEET}/export?format=xlsx`,
    ],
    [
      `https://docs.google.com/spreadsheets/d/${SHEET}/edit#gid=12`,
      `/spreadsheets/d/${SHEET}/export?format=csv&gid=12`,
    ],
    [
      `https://docs.google.com/spreadsheets/d/${SHEET}/edit?gid=12#gid=12`,
      `/spreadsheets/d/${SHEET}/export?format=csv&gid=12`,
    ],
    [
      `https://docs.google.com/spreadsheets/u/1/d/${SHEET}/view`,
      `/spreadsheets/d/${SHEET}/export?format=xlsx`,
    ],
    [
      `https://docs.google.com/spreadsheets/d/e/2PACX-${SHEET}/pubhtml?gid=5&single=true`,
      `/spreadsheets/d/e/2PACX-${SHEET}/pub?output=csv&gid=5&single=true`,
    ],
    [
      `https://docs.google.com/spreadsheets/d/${SHEET}/export?format=csv&gid=3`,
      `/spreadsheets/d/${SHEET}/export?format=csv&gid=3`,
    ],
    [
      `https://drive.google.com/file/d/${SHEET}/view?usp=drive_link`,
      `/download?id=${SHEET}&export=download&confirm=t`,
    ],
    [
      `https://drive.google.com/open?id=${SHEET}`,
      `/download?id=${SHEET}&export=download&confirm=t`,
    ],
  ])('%s is replaced by the address of its download', async (link, path) => {
    const host = link.includes('drive.') ? 'drive.usercontent.google.com' : 'docs.google.com';
    const site = await FileSite.start({ [`${host}${path}`]: file(CALLS) });
    const ended = await validate(link, site);
    expect(site.asked).toEqual([`${host}${path}`]);
    expect(ended.code, ended.stdout).toBe(0);
    expect(ended.stdout).toContain(SHEET);
    const text = await runHere(['validate', ...site.trust, link], { env: site.env });
    if (!link.includes('export')) expect(text.stderr).toMatch(/is read by its download/);
  });

  it('on Yandex Disk is asked for by its public link', async () => {
    const lookup =
      'cloud-api.yandex.net/v1/disk/public/resources/download?public_key=https%3A%2F%2Fdisk.yandex.ru%2Fd%2FabcDEF12345';
    const site = await FileSite.start({
      [lookup]: file('{"href": "https://downloader.disk.yandex.ru/disk/x", "method": "GET"}'),
      'downloader.disk.yandex.ru/disk/x': leadsTo('https://files.example/y'),
      'files.example/y': file(CALLS),
    });
    expect((await validate('https://disk.yandex.ru/d/abcDEF12345', site)).code).toBe(0);
    expect(site.asked).toHaveLength(3);
    const broken = await FileSite.start({ [lookup]: file('{"error": "x"}') });
    expect((await validate('https://disk.yandex.ru/d/abcDEF12345', broken)).found).toBe(
      'address-unreadable',
    );
  });

  it.each([
    ['/%E0%A4%A', '/%E0%A4%A'],
    ['/100%.csv', '/100%.csv'],
    ['/%D0%B0%20b/50%25/%FF%zz.csv', '/а b/50%/%FF%zz.csv'],
  ])('on Yandex Disk may have the path %s', async (path, asked) => {
    const query = new URLSearchParams({ public_key: 'https://disk.yandex.ru/d/abc', path: asked });
    const lookup = `cloud-api.yandex.net/v1/disk/public/resources/download?${query.toString()}`;
    const site = await FileSite.start({
      [lookup]: file('{"href": "https://downloader.disk.yandex.ru/disk/x"}'),
      'downloader.disk.yandex.ru/disk/x': file(CALLS),
    });
    const ended = await validate(`https://disk.yandex.ru/d/abc${path}`, site);
    expect(site.asked[0]).toBe(lookup);
    expect(ended.code, ended.stdout).toBe(0);
  });

  it.each([
    ['/login.csv', 0],
    ['/signin.json.gz', 0],
    ['/login', 3],
    ['/Login.aspx?next=/a.csv', 3],
    ['/sign-in/calls.csv', 3],
  ])('that leads to %s ends with exit code %d', async (target, code) => {
    const site = await FileSite.start({
      'files.example/a': leadsTo(target),
      [`files.example${target}`]: file(CALLS),
    });
    const ended = await validate('https://files.example/a', site);
    expect(ended.code).toBe(code);
    if (code === 3) expect(ended.found).toBe('address-not-open');
  });

  it.each([
    ['br', brotliCompressSync(CALLS), 0],
    ['BR', brotliCompressSync(CALLS), 0],
    ['deflate', deflateSync(CALLS), 0],
    ['br', brotliCompressSync(gzipSync(CALLS)), 0],
    ['gzip', gzipSync(CALLS), 0],
    ['identity', CALLS, 0],
    ['br', brotliCompressSync(CALLS).subarray(0, 30), 'br'],
    ['br', CALLS, 'br'],
    ['zstd', CALLS, 'zstd'],
    ['br, br', CALLS, '\\?'],
  ])('that the server packs as %s is unpacked, or refused', async (coding, body, ends) => {
    const site = await FileSite.start({
      'files.example/a': (response) => {
        response.writeHead(200, { 'content-encoding': coding }).end(body);
      },
    });
    const ended = await validate('https://files.example/a', site);
    expect(ended.code, ended.stdout).toBe(ends === 0 ? 0 : 3);
    if (ends === 0) return;
    expect(ended.found).toBe('address-packed');
    expect(ended.stdout).toMatch(new RegExp(`content-encoding: ${String(ends)}\\)`));
    expect(site.asked).toHaveLength(1);
  });

  it('may be five redirects away, not six', async () => {
    const chain = (steps: number) =>
      Object.fromEntries(
        Array.from({ length: steps }, (_, at) => [
          `files.example/${String(at)}`,
          at === steps - 1
            ? file(CALLS)
            : leadsTo(`/${String(at + 1)}`, [301, 302, 303, 307, 308][at % 5]),
        ]),
      );
    const five = await FileSite.start(chain(6));
    expect((await validate('https://files.example/0', five)).code).toBe(0);
    const six = await FileSite.start(chain(7));
    expect(await validate('https://files.example/0', six)).toMatchObject({
      code: 3,
      found: 'address-redirects',
    });
  });

  it.each([
    ['another scheme', 'http://files.example/x'],
    ['no web address', 'ftp://files.example/x'],
    ['this machine', 'https://127.0.0.1:1/x'],
    ['this machine by name', 'https://localhost/x'],
    ['this machine in another writing', 'https://2130706433/x'],
    ['this machine in IPv6', 'https://[::1]/x'],
    ['IPv4 in IPv6', 'https://[::ffff:10.0.0.1]/x'],
    ['the metadata of a cloud', 'https://169.254.169.254/latest'],
    ['a private network', 'https://10.1.2.3/x'],
    ['a name of a local network', 'https://wiki/x'],
    ['another name of a local network', 'https://wiki.corp./x'],
    ['an address with a password', 'https://a:secretpass@files.example/x'],
  ])('is refused if it leads to %s', async (_, target) => {
    const site = await FileSite.start({ 'files.example/a': leadsTo(target) });
    const ended = await validate('https://files.example/a', site);
    expect(ended).toMatchObject({ code: 2, found: 'address-forbidden' });
    expect(ended.stdout + ended.stderr).not.toContain('secretpass');
    expect(site.asked).toEqual(['files.example/a']);
  });

  it.each([
    [
      'file:///etc/passwd',
      /^The server 127\.0\.0\.1:\d+ leads on to an address with another scheme/,
    ],
    ['data:text/csv,a', /^The server 127\.0\.0\.1:\d+ leads on to an address with another scheme/],
    ['http://[bad', /^The server 127\.0\.0\.1:\d+ leads on to something that is not a web address/],
  ])('is refused with the name of its server if it leads to %s', async (target, message) => {
    const files = await TestService.start((_, response) => {
      leadsTo(target)(response);
    });
    const ended = await runHere(['validate', '--json', `${files.url}/a`]);
    expect(ended.code).toBe(2);
    expect((JSON.parse(ended.stdout) as Document).error?.message).toMatch(message);
  });

  it.each([
    ['http://192.168.1.1/x'],
    ['http://files.example/x'],
    ['http://0.0.0.0/x'],
    ['http://127.0.0.1.files.example/x'],
    ['http://someone:secretpass@127.0.0.1/x'],
  ])('by http is refused if it leads from this machine to %s', async (target) => {
    const files = await TestService.start((_, response) => {
      leadsTo(target)(response);
    });
    // A request that is not refused would arrive at this proxy.
    const proxy = await TestService.start((_, response) => {
      response.writeHead(200).end(CALLS);
    });
    const env = { HTTP_PROXY: proxy.url, NO_PROXY: '127.0.0.1' };
    const ended = await runHere(['validate', '--json', `${files.url}/a`], { env });
    const direct = await runHere(['validate', '--json', target], { env });
    expect(ended.code).toBe(2);
    expect(JSON.parse(ended.stdout)).toEqual(JSON.parse(direct.stdout));
    expect(ended.stdout).toContain('address-forbidden');
    expect(ended.stdout).not.toContain('secretpass');
    expect(proxy.requests).toEqual([]);
  });

  it.each([
    ['http://files.example/a.csv'],
    ['https://name:secretpass@files.example/a.csv'],
    ['https://'],
  ])('is not read from %s', async (address) => {
    const site = await FileSite.start({});
    const ended = await validate(address, site);
    expect(ended).toMatchObject({ code: 2, found: 'address-forbidden' });
    expect(ended.stdout + ended.stderr).not.toContain('secretpass');
    expect(site.asked).toEqual([]);
  });

  it.each([
    [
      '404',
      (response: ServerResponse) => {
        response.writeHead(404).end();
      },
      'address-refused',
    ],
    [
      '403',
      (response: ServerResponse) => {
        response.writeHead(403).end();
      },
      'address-not-open',
    ],
    [
      'a page to sign in',
      file('<!doctype html><form><input name=p type="password"></form>'),
      'address-not-open',
    ],
    [
      'a way to a page to sign in',
      leadsTo('https://accounts.google.com/ServiceLogin?continue=x'),
      'address-not-open',
    ],
    ['a page', file('<!doctype html><title>Hello</title><p>No calls'), 'file-not-csv'],
  ])('with %s is refused with exit code 3', async (_, answer, found) => {
    const site = await FileSite.start({ 'files.example/a': answer });
    expect(await validate('https://files.example/a', site)).toMatchObject({ code: 3, found });
    expect(site.asked).toEqual(['files.example/a']);
  });

  it('is requested again after a retryable error', async () => {
    const site = await FileSite.start({
      'files.example/a': (response, count) => {
        if (count === 1) response.writeHead(503).end();
        else if (count === 2) response.writeHead(429, { 'retry-after': '2' }).end();
        else if (count === 3) {
          response.writeHead(200, { 'content-length': '1000' });
          response.write('ClientId,', () => response.destroy());
        } else file(CALLS)(response);
      },
    });
    expect((await validate('https://files.example/a', site)).code).toBe(0);
    expect(site.asked).toHaveLength(4);
  });

  it.each([
    [
      'busy',
      'address-busy',
      (response: ServerResponse) => {
        response.writeHead(503).end();
      },
    ],
    [
      'cut off',
      'download-cut',
      (response: ServerResponse) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('ClientId,', () => response.destroy());
      },
    ],
    [
      'silent',
      'timeout',
      (response: ServerResponse) => {
        response.writeHead(200);
        response.write('ClientId,');
      },
    ],
  ])('that stays %s ends with exit code 6', async (_, found, answer) => {
    const site = await FileSite.start({ 'files.example/a': answer });
    const words = ['--retries', '1', '--timeout', '1'];
    const ended = await validate('https://files.example/a', site, words);
    expect(ended).toMatchObject({ code: 6, found });
    expect(site.asked).toHaveLength(2);
  });

  it('whose download stands still causes a failure of a download, not of an upload', async () => {
    const files = await TestService.start((_, response) => {
      response.writeHead(200);
      response.write('ClientId,');
    });
    const words = ['--json', '--retries', '0', '--timeout', '1'];
    const ended = await runHere(['validate', ...words, `${files.url}/a`]);
    expect(ended.code).toBe(6);
    expect((JSON.parse(ended.stdout) as Document).error?.message).toMatch(
      /^The download from 127\.0\.0\.1:\d+ stood still for 1 s/,
    );
  });

  it('whose server speaks no HTTPS causes a hint to check the address of the file', async () => {
    const files = await TestService.start((_, response) => {
      response.writeHead(200).end(CALLS);
    });
    const address = files.url.replace('http:', 'https:');
    const ended = await runHere(['validate', '--json', '--retries', '0', `${address}/a`]);
    expect(ended.code).toBe(6);
    expect((JSON.parse(ended.stdout) as Document).error).toMatchObject({
      code: 'protocol-refused',
      hint: expect.stringMatching(/^Check the address of the file/) as unknown,
    });
  });

  it('is not read if its certificate is not trusted, or if certificates are not checked', async () => {
    const site = await FileSite.start({ 'files.example/a': file(CALLS) });
    const words = ['validate', '--json', '--retries', '0'];
    const untrusted = await runHere([...words, 'https://files.example/a'], { env: site.env });
    expect(untrusted).toMatchObject({ code: 6 });
    expect(untrusted.stdout).toContain('certificate-refused');
    const unchecked = await runHere([...words, 'https://files.example/a'], {
      env: { ...site.env, NODE_TLS_REJECT_UNAUTHORIZED: '0' },
    });
    expect(unchecked).toMatchObject({ code: 2 });
    expect(site.asked).toEqual([]);
  });

  it('is named without its secrets, and with its host', async () => {
    const site = await FileSite.start({
      'files.example/79121234567/a.csv?signature=deadbeefdeadbeef&phone=79121234567&page=2':
        file('ClientId\n1\n'),
    });
    const address =
      'https://files.example/79121234567/a.csv?signature=deadbeefdeadbeef&phone=79121234567&page=2';
    for (const words of [[], ['--json'], ['--format', 'github'], ['-v']]) {
      const ended = await runHere(['validate', ...site.trust, ...words, address], {
        env: site.env,
      });
      const all = ended.stdout + ended.stderr;
      expect(ended.code).toBe(3);
      expect(all).not.toContain('deadbeef');
      expect(all).toContain('files.example');
      expect(all).toContain('page=2');
      if (words.length === 0) expect(all).not.toContain('79121234567');
    }
  });
});

describe('an address of a joined file', () => {
  const SECRET = 'y0_SECRETTOKENabcdefghijklmnop';
  const answers = (): Promise<TestService> =>
    TestService.start(({ path }, response) => {
      const crm = 'PhoneNumber,ClientId\n+70121234567,13359124764096645\n+70121234567,9\nbad,1\n';
      const calls = 'DateTime,PhoneNumber\n1794900000,+70121234567\n';
      response.writeHead(path === '/none' ? 404 : 200).end(path === '/crm' ? crm : calls);
    });

  it.each([[[]], [['--json']], [['--format', 'github']], [['-v']]])(
    'is named without its secrets, with the options %j',
    async (words) => {
      const files = await answers();
      for (const path of ['crm', 'none']) {
        const join = `${files.url}/${path}?apikey=${SECRET}`;
        const target = `${temporaryFolder()}/c.csv`;
        const ended = await runHere([
          ...['convert', `${files.url}/raw`, '--join', join, '-o', target, ...words],
        ]);
        const all = ended.stdout + ended.stderr;
        expect(all).toContain(`/${path}?apikey=[token]`);
        expect(all).not.toContain('SECRETTOKEN');
      }
    },
  );

  it('in a recipe is refused, because the recipe may be a stranger’s', async () => {
    const files = await answers();
    const join = `${files.url}/crm?apikey=${SECRET}`;
    const recipe = writeCalls(temporaryFolder(), 'r.json', JSON.stringify({ join }));
    for (const command of ['convert', 'validate', 'upload', 'inspect']) {
      const ended = await runHere([command, `${files.url}/raw`, '--mapping', recipe], {
        env: { METRIKA_TOKEN: 'y0_some_token_0123456789' },
      });
      expect(ended.code).toBe(2);
      expect(ended.stderr).toContain('it leads to an address');
      expect(ended.stdout + ended.stderr).not.toContain('SECRETTOKEN');
    }
    expect(files.requests.filter(({ path }) => path === '/crm')).toEqual([]);
  });

  it('in a recipe is named without its secrets by the library', async () => {
    const files = await answers();
    const checked = (path: string): Promise<unknown> =>
      validateCalls(`${files.url}/raw`, {
        environment: {},
        mapping: { join: `${files.url}/${path}?apikey=${SECRET}` },
      });
    const text = JSON.stringify(await checked('crm'));
    expect(text).toContain('/crm?apikey=[token]');
    expect(text).not.toContain(SECRET);
    const error = await checked('none').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Error);
    expect(inspect(error, { depth: 9 })).not.toContain(SECRET);
  });

  it('is left out of a saved recipe, which says so', async () => {
    const files = await answers();
    const folder = temporaryFolder();
    const address = `${files.url}/crm?apikey=${SECRET}`;
    const ended = await runHere([
      ...['convert', `${files.url}/raw`, '--join', address, '--quiet'],
      ...['--save-mapping', `${folder}/r.json`, '-o', `${folder}/c.csv`],
    ]);
    expect(ended.code, ended.stderr).toBe(0);
    expect(readFileSync(`${folder}/r.json`, 'utf8')).not.toContain('crm');
    expect(ended.stderr).toContain('r.json does not name the joined file');
    expect(ended.stderr).not.toContain(SECRET);
    const made = await runHere(['init', `${files.url}/raw`, '--join', address]);
    expect([made.code, made.stderr.includes('it leads to an address')]).toEqual([2, true]);
  });
});

describe('a download', () => {
  const options = async (changes: Partial<Parameters<typeof downloadedFile>[1]> = {}) => ({
    timeout: 5000,
    retry: { retries: 0, totalTime: 60_000 },
    environment: {},
    authorities: [(await certificates()).authority],
    clock: new FakeClock(),
    random: () => 0,
    ...changes,
  });

  /** Returns a function that resolves the given names, with the same parameters as `lookup`. */
  function lookupOf(names: Readonly<Record<string, readonly string[]>>) {
    return ((
      hostname: string,
      _: object,
      callback: (error: null, found: LookupAddress[]) => void,
    ) => {
      callback(
        null,
        (names[hostname] ?? []).map((address) => ({ address, family: 4 })),
      );
    }) as unknown as typeof lookup;
  }

  it('connects only to a checked address, and to no name that also has a private address', async () => {
    const site = await FileSite.start({});
    const port = String(site.port);
    const answers = {
      [`files.example:${port}/a`]: file(CALLS),
      [`files.example:${port}/b`]: leadsTo(`https://other.example:${port}/c`),
      [`other.example:${port}/c`]: file(CALLS),
    };
    const real = await FileSite.start(answers);
    const at = (host: string, path: string): string =>
      `https://${host}:${String(real.port)}/${path}`;
    const rules = {
      [`files.example:${String(real.port)}/a`]: file(CALLS),
      [`files.example:${String(real.port)}/b`]: leadsTo(at('other.example', 'c')),
    };
    Object.assign(answers, rules);
    const isPublic = (address: string): boolean => address === '127.0.0.1';
    const names = { 'files.example': ['127.0.0.1'], 'other.example': ['127.0.0.1', '10.0.0.1'] };
    const settings = await options({ lookup: lookupOf(names), isPublic });
    const got = await downloadedFile(at('files.example', 'a'), settings);
    expect(Buffer.from(got.range(0, 10_000)).toString()).toBe(CALLS);
    got.close();
    await expect(downloadedFile(at('files.example', 'b'), settings)).rejects.toMatchObject({
      code: 'address-forbidden',
      exitCode: 2,
    });
    expect(real.asked.map((one) => one.replace(/:\d+/, ''))).toEqual([
      'files.example/a',
      'files.example/b',
    ]);
  });

  it('ends at the size limit, which counts the unpacked bytes', async () => {
    const packed = await TestService.start((_, response) => {
      response
        .writeHead(200, { 'content-encoding': 'br' })
        .end(brotliCompressSync('x'.repeat(2000)));
    });
    await expect(
      downloadedFile(`${packed.url}/a`, await options({ largest: 1999 })),
    ).rejects.toMatchObject({ code: 'address-excess' });
    const service = await TestService.start((_, response) => {
      response.writeHead(200).end('x'.repeat(2000));
    });
    const settings = await options({ largest: 1999 });
    await expect(downloadedFile(`${service.url}/a`, settings)).rejects.toMatchObject({
      code: 'address-excess',
      exitCode: 3,
    });
    await expect(
      downloadedFile(`${service.url}/a`, await options({ largest: 2000 })),
    ).resolves.toBeDefined();
  });
});

describe('addresses of a command line', () => {
  it('are different files if they differ; an equal address is the same file named twice', async () => {
    const files = await TestService.start((_, response) => {
      response.writeHead(200).end(CALLS);
    });
    const twice = await runHere(['validate', `${files.url}/a`, `${files.url}/a`]);
    expect(twice.code).toBe(2);
    const both = await runHere([
      'validate',
      `${files.url}/a?x=1`,
      `${files.url}/a?x=2`,
      writeCalls(temporaryFolder(), 'c.csv', CALLS),
    ]);
    expect(both.code).toBe(0);
  });
});
