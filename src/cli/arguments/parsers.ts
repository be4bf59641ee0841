/** Makes values of texts. What a value may be is said by the rules of the library. */
import type { InvalidLimit } from '../../calls/check/check-file.ts';
import type { Rule } from '../../library/options/rules.ts';
import type { Parser } from './option.ts';

/**
 * A parser that makes a value of a text, which then goes by a rule.
 *
 * @param valueOf gives `undefined` for a text that is no such value
 */
function ruled<Value>(
  { wanted, read }: Rule<Value>,
  valueOf: (text: string) => unknown,
): Parser<Value> {
  return {
    wanted,
    read: (text) => {
      const value = valueOf(text);
      return value === undefined ? undefined : read(value);
    },
  };
}

/** A text as it is. */
export function text<Value>(rule: Rule<Value>): Parser<Value> {
  return ruled(rule, (written) => written);
}

/** Any text, for options that only the command line has. */
export const anyText: Parser<string> = { wanted: { kind: 'name' }, read: (written) => written };

/** A whole number. */
export function whole(rule: Rule<number>): Parser<number> {
  return ruled(rule, (written) =>
    /^\d{1,10}$/.test(written.trim()) ? Number(written) : undefined,
  );
}

/** A whole number within bounds, both included, for options that only the command line has. */
export function wholeNumber(from: number, to: number): Parser<number> {
  return whole({
    wanted: { kind: 'whole-number', from, to },
    read: (value) =>
      typeof value === 'number' && value >= from && value <= to ? value : undefined,
  });
}

/** Seconds as a decimal with three places at most. */
export function seconds(rule: Rule<number>): Parser<number> {
  return ruled(rule, (written) =>
    /^\d{1,6}(?:\.\d{1,3})?$/.test(written) ? Number(written) : undefined,
  );
}

const UNIT_MILLISECONDS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

/** A span of time such as `90s` or `2h`, to seconds; without a unit it is in seconds. */
export function span(rule: Rule<number>): Parser<number> {
  return ruled(rule, (written) => {
    const [, amount, unit = 's'] = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h|d)?$/.exec(written) ?? [];
    const milliseconds = UNIT_MILLISECONDS.get(unit);
    return amount === undefined || milliseconds === undefined
      ? undefined
      : (Number(amount) * milliseconds) / 1000;
  });
}

const UNIT_BYTES: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['b', 1],
  ['k', 1000],
  ['m', 1000 ** 2],
  ['g', 1000 ** 3],
  ['kb', 1000],
  ['mb', 1000 ** 2],
  ['gb', 1000 ** 3],
  ['kib', 1024],
  ['mib', 1024 ** 2],
  ['gib', 1024 ** 3],
]);

/** A size such as `500MB`, to bytes. */
export function size(rule: Rule<number>): Parser<number> {
  return ruled(rule, (written) => {
    const trimmed = written.trim();
    const isSize = /^\d{1,12}(?:\s*b|(?:\.\d{1,3})?\s*[kmg](?:i?b)?)?$/i.test(trimmed);
    const [, amount = '', unit = ''] = /^([\d.]+)\s*([a-z]*)/i.exec(trimmed) ?? [];
    const bytes = UNIT_BYTES.get(unit.toLowerCase());
    return isSize && bytes !== undefined ? Math.floor(Number(amount) * bytes) : undefined;
  });
}

/** A number of records such as `20`, or a share of them such as `5%`. */
export function numberOrShare(rule: Rule<InvalidLimit>): Parser<InvalidLimit> {
  return ruled(rule, (written) => {
    const [, amount, unit] = /^(\d{1,9}(?:\.\d{1,3})?)(%?)$/.exec(written.trim()) ?? [];
    if (amount === undefined) return undefined;
    return unit === '' ? { records: Number(amount) } : { share: Number(amount) / 100 };
  });
}

/** One of some names, for options that only the command line has. */
export function oneOf<Name extends string>(names: readonly Name[]): Parser<Name> {
  return {
    wanted: { kind: 'one-of', names },
    read: (written) => names.find((one) => one === written),
  };
}

/** Names with commas between them. */
export function names(rule: Rule<readonly string[]>): Parser<readonly string[]> {
  return ruled(rule, (written) => written.split(',').map((one) => one.trim()));
}
