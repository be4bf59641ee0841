import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallUploading } from '../../src/metrika/schemas.ts';
import { Journal } from '../../src/upload/journal.ts';
import { UnknownFate } from '../../src/upload/unknown-fate.ts';
import { delivered, type Ending } from '../support/delivery.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { runs } from '../support/runs.ts';
import { type Fault, ScriptedService } from '../support/scripted-service.ts';

const RECORDS = 3;
const CONTENT = Buffer.from('ClientId,DateTime\n1,1\n2,1\n3,1\n');
const COMMENT = 'week 47';

interface Case {
  readonly faults: readonly Fault[];
  readonly skew?: number;
  readonly lag?: number;
  readonly comment?: string;
  readonly retries?: number;
  readonly repeat?: boolean;
  /** Whether the service counts the header as a line. */
  readonly headerCounts?: boolean;
  /** Line breaks within the records, and whether the service counts them as lines. */
  readonly breaks?: number;
  readonly breaksCount?: boolean;
  /** Ids that this run has for other files. */
  readonly taken?: readonly string[];
  /** What the service makes of the upload in its list. */
  readonly listedAs?: Record<string, unknown>;
  readonly foreign?: readonly { comment: string; lines: number; age: number }[];
}

type Outcome = Ending & { readonly service: ScriptedService; readonly clock: FakeClock };

async function deliveredTo(given: Case): Promise<Outcome> {
  const clock = new FakeClock();
  const service = new ScriptedService(clock, {
    faults: given.faults,
    lines:
      RECORDS +
      (given.headerCounts === true ? 1 : 0) +
      (given.breaksCount === true ? (given.breaks ?? 0) : 0),
    skew: given.skew ?? 0,
    lag: given.lag ?? 0,
    listedAs: given.listedAs ?? {},
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
    lines: RECORDS + (given.breaks ?? 0),
    comment: given.comment ?? COMMENT,
    retries: given.retries ?? 5,
    repeat: given.repeat,
    journal,
  });
  return { ...ending, service, clock };
}

const lostAndStored: Fault = { kind: 'cut-answer', stored: true };
const lostAndNotStored: Fault = { kind: 'cut-answer', stored: false };
const WAYS_TO_COUNT = [
  [false, false],
  [false, true],
  [true, false],
  [true, true],
] as const;
const refused: Fault = { kind: 'no-connection', code: 'ECONNREFUSED' };

describe('a file whose answer is lost', () => {
  it('is adopted when the list shows it, late and under another clock', async () => {
    for (const lag of [0, 900, 3500, 13_000]) {
      for (const skew of [0, -3_600_000, 7_200_000]) {
        for (const [headerCounts, breaksCount] of WAYS_TO_COUNT) {
          const { service, uploading } = await deliveredTo({
            faults: [lostAndStored],
            breaks: 7,
            breaksCount,
            lag,
            skew,
            headerCounts,
          });
          expect(service.posts).toBe(1);
          expect(uploading?.id).toBe(String(service.stored[0]?.id));
        }
      }
    }
  });

  it('is sent again when the list does not show it', async () => {
    const { service, uploading, clock } = await deliveredTo({ faults: [lostAndNotStored] });
    expect(service.posts).toBe(2);
    expect(uploading?.id).toBe(String(service.stored[0]?.id));
    expect(clock.sleeps.slice(0, 3)).toEqual([1000, 3000, 10_000]);
  });

  it('is not sent again when that is forbidden', async () => {
    const { service, failure } = await deliveredTo({ faults: [lostAndNotStored], repeat: false });
    expect(service.posts).toBe(1);
    expect(failure).toBeInstanceOf(UnknownFate);
    expect(failure?.exitCode).toBe(8);
  });

  it('is not confused with uploadings of other runs', async () => {
    const foreign = [
      { comment: COMMENT, lines: RECORDS, age: 3_600_000 },
      { comment: COMMENT, lines: RECORDS + 5, age: 0 },
      { comment: 'week 46', lines: RECORDS, age: 0 },
    ];
    const { service, uploading } = await deliveredTo({ faults: [lostAndStored], foreign });
    expect(service.posts).toBe(1);
    expect(uploading?.id).toBe(String(service.stored.find(({ ours }) => ours)?.id));
  });

  it('is known by its fingerprint, whatever lines the service counts', async () => {
    const { service, uploading } = await deliveredTo({
      faults: [lostAndStored],
      comment: 'week 47 mc0123456789abcdef0123',
      listedAs: { source_quantity: 50 },
    });
    expect(service.posts).toBe(1);
    expect(uploading?.id).toBe(String(service.stored[0]?.id));
  });

  it('is left alone, with the candidates, when two may be it', async () => {
    const foreign = [{ comment: COMMENT, lines: RECORDS, age: 0 }];
    const { service, failure } = await deliveredTo({ faults: [lostAndStored], foreign });
    expect(service.posts).toBe(1);
    expect(failure?.exitCode).toBe(8);
    expect(failure?.message).toContain(service.stored.map(({ id }) => String(id)).join(', '));
  });

  it('is left alone when the list cannot be read', async () => {
    const denied: Fault = { kind: 'status', status: 403, stored: false };
    const { service, failure } = await deliveredTo({ faults: [lostAndStored, denied] });
    expect(service.posts).toBe(1);
    expect(failure?.exitCode).toBe(8);
    expect(failure?.hint).toContain('metrika-calls list');
  });
});

describe('a file that may be in the list', () => {
  it('is not confused with another file of the same run', async () => {
    const foreign = [{ comment: COMMENT, lines: RECORDS, age: 0 }];
    const { service, uploading } = await deliveredTo({
      faults: [lostAndNotStored],
      foreign,
      taken: ['101'],
    });
    expect(service.posts).toBe(2);
    expect(uploading?.id).not.toBe('101');
  });

  it.each([
    ['its lines are not counted yet', { source_quantity: 0 }],
    ['its lines are not told', { source_quantity: null }],
    ['its time is not told', { create_time: null }],
    ['its time has no zone', { create_time: '2026-11-20 15:00:00' }],
    ['its comment is not told', { comment: null }],
    ['the clock of the list is a little ahead', { create_time: '2026-11-20T11:59:54+00:00' }],
  ])('is not sent again when %s', async (_, listedAs) => {
    const { service, failure } = await deliveredTo({ faults: [lostAndStored], listedAs });
    expect(service.posts).toBe(1);
    expect(failure?.exitCode).toBe(8);
    expect(failure?.message).toContain(String(service.stored[0]?.id));
  });

  it('is ours although the service trims its comment', async () => {
    const { service, uploading } = await deliveredTo({
      faults: [lostAndStored],
      listedAs: { comment: ' week  47' },
    });
    expect(service.posts).toBe(1);
    expect(uploading?.id).toBe(String(service.stored[0]?.id));
  });

  it('is not sent again when an entry of the list cannot be read', async () => {
    const { service, failure } = await deliveredTo({
      faults: [lostAndStored],
      listedAs: { id: 1.5 },
    });
    expect(service.posts).toBe(1);
    expect(failure?.exitCode).toBe(8);
  });
});

describe('a file that was not taken', () => {
  it('is sent again when that may help, and only then', async () => {
    const again = await deliveredTo({
      faults: [refused, { kind: 'status', status: 429, stored: false, retryAfter: 9 }],
    });
    expect(again.service.posts).toBe(2);
    expect(again.uploading).toBeDefined();
    expect(again.clock.sleeps).toEqual([500, 9000]);
    const never = await deliveredTo({ faults: [{ kind: 'status', status: 400, stored: false }] });
    expect(never.service.posts).toBe(1);
    expect(never.failure?.exitCode).toBe(5);
  });

  it('is given up after the retries', async () => {
    const { failure, service } = await deliveredTo({
      faults: Array.from({ length: 9 }, () => refused),
      retries: 3,
    });
    expect(failure?.exitCode).toBe(6);
    expect(service.posts).toBe(0);
  });
});

describe('whatever happens on the line', () => {
  const fault = fc.oneof(
    { weight: 2, arbitrary: fc.constant<Fault>({ kind: 'none' }) },
    fc
      .constantFrom('ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ECONNRESET')
      .map((code): Fault => ({ kind: 'no-connection', code })),
    fc.nat(400).map((after): Fault => ({ kind: 'cut-body', after })),
    fc.boolean().map((stored): Fault => ({ kind: 'cut-answer', stored })),
    fc
      .record({ status: fc.constantFrom(500, 502, 503, 504), stored: fc.boolean() })
      .map((rest): Fault => ({ kind: 'status', ...rest })),
    fc
      .constantFrom(400, 401, 403, 404, 413, 420, 429)
      .map((status): Fault => ({ kind: 'status', status, stored: false })),
    fc.boolean().map((stored): Fault => ({ kind: 'nonsense', stored })),
  );

  it('there is at most one upload, and the last word agrees with what the service has', async () => {
    const skews = fc.constantFrom(0, -86_400_000, -1500, 1500, 3_600_000);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fault, { maxLength: 14 }),
        skews,
        fc.nat(13_000),
        fc.nat(6),
        fc.constantFrom(...WAYS_TO_COUNT),
        fc.nat(9),
        async (faults, skew, lag, retries, [headerCounts, breaksCount], breaks) => {
          const { service, uploading, failure } = await deliveredTo({
            faults,
            skew,
            lag,
            retries,
            headerCounts,
            breaks,
            breaksCount,
          });
          const ours = service.stored.filter((stored) => stored.ours);
          expect(ours.length).toBeLessThanOrEqual(1);
          if (uploading !== undefined)
            expect(ours.map(({ id }) => String(id))).toEqual([uploading.id]);
          else if (failure.exitCode !== 8) expect(ours).toEqual([]);
          expect(failure === undefined || [4, 5, 6, 8].includes(failure.exitCode)).toBe(true);
        },
      ),
      runs(5000),
    );
  });
});
