import { describe, expect, it } from 'vitest';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { KeepingService } from '../support/keeping-service.ts';
import { PATIENCE } from '../support/patience.ts';
import { run, temporaryFolder } from '../support/run.ts';
import { said } from '../support/run-here.ts';
import { runHere } from '../support/run-here.ts';
import { accepting } from '../support/test-service.ts';
import { answerJson, errorBody, TestService } from '../support/test-service.ts';
import type { UploadDocument } from '../support/upload-here.ts';
import { calls, now, upload } from '../support/upload-here.ts';

const TOKEN = 'y0_AgAAAAD-test-token-0123456789';

const env = { METRIKA_TOKEN: TOKEN };

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

  it('ends the run with exit code 7 if the service got fewer lines, and shows both numbers', async () => {
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
      [429, errorBody('constructor', 'Too many', 429), 6, 'quota', /Too many/],
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

  it('is read if it refuses a large file before the service has the body', async () => {
    const service = await accepting();
    service.onHead = (raw) => {
      // Like a web server, the service answers early, but reads the rest of the request. If the
      // service stopped reading, the answer could be lost.
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

describe('an unusual answer', () => {
  it.each([303, 307])(
    'with a redirect, %i, leaves the fate of the file unknown',
    async (status) => {
      const service = await KeepingService.start((visit) => {
        if (visit.request.method === 'GET') {
          visit.usual();
          return;
        }
        visit.response.writeHead(status, { location: 'https://example.org/' });
        visit.response.end();
      });
      const { code } = await upload([...service.target, calls()]);
      expect([code, service.posts()]).toEqual([8, 1]);
    },
  );

  it('with status 408 is retried', async () => {
    const service = await KeepingService.start((visit) => {
      if (visit.number === 1) answerJson(visit.response, 408, '');
      else visit.usual();
    });
    const { code } = await upload([...service.target, calls()]);
    expect([code, service.kept.length]).toEqual([0, 1]);
  });

  it('that has an id, but comes before the whole file is sent, is checked', async () => {
    const service = await TestService.start((_, response) => {
      answerJson(response, 404, '{}');
    });
    // The request is larger than the buffers of the operating system.
    const large = calls(300_000);
    const early = (status: string): void => {
      service.onHead = (raw, response) => {
        if (raw.method === 'POST') {
          response.writeHead(200, { connection: 'close' });
          response.end('{"uploading":{"id":7,"status":"UPLOADED"}}');
          return true;
        }
        if (status === '' || !(raw.url ?? '').endsWith('/7')) return false;
        answerJson(response, 200, `{"uploading":{"id":7,"status":"${status}"${counted}}}`);
        return true;
      };
    };
    let counted = ',"source_quantity":300000';
    early('EXPORTED');
    const found = await upload([...service.target, large]);
    expect([found.code, found.uploading]).toMatchObject([0, { id: 7, status: 'EXPORTED' }]);
    // The service may have only a part of the file.
    counted = ',"source_quantity":200';
    expect((await upload([...service.target, large])).code).toBe(7);
    for (const nothing of ['', ',"source_quantity":0', ',"source_quantity":-5']) {
      counted = nothing;
      const unknown = await upload([...service.target, large]);
      expect([unknown.code, unknown.candidates]).toMatchObject([8, [{ id: 7 }]]);
    }
    early('');
    const lost = await upload([...service.target, large]);
    expect(lost.code).toBe(8);
  });

  it('that asks for a long wait ends the run, and the hint says until when to wait', async () => {
    const service = await KeepingService.start((visit) => {
      visit.response.setHeader('retry-after', '3600');
      answerJson(visit.response, 429, errorBody('quota_parallel_requests', 'busy', 429));
    });
    const { code, error } = await upload([...service.target, calls()]);
    expect([code, error?.code, service.posts()]).toEqual([6, 'quota', 1]);
    expect(error?.hint).toMatch(/It asks to wait until .*\d\d:\d\d/);
  });

  it('without an end is read only up to our own limit, and is requested only once', async () => {
    let lists = 0;
    const service = await KeepingService.start((visit) => {
      if (visit.request.method === 'POST') {
        visit.usual();
        return;
      }
      lists += 1;
      const block = Buffer.alloc(1 << 20, ' ');
      const more = (): void => {
        while (!visit.response.destroyed && visit.response.write(block));
      };
      visit.response.on('drain', more);
      more();
    });
    const { code, error } = await upload(['--skip-existing', ...service.target, calls()]);
    expect([code, error?.code, lists]).toEqual([6, 'answer-too-long', 1]);
  });
});

describe('an answer with unusual content', () => {
  it('does not hide the good entries of a list', async () => {
    const service = await TestService.start((request, response) => {
      const first = request.query.get('offset') === '0';
      answerJson(
        response,
        200,
        `{"uploadings":${first ? '[{"id":1.5},{"id":1e21},{"id":2},7]' : '[]'}}`,
      );
    });
    const ended = await run(['list', '--json', ...service.target], { env });
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.stdout)).toEqual({ ok: true, uploadings: [{ id: 2 }] });
    expect(ended.stderr).toContain('3 entries');
  });

  it('is a refusal because of its status, even if its text is cut off', async () => {
    const service = await TestService.start((_, response, raw) => {
      response.writeHead(403, { 'content-length': 100 });
      response.write('{"err');
      setImmediate(() => raw.socket.destroy());
    });
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = await run(['upload', ...service.target, path], { env });
    expect(ended.code).toBe(4);
    expect(service.posts()).toHaveLength(1);
  });
});

describe('a short file', () => {
  it('is sent immediately, even if the service answers before it has the body', async () => {
    const service = await TestService.start(() => undefined);
    service.onHead = (_, response) => {
      answerJson(response, 200, '{"uploading":{"id":1,"status":"UPLOADED"}}');
      return true;
    };
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(4000));
    expect((await run(['upload', '--no-repeat', ...service.target, path], { env })).code).toBe(0);
  });
});

describe('a very large answer', () => {
  async function answered(
    body: string,
    status = 200,
  ): Promise<{ code: number | null; text: string; stdout: string }> {
    const service = await TestService.start((_, response) => {
      answerJson(response, status, body);
    });
    const id = /"id":(\d+)/.exec(body)?.[1] ?? '7';
    return await said(['status', ...service.target, '--json', '--retries', '0', id]);
  }

  it.each(['<', '<script', '<script>', '<!--', '{', '[', '"', '\\', '&#', '%'])(
    'is read in linear time, and shown in part: %s',
    async (piece) => {
      const started = Date.now();
      for (const status of [200, 400]) {
        const { code } = await answered(piece.repeat(400_000 / piece.length), status);
        expect([5, 6]).toContain(code);
      }
      // If the time grew quadratically, the runs would take minutes.
      expect(Date.now() - started).toBeLessThan(60_000 * PATIENCE);
    },
  );

  it('shows the id and the status even if other values are too long or nested too deeply', async () => {
    const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;
    for (const field of [
      deep,
      `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
      `"${'x'.repeat(9_000_000)}"`,
    ]) {
      const body = `{"uploading":{"odd":${field},"id":9223372036854775807,"status":"PROCESSED"}}`;
      const { code, stdout } = await answered(body);
      expect(code).toBe(0);
      expect(stdout).toContain('9223372036854775807');
      expect(stdout).toContain('left out');
    }
    const { stdout } = await answered('\ufeff{"uploading":{"id":7,"status":"PROCESSED"}}');
    expect(stdout).toContain('"id": 7');
  });
});

describe('an answer about another upload', () => {
  it.each([
    ['an id', '{"uploading":{"id":999,"status":"PROCESSED"}}'],
    ['a negative id', '{"uploading":{"id":-5,"status":"PROCESSED"}}'],
    ['the id 0', '{"uploading":{"id":0,"status":"PROCESSED"}}'],
    ['an id with zeros in front', '{"uploading":{"id":"0001000001","status":"PROCESSED"}}'],
    [
      'an id that is no int64',
      '{"uploading":{"id":100000000000000000000000000000,"status":"PROCESSED"}}',
    ],
  ])('is not believed: %s', async (_, body) => {
    const service = await TestService.start((_, response) => {
      answerJson(response, 200, body);
    });
    const { code, text } = await said(['status', ...service.target, '--retries', '0', '1000001']);
    expect(code).not.toBe(0);
    expect(text).not.toContain('processed as');
  });

  it('proves nothing about the sent file, so the run looks for that file in the list', async () => {
    const other = `mc${'0123456789'.repeat(2)}abcdefghij`;
    const service = await KeepingService.start((visit) => {
      if (visit.request.method !== 'POST') visit.usual();
      else {
        visit.store();
        const uploading = { id: 77, status: 'PREPARED', comment: `x ${other}` };
        answerJson(visit.response, 200, JSON.stringify({ uploading }));
      }
    });
    const found = await upload([...service.target, calls()]);
    expect([found.code, found.uploading]).toMatchObject([0, { id: 1001 }]);
    expect(service.posts()).toBe(1);
  });

  it('proves nothing about the sent file, even if it has the id of another file of the run', async () => {
    const service = await KeepingService.start((visit) => {
      if (visit.request.method !== 'POST') visit.usual();
      else {
        visit.store();
        const uploading = { id: 1001, status: 'PREPARED' };
        answerJson(visit.response, 200, JSON.stringify({ uploading }));
      }
    });
    const ended = await runHere(
      ['upload', '--json', '--concurrency', '1', ...service.target, calls(2), calls(4)],
      { env, clock: new FakeClock(Date.now()) },
    );
    const { results } = JSON.parse(ended.stdout) as UploadDocument;
    expect(ended.code).toBe(0);
    expect(results.map(({ uploading }) => uploading?.['id'])).toEqual([1001, 1002]);
  });
});

describe('the counts of the service', () => {
  it.each([
    ['fewer lines than were sent', { source_quantity: 3 }, 7, 'lines-missing'],
    ['fewer lines taken', { line_quantity: 3, status: 'UPLOADED' }, 7, 'lines-refused'],
    ['fewer lines taken so far', { line_quantity: 3, status: 'PREPARED' }, 0, undefined],
    ['none counted yet', { source_quantity: 0, line_quantity: 0 }, 0, undefined],
    ['none taken at the end', { line_quantity: 0, status: 'PROCESSED' }, 7, 'lines-refused'],
    ['nothing', { source_quantity: null, line_quantity: null }, 0, undefined],
    ['the header as a line', { source_quantity: 6, line_quantity: 6 }, 0, undefined],
  ])('decide the exit code if the service reports %s', async (_, counts, exitCode, code) => {
    const service = await KeepingService.start((visit) => {
      if (visit.request.method === 'GET') {
        visit.usual();
        return;
      }
      const uploading = { ...visit.store(), ...counts };
      answerJson(visit.response, 200, JSON.stringify({ uploading }));
    });
    const sent = await upload([...service.target, calls(5)]);
    expect([sent.code, sent.error?.code]).toEqual([exitCode, code]);
    if (code !== undefined) expect(sent.error?.message).toContain(' 5 ');
  });

  it('of linked calls are shown if the service reports them', async () => {
    const service = await KeepingService.start((visit) => {
      const linked = {
        linked_quantity: 38,
        user_not_found_quantity: 2,
        goal_not_found_quantity: 1,
      };
      const uploading = { id: 7, status: 'PROCESSED', line_quantity: 40, ...linked };
      answerJson(visit.response, 200, JSON.stringify({ uploading }));
    });
    const { stdout } = await runHere(['status', ...service.target, '7'], { env, clock: now() });
    expect(stdout).toContain('38 of 40, no visitor found for 2, no goal found for 1');
  });
});

describe('a request id', () => {
  it('of the sandbox is shown unchanged', async () => {
    const { stdout } = await run(['status', '--sandbox', '--json', '5']);
    expect(stdout).toContain('"request_id": "sandbox-1"');
  });
});
