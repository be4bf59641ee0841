import { Failure } from '../../src/failure.ts';
import { MetrikaClient } from '../../src/metrika/client.ts';
import type { Fetch } from '../../src/metrika/fetch.ts';
import type { CallUploading } from '../../src/metrika/schemas.ts';
import { ApiToken } from '../../src/metrika/token.ts';
import { deliver } from '../../src/upload/deliver.ts';
import { Journal } from '../../src/upload/journal.ts';
import { command } from '../../src/words/said.ts';
import type { FakeClock } from './fake-clock.ts';

/** The settings that tests choose for a delivery. All deliveries share the other settings. */
export interface TestDelivery {
  readonly fetch: Fetch;
  readonly clock: FakeClock;
  readonly content: Buffer;
  readonly records: number;
  /** The number of lines; by default, the number of records. */
  readonly lines?: number | undefined;
  readonly comment: string;
  /** The mark; by default, no mark is sent. */
  readonly mark?: string | undefined;
  readonly retries: number;
  readonly repeat?: boolean | undefined;
  /** The journal of a run with several files. */
  readonly journal?: Journal;
  readonly address?: string;
  /** The longest time without progress, in milliseconds. */
  readonly timeout?: number;
}

/** The result of a delivery. */
export type Ending =
  | {
      readonly uploading: CallUploading;
      readonly duplicates: readonly CallUploading[];
      readonly failure: undefined;
    }
  | {
      readonly uploading: undefined;
      readonly duplicates: readonly CallUploading[];
      readonly failure: Failure;
    };

/** Delivers a file to a service of the test. Waiting takes no time. */
export async function delivered(given: TestDelivery): Promise<Ending> {
  const { clock, content, records } = given;
  const retry = { retries: given.retries, totalTime: 600_000 };
  const random = (): number => 0.5;
  const client = new MetrikaClient({
    address: given.address ?? 'https://service.example',
    token: new ApiToken('token-of-the-test', 'the test'),
    fetch: given.fetch,
    clock,
    random,
    timeout: given.timeout ?? 60_000,
    retry,
  });
  try {
    const { uploading, duplicates, isUnchecked } = await deliver(
      {
        counter: 1,
        parameters: { comment: [given.comment, given.mark].join(' ').trim() },
        mark: given.mark,
        retry,
        repeat: given.repeat ?? true,
        portion: {
          fileName: 'calls.csv',
          records,
          lines: given.lines ?? records,
          length: content.length,
          content: async function* () {
            yield await Promise.resolve(content);
          },
        },
      },
      {
        client,
        clock,
        random,
        commands: {
          status: (id) => command('status', { operands: [id] }),
          list: () => command('list'),
        },
        journal: given.journal ?? new Journal(),
      },
      () => undefined,
    );
    if (isUnchecked)
      throw new Failure('repeat-unchecked', { id: uploading.id, command: undefined });
    return { uploading, duplicates, failure: undefined };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { uploading: undefined, duplicates: [], failure: error };
  }
}
