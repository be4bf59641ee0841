import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallUploading } from '../../src/metrika/schemas.ts';
import { Journal } from '../../src/upload/journal.ts';
import { newMark } from '../../src/upload/mark.ts';
import { UnknownFate } from '../../src/upload/unknown-fate.ts';
import { delivered, type Ending } from '../support/delivery.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { isLong } from '../support/runs.ts';
import { type Fault, ScriptedService } from '../support/scripted-service.ts';

const RECORDS = 3;
const CONTENT = Buffer.from('ClientId,DateTime\n1,1\n2,1\n3,1\n');
const COMMENT = 'North & South';
const SHA256 = '0123456789abcdef'.repeat(4);
const MARK = newMark(SHA256, () => 0.3);
const ANOTHER_MARK = newMark(SHA256, () => 0.6);
const DAY = 86_400_000;

interface Foreign {
  readonly comment: string;
  readonly lines: number;
  readonly age: number;
}

interface Case {
  readonly faults: readonly Fault[];
  readonly skew?: number;
  readonly lag?: number;
  readonly mark?: string | undefined;
  readonly retries?: number;
  readonly repeat?: boolean;
  /** The number of lines that the service counts, minus the number of records. */
  readonly moreLines?: number;
  /** Ids of uploads that belong to other files of this run. */
  readonly taken?: readonly string[];
  /** Wrong values that the list shows for each upload. The key is the name of the field. */
  readonly listedAs?: Record<string, unknown>;
  readonly kept?: (comment: string) => string | undefined;
  readonly foreign?: readonly Foreign[];
}

type Outcome = Ending & { readonly service: ScriptedService; readonly clock: FakeClock };

async function deliveredTo(given: Case): Promise<Outcome> {
  const clock = new FakeClock();
  const service = new ScriptedService(clock, {
    faults: given.faults,
    lines: RECORDS + (given.moreLines ?? 0),
    skew: given.skew ?? 0,
    lag: given.lag ?? 0,
    listedAs: given.listedAs ?? {},
    ...(given.kept === undefined ? {} : { kept: given.kept }),
  });
  for (const { comment, lines, age } of given.foreign ?? [])
    service.addForeign(comment, lines, age);
  const journal = new Journal();
  for (const id of given.taken ?? []) journal.add({ id, asSent: {} } as CallUploading);
  const ending = await delivered({
    fetch: service.fetch,
    clock,
    content: CONTENT,
    records: RECORDS,
    comment: COMMENT,
    mark: 'mark' in given ? given.mark : MARK,
    retries: given.retries ?? 5,
    repeat: given.repeat,
    journal,
  });
  return { ...ending, service, clock };
}

const lostAndStored: Fault = { kind: 'cut-answer', stored: true };
const lostAndNotStored: Fault = { kind: 'cut-answer', stored: false };
const badGateway: Fault = { kind: 'status', status: 502, stored: false };
const refused: Fault = { kind: 'no-connection', code: 'ECONNREFUSED' };
const QUICK = [1000, 3000, 10_000];
const LONG = [...QUICK, 16_000, 30_000];

/** A request that the service answers as usual. */
const NO_FAULT: Fault = { kind: 'none' };

describe('a file whose answer is lost', () => {
  it('is recognized by its mark alone, even if it is listed late, with any clock and any counts', async () => {
    for (const lag of [0, 900, 13_000, 40_000]) {
      for (const skew of [0, -60_000, -DAY, DAY]) {
        for (const moreLines of [0, 1, 50, -1]) {
          const { service, uploading } = await deliveredTo({
            faults: [lostAndStored],
            lag,
            skew,
            moreLines,
          });
          expect(service.posts).toBe(1);
          expect(uploading?.id).toBe(String(service.stored[0]?.id));
        }
      }
    }
  });

  it.each([
    ['as HTML', (comment: string) => comment.replaceAll('&', '&amp;')],
    ['without punctuation', (comment: string) => comment.replaceAll(/[^\w ]/g, '')],
    ['in small letters', (comment: string) => comment.toLowerCase()],
    ['in capitals', (comment: string) => comment.toUpperCase()],
    ['with other spaces', (comment: string) => `  ${comment.replaceAll(' ', '  ')} `],
  ])('is recognized if the service keeps its comment %s', async (_, kept) => {
    const { service, uploading } = await deliveredTo({ faults: [lostAndStored], kept });
    expect(service.posts).toBe(1);
    expect(uploading?.id).toBe(String(service.stored[0]?.id));
  });

  it('is sent again if no list shows it within a minute', async () => {
    const { service, uploading, clock } = await deliveredTo({ faults: [lostAndNotStored] });
    expect(service.posts).toBe(2);
    expect(uploading?.id).toBe(String(service.stored[0]?.id));
    expect(clock.sleeps.slice(0, 5)).toEqual(LONG);
  });

  it('is sent again after a search of 14 seconds if the service has answered', async () => {
    const { service, clock } = await deliveredTo({ faults: [badGateway] });
    expect(service.posts).toBe(2);
    expect(clock.sleeps.slice(0, 3)).toEqual(QUICK);
    expect(clock.sleeps[3]).toBeLessThan(1000);
    const late = await deliveredTo({ faults: [{ kind: 'status', status: 504, stored: false }] });
    expect(late.clock.sleeps.slice(0, 5)).toEqual(LONG);
  });

  it('is not sent again if the options forbid it', async () => {
    const { service, failure } = await deliveredTo({ faults: [lostAndNotStored], repeat: false });
    expect(service.posts).toBe(1);
    expect(failure).toBeInstanceOf(UnknownFate);
    expect(failure?.exitCode).toBe(8);
  });

  it('is not confused with uploads of other runs, even with the same content', async () => {
    const foreign = [
      { comment: `${COMMENT} ${ANOTHER_MARK}`, lines: RECORDS, age: 0 },
      { comment: `${COMMENT} ${MARK.slice(0, 22)}`, lines: RECORDS, age: 0 },
      { comment: COMMENT, lines: RECORDS, age: 3 * DAY },
      { comment: COMMENT, lines: RECORDS + 5, age: 0 },
    ];
    const { service, uploading } = await deliveredTo({ faults: [lostAndStored], foreign });
    expect(service.posts).toBe(1);
    expect(uploading?.id).toBe(String(service.stored.find(({ ours }) => ours)?.id));
    const again = await deliveredTo({ faults: [badGateway], foreign: foreign.slice(2) });
    expect(again.service.posts).toBe(2);
  });

  it.each([
    ['another random part', ANOTHER_MARK],
    ['no random part', MARK.slice(0, 22)],
    ['a cut random part', MARK.slice(0, 27)],
    ['a damaged random part', `${MARK.slice(0, 26)}\u00ad${MARK.slice(26)}`],
  ])('is in doubt if the list has its fingerprint with %s', async (_, mark) => {
    const foreign = [{ comment: `${COMMENT} ${mark}`, lines: RECORDS, age: 0 }];
    const { service, failure } = await deliveredTo({ faults: [badGateway], foreign });
    expect(service.posts).toBe(1);
    expect(failure?.exitCode).toBe(8);
    expect(failure).toMatchObject({ candidates: [{ id: '101' }] });
  });

  it('is not sent again if an upload without a mark may be this file, and the failure names that upload', async () => {
    const foreign = [{ comment: COMMENT, lines: RECORDS, age: 0 }];
    const { service, failure } = await deliveredTo({ faults: [badGateway], foreign });
    expect(service.posts).toBe(1);
    expect(failure?.exitCode).toBe(8);
    expect(failure).toMatchObject({ candidates: [{ id: '101' }] });
  });

  it('is not sent again if the list cannot be read', async () => {
    const denied: Fault = { kind: 'status', status: 403, stored: false };
    const { service, failure } = await deliveredTo({ faults: [lostAndStored, denied] });
    expect(service.posts).toBe(1);
    expect(failure?.exitCode).toBe(8);
    expect(failure?.hint).toContain('listUploads');
  });

  it('is not sent again after a redirect, and succeeds only if its mark is found', async () => {
    const seeOther = { kind: 'status', status: 303 } as const;
    const left = await deliveredTo({ faults: [{ ...seeOther, stored: false }] });
    expect([left.service.posts, left.failure?.exitCode]).toEqual([1, 8]);
    const found = await deliveredTo({ faults: [{ ...seeOther, stored: true }] });
    expect([found.service.posts, found.uploading?.id]).toEqual([1, '101']);
  });

  it('has an unknown fate without a mark, whatever the list shows', async () => {
    for (const fault of [lostAndStored, lostAndNotStored]) {
      const { service, failure } = await deliveredTo({ faults: [fault], mark: undefined });
      expect(service.posts).toBe(1);
      expect(failure?.exitCode).toBe(8);
    }
  });

  it('that appears in the list after the last search is found before it is sent again', async () => {
    const late: Fault = { kind: 'status', status: 502, stored: true, later: 14_300 };
    const ending = await deliveredTo({ faults: [late] });
    expect(ending.service.posts).toBe(1);
    expect(ending.uploading?.id).toBe('101');
  });
});

describe('a file that may be in the list without its mark', () => {
  it('is not confused with another file of the same run', async () => {
    const foreign = [{ comment: COMMENT, lines: RECORDS, age: 0 }];
    const { service, uploading } = await deliveredTo({
      faults: [badGateway],
      foreign,
      taken: ['101'],
    });
    expect(service.posts).toBe(2);
    expect(uploading?.id).not.toBe('101');
  });

  it.each([
    ['its lines are not counted yet', { source_quantity: 0 }],
    ['the list does not show its lines', { source_quantity: null }],
    ['the list does not show its time', { create_time: null }],
    ['its time has no zone', { create_time: '2026-11-20 15:00:00' }],
    ['the list does not show its comment', {}],
    ['the clock of the list is a day behind', { create_time: '2026-11-19T12:00:00+00:00' }],
  ])('is not sent again if %s', async (_, listedAs) => {
    const given = { faults: [lostAndStored], listedAs, kept: () => undefined };
    const { service, failure } = await deliveredTo(given);
    expect(service.posts).toBe(1);
    expect(failure?.exitCode).toBe(8);
    expect(failure?.message).toContain(String(service.stored[0]?.id));
  });

  it('is not sent again if its comment was cut', async () => {
    const kept = (comment: string): string => comment.slice(0, 20);
    const { service, failure } = await deliveredTo({ faults: [lostAndStored], kept });
    expect([service.posts, failure?.exitCode]).toEqual([1, 8]);
  });

  it('is not sent again if an entry of the list cannot be read', async () => {
    const { service, failure } = await deliveredTo({
      faults: [lostAndStored],
      listedAs: { id: 1.5 },
    });
    expect(service.posts).toBe(1);
    expect(failure?.exitCode).toBe(8);
  });
});

describe('a file that did not arrive', () => {
  it('is sent again if that may help, and only then', async () => {
    const again = await deliveredTo({
      faults: [refused, NO_FAULT, { kind: 'status', status: 429, stored: false, retryAfter: 9 }],
    });
    expect(again.service.posts).toBe(2);
    expect(again.uploading).toBeDefined();
    expect(again.clock.sleeps).toEqual([500, 9000]);
    const never = await deliveredTo({ faults: [{ kind: 'status', status: 400, stored: false }] });
    expect(never.service.posts).toBe(1);
    expect(never.failure?.exitCode).toBe(5);
  });

  it('is sent again without a search if its last byte was not sent', async () => {
    const { service, clock } = await deliveredTo({ faults: [{ kind: 'cut-body', after: 1 }] });
    expect(service.posts).toBe(2);
    expect(clock.sleeps).toEqual([500]);
  });

  it.each([
    ['no connection', refused, 6],
    ['a request that did not arrive in time', { kind: 'status', status: 408, stored: false }, 6],
    ['a busy service', { kind: 'status', status: 429, stored: false }, 6],
    ['an answer with status 502', badGateway, 8],
    ['a lost answer', lostAndNotStored, 8],
  ] as const)('has the expected exit code after all retries: %s', async (_, fault, exitCode) => {
    const faults: Fault[] = [];
    const looks = { kind: 'none' } as const;
    const pauses = fault.kind === 'cut-answer' ? 6 : 4;
    const isDoubtful = exitCode === 8;
    for (let attempt = 0; attempt < 4; attempt += 1) {
      faults.push(fault);
      if (isDoubtful) for (let look = 0; look < pauses * 1; look += 1) faults.push(looks);
      // This request reads the list before the file is sent again.
      faults.push(looks);
    }
    const { failure } = await deliveredTo({ faults, retries: 3 });
    expect(failure?.exitCode).toBe(exitCode);
  });

  it('has an unknown fate if any earlier attempt may have arrived', async () => {
    const looks: Fault[] = Array.from({ length: 4 }, () => ({ kind: 'none' }));
    const { failure } = await deliveredTo({
      faults: [badGateway, ...looks, NO_FAULT, refused, NO_FAULT, refused],
      retries: 2,
    });
    expect(failure?.exitCode).toBe(8);
  });
});

describe('a delivery over any connection', () => {
  const stored = fc.boolean();
  const fault = fc.oneof(
    { weight: 4, arbitrary: fc.constant<Fault>({ kind: 'none' }) },
    fc
      .constantFrom('ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ECONNRESET')
      .map((code): Fault => ({ kind: 'no-connection', code })),
    fc.nat(30).map((after): Fault => ({ kind: 'cut-body', after })),
    stored.map((kept): Fault => ({ kind: 'cut-answer', stored: kept })),
    fc
      .record({ status: fc.constantFrom(500, 502, 503, 504), stored, later: fc.nat(20_000) })
      .map((rest): Fault => ({ kind: 'status', ...rest })),
    fc
      .constantFrom(301, 303, 400, 401, 403, 404, 408, 413, 420, 429)
      .map((status): Fault => ({ kind: 'status', status, stored: false })),
    stored.map((kept): Fault => ({ kind: 'nonsense', stored: kept })),
  );
  const keeping = fc.constantFrom<(comment: string) => string | undefined>(
    (comment) => comment,
    (comment) => comment.replaceAll('&', '&amp;'),
    (comment) => comment.toLowerCase(),
    (comment) => comment.slice(0, 24),
    () => '',
    () => undefined,
  );
  const foreign = fc.array(
    fc.record({
      comment: fc.constantFrom(COMMENT, `${COMMENT} ${ANOTHER_MARK}`, '', 'week 47'),
      lines: fc.constantFrom(RECORDS, RECORDS + 1, 0, 900),
      age: fc.constantFrom(0, 1000, DAY, 3 * DAY, 400 * DAY),
    }),
    { maxLength: 3 },
  );

  it('never loses or duplicates a file without a report, and never uses an upload of somebody else', async () => {
    const reached = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          faults: fc.array(fault, { maxLength: 14 }),
          skew: fc.constantFrom(0, -DAY, -1500, 1500, DAY),
          lag: fc.nat(70_000),
          retries: fc.nat(4),
          kept: keeping,
          foreign,
          mark: fc.constantFrom(MARK, undefined),
        }),
        async (given) => {
          const ending = await deliveredTo(given);
          const ours = ending.service.stored.filter((one) => one.ours);
          const ids = ours.map(({ id }) => String(id));
          const { failure } = ending;
          const code = failure?.exitCode ?? (ending.duplicates.length > 0 ? 7 : 0);
          reached.set(code, (reached.get(code) ?? 0) + 1);
          if (failure === undefined) {
            expect(ids).toContain(ending.uploading.id);
            const told = [ending.uploading, ...ending.duplicates].map(({ id }) => id);
            // An upload can appear in the list after the last request for the list. The program
            // cannot report such an upload.
            const now = ending.clock.now();
            const seen = ours.filter(({ id, listedFrom }) => {
              const isTold = told.includes(String(id));
              const sent = `${COMMENT} ${given.mark ?? ''}`;
              const isKept = given.mark !== undefined && given.kept(sent) === sent;
              return isTold || (listedFrom < now - 60 && isKept);
            });
            expect(told.toSorted()).toEqual(seen.map(({ id }) => String(id)).toSorted());
          } else if (![7, 8].includes(failure.exitCode)) {
            expect(ids).toEqual([]);
          }
        },
      ),
      { numRuns: isLong ? 10_000 : 500 },
    );
    for (const code of [0, 4, 5, 6, 8]) expect(reached.get(code)).toBeGreaterThan(0);
  });
});
