/** Numbers as spreadsheets, databases and programs write them, and what can be taken off without a loss. */

const GUARDED = /^="([^"]*)"$/;

/** Takes off what keeps spreadsheets from changing a value: `="…"`, and an apostrophe before it. */
export function unguarded(text: string): string {
  const first = text.charCodeAt(0);
  if (first === 0x3d) return (GUARDED.exec(text)?.[1] ?? text).trim();
  return first === 0x27 && text.length > 1 ? text.slice(1).trim() : text;
}

const DIGITS = /^\d+$/;
const WITH_NOUGHTS = /^(\d+)[.,]0+$/;
/** Spaces and apostrophes always part groups; a comma or a point does so for certain when it comes twice. */
const GROUPED = /^\d{1,3}(?:(?:[ \u00a0\u2009\u202f'’]\d{3})+|(?:,\d{3}){2,}|(?:\.\d{3}){2,})$/;
const NO_DIGIT = /\D/g;
/** Up to this every whole number is one that a floating number holds. */
const LARGEST_EXACT = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * The digits of a whole number in any form that loses none: with groups, guards, or `.0` at its end.
 *
 * @param text without spaces around it
 * @returns `undefined` when it is none, or one whose last digits were lost
 */
export function wholeDigits(text: string): string | undefined {
  if (DIGITS.test(text)) return text;
  const value = unguarded(text);
  if (DIGITS.test(value)) return value;
  const whole = WITH_NOUGHTS.exec(value)?.[1];
  // A program that writes decimals kept a floating number, which has fewer digits.
  if (whole !== undefined) return BigInt(whole) <= LARGEST_EXACT ? whole : undefined;
  return GROUPED.test(value) ? value.replace(NO_DIGIT, '') : undefined;
}

/** What the only comma or point of a number is, before three digits, as far as the column tells. */
export interface DecimalSigns {
  /** Whether a comma, or a point, stands before decimals; `undefined` when nothing tells. */
  readonly comma: boolean | undefined;
  readonly point: boolean | undefined;
}

/** What the numbers of a column say about their signs. */
export class DecimalEvidence {
  readonly #seen = { comma: new Set<boolean>(), point: new Set<boolean>() };
  /** Whether a number could be either. */
  isUnclear = false;

  /** @param isDecimal whether the sign stands before decimals, or between groups */
  add(sign: ',' | '.', isDecimal: boolean): void {
    this.#seen[sign === ',' ? 'comma' : 'point'].add(isDecimal);
  }

  /** What the whole column says; signs that are used in both ways say nothing. */
  decided(): DecimalSigns {
    const only = ({ size }: Set<boolean>, values: Set<boolean>): boolean | undefined =>
      size === 1 ? [...values][0] : undefined;
    const { comma, point } = this.#seen;
    const [isComma, isPoint] = [only(comma, comma), only(point, point)];
    // A column has one sign before decimals, and the other one parts groups.
    return {
      comma: isComma ?? (comma.size === 0 && isPoint === true ? false : undefined),
      point: isPoint ?? (point.size === 0 && isComma === true ? false : undefined),
    };
  }
}

const PARTED = /[ \u00a0\u2009\u202f'’]/g;
const SIGNED = /^([-−]?)(\d*(?:[.,]\d+)*)$/;

/** The forms that most prices have, which mean one thing. */
const USUAL_DECIMAL = /^(\d+)(?:(?:(,)|\.)(\d{1,2}))?$/;

/** A decimal with a point, or why there is none. */
export type ReadDecimal = { readonly decimal: string } | { readonly problem: 'unclear' | 'none' };

/**
 * A decimal with a point, all its digits kept, of one with a comma, with groups, or with both.
 *
 * @param text without currency and spaces around it
 * @param signs what the whole column says
 * @param evidence gets what this number says about the column
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
  const bare = value.replace(PARTED, '');
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
  // Groups have three digits, and the first of them one to three and no nought before it.
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
