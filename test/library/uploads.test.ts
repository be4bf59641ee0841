import { describe, expect, it } from 'vitest';
import { findUpload, listUploads, validateCalls, waitForUpload } from '../../src/index.ts';
import { goodCalls } from '../support/calls.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { runHere } from '../support/run-here.ts';
import { answerJson, errorBody, TestService } from '../support/test-service.ts';

const TOKEN = 'y0_a-token-of-the-tests';

/** An id that is too large for a JavaScript number. */
const LARGE = '9223372036854775807';

function upload(id: string, status: string, more = ''): string {
  return `{"id":${id},"status":"${status}","source_quantity":2,"line_quantity":2${more}}`;
}

async function serviceWith(body: string, status = 200): Promise<TestService> {
  return await TestService.start((_, response) => {
    answerJson(response, status, body);
  });
}

function options(service: TestService): { counter: number; token: string; apiUrl: string } {
  return { counter: 2_215_573, token: TOKEN, apiUrl: service.url };
}

async function printed(words: readonly string[], service: TestService): Promise<unknown> {
  const { stdout } = await runHere([...words, '--json', ...service.target, '--token', TOKEN]);
  return JSON.parse(stdout);
}

describe('findUpload', () => {
  it.each([
    ['one that is done', 200, `{"uploading":${upload('7', 'PROCESSED', ',"new_field":[1]')}}`],
    ['one that is on its way', 200, `{"uploading":${upload('7', 'UPLOADED')}}`],
    ['one without linkage', 200, `{"uploading":${upload('7', 'LINKAGE_FAILURE')}}`],
    ['one that is not there', 404, errorBody('not_found', 'No such upload', 404)],
    ['one that the token may not see', 403, errorBody('access_denied', 'Not yours', 403)],
  ])('returns the same as status prints for %s', async (_, status, body) => {
    const service = await serviceWith(body, status);
    const { ok, exit_code, error, uploading } = await findUpload('7', options(service));
    expect(await printed(['status', '7'], service)).toMatchObject({
      ok,
      ...(uploading === null ? {} : { uploading }),
      ...(error === undefined ? {} : { error: { ...error, hint: expect.any(String) as string } }),
    });
    expect(exit_code).toBe(error?.exit_code ?? 0);
    expect(error?.hint ?? '').not.toContain('--');
  });

  it.each([LARGE, BigInt(LARGE)])('keeps every digit of the id %s', async (id) => {
    const service = await serviceWith(`{"uploading":${upload(LARGE, 'PROCESSED')}}`);
    const found = await findUpload(id, options(service));
    expect(found.uploading?.id).toBe(LARGE);
    expect(service.requests[0]?.path).toContain(`/calls_uploading/${LARGE}`);
  });

  it.each(['', ' 7', '-1', '0', '1.5', 'x', '9223372036854775808', 1.5, -1, 2 ** 53, NaN])(
    'refuses the id %s, and sends no request',
    async (id) => {
      const service = await serviceWith('{}');
      await expect(findUpload(id, options(service))).rejects.toMatchObject({
        code: 'id-invalid',
        exitCode: 2,
      });
      expect(service.requests).toEqual([]);
    },
  );

  it('reports an unreachable service, and shows no token', async () => {
    const service = await serviceWith('{}');
    const gone = options(service);
    await service.close();
    const found = await findUpload('7', { ...gone, retries: 0 });
    expect(found).toMatchObject({ ok: false, exit_code: 6, uploading: null });
    expect(JSON.stringify(found)).not.toContain(TOKEN);
  });

  it('returns the known facts after an abort', async () => {
    const service = await serviceWith('{}');
    const signal = AbortSignal.abort();
    const found = await findUpload('7', { ...options(service), signal });
    expect(found).toMatchObject({ ok: false, exit_code: 130, error: { code: 'interrupted' } });
  });
});

describe('waitForUpload', () => {
  it('sends requests until the upload has ended, and uses the clock from the options', async () => {
    let asked = 0;
    const service = await TestService.start((_, response) => {
      asked += 1;
      const status = asked > 3 ? 'PROCESSED' : 'UPLOADED';
      answerJson(response, 200, `{"uploading":${upload('7', status)}}`);
    });
    const clock = new FakeClock();
    const began = clock.now();
    const found = await waitForUpload(7n, { ...options(service), clock, pollInterval: 60 });
    expect(found).toMatchObject({ ok: true, exit_code: 0, uploading: { status: 'PROCESSED' } });
    expect(asked).toBe(4);
    expect(clock.now() - began).toBe(180_000);
  });

  it('returns the last known upload after the time limit, with the next step', async () => {
    const service = await serviceWith(`{"uploading":${upload('7', 'MATCHED')}}`);
    const clock = new FakeClock();
    const found = await waitForUpload('7', { ...options(service), clock, waitTimeout: 90 });
    expect(found).toMatchObject({
      ok: false,
      exit_code: 7,
      uploading: { id: 7, status: 'MATCHED' },
      error: { code: 'wait-timeout' },
    });
    expect(found.error?.hint).toContain(
      `waitForUpload('7', { counter: 2215573, apiUrl: '${service.url}' })`,
    );
  });
});

describe('listUploads', () => {
  const LIST = `{"uploadings":[
    {"id":5,"create_time":"2026-11-24T10:00:00+00:00","status":"PROCESSED"},
    {"id":${LARGE},"create_time":"2026-11-26T10:00:00+00:00","status":"UPLOADED"},
    {"id":6,"create_time":"2026-11-25T10:00:00+00:00","status":"PROCESSED"}]}`;

  it('returns the same as list prints, newest first', async () => {
    const service = await serviceWith(LIST);
    const { exit_code, ...listed } = await listUploads({ ...options(service), limit: 2 });
    expect(exit_code).toBe(0);
    expect(listed.uploadings.map(({ id }) => id)).toEqual([LARGE, 6]);
    const { stdout } = await runHere([
      'list',
      '--limit',
      '2',
      '--json',
      ...service.target,
      '--token',
      TOKEN,
    ]);
    // `JSON.parse` would round the large id, so the test puts the id in quotes.
    expect(JSON.parse(stdout.replace(LARGE, `"${LARGE}"`))).toEqual(listed);
  });

  it('reports why there is no list', async () => {
    const service = await serviceWith(errorBody('unauthorized', 'No', 401), 401);
    const { error, ...listed } = await listUploads(options(service));
    expect(listed).toEqual({ ok: false, exit_code: 4, uploadings: [] });
    expect(error).toMatchObject({ code: 'unauthorized', status: 401 });
  });

  it('is empty in a new sandbox', async () => {
    expect(await listUploads({ sandbox: true })).toEqual({
      ok: true,
      exit_code: 0,
      uploadings: [],
    });
  });
});

describe('every function', () => {
  it('returns texts in the language from the options', async () => {
    const service = await serviceWith(errorBody('access_denied', 'No', 403), 403);
    const found = await findUpload('7', { ...options(service), lang: 'ru' });
    expect(found.error?.message).toContain('У этого токена нет доступа к счётчику');
    expect(found.error?.hint).toContain('номер в counter верен');
    const [finding] = (await validateCalls([Buffer.from('a\n1\n')], { lang: 'ru' })).validation
      .findings;
    expect(finding?.message).toMatch(/[а-яё]/);
  });

  it('uses the name from the options for a stream', async () => {
    const { file, ok } = await validateCalls([Buffer.from(goodCalls(1))], { name: 'from-crm.csv' });
    expect({ file, ok }).toEqual({ file: 'from-crm.csv', ok: true });
  });
});
