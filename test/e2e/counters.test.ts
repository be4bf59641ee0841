import { describe, expect, it } from 'vitest';
import { listCounters } from '../../src/index.ts';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { run, temporaryFolder } from '../support/run.ts';
import { runHere } from '../support/run-here.ts';
import { answerJson, errorBody, TestService } from '../support/test-service.ts';
import { now } from '../support/upload-here.ts';

const TOKEN = 'y0_some_token_0123456789';
const env = { METRIKA_TOKEN: TOKEN };

interface Sent {
  readonly id: unknown;
  readonly [field: string]: unknown;
}

const SHOP: Sent = {
  id: 2_215_573,
  name: 'Магазин',
  site2: { site: 'shop.example' },
  permission: 'own',
  time_zone_name: 'Europe/Moscow',
  currency_code: 'RUB',
};
const BLOG: Sent = { id: 101_500, name: 'Blog', site: 'blog.example', permission: 'view' };

/** Starts a service with counters. Pages may be shorter than asked. */
async function serviceWith(
  all: readonly Sent[],
  { page = 1000, rows = true }: { readonly page?: number; readonly rows?: boolean } = {},
): Promise<TestService> {
  return await TestService.start((request, response) => {
    const from = Number(request.query.get('offset')) - 1;
    const counters = from < 0 ? [] : all.slice(from, from + page);
    answerJson(response, 200, JSON.stringify({ ...(rows && { rows: all.length }), counters }));
  });
}

function many(count: number): Sent[] {
  return Array.from({ length: count }, (_, at) => ({ id: at + 1, name: `counter ${String(at)}` }));
}

describe('counters', () => {
  it('prints number, name, site, permission, zone and currency, in lines and in JSON', async () => {
    const service = await serviceWith([SHOP, BLOG]);
    const lines = await run(['counters', ...service.address], { env });
    expect([lines.code, lines.stdout]).toEqual([
      0,
      '2215573\tМагазин\tshop.example\town\tEurope/Moscow\tRUB\n101500\tBlog\tblog.example\tview\t\t\n',
    ]);
    const json = await run(['counters', '--json', ...service.address], { env });
    expect(JSON.parse(json.stdout)).toEqual({
      ok: true,
      counters: [
        {
          id: 2_215_573,
          name: 'Магазин',
          site: 'shop.example',
          permission: 'own',
          timezone: 'Europe/Moscow',
          currency: 'RUB',
        },
        {
          id: 101_500,
          name: 'Blog',
          site: 'blog.example',
          permission: 'view',
          timezone: null,
          currency: null,
        },
      ],
    });
    const { path, query } = service.requests[0] ?? { path: '', query: new URLSearchParams() };
    expect([path, query.get('offset')]).toEqual(['/management/v1/counters', '1']);
  });

  it.each([
    ['whole pages', 1000, true],
    ['short pages', 7, true],
    ['short pages without a total', 7, false],
  ])('reads all counters from offset 1 on: %s', async (_, page, rows) => {
    const service = await serviceWith(many(50), { page, rows });
    const { counters } = await listCounters({ token: TOKEN, apiUrl: service.url });
    expect(counters.map(({ id }) => id)).toEqual(many(50).map(({ id }) => id));
  });

  it('names a counter once, also if the list moves between two pages', async () => {
    const list = many(10);
    const service = await TestService.start((request, response) => {
      const from = Number(request.query.get('offset')) - 1;
      // A new counter comes to the beginning after the first page.
      const all = from === 0 ? list : [{ id: 999 }, ...list];
      answerJson(response, 200, JSON.stringify({ rows: 10, counters: all.slice(from, from + 5) }));
    });
    const { counters } = await listCounters({ token: TOKEN, apiUrl: service.url });
    const ids = counters.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('ends, although the service sends the same page again and again', async () => {
    const service = await TestService.start((_, response) => {
      answerJson(response, 200, JSON.stringify({ rows: 1_000_000, counters: [SHOP] }));
    });
    const { counters } = await listCounters({ token: TOKEN, apiUrl: service.url });
    expect([counters.length, service.requests.length]).toEqual([1, 2]);
  });

  it('finds counters by number, name or site, in any letter case', async () => {
    const service = await serviceWith([SHOP, BLOG]);
    for (const [text, ids] of [
      ['магазин', [2_215_573]],
      ['BLOG.', [101_500]],
      ['15', [2_215_573, 101_500]],
      ['none', []],
    ] as const) {
      const json = await run(['counters', text, '--json', ...service.address], { env });
      const { counters } = JSON.parse(json.stdout) as { counters: { id: number }[] };
      expect(counters.map(({ id }) => id)).toEqual(ids);
    }
    const nothing = await run(['counters', 'none', ...service.address], { env });
    expect([nothing.code, nothing.stdout]).toEqual([0, '']);
    expect(nothing.stderr).toContain('may see 2 counters');
  });

  it('leaves out an entry without a usable number, and says so', async () => {
    const service = await serviceWith([SHOP, { id: 'x' }, { id: 0 }, { id: 2 ** 31 }]);
    const ended = await run(['counters', ...service.address], { env });
    expect(ended.stdout.split('\n')).toHaveLength(2);
    expect(ended.stderr).toContain('3 counters have no usable number');
  });

  it('does not say that there are no counters if none has a usable number', async () => {
    const service = await serviceWith([{ id: 'x' }, { id: 0 }]);
    const ended = await run(['counters', ...service.address], { env });
    expect([ended.code, ended.stdout]).toEqual([0, '']);
    expect(ended.stderr).toContain('2 counters have no usable number');
    expect(ended.stderr).not.toContain('may see');
  });

  it('ends with a reason if the list does not end within an hour', async () => {
    const clock = now();
    let id = 0;
    const service = await TestService.start((_, response) => {
      clock.pass(20 * 60 * 1000);
      id += 1;
      answerJson(response, 200, JSON.stringify({ counters: [{ id }] }));
    });
    const ended = await runHere(['counters', ...service.address], { env, clock });
    expect([ended.code, service.requests.length]).toEqual([6, 4]);
    expect(ended.stderr).toContain('The list of counters has no end: 4 pages with 4 counters');
  });

  it.each([
    [401, errorBody('unauthorized', 'no', 401), 4, 'unauthorized'],
    [403, errorBody('access_denied', 'no', 403), 4, 'access-denied'],
    [404, '{}', 5, 'refused'],
    [500, '{}', 6, 'service-unavailable'],
    [200, '<html>', 6, 'answer-unreadable'],
    [200, '{"counters":5}', 6, 'answer-unreadable'],
  ])('reports an answer %i: %s', async (status, body, exitCode, code) => {
    const service = await TestService.start((_, response) => {
      answerJson(response, status, body);
    });
    const words = ['counters', '--json', '--retries', '1', ...service.address];
    const ended = await runHere(words, { env, clock: now() });
    const { error } = JSON.parse(ended.stdout) as { error: { code: string } };
    expect([ended.code, error.code]).toEqual([exitCode, code]);
    const found = await listCounters({ token: TOKEN, apiUrl: service.url, retries: 0 });
    expect([found.ok, found.exit_code, found.error?.code]).toEqual([false, exitCode, code]);
  });

  it('needs no counter, and works with the sandbox', async () => {
    const ended = await run(['counters', '--sandbox', '--json']);
    const { counters } = JSON.parse(ended.stdout) as { counters: { id: number }[] };
    expect(counters.map(({ id }) => id)).toContain(2_215_573);
    expect((await run(['counters'])).stderr).toContain('No OAuth token given');
    expect((await run(['counters', '--counter', '5', '--sandbox'])).code).toBe(2);
    const { counters: own } = await listCounters({ sandbox: true, filter: 'blog' });
    expect(own.map(({ permission }) => permission)).toEqual(['view']);
  });

  it('is named by the errors of a missing and of an unknown counter', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(1));
    const missing = await run(['upload', path], { env });
    expect([missing.code, missing.stderr.includes('metrika-calls counters')]).toEqual([2, true]);
    const service = await TestService.start((_, response) => {
      answerJson(response, 404, errorBody('not_found', 'no such counter', 404));
    });
    const unknown = await run(['list', ...service.target], { env });
    expect([unknown.code, unknown.stderr.includes('metrika-calls counters')]).toEqual([5, true]);
  });
});
