/**
 * Reads numbers in the forms that spreadsheets, databases and programs write. No digits are lost.
 */
import { WHOLE_NUMBER } from '../../calls/columns/value-forms.ts';

const GUARDED = /^="([^"]*)"$/;

/**
 * Removes the characters that keep a spreadsheet from changing a value: `="…"` around the value, or
 * an apostrophe before the value.
 */
export function unguarded(text: string): string {
  const first = text.charCodeAt(0);
  if (first === 0x3d) return (GUARDED.exec(text)?.[1] ?? text).trim();
  return first === 0x27 && text.length > 1 ? text.slice(1).trim() : text;
}

const WITH_NOUGHTS = /^(\d+)[.,]0+$/;
/**
 * Spaces and apostrophes always separate groups. A comma or a point separates groups only if it
 * appears at least twice.
 */
const GROUPED = /^\d{1,3}(?:(?:[ \u00a0\u2009\u202f'’]\d{3})+|(?:,\d{3}){2,}|(?:\.\d{3}){2,})$/;
const NO_DIGIT = /\D/g;
/** A floating-point number can represent every whole number up to this limit exactly. */
const LARGEST_EXACT = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * Returns the digits of a whole number. The number may have groups, `.0` at the end, or characters
 * that {@link unguarded} removes.
 *
 * @param text without spaces around it
 * @returns `undefined` if the text is not a whole number, or its last digits were lost
 */
export function wholeDigits(text: string): string | undefined {
  if (WHOLE_NUMBER.test(text)) return text;
  const value = unguarded(text);
  if (WHOLE_NUMBER.test(value)) return value;
  const whole = WITH_NOUGHTS.exec(value)?.[1];
  // A program that writes `.0` uses floating-point numbers. Above the limit, they lose digits.
  if (whole !== undefined) return BigInt(whole) <= LARGEST_EXACT ? whole : undefined;
  return GROUPED.test(value) ? value.replace(NO_DIGIT, '') : undefined;
}

/** What a single comma or point before three digits means in one column. */
export interface DecimalSigns {
  /** Whether a comma comes before decimals; `undefined` if the column does not reveal it. */
  readonly comma: boolean | undefined;
  /** Whether a point comes before decimals; `undefined` if the column does not reveal it. */
  readonly point: boolean | undefined;
}

/** The meanings that a column has shown for one sign. */
interface SeenMeanings {
  decimal: boolean;
  group: boolean;
}

/** Collects evidence about commas and points in the numbers of a column. */
export class DecimalEvidence {
  readonly comma: SeenMeanings = { decimal: false, group: false };
  readonly point: SeenMeanings = { decimal: false, group: false };
  /** Whether any number has two possible meanings, such as `1,234`. */
  isUnclear = false;

  /**
   * Adds the meaning of a sign in one number.
   *
   * @param meaning `decimal` if the sign comes before decimals, `group` if it separates groups
   */
  add(sign: ',' | '.', meaning: keyof SeenMeanings): void {
    (sign === ',' ? this.comma : this.point)[meaning] = true;
  }

  /**
   * Returns the meanings of the comma and the point in the column. A meaning is `undefined` if the
   * column has both meanings of the sign, or no evidence.
   */
  decided(): DecimalSigns {
    const { comma, point } = this;
    const [isComma, isPoint] = [onlyMeaning(comma), onlyMeaning(point)];
    // If one sign comes before decimals, the other sign separates groups in the same column.
    return {
      comma: isComma ?? (!comma.group && !comma.decimal && isPoint === true ? false : undefined),
      point: isPoint ?? (!point.group && !point.decimal && isComma === true ? false : undefined),
    };
  }
}

/** Says whether a sign comes before decimals; `undefined` if the column does not reveal it. */
function onlyMeaning({ decimal, group }: SeenMeanings): boolean | undefined {
  return decimal === group ? undefined : decimal;
}

const GROUP_MARKS = /[ \u00a0\u2009\u202f'’]/g;
const SIGNED = /^([-−]?)(\d*(?:[.,]\d+)*)$/;

/** A decimal with a point, or the reason why the text is not a decimal. */
export type ReadDecimal = { readonly decimal: string } | { readonly problem: 'unclear' | 'none' };

/**
 * Converts a number to a decimal with a point. The number may have a decimal comma, groups or both.
 * No digits are lost.
 *
 * @param text without currency and spaces around it
 * @param signs the facts about the whole column
 * @param evidence collects the evidence that this number gives about the column
 */
export function readDecimal(
  text: string,
  signs: DecimalSigns,
  evidence: DecimalEvidence,
): ReadDecimal {
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
    evidence.add(decimal, 'decimal');
    evidence.add(groups, 'group');
    return made(whole.replaceAll(groups, ''), fraction);
  }
  const sign = commas > 0 ? ',' : '.';
  if (commas + points > 1) {
    if (!areGroups(number, sign)) return { problem: 'none' };
    evidence.add(sign, 'group');
    return made(number.replaceAll(sign, ''));
  }
  const [whole = '', fraction = ''] = number.split(sign);
  // The first group has one to three digits and does not begin with 0. Every other group has three
  // digits.
  const mayBeGroups = fraction.length === 3 && /^[1-9]\d{0,2}$/.test(whole) && bare === value;
  if (!mayBeGroups) {
    evidence.add(sign, 'decimal');
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
