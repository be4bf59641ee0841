/** Makes values of texts. None of them loads a package, since most commands need a few of them. */
import type { InvalidLimit } from '../../calls/check/check-file.ts';
import { type Delimiter, DELIMITERS } from '../../csv/dialect.ts';
import { type Encoding, encodingNamed, ENCODINGS } from '../../csv/encoding.ts';
import { LARGEST_COUNTER, LARGEST_FILE, LONGEST_COMMENT } from '../../limits.ts';
import type { Parser } from './option.ts';

/** Any text. */
export const text: Parser<string> = { wanted: { kind: 'name' }, read: (given) => given };

/** Any text that is not empty. */
export const name: Parser<string> = {
  wanted: { kind: 'name' },
  read: (given) => (given.trim() === '' ? undefined : given),
};

/** A whole number within bounds, both included. */
export function wholeNumber(from: number, to: number): Parser<number> {
  return {
    wanted: { kind: 'whole-number', from, to },
    read: (given) => {
      const number = /^\d{1,10}$/.test(given.trim()) ? Number(given) : NaN;
      return number >= from && number <= to ? number : undefined;
    },
  };
}

export const counterId = wholeNumber(1, LARGEST_COUNTER);

/** Seconds as a decimal, to milliseconds. */
export const seconds: Parser<number> = {
  wanted: { kind: 'seconds' },
  read: (given) => {
    const milliseconds = /^\d{1,6}(?:\.\d{1,3})?$/.test(given) ? Number(given) * 1000 : NaN;
    return milliseconds >= 1 && milliseconds <= 86_400_000 ? milliseconds : undefined;
  },
};

/** Timers of the platform end at 24 days. */
const LONGEST_SPAN = 20 * 86_400_000;
const UNIT_MILLISECONDS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** A span of time such as `90s` or `2h`, to milliseconds; without a unit it is in seconds. */
export const span: Parser<number> = {
  wanted: { kind: 'time' },
  read: (given) => {
    const [, amount = '', unit = 's'] = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h|d)?$/.exec(given) ?? [];
    const milliseconds = amount === '' ? NaN : Number(amount) * (UNIT_MILLISECONDS[unit] ?? NaN);
    return milliseconds >= 1 && milliseconds <= LONGEST_SPAN ? milliseconds : undefined;
  },
};

const UNIT_BYTES: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1000,
  m: 1000 ** 2,
  g: 1000 ** 3,
  kb: 1000,
  mb: 1000 ** 2,
  gb: 1000 ** 3,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
};

/** A size such as `500MB`, to bytes. */
export const size: Parser<number> = {
  wanted: { kind: 'size' },
  read: (given) => {
    const text = given.trim();
    const isSize = /^\d{1,12}(?:\s*b|(?:\.\d{1,3})?\s*[kmg](?:i?b)?)?$/i.test(text);
    const [, amount = '', unit = ''] = /^([\d.]+)\s*([a-z]*)/i.exec(text) ?? [];
    const bytes = isSize ? Math.floor(Number(amount) * (UNIT_BYTES[unit.toLowerCase()] ?? NaN)) : 0;
    return bytes >= 1 && bytes <= LARGEST_FILE ? bytes : undefined;
  },
};

/** A number of records such as `20`, or a share of them such as `5%`. */
export const numberOrShare: Parser<InvalidLimit> = {
  wanted: { kind: 'number-or-share' },
  read: (given) => {
    const [, amount = '', unit = ''] = /^(\d{1,9}(?:\.\d{1,3})?)(%?)$/.exec(given.trim()) ?? [];
    if (amount === '' || (unit === '' && amount.includes('.'))) return undefined;
    if (unit === '') return { records: Number(amount) };
    return Number(amount) <= 100 ? { share: Number(amount) / 100 } : undefined;
  },
};

/** The comment of an upload; its length is counted as the service counts it, in code points. */
export const comment: Parser<string> = {
  wanted: { kind: 'characters' },
  read: (given) => ([...given].length <= LONGEST_COMMENT ? given : undefined),
};

/** One of some names. */
export function oneOf<Name extends string>(names: readonly Name[]): Parser<Name> {
  return { wanted: { kind: 'one-of', names }, read: (given) => names.find((one) => one === given) };
}

/** An encoding by any of its names. */
export const encoding: Parser<Encoding> = {
  wanted: { kind: 'one-of', names: ENCODINGS },
  read: encodingNamed,
};

export const delimiter: Parser<Delimiter> = {
  wanted: { kind: 'one-of', names: Object.values(DELIMITERS) },
  read: (given) => {
    const wanted = given === '\\t' ? '\t' : given.toLowerCase();
    return (Object.keys(DELIMITERS) as Delimiter[]).find(
      (one) => one === wanted || DELIMITERS[one] === wanted,
    );
  },
};

/** Names with commas between them. */
export const names: Parser<readonly string[]> = {
  wanted: { kind: 'name' },
  read: (given) => given.split(',').map((one) => one.trim()),
};
