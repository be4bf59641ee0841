/** Lists the counters that a token may see. */
import { EXIT_CODES } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import type { Counter } from '../metrika/counters.ts';
import { Interruption } from '../upload/interruption.ts';
import { interruptedBefore } from '../upload/sending-progress.ts';
import { counterDocument, failureDocument, type ListedCounters } from './documents.ts';
import { wordsOf } from './options/check-options.ts';
import { admitted, sourceOf } from './options/front-door.ts';
import { type AccountOptions, withAccount } from './service-options.ts';

/** How to list counters. */
export interface ListCountersOptions extends AccountOptions {
  /** Only counters with this text in their number, name or site; all by default. */
  readonly filter?: string | undefined;
}

/**
 * Lists the counters that the token may see, like `metrika-calls counters`.
 *
 * @returns the counters. `ok` is `false` if they cannot be fetched. `error` then has the reason.
 * @throws Failure (exit 2) for missing or wrong options
 * @see https://yandex.com/dev/metrika/en/management/openapi/counter/counters
 */
export async function listCounters(options: ListCountersOptions): Promise<ListedCounters> {
  const checked = admitted('listCounters', options, sourceOf);
  const words = await wordsOf(checked);
  return await withAccount(checked, async ({ client, signal }) => {
    try {
      const { counters } = await client.findCounters(signal);
      const found = countersWith(counters, checked.filter).map(counterDocument);
      return { ok: true, exit_code: EXIT_CODES.done, counters: found };
    } catch (error) {
      const failure = error instanceof Interruption ? interruptedBefore() : error;
      if (!(failure instanceof Failure)) throw failure;
      const { exitCode } = failure;
      const document = failureDocument(failure, words);
      return { ok: false, exit_code: exitCode, counters: [], error: document };
    }
  });
}

/**
 * Returns the counters that have a text in their number, name or site, in any letter case.
 *
 * @param filter the text; `undefined` for all counters
 */
export function countersWith(
  counters: readonly Counter[],
  filter: string | undefined,
): readonly Counter[] {
  const wanted = filter?.trim().toLowerCase() ?? '';
  return counters.filter(({ id, name = '', site = '' }) =>
    [String(id), name, site].some((text) => text.toLowerCase().includes(wanted)),
  );
}
