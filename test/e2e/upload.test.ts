import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { goodCalls, recently, writeCalls } from '../support/calls.ts';
import { run, temporaryFolder } from '../support/run.ts';
import { answerJson, errorBody, onlyPart, TestService } from '../support/test-service.ts';

const TOKEN = 'y0_AgAAAAD-test-token-0123456789';
const env = { METRIKA_TOKEN: TOKEN };
const uploadPath = '/management/v1/counter/2215573/offline_conversions/upload_calls';

interface UploadDocument {
  readonly ok: boolean;
  readonly results: readonly {
    readonly file: string;
    readonly ok: boolean;
    readonly exit_code: number;
    readonly outcome: string;
    readonly sha256: string | null;
    readonly bytes: number | null;
    readonly rows: number | null;
    readonly conversions: readonly string[];
    readonly uploading: Record<string, unknown> | null;
    readonly validation: { errors: number; warnings: number; findings: { code: string }[] };
    readonly error?: { code: string; exit_code: number; message: string; hint: string };
  }[];
}

function accepting(): Promise<TestService> {
  return TestService.start((_, response) => {
    answerJson(
      response,
      200,
      '{"uploading":{"id":42,"status":"UPLOADED","line_quantity":2,"source_quantity":2}}',
    );
  });
}

describe('the request', () => {
  it('carries the file byte for byte in one part, with a length and nothing that was not asked', async () => {
    const service = await accepting();
    const content = goodCalls(2);
    const path = writeCalls(temporaryFolder(), 'calls.csv', content);

    const ended = await run(['upload', ...service.target, path], { env });

    expect(ended).toMatchObject({ code: 0 });
    const [post] = service.posts();
    if (post === undefined) throw new Error('no request came');
    expect(service.requests).toHaveLength(1);
    expect(post.path).toBe(uploadPath);
    expect([...post.query.keys()]).toEqual(['comment']);
    expect(post.query.get('comment')).toMatch(/^mc[0-9a-f]{20}[0-9a-z]{10}$/);
    expect(post.headers.authorization).toBe(`OAuth ${TOKEN}`);
    expect(post.headers['content-length']).toBe(String(post.body.length));
    expect(post.headers['transfer-encoding']).toBeUndefined();
    const part = onlyPart(post);
    expect(part.headers).toContain('name="file"; filename="calls.csv"');
    expect(part.content.toString()).toBe(content);
  });

  it('sends comment and goal when they are given, in Cyrillic and with punctuation', async () => {
    const service = await accepting();
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = await run(
      ['upload', ...service.target, '-m', 'Ноябрь & Co + 100%', '--new-goal-name', 'Звонок', path],
      { env },
    );
    expect(ended.code).toBe(0);
    const [post] = service.posts();
    expect([...(post?.query ?? [])]).toEqual([
      ['comment', expect.stringMatching(/^Ноябрь & Co \+ 100% mc[0-9a-z]{30}$/)],
      ['new_goal_name', 'Звонок'],
    ]);
    expect(post?.rawQuery).not.toContain('+');
  });

  it.each(['Звонки за ноябрь.csv', 'it\'s "quoted".csv', '-dash.csv'])(
    'keeps the name %s',
    async (name) => {
      const service = await accepting();
      const folder = temporaryFolder();
      writeCalls(folder, name, goodCalls(2));
      const ended = await run(['upload', ...service.target, '--', name], { env, cwd: folder });
      expect(ended).toMatchObject({ code: 0 });
      const [post] = service.posts();
      if (post === undefined) throw new Error('no request came');
      expect(onlyPart(post).headers).toContain(`filename="${name.replaceAll('"', '%22')}"`);
    },
  );

  it('sends what was converted, with its length and hash', async () => {
    const service = await accepting();
    const when = String(recently());
    const content = `\ufeffclientid; DateTime;Tag\r\n7;${when};"a, b"\r\n8;${when};"c;d"\r\n\r\n`;
    const path = writeCalls(temporaryFolder(), 'calls.csv', content);
    const ended = await run(['upload', '--json', ...service.target, path], { env });
    expect(ended.code).toBe(0);
    const [post] = service.posts();
    if (post === undefined) throw new Error('no request came');
    const sent = onlyPart(post).content;
    expect(sent.toString()).toBe(`ClientId,DateTime,Tag\n7,${when},"a, b"\n8,${when},c;d\n`);
    const [result] = (JSON.parse(ended.stdout) as UploadDocument).results;
    expect(result).toMatchObject({
      bytes: sent.length,
      sha256: createHash('sha256').update(sent).digest('hex'),
      rows: 2,
      conversions: [
        'byte-order-mark',
        'delimiter:semicolon',
        'line-ends:crlf',
        'blank-lines-at-end',
        'header-blanks',
        'header-case',
      ],
    });
  });

  it('is not made when the file has an error', async () => {
    const service = await accepting();
    const path = writeCalls(
      temporaryFolder(),
      'calls.csv',
      'ClientId,DateTime\n1.6E+18,1700000000\n',
    );
    const ended = await run(['upload', ...service.target, path], { env });
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain('identifier-scientific');
    expect(service.requests).toHaveLength(0);
  });

  it('is not made by a dry run, which says what would be sent and where settings came from', async () => {
    const service = await accepting();
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(3));
    const ended = await run(['upload', '--dry-run', ...service.target, '-m', 'a b', path], { env });
    expect(ended.code).toBe(0);
    expect(service.requests).toHaveLength(0);
    expect(ended.stdout).toContain(`POST ${service.url}${uploadPath}?comment=a%20b`);
    expect(ended.stdout).toContain('2215573 (--counter)');
    expect(ended.stdout).toContain('[token] (METRIKA_TOKEN)');
    const json = await run(['upload', '--dry-run', '--json', ...service.target, path], { env });
    expect(JSON.parse(json.stdout)).toMatchObject({
      ok: true,
      results: [{ outcome: 'dry-run', rows: 3 }],
    });
  });
});

describe('the answer', () => {
  it('keeps every digit of an int64 and every unknown field, in text and in JSON', async () => {
    const service = await TestService.start((_, response) => {
      answerJson(
        response,
        200,
        '{"uploading":{"id":9223372036854775807,"status":"SOMETHING_NEW","extra":{"big":12345678901234567890},"comment":null}}',
      );
    });
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const text = await run(['upload', ...service.target, path], { env });
    expect(text).toMatchObject({ code: 0 });
    expect(text.stdout).toContain('9223372036854775807');
    expect(text.stdout).toContain('SOMETHING_NEW');
    const json = await run(['upload', '--json', ...service.target, path], { env });
    expect(json.stdout).toMatch(/"id": 9223372036854775807\b/);
    expect(json.stdout).toMatch(/"big": 12345678901234567890\b/);
    expect(json.stdout).toContain('"comment": null');
  });

  it('exits 7 when the service took fewer lines, and says both numbers', async () => {
    const service = await TestService.start((_, response) => {
      answerJson(
        response,
        200,
        '{"uploading":{"id":42,"status":"UPLOADED","source_quantity":5,"line_quantity":3}}',
      );
    });
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(5));
    const ended = await run(['upload', '--json', ...service.target, path], { env });
    expect(ended.code).toBe(7);
    const [result] = (JSON.parse(ended.stdout) as UploadDocument).results;
    expect(result).toMatchObject({ ok: false, exit_code: 7, outcome: 'uploaded' });
    expect(result?.error?.message).toContain('3 of 5');
  });

  const refusals: [status: number, body: string, exitCode: number, code: string, words: RegExp][] =
    [
      [401, errorBody('unauthorized', 'No token', 401), 4, 'unauthorized', /No token/],
      [
        403,
        errorBody('invalid_token', 'Invalid oauth_token', 403),
        4,
        'unauthorized',
        /Invalid oauth_token/,
      ],
      [
        403,
        errorBody('access_denied', 'Access is denied', 403),
        4,
        'access-denied',
        /Access is denied/,
      ],
      [404, errorBody('not_found', 'Not found', 404), 5, 'not-found', /No such counter/],
      [405, '', 5, 'method-gone', /no longer offers/],
      [410, '<html><h1>Gone</h1></html>', 5, 'method-gone', /no longer offers/],
      [
        400,
        errorBody('invalid_parameter', 'Bad comment', 400, 'comment'),
        5,
        'refused',
        /"Bad comment" \(comment\)/,
      ],
      [
        413,
        '<html><body>Too large, says nginx</body></html>',
        5,
        'too-large',
        /Too large, says nginx/,
      ],
      [302, '', 8, 'fate-unknown', /redirect/],
      [429, errorBody('quota_requests_by_uid', 'Quota exceeded', 429), 6, 'quota-day', /00:00 GMT/],
      [420, errorBody('quota_parallel_requests', 'Too many', 420), 6, 'quota', /Too many/],
    ];
  it.each(refusals)('%i %s ends with %i %s', async (status, body, exitCode, code, words) => {
    const service = await TestService.start((_, response) => {
      response.writeHead(status, {
        'x-request-id': 'req-77',
        location: 'http://127.0.0.1:1/steal',
      });
      response.end(body);
    });
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const json = await run(['upload', '--json', '--retries', '0', ...service.target, path], {
      env,
    });
    expect(json.code).toBe(exitCode);
    const [result] = (JSON.parse(json.stdout) as UploadDocument).results;
    expect(result?.error).toMatchObject({
      code,
      exit_code: exitCode,
      status,
      request_id: 'req-77',
    });
    expect(`${result?.error?.message ?? ''} ${result?.error?.hint ?? ''}`).toMatch(words);
    expect(service.posts()).toHaveLength(1);
    const text = await run(['upload', '--retries', '0', ...service.target, path], { env });
    expect(text.stderr).toMatch(words);
    expect(text.stderr).not.toMatch(/\n\s+at /);
  });

  it('reads a large refusal that comes before the body was taken', async () => {
    const service = await accepting();
    service.onHead = (raw) => {
      // As web servers do: the rest is read for a while, so that the answer is not lost on its way.
      raw.socket.write('HTTP/1.1 413 No\r\nConnection: close\r\nContent-Length: 7\r\n\r\nno room');
      raw.resume();
      return true;
    };
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(200_000));
    const ended = await run(['upload', '--json', ...service.target, path], { env });
    const [result] = (JSON.parse(ended.stdout) as UploadDocument).results;
    expect(result?.error).toMatchObject({ code: 'too-large', exit_code: 5 });
  });
});

describe('trouble on the line', () => {
  it('is told in words when the connection is refused and when a name does not resolve', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const gone = await accepting();
    const { target } = gone;
    await gone.close();
    const refused = await run(['upload', '--json', '--retries', '0', ...target, path], { env });
    expect(refused.code).toBe(6);
    expect((JSON.parse(refused.stdout) as UploadDocument).results[0]?.error?.code).toBe(
      'connection-refused',
    );

    const unknown = await run(
      [
        'upload',
        '--json',
        '--retries',
        '0',
        '-c',
        '1',
        '--api-url',
        'https://no-such-host.invalid',
        '--trust-api-host',
        'no-such-host.invalid',
        path,
      ],
      { env },
    );
    expect(unknown.code).toBe(6);
    expect((JSON.parse(unknown.stdout) as UploadDocument).results[0]?.error?.code).toBe(
      'host-not-found',
    );
  });

  it('leaves the mark out when that is asked for', async () => {
    const service = await accepting();
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const words = ['upload', ...service.target, '--no-mark', '--json', path];
    const ended = await run(words, { env });
    expect(service.posts()[0]?.rawQuery).toBe('');
    expect(JSON.parse(ended.stdout)).toMatchObject({ results: [{ mark: null }] });
    const both = await run([...words, '--skip-existing'], { env });
    expect([both.code, both.stdout]).toEqual([2, expect.stringContaining('mark-needed')]);
    await run(['upload', ...service.target, '--no-mark', '-m', 'as it is ', path], { env });
    expect(service.posts()[1]?.query.get('comment')).toBe('as it is ');
  });

  it('adopts the upload that the list shows when the answer is lost', async () => {
    let comment = '';
    const service = await TestService.start((request, response, raw) => {
      if (request.method === 'POST') {
        comment = request.query.get('comment') ?? '';
        raw.socket.destroy();
        return;
      }
      const created = new Date().toISOString();
      const uploadings =
        request.query.get('offset') === '0'
          ? [
              { id: 41, comment: 'other', source_quantity: 2, create_time: created },
              { id: 40, comment: 'mine', source_quantity: 2, create_time: '2020-01-01T00:00:00Z' },
              {
                id: 42,
                comment,
                source_quantity: 2,
                create_time: created,
                status: 'UPLOADED',
              },
            ]
          : [];
      answerJson(response, 200, JSON.stringify({ uploadings }));
    });
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = await run(['upload', '--json', ...service.target, '-m', 'mine', path], { env });
    expect(ended.code).toBe(0);
    expect((JSON.parse(ended.stdout) as UploadDocument).results[0]?.uploading).toMatchObject({
      id: 42,
    });
    expect(service.posts()).toHaveLength(1);
    expect(ended.stderr).toContain('it did arrive');
  });

  it.each([
    ['as it is', ',', []],
    ['converted', ';', []],
    ['in parts', ',', ['--part-size', '100B']],
  ])(
    'knows its uploading by physical lines too, in a file with line breaks that goes %s',
    async (_, delimiter, options) => {
      const kept: Record<string, unknown>[] = [];
      const service = await TestService.start((request, response, raw) => {
        if (request.method === 'POST') {
          const lines = onlyPart(request).content.toString().split('\n').length - 1;
          const comment = request.query.get('comment') ?? '';
          const create_time = new Date().toISOString();
          kept.push({ id: 100 + kept.length, comment, source_quantity: lines, create_time });
          raw.socket.destroy();
          return;
        }
        const offset = Number(request.query.get('offset'));
        answerJson(response, 200, JSON.stringify({ uploadings: kept.slice(offset) }));
      });
      const when = String(recently());
      const records = [1, 2, 3, 4].map((id) => `${String(id)},${when},"a\nb\nc"\n`).join('');
      const content = `ClientId,DateTime,Tag\n${records}`.replaceAll(',', delimiter);
      const path = writeCalls(temporaryFolder(), 'calls.csv', content);
      const words = ['upload', '--json', ...service.target, ...options, path];
      const ended = await run(words, { env });
      expect(ended.code, ended.stderr).toBe(0);
      const { results } = JSON.parse(ended.stdout) as UploadDocument;
      expect(results.map(({ uploading }) => uploading?.['id'])).toEqual(kept.map(({ id }) => id));
      expect(service.posts()).toHaveLength(results.length);
    },
  );

  it('exits 8 when the list cannot be read either, with the command that looks again', async () => {
    const service = await TestService.start((request, response, raw) => {
      if (request.method === 'POST') raw.socket.destroy();
      else answerJson(response, 403, errorBody('access_denied', 'no reading', 403));
    });
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = await run(['upload', ...service.target, path], { env });
    expect(ended.code).toBe(8);
    expect(ended.stderr).toContain(`metrika-calls list --counter 2215573 --api-url ${service.url}`);
    expect(service.posts()).toHaveLength(1);
  });

  it.each([
    ['an empty body', ''],
    ['a page of a proxy', '<html><title>Login</title></html>'],
    ['JSON of another kind', '{"hello":1}'],
    ['an upload without an id', '{"uploading":{"status":"UPLOADED"}}'],
  ])('does not take a 200 with %s for success', async (_, body) => {
    const service = await TestService.start((request, response) => {
      if (request.method === 'POST') response.end(body);
      else answerJson(response, 403, errorBody('access_denied', 'no reading', 403));
    });
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = await run(['upload', '--json', ...service.target, path], { env });
    expect(ended.code).toBe(8);
    expect((JSON.parse(ended.stdout) as UploadDocument).results[0]?.error?.code).toBe(
      'fate-unknown',
    );
  });

  it('gives up a request that does not move', async () => {
    const service = await TestService.start((request, response) => {
      if (request.method === 'GET')
        answerJson(response, 403, errorBody('access_denied', 'no', 403));
    });
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = await run(['upload', '--timeout', '0.3', ...service.target, path], { env });
    expect(ended.code).toBe(8);
    expect(ended.stderr).toMatch(
      /No answer from \S+ for 0\.\d s after the whole file was handed over/,
    );
  });
});

describe('several files', () => {
  it('reports each and ends with the worst code', async () => {
    const service = await accepting();
    const folder = temporaryFolder();
    const good = writeCalls(folder, 'good.csv', goodCalls(2));
    const bad = writeCalls(folder, 'bad.csv', 'ClientId,DateTime\nx,1700000000\n');
    mkdirSync(`${folder}/folder`);
    const ended = await run(
      [
        'upload',
        '--json',
        ...service.target,
        bad,
        good,
        `${folder}/missing.csv`,
        `${folder}/folder`,
      ],
      { env },
    );
    expect(ended.code).toBe(3);
    const { ok, results } = JSON.parse(ended.stdout) as UploadDocument;
    expect(ok).toBe(false);
    expect(results.map(({ outcome, exit_code }) => [outcome, exit_code])).toEqual([
      ['failed', 3],
      ['uploaded', 0],
      ['failed', 3],
      ['failed', 3],
    ]);
    expect(results[2]?.validation.findings[0]?.code).toBe('file-not-found');
    expect(results[3]?.error?.code).toBe('file-is-directory');
    expect(service.posts()).toHaveLength(1);
  });

  it('refuses the same file twice', async () => {
    const service = await accepting();
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = await run(['upload', ...service.target, path, path], { env });
    expect(ended.code).toBe(2);
    expect(service.requests).toHaveLength(0);
  });

  it('takes standard input', async () => {
    const service = await accepting();
    const content = goodCalls(2);
    const ended = await run(['upload', ...service.target, '-'], { env, input: content });
    expect(ended.code).toBe(0);
    const [post] = service.posts();
    if (post === undefined) throw new Error('no request came');
    expect(onlyPart(post).content.toString()).toBe(content);
  });
});

describe('settings', () => {
  it('come from the environment when no option says otherwise', async () => {
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

  it('take a token from standard input', async () => {
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
  it.each(wrong)('%s is a usage error', async (_, args, environment, code) => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = await run(['upload', '--json', ...args, path], { env: environment });
    expect(ended.code).toBe(2);
    expect(JSON.parse(ended.stdout)).toMatchObject({ ok: false, error: { code, exit_code: 2 } });
    expect(ended.stdout + ended.stderr).not.toContain('pass-word');
  });
});
