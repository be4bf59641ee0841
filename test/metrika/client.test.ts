import nock from 'nock';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MetrikaClient } from '../../src/metrika/client.ts';
import type { Exchange } from '../../src/metrika/http.ts';
import { RequestFailure } from '../../src/metrika/request-failure.ts';
import type { RetryNotice } from '../../src/metrika/retry.ts';
import { ApiToken } from '../../src/metrika/token.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { HUNG } from '../support/patience.ts';

const HOST = 'https://api-metrika.yandex.net';
const LIST = '/management/v1/counter/7/offline_conversions/calls_uploadings';
const ONE = '/management/v1/counter/7/offline_conversions/calls_uploading/9007199254740993';
const UPLOAD = '/management/v1/counter/7/offline_conversions/upload_calls';

beforeAll(() => {
  nock.disableNetConnect();
});
afterEach(() => {
  nock.cleanAll();
});
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});

function makeClient(retries = 5): {
  client: MetrikaClient;
  clock: FakeClock;
  notices: RetryNotice[];
  exchanges: Exchange[];
} {
  const clock = new FakeClock();
  const notices: RetryNotice[] = [];
  const exchanges: Exchange[] = [];
  const client = new MetrikaClient({
    address: HOST,
    token: new ApiToken('y0_secret_token_value', 'the test'),
    fetch: (url, init) => fetch(url, { ...init, signal: init.signal as AbortSignal }),
    clock,
    random: () => 0.5,
    timeout: HUNG,
    retry: { retries, totalTime: 600_000 },
    onRetry: (notice) => notices.push(notice),
    onExchange: (exchange) => exchanges.push(exchange),
  });
  return { client, clock, notices, exchanges };
}

async function failureOf(promise: Promise<unknown>): Promise<RequestFailure> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof RequestFailure) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

function content(text: string): AsyncIterable<Uint8Array> {
  return {
    async *[Symbol.asyncIterator]() {
      yield await Promise.resolve(Buffer.from(text));
    },
  };
}

describe('a quick look at the list', () => {
  it('has the time limit of one request for all pages', async () => {
    const { client, clock, exchanges } = makeClient();
    let id = 0;
    nock(HOST)
      .persist()
      .get(LIST)
      .query(true)
      .reply(() => {
        clock.pass(HUNG * 0.4);
        id += 1;
        return [200, `{"uploadings":[{"id":${String(id)},"status":"PROCESSED"}]}`];
      });
    const failure = await failureOf(client.findAllCallUploadingsQuickly(7));
    expect([failure.code, exchanges.length]).toEqual(['timeout', 3]);
  });

  it('outlasts a passing 503, and gives up after two retries', async () => {
    const { client, clock } = makeClient();
    nock(HOST).get(LIST).query(true).reply(503, 'busy');
    nock(HOST).get(LIST).query(true).twice().reply(200, '{"uploadings":[]}');
    expect(await client.findAllCallUploadingsQuickly(7)).toMatchObject({ uploadings: [] });
    expect(clock.sleeps).toEqual([500]);
    nock.cleanAll();
    nock(HOST).get(LIST).query(true).times(3).reply(503, 'busy');
    expect((await failureOf(client.findAllCallUploadingsQuickly(7))).code).toBe(
      'service-unavailable',
    );
  });

  it('does not wait longer than its time limit', async () => {
    const { client, clock } = makeClient();
    nock(HOST).get(LIST).query(true).reply(503, 'busy', { 'retry-after': '3600' });
    expect((await failureOf(client.findAllCallUploadingsQuickly(7))).code).toBe(
      'service-unavailable',
    );
    expect(clock.sleeps).toEqual([]);
  });
});

describe('a request that can be repeated', () => {
  it('is repeated after 503, 429 and a lost connection, each time after a longer pause', async () => {
    nock(HOST).get(ONE).reply(503, 'busy');
    nock(HOST)
      .get(ONE)
      .reply(429, { errors: [{ error_type: 'quota_requests_by_ip', message: 'slow' }] });
    nock(HOST)
      .get(ONE)
      .replyWithError(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
    nock(HOST).get(ONE).reply(200, '{"uploading":{"id":9007199254740993,"status":"PROCESSED"}}');
    const { client, clock, notices } = makeClient();
    const uploading = await client.findCallUploading(7, '9007199254740993');
    expect(uploading).toMatchObject({ id: '9007199254740993', status: 'PROCESSED' });
    expect(clock.sleeps).toEqual([500, 1000, 2000]);
    expect(notices.map(({ retry }) => retry)).toEqual([1, 2, 3]);
  });

  it('waits as long as the service asks, given in seconds or as a date', async () => {
    const { client, clock } = makeClient();
    const date = new Date(clock.now() + 40_000).toUTCString();
    nock(HOST).get(ONE).reply(503, '', { 'retry-after': '7' });
    nock(HOST).get(ONE).reply(503, '', { 'retry-after': date });
    nock(HOST).get(ONE).reply(200, '{"uploading":{"id":9007199254740993}}');
    await client.findCallUploading(7, '9007199254740993');
    expect(clock.sleeps[0]).toBe(7000);
    expect(clock.sleeps[1]).toBeGreaterThan(30_000);
  });

  it('names a time even if the service asks for an endless wait', async () => {
    nock(HOST).get(ONE).reply(429, '', { 'retry-after': '99999999999999999999' });
    const { client } = makeClient();
    const failure = await failureOf(client.findCallUploading(7, '9007199254740993'));
    expect(`${failure.message} ${failure.hint}`).not.toContain('NaN');
  });

  it('is not repeated if the service asks for a wait of a day', async () => {
    nock(HOST).get(ONE).reply(503, '', { 'retry-after': '86400' });
    const { client, clock } = makeClient();
    expect((await failureOf(client.findCallUploading(7, '9007199254740993'))).exitCode).toBe(6);
    expect(clock.sleeps).toEqual([]);
  });

  it.each([
    [429, 'quota_requests_by_uid', 6],
    [420, 'quota_requests_by_counter_id', 6],
    [401, 'unauthorized', 4],
    [403, 'access_denied', 4],
    [404, 'not_found', 5],
    [400, 'invalid_parameter', 5],
  ])('is not repeated after %i %s', async (status, errorType, exitCode) => {
    nock(HOST)
      .get(ONE)
      .reply(status, { errors: [{ error_type: errorType, message: 'no' }], code: status });
    const { client, clock } = makeClient();
    const failure = await failureOf(client.findCallUploading(7, '9007199254740993'));
    expect(failure).toMatchObject({ exitCode, details: { status, errorType } });
    expect(clock.sleeps).toEqual([]);
  });

  it('fails after the last retry', async () => {
    nock(HOST).get(ONE).times(3).reply(502, '<html>bad gateway</html>');
    const { client } = makeClient(2);
    const failure = await failureOf(client.findCallUploading(7, '9007199254740993'));
    expect(failure).toMatchObject({ exitCode: 6, code: 'service-unavailable' });
    expect(failure.message).toContain('bad gateway');
    expect(nock.isDone()).toBe(true);
  });
});

describe('the list', () => {
  it('is read page by page until a page has no new upload', async () => {
    const page = (from: number, count: number): string =>
      JSON.stringify({ uploadings: Array.from({ length: count }, (_, at) => ({ id: from + at })) });
    nock(HOST).get(LIST).query({ limit: 10_000, offset: 0 }).reply(200, page(1, 1000));
    nock(HOST).get(LIST).query({ limit: 10_000, offset: 1000 }).reply(200, page(1001, 10));
    nock(HOST).get(LIST).query({ limit: 10_000, offset: 1010 }).reply(200, '{"uploadings":[]}');
    const { client } = makeClient();
    expect((await client.findAllCallUploadings(7)).uploadings).toHaveLength(1010);
  });

  it('ends even if the service ignores the offset', async () => {
    nock(HOST).get(LIST).query(true).times(2).reply(200, '{"uploadings":[{"id":1},{"id":2}]}');
    const { client } = makeClient();
    expect((await client.findAllCallUploadings(7)).uploadings).toHaveLength(2);
  });

  it('may have fields that are missing, null or new', async () => {
    nock(HOST)
      .get(LIST)
      .query(true)
      .reply(
        200,
        '{"uploadings":[{"id":"12","status":null,"line_quantity":"x","new":[1.50]},{"id":3}]}',
      );
    nock(HOST).get(LIST).query(true).reply(200, '{"uploadings":[]}');
    const { client } = makeClient();
    const [first] = (await client.findAllCallUploadings(7)).uploadings;
    expect(first).toMatchObject({ id: '12', status: undefined, lineQuantity: undefined });
    expect(first?.asSent['line_quantity']).toBe('x');
  });
});

describe('sending', () => {
  const send = (client: MetrikaClient): Promise<unknown> =>
    client.uploadCalls(
      7,
      { name: 'calls.csv', length: 5, content: content('a,b\n1') },
      { comment: 'x' },
    );

  it('is not repeated by the client, and its failure has the known fate', async () => {
    nock(HOST).post(UPLOAD).query({ comment: 'x' }).reply(503, 'busy');
    const { client, clock } = makeClient();
    expect(await failureOf(send(client))).toMatchObject({ fate: 'unknown', exitCode: 6 });
    nock(HOST).post(UPLOAD).query(true).reply(200, 'OK');
    expect(await failureOf(send(client))).toMatchObject({
      fate: 'unknown',
      code: 'answer-unreadable',
    });
    nock(HOST).post(UPLOAD).query(true).reply(429, '');
    expect(await failureOf(send(client))).toMatchObject({ fate: 'not-taken', retryable: true });
    expect(clock.sleeps).toEqual([]);
  });

  it('never shows a token that the service repeats', async () => {
    nock(HOST)
      .post(UPLOAD)
      .query(true)
      .reply(
        400,
        { errors: [{ error_type: 'x', message: 'bad token y0_secret_token_value' }] },
        { 'x-request-id': 'y0_secret_token_value' },
      );
    const { client, exchanges } = makeClient();
    const failure = await failureOf(send(client));
    expect(JSON.stringify([failure, failure.message, failure.details, exchanges])).not.toContain(
      'secret_token',
    );
  });

  it('reports the texts of all errors', async () => {
    nock(HOST)
      .post(UPLOAD)
      .query(true)
      .reply(400, {
        errors: [
          { error_type: 'a', message: 'first' },
          { error_type: 'b', message: 'second' },
        ],
      });
    const { client } = makeClient();
    expect((await failureOf(send(client))).message).toContain('first; second');
  });
});
