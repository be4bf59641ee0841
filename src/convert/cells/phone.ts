/** Converts phone numbers to international form. */
import {
  type CountryCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js';
import { INTERNATIONAL_PHONE } from '../../calls/columns/value-forms.ts';
import {
  type CommonForm,
  DIGIT_0,
  DIGIT_9,
  HYPHEN,
  PLUS,
  type ReadText,
  SPACE,
} from './common-form.ts';
import { unguarded, wholeDigits } from './written-number.ts';

/** The two-letter code of a region whose national phone numbers can be read. */
export type PhoneRegion = CountryCode;

/** @returns the region, or `undefined` if the phone library does not know this code */
export function phoneRegion(text: string): PhoneRegion | undefined {
  const code = text.trim().toUpperCase();
  return isSupportedCountry(code) ? code : undefined;
}

/** The words that systems write for a withheld number, in lower case. */
const WITHHELD = new Set([
  'anonymous',
  'restricted',
  'private',
  'withheld',
  'unavailable',
  'unknown',
  'blocked',
  'hidden',
  'no caller id',
  'аноним',
  'анонимный',
  'скрыт',
  'скрытый',
  'скрытый номер',
  'номер скрыт',
  'неизвестен',
  'неизвестно',
]);
/** The words ANONYMOUS and RESTRICTED, typed on the keys of a phone. */
const KEYED = /^\+?(?:266696687|7378742833)$/;
const NAMED = /<([^<>]*)>$/;
const SCHEME = /^(?:tel|sips?):/i;
/** The maximum number of results to remember, for phone numbers that appear again. */
const MOST_REMEMBERED = 50_000;

/** Reads phone numbers of one region. */
export class PhoneReader {
  readonly #region: PhoneRegion | undefined;
  readonly #remembered = new Map<string, ReadText>();
  /** Accepts the most common forms. */
  readonly writeCommon: CommonForm;

  constructor(region: PhoneRegion | undefined) {
    this.#region = region;
    this.writeCommon = region === 'RU' || region === 'KZ' ? writePhoneOfSeven : writeInternational;
  }

  /**
   * Converts a phone number to international form. A national number needs the region. If the
   * meaning is not certain, the text stays unchanged, and the check reports the number.
   *
   * @param text without spaces around it, and not in the form of {@link writeCommon}
   */
  read(text: string): ReadText {
    const known = this.#remembered.get(text);
    if (known !== undefined) return known;
    const read = this.#readNew(text);
    if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(text, read);
    return read;
  }

  #readNew(text: string): ReadText {
    const value = numberWithin(unguarded(text));
    if (WITHHELD.has(value.toLowerCase()) || KEYED.test(value)) {
      return { value: '', missing: 'withheld' };
    }
    if (INTERNATIONAL_PHONE.test(value)) return { value };
    return { value: this.#numberOf(wholeDigits(value) ?? value) ?? text };
  }

  #numberOf(value: string): string | undefined {
    const region = this.#region;
    if (hasTwoNumbers(value)) return undefined;
    const parsed = parsePhoneNumberFromString(
      value,
      region === undefined ? {} : { defaultCountry: region },
    );
    if (parsed?.isPossible() === true && isWholeOf(parsed.number, value)) return parsed.number;
    // Many systems omit the plus sign of the international form.
    const digits = value.replace(/[\s().-]/g, '');
    if (region === undefined || !/^\d{11,15}$/.test(digits)) return undefined;
    const withPlus = parsePhoneNumberFromString(`+${digits}`);
    return withPlus?.isPossible() === true ? withPlus.number : undefined;
  }
}

const DIGIT_3 = 0x33;
const DIGIT_4 = 0x34;
const DIGIT_7 = 0x37;
const DIGIT_8 = 0x38;
const OPENING = 0x28;
const CLOSING = 0x29;

/**
 * Accepts phone numbers of country code 7 in two forms: ten digits that begin with the code of an
 * area or a mobile network, or eleven digits that begin with 7 or 8. Area codes of Russia begin
 * with 3, 4 or 8, and mobile numbers with 9. But 8 may also be the trunk code. The phone library
 * takes a hundred times as long to read these forms.
 */
const writePhoneOfSeven: CommonForm = (cell, from, to, out) => {
  const isInternational = cell[from] === PLUS;
  out.reserve(to - from + 2);
  const { bytes, length } = out;
  const digitsFrom = length + 2;
  let at = digitsFrom;
  for (let place = isInternational ? from + 1 : from; place < to; place += 1) {
    const code = cell[place] ?? 0;
    if (code >= DIGIT_0 && code <= DIGIT_9) bytes[at++] = code;
    else if (code !== SPACE && code !== OPENING && code !== CLOSING && code !== HYPHEN) {
      return false;
    }
  }
  const count = at - digitsFrom;
  const first = bytes[digitsFrom];
  if (count === 10) {
    if (isInternational || (first !== DIGIT_3 && first !== DIGIT_4 && first !== DIGIT_9)) {
      return false;
    }
  } else if (count !== 11 || (first !== DIGIT_7 && (first !== DIGIT_8 || isInternational))) {
    return false;
  }
  // The sign and the code 7 go right before the last ten digits.
  const start = at - 12;
  if (start > length) bytes.copyWithin(length + 2, start + 2, at);
  bytes[length] = PLUS;
  bytes[length + 1] = DIGIT_7;
  out.length = length + 12;
  return true;
};

/** The smallest number of digits. The codes that phones send for withheld numbers are shorter. */
const FEWEST_DIGITS = 11;
const MOST_DIGITS = 15;

/** Accepts the international form and does not change it. */
const writeInternational: CommonForm = (cell, from, to, out) => {
  const digits = to - from - 1;
  if (cell[from] !== PLUS || digits < FEWEST_DIGITS || digits > MOST_DIGITS) return false;
  if (cell[from + 1] === DIGIT_0) return false;
  for (let at = from + 1; at < to; at += 1) {
    const code = cell[at] ?? 0;
    if (code < DIGIT_0 || code > DIGIT_9) return false;
  }
  out.copy(cell, from, to);
  return true;
};

/** Returns the number in `"name" <number>`, `tel:number` or `sip:number@host`. */
function numberWithin(text: string): string {
  const within = (NAMED.exec(text)?.[1] ?? text).trim();
  return SCHEME.test(within) ? (within.replace(SCHEME, '').split(/[@;]/, 1)[0] ?? '') : within;
}

/**
 * A sequence of at least this many digits counts as a complete number. In a text without such a
 * sequence, all digits count as one number, even if some of them are an extension.
 */
const WHOLE = 10;

/** Says whether a text has an extension or a second number after the first number. */
function hasTwoNumbers(text: string): boolean {
  const runs = text.match(/\d+/g) ?? [];
  if (runs.length < 2) return false;
  const at = runs.findIndex((run) => run.length >= WHOLE);
  if (at < 0) return false;
  // A country code with a plus sign, or the Russian trunk code 8, may come before the number.
  const before = runs.slice(0, at);
  const isPrefix = at === 1 && (before[0]?.length ?? 0) <= 3 && /^\+?\s*\d{1,3}[\s(.-]/.test(text);
  const isShort = isPrefix && (text.startsWith('+') || (before[0] ?? '').length === 1);
  return !(isShort || at === 0) || runs.length - at > 1;
}

/** Says whether a number was read from the complete text. Only an extension may be ignored. */
function isWholeOf(number: string, text: string): boolean {
  const digits = text.replace(/\D/g, '');
  const own = number.slice(1);
  // The library drops an extension after a mark such as `ext`. It must not drop other digits.
  return own.length <= 15 && (digits.endsWith(own.slice(-9)) || /(?:ext|доб|#|;|x)/i.test(text));
}
