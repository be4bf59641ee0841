import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/failure.ts';
import type { CallUploading } from '../../src/metrika/schemas.ts';
import { type Arrived, Journal } from '../../src/upload/journal.ts';
import { newMark } from '../../src/upload/mark.ts';
import { UnknownFate } from '../../src/upload/unknown-fate.ts';
import { delivered, type Ending } from '../support/delivery.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { runs } from '../support/runs.ts';
import { type Fault, ScriptedService } from '../support/scripted-service.ts';

interface File {
  readonly comment: string;
  readonly records: number;
}

/** Delivers files of one run, up to three at once, to a service with scripted faults. */
async function deliveredTogether(
  files: readonly File[],
  faults: readonly Fault[],
  lag: number,
  retries: number,
  turns: readonly number[],
): Promise<{ service: ScriptedService; endings: Ending[]; content: (at: number) => string }> {
  const clock = new FakeClock();
  const content = (at: number): string =>
    `ClientId,Tag\n${`1,file ${String(at)} of the run\n`.repeat(files[at]?.records ?? 0)}`;
  const service = new ScriptedService(clock, {
    faults,
    lines: (body) => body.split(' of the run').length - 1,
    skew: 0,
    lag,
    turns,
  });
  const journal = new Journal();
  const endings = await Promise.all(
    files.map(({ comment, records }, at) =>
      delivered({
        fetch: service.fetch,
        clock,
        content: Buffer.from(content(at)),
        records,
        comment,
        mark: newMark(createHash('sha256').update(content(at)).digest('hex'), Math.random),
        retries,
        journal,
      }),
    ),
  );
  return { service, endings, content };
}

const fault = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Fault>({ kind: 'none' }) },
  fc.constant<Fault>({ kind: 'no-connection', code: 'ECONNREFUSED' }),
  fc.boolean().map((stored): Fault => ({ kind: 'cut-answer', stored })),
  fc.boolean().map((stored): Fault => ({ kind: 'status', status: 503, stored })),
  fc.constant<Fault>({ kind: 'status', status: 400, stored: false }),
);

describe('several files of one run', () => {
  it('are never confused, however similar they are, over any connection', async () => {
    const file = fc.record({
      comment: fc.constantFrom('week 47', 'week 48'),
      records: fc.integer({ min: 2, max: 4 }),
    });
    let adoptedBesideOthers = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(file, { minLength: 2, maxLength: 3 }),
        fc.array(fault, { maxLength: 20 }),
        fc.nat(13_000),
        fc.nat(4),
        fc.array(fc.nat(500), { minLength: 20, maxLength: 20 }),
        async (files, faults, lag, retries, turns) => {
          const { service, endings, content } = await deliveredTogether(
            files,
            faults,
            lag,
            retries,
            turns,
          );
          for (const [at, ending] of endings.entries()) {
            const own = service.stored.filter(({ body }) => body.includes(content(at)));
            if (ending.failure === undefined) {
              const told = [ending.uploading, ...ending.duplicates].map(({ id }) => id);
              expect(own.map(({ id }) => String(id)).toSorted()).toEqual(told.toSorted());
              if (service.posts === files.length) adoptedBesideOthers += 1;
            } else if (ending.failure.code === 'repeat-unchecked') {
              // This failure says that the file was uploaded at least once. It may have been
              // uploaded twice.
              expect(own.length).toBeGreaterThan(0);
            } else if (ending.failure.exitCode !== 8) {
              expect(own).toEqual([]);
            }
          }
        },
      ),
      runs(3000),
    );
    expect(adoptedBesideOthers).toBeGreaterThan(100);
  });

  it('with the same content wait for a file with an unknown fate, and are not sent again', async () => {
    const journal = new Journal();
    let sent = 0;
    const send = async (): Promise<never> => {
      sent += 1;
      await Promise.resolve();
      const why = new Failure('file-changed', {});
      throw new UnknownFate(why, { kind: 'not-listed' }, undefined);
    };
    const first = await Promise.allSettled([1, 2].map(() => journal.once('mc1', send)));
    const [later] = await Promise.allSettled([journal.once('mc1', send)]);
    for (const { status } of [...first, later]) expect(status).toBe('rejected');
    expect(sent).toBe(1);
  });

  it('with the same content at the same time are sent again only if the first delivery fails', async () => {
    const journal = new Journal();
    let sent = 0;
    const send = async (): Promise<Arrived> => {
      sent += 1;
      await Promise.resolve();
      if (sent === 1) throw new Error('lost');
      const uploading = { id: '7', asSent: {} } as CallUploading;
      return { uploading, existed: false, duplicates: [], isTwice: false, isUnchecked: false };
    };
    const endings = await Promise.allSettled([1, 2, 3].map(() => journal.once('mc1', send)));
    expect(endings.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(sent).toBe(2);
  });
});
