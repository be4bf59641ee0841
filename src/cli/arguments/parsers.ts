/** Parsers of option values. The rules of the library say which values are valid. */
import type { InvalidLimit } from '../../calls/check/check-file.ts';
import {
  name,
  oneOf as ruleOfNames,
  type Rule,
  wholeNumber as ruleOfNumbers,
} from '../../library/options/rules.ts';
import type { Parser } from './option.ts';

/**
 * Returns a parser that converts the text to a value, then checks the value with a rule.
 *
 * @param valueOf converts the text; returns `undefined` if the text cannot be converted
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

/** Parses text: the value is the unchanged text. */
export function text<Value>(rule: Rule<Value>): Parser<Value> {
  return ruled(rule, (written) => written);
}

/** Accepts any text, such as the path of a file, without a check. */
export const anyText: Parser<string> = { wanted: { kind: 'name' }, read: (written) => written };

/** Accepts any text with at least one character that is not a space. */
export const filledText: Parser<string> = text(name());

/**
 * Accepts the path of a file to write. A single `-` is refused. These files are written beside the
 * result, and the result already has standard output.
 */
export const outputFile: Parser<string> = {
  wanted: { kind: 'output-file' },
  read: (written) => (written.trim() === '' || written === '-' ? undefined : written),
};

/** Parses a whole number. */
export function whole(rule: Rule<number>): Parser<number> {
  return ruled(rule, (written) =>
    /^\d{1,10}$/.test(written.trim()) ? Number(written) : undefined,
  );
}

/**
 * Parses a whole number between two bounds, both included. This parser is for options that exist
 * only on the command line.
 */
export function wholeNumber(from: number, to: number): Parser<number> {
  return whole(ruleOfNumbers(from, to));
}

/** Parses seconds: a decimal number with up to three decimal places. */
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

/** Parses a duration such as `90s` or `2h` to seconds. A number without a unit is seconds. */
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

/** Parses a size such as `500MB` to bytes. */
export function size(rule: Rule<number>): Parser<number> {
  return ruled(rule, (written) => {
    const trimmed = written.trim();
    const isSize = /^\d{1,12}(?:\s*b|(?:\.\d{1,3})?\s*[kmg](?:i?b)?)?$/i.test(trimmed);
    const [, amount = '', unit = ''] = /^([\d.]+)\s*([a-z]*)/i.exec(trimmed) ?? [];
    const bytes = UNIT_BYTES.get(unit.toLowerCase());
    return isSize && bytes !== undefined ? Math.floor(Number(amount) * bytes) : undefined;
  });
}

/** Parses a number of records such as `20`, or a share of the records such as `5%`. */
export function numberOrShare(rule: Rule<InvalidLimit>): Parser<InvalidLimit> {
  return ruled(rule, (written) => {
    const [, amount, unit] = /^(\d{1,9}(?:\.\d{1,3})?)(%?)$/.exec(written.trim()) ?? [];
    if (amount === undefined) return undefined;
    return unit === '' ? { records: Number(amount) } : { share: Number(amount) / 100 };
  });
}

/** Accepts one of several names. This parser is for options that exist only on the command line. */
export function oneOf<Name extends string>(names: readonly Name[]): Parser<Name> {
  return text(ruleOfNames(names));
}

/** Parses a list of names separated by commas. */
export function names(rule: Rule<readonly string[]>): Parser<readonly string[]> {
  return ruled(rule, (written) => written.split(',').map((one) => one.trim()));
}
