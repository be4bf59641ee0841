/** Reads numbers as spreadsheets, databases and programs write them, without losing digits. */
import { WHOLE_NUMBER } from '../../calls/columns/value-forms.ts';

const GUARDED = /^="([^"]*)"$/;

/** Removes what keeps a spreadsheet from changing a value: `="…"`, or an apostrophe before it. */
export function unguarded(text: string): string {
  const first = text.charCodeAt(0);
  if (first === 0x3d) return (GUARDED.exec(text)?.[1] ?? text).trim();
  return first === 0x27 && text.length > 1 ? text.slice(1).trim() : text;
}

const WITH_NOUGHTS = /^(\d+)[.,]0+$/;
/**
 * Spaces and apostrophes always separate groups; a comma or point does so only if it appears twice.
 */
const GROUPED = /^\d{1,3}(?:(?:[ \u00a0\u2009\u202f'’]\d{3})+|(?:,\d{3}){2,}|(?:\.\d{3}){2,})$/;
const NO_DIGIT = /\D/g;
/** Up to this limit, a floating-point number holds every whole number exactly. */
const LARGEST_EXACT = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * Returns the digits of a whole number in any form that loses none of them: with groups, with a
 * guard against spreadsheets, or with `.0` at the end.
 *
 * @param text without spaces around it
 * @returns `undefined` if the text is not a whole number, or its last digits were lost
 */
export function wholeDigits(text: string): string | undefined {
  if (WHOLE_NUMBER.test(text)) return text;
  const value = unguarded(text);
  if (WHOLE_NUMBER.test(value)) return value;
  const whole = WITH_NOUGHTS.exec(value)?.[1];
  // A program that writes `.0` stores floating-point numbers, which lose digits above this limit.
  if (whole !== undefined) return BigInt(whole) <= LARGEST_EXACT ? whole : undefined;
  return GROUPED.test(value) ? value.replace(NO_DIGIT, '') : undefined;
}

/** What a single comma or point before three digits means in this column. */
export interface DecimalSigns {
  /** Whether a comma comes before decimals; `undefined` if the column does not reveal it. */
  readonly comma: boolean | undefined;
  /** Whether a point comes before decimals; `undefined` if the column does not reveal it. */
  readonly point: boolean | undefined;
}

/** Collects what the numbers of a column reveal about commas and points. */
export class DecimalEvidence {
  readonly #seen = { comma: new Set<boolean>(), point: new Set<boolean>() };
  /** Whether any number could be read in both ways. */
  isUnclear = false;

  /** @param isDecimal whether the sign comes before decimals, or separates groups */
  add(sign: ',' | '.', isDecimal: boolean): void {
    this.#seen[sign === ',' ? 'comma' : 'point'].add(isDecimal);
  }

  /** Returns what the whole column reveals. A sign used in both ways reveals nothing. */
  decided(): DecimalSigns {
    const only = ({ size }: Set<boolean>, values: Set<boolean>): boolean | undefined =>
      size === 1 ? [...values][0] : undefined;
    const { comma, point } = this.#seen;
    const [isComma, isPoint] = [only(comma, comma), only(point, point)];
    // A column has one sign before decimals; the other one separates groups.
    return {
      comma: isComma ?? (comma.size === 0 && isPoint === true ? false : undefined),
      point: isPoint ?? (point.size === 0 && isComma === true ? false : undefined),
    };
  }
}

const GROUP_MARKS = /[ \u00a0\u2009\u202f'’]/g;
const SIGNED = /^([-−]?)(\d*(?:[.,]\d+)*)$/;

/** The forms of most prices, which have only one meaning. */
const USUAL_DECIMAL = /^(\d+)(?:(?:(,)|\.)(\d{1,2}))?$/;

/** A decimal with a point, or the reason why the text is not one. */
export type ReadDecimal = { readonly decimal: string } | { readonly problem: 'unclear' | 'none' };

/**
 * Converts a number with a decimal comma, with groups or with both to a decimal with a point. Keeps
 * all digits.
 *
 * @param text without currency and spaces around it
 * @param signs what the whole column reveals
 * @param evidence collects what this number reveals about the column
 */
export function readDecimal(
  text: string,
  signs: DecimalSigns,
  evidence: DecimalEvidence,
): ReadDecimal {
  const usual = USUAL_DECIMAL.exec(text);
  if (usual !== null) {
    const [, whole = '', comma, fraction] = usual;
    if (fraction === undefined) return { decimal: whole };
    evidence.add(comma === undefined ? '.' : ',', true);
    return { decimal: `${whole}.${fraction}` };
  }
  const value = unguarded(text);
  const bare = value.replace(GROUP_MARKS, '');
  const [, minus = '', number = ''] = SIGNED.exec(bare) ?? [];
  if (!/\d/.test(number)) return { problem: 'none' };
  const made = (whole: string, fraction?: string): ReadDecimal => ({
    decimal: `${minus === '' ? '' : '-'}${whole === '' ? '0' : whole}${fraction === undefined ? '' : `.${fraction}`}`,
  });
  const commas = number.split(',').length - 1;
  const points = number.split('.').length - 1;
  if (commas === 0 && points === 0) return made(number);
  if (commas > 0 && points > 0) {
    const decimal = number.lastIndexOf(',') > number.lastIndexOf('.') ? ',' : '.';
    const groups = decimal === ',' ? '.' : ',';
    const [whole = '', fraction = ''] = number.split(decimal);
    if (number.split(decimal).length !== 2 || !areGroups(whole, groups)) return { problem: 'none' };
    evidence.add(decimal, true);
    evidence.add(groups, false);
    return made(whole.replaceAll(groups, ''), fraction);
  }
  const sign = commas > 0 ? ',' : '.';
  if (commas + points > 1) {
    if (!areGroups(number, sign)) return { problem: 'none' };
    evidence.add(sign, false);
    return made(number.replaceAll(sign, ''));
  }
  const [whole = '', fraction = ''] = number.split(sign);
  // Groups have three digits. The first one has one to three, and does not begin with 0.
  const mayBeGroups = fraction.length === 3 && /^[1-9]\d{0,2}$/.test(whole) && bare === value;
  if (!mayBeGroups) {
    evidence.add(sign, true);
    return made(whole, fraction);
  }
  const isDecimal = sign === ',' ? signs.comma : signs.point;
  if (isDecimal === undefined) {
    evidence.isUnclear = true;
    return { problem: 'unclear' };
  }
  return isDecimal ? made(whole, fraction) : made(whole + fraction);
}

function areGroups(text: string, sign: string): boolean {
  const [first = '', ...others] = text.split(sign);
  return /^\d{1,3}$/.test(first) && others.every((group) => /^\d{3}$/.test(group));
}
