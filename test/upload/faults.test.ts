import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openConnections } from '../../src/metrika/undici-fetch.ts';
import { newMark } from '../../src/upload/mark.ts';
import { certificates } from '../support/certificates.ts';
import { delivered, type Ending } from '../support/delivery.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FaultyService, type LineFault, TunnelProxy } from '../support/faulty-service.ts';
import { HUNG, PATIENCE } from '../support/patience.ts';
import { isLong, runs } from '../support/runs.ts';

const RECORDS = 40;
const CONTENT = Buffer.from(
  `ClientId,DateTime,Tag\n${Array.from({ length: RECORDS }, (_, at) => `${String(1_000_000 + at)},1700000000,north\n`).join('')}`,
);
/** The approximate size of a whole request, in bytes. */
const REQUEST_BYTES = CONTENT.length + 700;

const MARK = newMark('0123456789abcdef'.repeat(4), () => 0.3);

/** The time-out for an answer that stalls, in milliseconds. */
const SHORT_TIMEOUT = 500 * PATIENCE;

type Way = 'plain' | 'tls' | 'tls through a proxy';

/** Delivers one file over a real socket to a service with these faults. Pauses take no time. */
async function deliveredBy(
  way: Way,
  service: FaultyService,
  proxy: TunnelProxy | undefined,
  faults: readonly LineFault[],
  retries: number,
  timeout = HUNG,
): Promise<Ending> {
  const clock = new FakeClock();
  service.faults = [...faults];
  service.kept.length = 0;
  service.posts = 0;
  service.now = clock.now;
  const address =
    proxy === undefined
      ? `${way === 'plain' ? 'http' : 'https'}://127.0.0.1:${String(service.port)}`
      : 'https://api-metrika.yandex.net';
  const connections = openConnections({
    address,
    connectTimeout: HUNG,
    looksForAlerts: false,
    environment: proxy === undefined ? {} : { HTTPS_PROXY: proxy.url },
    ...(way === 'plain' ? {} : { authorities: [(await certificates()).authority] }),
  });
  try {
    return await delivered({
      fetch: connections.fetch,
      clock,
      content: CONTENT,
      records: RECORDS,
      comment: 'week 47',
      mark: MARK,
      retries,
      address,
      timeout,
    });
  } finally {
    await connections.close();
  }
}

function expectAgreement({ uploading, failure }: Ending, service: FaultyService): void {
  expect(service.kept.length).toBeLessThanOrEqual(1);
  if (uploading !== undefined)
    expect(service.kept.map((kept) => String(kept.id))).toEqual([uploading.id]);
  else {
    expect([4, 5, 6, 7, 8]).toContain(failure.exitCode);
    // With exit code 7, the run does not know whether the file arrived once or twice. The service
    // has the file once.
    if (failure.exitCode === 7) expect(service.kept).toHaveLength(1);
    else if (failure.exitCode !== 8) expect(service.kept).toEqual([]);
  }
}

const stored = fc.boolean();
const fault: fc.Arbitrary<LineFault> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<LineFault>({ kind: 'none' }) },
  fc.constant<LineFault>({ kind: 'drop' }),
  {
    weight: 3,
    arbitrary: fc.nat(REQUEST_BYTES).map((at): LineFault => ({ kind: 'cut-request', at })),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({ at: fc.nat(400), stored })
      .map((rest): LineFault => ({ kind: 'cut-answer', ...rest })),
  },
  fc
    .record({ status: fc.constantFrom(500, 502, 503, 504), stored })
    .map((rest): LineFault => ({ kind: 'status', ...rest })),
  fc
    .constantFrom(400, 401, 403, 404, 405, 409, 410, 413, 420, 429)
    .map((status): LineFault => ({ kind: 'status', status, stored: false })),
  stored.map((kept): LineFault => ({ kind: 'not-http', stored: kept })),
  stored.map((kept): LineFault => ({ kind: 'page', stored: kept })),
);

describe('a delivery over a real socket', () => {
  it.each([
    ['plain', 1000],
    ['tls', 150],
    ['tls through a proxy', 100],
  ] as const)('leaves at most one upload, and reports the truth (%s)', async (way, tries) => {
    const service = await FaultyService.start(way === 'plain' ? 'plain' : 'tls');
    const proxy = way === 'tls through a proxy' ? await TunnelProxy.start(service.port) : undefined;
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { maxLength: 8 }), fc.nat(4), async (faults, retries) => {
        expectAgreement(await deliveredBy(way, service, proxy, faults, retries), service);
      }),
      runs(tries),
    );
    if (proxy !== undefined) {
      expect(new Set(proxy.asked)).toEqual(new Set(['CONNECT api-metrika.yandex.net:443']));
    }
  });

  it('leaves one upload if the connection is cut at any byte of the request', async () => {
    const service = await FaultyService.start('plain');
    for (let at = 1; at < REQUEST_BYTES; at += isLong ? 3 : 7) {
      const ended = await deliveredBy(
        'plain',
        service,
        undefined,
        [{ kind: 'cut-request', at }],
        3,
      );
      expectAgreement(ended, service);
      expect(ended.uploading).toBeDefined();
    }
  });

  it('leaves one upload if the answer is cut at any byte', async () => {
    const service = await FaultyService.start('plain');
    for (const kept of [true, false]) {
      for (let at = 0; at < 230; at += 3) {
        const faults: LineFault[] = [{ kind: 'cut-answer', at, stored: kept }];
        const ended = await deliveredBy('plain', service, undefined, faults, 3);
        expectAgreement(ended, service);
        expect(ended.uploading).toBeDefined();
      }
    }
  });

  it('leaves one upload if the answer stalls before its headers, in them or in its body', async () => {
    const stalls = [true, false].flatMap((kept) =>
      [0, 9, 40, 95, 120].map((at): LineFault => ({ kind: 'stall', at, stored: kept })),
    );
    // Each delivery waits for a real time-out. To save time, all deliveries run at once.
    const waiting = stalls.map(async (stall) => {
      const service = await FaultyService.start('plain');
      const ended = await deliveredBy('plain', service, undefined, [stall], 3, SHORT_TIMEOUT);
      expectAgreement(ended, service);
      expect(ended.uploading).toBeDefined();
    });
    await Promise.all(waiting);
  });
});
