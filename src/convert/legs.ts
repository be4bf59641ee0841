/** Joins the legs of one call, which call systems write as records of their own. */
import type { ColumnName } from '../calls/columns/columns.ts';

/** A call that is being put together. */
export interface CallOfLegs<Leg> {
  readonly first: Leg;
  /** All of them in the order of the export. */
  readonly legs: Leg[];
}

/** Legs of one call stand so near to each other, in records. */
const LEG_WINDOW = 10_000;

/** Gathers legs by the key of their call, and gives calls in the order of their first legs. */
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
   * @param key tells the call of the record; '' for a call of its own
   * @returns the calls that no later leg can belong to
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

  /** The calls that are left when the export is over. */
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
 * The call that several legs are: it began with the first of them, was answered when one of them was, and was
 * talked as long as in the longest one. What else is known of it is what the first leg that knows it says.
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
