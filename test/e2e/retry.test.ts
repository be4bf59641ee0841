import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { goodCalls, recently, writeCalls } from '../support/calls.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { KeepingService } from '../support/keeping-service.ts';
import { run, temporaryFolder } from '../support/run.ts';
import { runHere } from '../support/run-here.ts';
import { accepting } from '../support/test-service.ts';
import { answerJson, errorBody, onlyPart, TestService } from '../support/test-service.ts';
import type { UploadDocument } from '../support/upload-here.ts';
import { calls, upload } from '../support/upload-here.ts';

const TOKEN = 'y0_AgAAAAD-test-token-0123456789';

const env = { METRIKA_TOKEN: TOKEN };

describe('an upload over a bad connection', () => {
  it('reports in words that a connection is refused, or that a host name is unknown', async () => {
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

  it('is found in the list if the answer is lost', async () => {
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
    'is recognized if the service counts every line inside quoted fields (sent %s)',
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

  it('ends with exit code 8 if the list cannot be read, and prints the command that shows the list', async () => {
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
  ])('is not successful after a 200 with %s', async (_, body) => {
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

  it('fails if the request makes no progress', async () => {
    const service = await TestService.start((request, response) => {
      if (request.method === 'GET')
        answerJson(response, 403, errorBody('access_denied', 'no', 403));
    });
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = await run(['upload', '--timeout', '1', ...service.target, path], { env });
    expect(ended.code).toBe(8);
    expect(ended.stderr).toMatch(
      /No answer from \S+ for \d(?:\.\d)? s after the whole file was handed over/,
    );
  });
});

describe('two files of one run', () => {
  it('are distinguished if the answer to the second one fails', async () => {
    const stored: { id: number; source_quantity: number; create_time: string; comment: string }[] =
      [];
    const service = await TestService.start((request, response) => {
      if (request.method === 'GET') {
        const uploadings = request.query.get('offset') === '0' ? stored : [];
        answerJson(response, 200, JSON.stringify({ uploadings }));
        return;
      }
      if (service.posts().length === 2) {
        answerJson(response, 503, errorBody('backend_error', 'busy', 503));
        return;
      }
      const uploading = {
        id: stored.length + 1,
        source_quantity: 3,
        create_time: new Date().toISOString(),
        comment: '',
      };
      stored.push(uploading);
      answerJson(response, 200, JSON.stringify({ uploading }));
    });
    const folder = temporaryFolder();
    const first = writeCalls(folder, 'a.csv', goodCalls(3));
    const second = writeCalls(folder, 'b.csv', goodCalls(3, 'south'));
    const ended = await runHere(
      ['upload', '--json', '--no-repeat', ...service.target, first, second],
      { env, clock: new FakeClock(Date.now()) },
    );
    expect(ended.code).toBe(8);
    const { results } = JSON.parse(ended.stdout) as { results: { outcome: string }[] };
    expect(results.map(({ outcome }) => outcome)).toEqual(['uploaded', 'failed']);
  });
});

describe('files one after another', () => {
  it('with the same length are never confused, even if every second answer is lost', async () => {
    for (const isStored of [true, false]) {
      const service = await KeepingService.start((visit) => {
        if (visit.request.method === 'GET' || visit.number % 2 === 1) visit.usual();
        else {
          if (isStored) visit.store();
          answerJson(visit.response, 502, '{}');
        }
      });
      const ids: (number | undefined)[] = [];
      for (let number = 0; number < 10; number += 1) {
        const { code, uploading } = await upload([
          ...service.target,
          calls(5, `file ${String(number)}`),
        ]);
        expect(code).toBe(0);
        ids.push(uploading?.id);
      }
      expect(new Set(ids).size).toBe(10);
      expect(service.kept).toHaveLength(10);
      expect(new Set(service.contents).size).toBe(10);
    }
  });
});

describe('an attempt that arrives late', () => {
  it('in addition to its retry is reported with both uploads and exit code 7', async () => {
    const service = await KeepingService.start((visit) => {
      const { request, response, number } = visit;
      if (request.method === 'GET') visit.usual();
      else if (number === 1) answerJson(response, 502, '{}');
      else {
        visit.store();
        visit.usual();
      }
    });
    const { code, duplicates, uploading, error } = await upload(['-q', ...service.target, calls()]);
    expect(code).toBe(7);
    expect([uploading?.id, duplicates.map(({ id }) => id)]).toEqual([1002, [1001]]);
    expect(error).toMatchObject({ code: 'sent-twice' });
    expect(error?.message).toContain('1002 and 1001');
  });

  it('has an unknown fate if the file changes or the list cannot be read before the retry', async () => {
    const path = calls();
    const service = await KeepingService.start((visit) => {
      if (visit.request.method === 'GET') {
        visit.usual();
        return;
      }
      writeFileSync(path, goodCalls(6));
      answerJson(visit.response, 502, '{}');
    });
    const changed = await upload([...service.target, path]);
    expect([changed.code, changed.error?.code]).toEqual([8, 'fate-unknown']);
    const lost = await KeepingService.start((visit) => {
      const { request, response, number } = visit;
      if (request.method === 'POST') answerJson(response, 502, '{}');
      // The first five GET requests succeed: one before the file is sent, and four afterwards.
      else if (number > 5) answerJson(response, 403, '{}');
      else visit.usual();
    });
    const ended = await upload(['--skip-existing', ...lost.target, calls()]);
    expect([ended.code, lost.posts()]).toEqual([8, 1]);
  });

  it('is not ruled out if the list cannot be read after the retry, and the run ends with exit code 7', async () => {
    const service = await KeepingService.start((visit) => {
      const { request, response, number } = visit;
      if (request.method === 'POST' && number === 1) answerJson(response, 502, '{}');
      else if (request.method === 'GET' && number > 5) answerJson(response, 403, '{}');
      else visit.usual();
    });
    const { code, error } = await upload([...service.target, calls()]);
    expect([code, error?.code]).toEqual([7, 'repeat-unchecked']);
  });
});

describe('the search of the list after a retry', () => {
  /**
   * Runs `upload` with a service of the test. The service answers the first POST with status 502.
   * At the second POST, it stores the file twice. The next `looks` - 1 requests for the list get an
   * empty list.
   */
  async function lagging(looks: number): ReturnType<typeof upload> {
    let posts = 0;
    let after = 0;
    const service = await KeepingService.start((visit) => {
      const { request, response } = visit;
      if (request.method === 'POST') {
        posts += 1;
        if (posts === 1) answerJson(response, 502, '{}');
        else {
          visit.store();
          visit.usual();
        }
      } else if (posts === 2 && (after += 1) < looks) {
        answerJson(response, 200, '{"uploadings":[]}');
      } else visit.usual();
    });
    return await upload([...service.target, calls()]);
  }

  it('continues until the list shows our own upload', async () => {
    const { code, duplicates, error } = await lagging(4);
    expect([code, error?.code, duplicates.length]).toEqual([7, 'sent-twice', 1]);
  });

  it('proves nothing if the list never shows our own upload, and the output says so', async () => {
    const { code, error, uploading } = await lagging(5);
    expect([code, error?.code, uploading?.id]).toEqual([7, 'repeat-unchecked', 1002]);
  });
});
