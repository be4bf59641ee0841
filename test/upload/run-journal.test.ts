import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/failure.ts';
import { MetrikaClient } from '../../src/metrika/client.ts';
import type { CallUploading } from '../../src/metrika/schemas.ts';
import { ApiToken } from '../../src/metrika/token.ts';
import { deliver } from '../../src/upload/deliver.ts';
import { UnknownFate } from '../../src/upload/unknown-fate.ts';
import { RunJournal } from '../../src/upload/run-journal.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { type Fault, ScriptedService } from '../support/scripted-service.ts';

interface File {
  readonly comment: string;
  readonly records: number;
}

type Ending = { readonly id: string } | { readonly exitCode: number };

/** Delivers some files of one run, up to three at once, to a service that a script of faults happens to. */
async function delivered(
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
  const retry = { retries, totalTime: 600_000 };
  const client = new MetrikaClient({
    address: 'https://service.example',
    token: new ApiToken('token-of-the-test', 'the test'),
    fetch: service.fetch,
    clock,
    random: () => 0.5,
    timeout: 60_000,
    retry,
  });
  const journal = new RunJournal();
  const nothing = (): void => undefined;
  const deliverOne = async ({ comment, records }: File, at: number): Promise<Ending> => {
    const bytes = Buffer.from(content(at));
    try {
      const { id } = await deliver(
        {
          counter: 1,
          parameters: { comment },
          portion: {
            fileName: 'calls.csv',
            records,
            length: bytes.length,
            content: async function* () {
              yield await Promise.resolve(bytes);
            },
          },
        },
        {
          client,
          clock,
          random: () => 0.5,
          retry,
          repeat: true,
          commandToLook: 'metrika-calls list',
          journal,
          watcher: {
            sending: nothing,
            transferred: nothing,
            bodySent: nothing,
            retrying: nothing,
            looking: nothing,
            adopted: nothing,
          },
        },
      );
      return { id };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return { exitCode: error.exitCode };
    }
  };
  const endings = await Promise.all(files.map(deliverOne));
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
  it('are never taken for one another, however alike they are and whatever the line does', async () => {
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
          const { service, endings, content } = await delivered(files, faults, lag, retries, turns);
          for (const [at, ending] of endings.entries()) {
            const own = service.stored.filter(({ body }) => body.includes(content(at)));
            expect(own.length).toBeLessThanOrEqual(1);
            if ('id' in ending) {
              expect(own.map(({ id }) => String(id))).toEqual([ending.id]);
              if (service.posts === files.length) adoptedBesideOthers += 1;
            } else if (ending.exitCode !== 8) {
              expect(own).toEqual([]);
            }
          }
        },
      ),
      { numRuns: 3000 },
    );
    expect(adoptedBesideOthers).toBeGreaterThan(100);
  });

  it('with the same content wait for one whose fate is not known, and do not send it again', async () => {
    const journal = new RunJournal();
    let sent = 0;
    const send = async (): Promise<never> => {
      sent += 1;
      await Promise.resolve();
      const why = new Failure({ code: 'x', exitCode: 6, message: 'lost', hint: 'look' });
      throw new UnknownFate(why, [], 'Nobody knows.', 'metrika-calls list');
    };
    const first = await Promise.allSettled([1, 2].map(() => journal.once('mc1', send)));
    const [later] = await Promise.allSettled([journal.once('mc1', send)]);
    for (const { status } of [...first, later]) expect(status).toBe('rejected');
    expect(sent).toBe(1);
  });

  it('with the same content at the same time send it once', async () => {
    const journal = new RunJournal();
    let sent = 0;
    const send = async (): Promise<{ uploading: CallUploading; existed: boolean }> => {
      sent += 1;
      await Promise.resolve();
      if (sent === 1) throw new Error('lost');
      return { uploading: { id: '7', asSent: {} } as CallUploading, existed: false };
    };
    const endings = await Promise.allSettled([1, 2, 3].map(() => journal.once('mc1', send)));
    expect(endings.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(sent).toBe(2);
  });
});
