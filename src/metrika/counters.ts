/** Reads the counters that a token may see. Any field except the number may be missing or invalid. */
import * as z from 'zod/mini';
import { LARGEST_COUNTER } from '../limits.ts';

const text = z.catch(z.nullish(z.string()), undefined);

const knownFields = z.object({
  id: z.int().check(z.refine((id) => id >= 1 && id <= LARGEST_COUNTER)),
  name: text,
  site2: z.catch(z.nullish(z.object({ site: text })), undefined),
  site: text,
  permission: text,
  time_zone_name: text,
  currency_code: text,
});

/**
 * One counter. A field that the service does not tell is `undefined`.
 *
 * @see https://yandex.com/dev/metrika/en/management/openapi/counter/counters
 */
export interface Counter {
  readonly id: number;
  readonly name: string | undefined;
  /** The site, for example `shop.example`. */
  readonly site: string | undefined;
  /** What the owner of the token may do: `own`, `edit` or `view`. */
  readonly permission: string | undefined;
  readonly timezone: string | undefined;
  readonly currency: string | undefined;
}

/** One page of the list of counters. */
export interface CounterPage {
  readonly counters: readonly Counter[];
  /** The number of entries without a readable number. */
  readonly unreadable: number;
  /** The number of all counters, if the service tells it. */
  readonly rows: number | undefined;
}

const answer = z.object({
  rows: z.catch(z.nullish(z.int().check(z.refine((rows) => rows >= 0))), undefined),
  counters: z.array(z.unknown()),
});

/** @returns the counters in an answer; `undefined` when the answer has no list of counters */
export function readCounters(given: unknown): CounterPage | undefined {
  const parsed = answer.safeParse(given);
  if (!parsed.success) return undefined;
  const entries = parsed.data.counters.map((entry) => knownFields.safeParse(entry));
  const counters = entries.flatMap(({ data }): Counter[] =>
    data === undefined
      ? []
      : [
          {
            id: data.id,
            name: data.name ?? undefined,
            site: data.site2?.site ?? data.site ?? undefined,
            permission: data.permission ?? undefined,
            timezone: data.time_zone_name ?? undefined,
            currency: data.currency_code ?? undefined,
          },
        ],
  );
  return {
    counters,
    unreadable: entries.length - counters.length,
    rows: parsed.data.rows ?? undefined,
  };
}
