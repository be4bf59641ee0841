/** Joins the legs of one call, which call systems write as separate records. */
import type { ColumnName } from '../calls/columns/columns.ts';

/** A call whose legs are being collected. */
export interface CallOfLegs<Leg> {
  readonly first: Leg;
  /** All legs, in the order of the export. */
  readonly legs: Leg[];
}

/** The greatest distance between two legs of one call, in records. */
const LEG_WINDOW = 10_000;

/** Collects legs by the key of their call. Returns calls in the order of their first legs. */
export class LegJoiner<Leg> {
  readonly #open = new Map<string, CallOfLegs<Leg>>();
  readonly #waiting: {
    readonly call: CallOfLegs<Leg>;
    readonly key: string;
    readonly at: number;
  }[] = [];
  #begin = 0;
  #records = 0;

  /**
   * @param key the key of the call; '' for a call with a single leg
   * @returns the complete calls: no later leg can belong to them
   */
  add(record: Leg, key: string): CallOfLegs<Leg>[] {
    this.#records += 1;
    const known = key === '' ? undefined : this.#open.get(key);
    if (known !== undefined) known.legs.push(record);
    else {
      const call: CallOfLegs<Leg> = { first: record, legs: [record] };
      if (key !== '') this.#open.set(key, call);
      this.#waiting.push({ call, key, at: this.#records });
    }
    return this.#closed(this.#records - LEG_WINDOW);
  }

  /** Returns the remaining calls, at the end of the export. */
  rest(): CallOfLegs<Leg>[] {
    return this.#closed(Number.POSITIVE_INFINITY);
  }

  #closed(before: number): CallOfLegs<Leg>[] {
    const closed: CallOfLegs<Leg>[] = [];
    for (;;) {
      const next = this.#waiting[this.#begin];
      if (next === undefined || next.at > before) break;
      if (next.key !== '') this.#open.delete(next.key);
      closed.push(next.call);
      this.#begin += 1;
    }
    if (this.#begin > LEG_WINDOW) {
      this.#waiting.splice(0, this.#begin);
      this.#begin = 0;
    }
    return closed;
  }
}

/**
 * Joins the values of several legs to one call. `DateTime` is the earliest time, and `TalkDuration`
 * the longest duration. The call counts as answered if any leg was answered. `HoldDuration` comes
 * from the answered leg. Most other values come from the first leg that has one.
 *
 * @param names the columns of the values
 */
export function joinedValues(
  names: readonly ColumnName[],
  legs: readonly (readonly string[])[],
): string[] {
  const missed = names.indexOf('CallMissed');
  const talk = names.indexOf('TalkDuration');
  const isAnswered = (leg: readonly string[]): boolean =>
    missed < 0 ? Number(leg[talk] ?? 0) > 0 : leg[missed] === '0';
  const answered = legs.find(isAnswered);
  return names.map((name, at) => {
    const values = legs.map((leg) => leg[at] ?? '').filter((value) => value !== '');
    const [first = ''] = values;
    if (name === 'DateTime') return smallest(values) ?? first;
    if (name === 'TalkDuration') return largest(values) ?? first;
    if (name === 'CallMissed') return answered === undefined ? first : '0';
    if (name === 'HoldDuration') return answered?.[at] ?? largest(values) ?? first;
    return name === 'FirstTimeCaller' && values.includes('1') ? '1' : first;
  });
}

function smallest(values: readonly string[]): string | undefined {
  return allWhole(values) ? String(Math.min(...values.map(Number))) : undefined;
}

function largest(values: readonly string[]): string | undefined {
  return allWhole(values) ? String(Math.max(...values.map(Number))) : undefined;
}

function allWhole(values: readonly string[]): boolean {
  return values.length > 0 && values.every((value) => /^\d{1,15}$/.test(value));
}
