/** Phone numbers in international form. */
import {
  type CountryCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js';
import { unguarded, wholeDigits } from './written-number.ts';

/** A region that national phone numbers can be read for, by its two letters. */
export type PhoneRegion = CountryCode;

/** @returns the region, or `undefined` when the phone library knows none of this name */
export function phoneRegion(text: string): PhoneRegion | undefined {
  const code = text.trim().toUpperCase();
  return isSupportedCountry(code) ? code : undefined;
}

/** A number in international form, '' for one that the caller kept back, or the text that is none. */
export interface ReadPhone {
  readonly text: string;
  readonly isWithheld: boolean;
}

/** What systems write for a number that is kept back, in lower case. */
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
/** The letters of ANONYMOUS and RESTRICTED on the keys of a phone. */
const KEYED = /^\+?(?:266696687|7378742833)$/;
const INTERNATIONAL = /^\+[1-9]\d{6,14}$/;
const NAMED = /<([^<>]*)>$/;
const SCHEME = /^(?:tel|sips?):/i;
/** So many results are remembered: the same people phone again. */
const MOST_REMEMBERED = 50_000;

/** Reads phone numbers of one region. */
export class PhoneReader {
  readonly #region: PhoneRegion | undefined;
  readonly #remembered = new Map<string, ReadPhone>();

  constructor(region: PhoneRegion | undefined) {
    this.#region = region;
  }

  /**
   * A phone number in international form. One that is written nationally needs the region; what
   * cannot be read for certain stays as it is, and the check names it.
   *
   * @param text without spaces around it
   */
  read(text: string): ReadPhone {
    const known = this.#remembered.get(text);
    if (known !== undefined) return known;
    const read = this.#readNew(text);
    if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(text, read);
    return read;
  }

  #readNew(text: string): ReadPhone {
    const value = numberWithin(unguarded(text));
    if (WITHHELD.has(value.toLowerCase()) || KEYED.test(value))
      return { text: '', isWithheld: true };
    if (INTERNATIONAL.test(value)) return { text: value, isWithheld: false };
    const number = this.#numberOf(wholeDigits(value) ?? value);
    return { text: number ?? text, isWithheld: false };
  }

  #numberOf(value: string): string | undefined {
    const region = this.#region;
    if (hasTwoNumbers(value)) return undefined;
    const parsed = parsePhoneNumberFromString(
      value,
      region === undefined ? {} : { defaultCountry: region },
    );
    if (parsed?.isPossible() === true && isWholeOf(parsed.number, value)) return parsed.number;
    // Many systems write the international form without its plus sign.
    const digits = value.replace(/[\s().-]/g, '');
    if (region === undefined || !/^\d{11,15}$/.test(digits)) return undefined;
    const withPlus = parsePhoneNumberFromString(`+${digits}`);
    return withPlus?.isPossible() === true ? withPlus.number : undefined;
  }
}

/** The number of `"name" <number>`, `tel:number` and `sip:number@host`. */
function numberWithin(text: string): string {
  const within = (NAMED.exec(text)?.[1] ?? text).trim();
  return SCHEME.test(within) ? (within.replace(SCHEME, '').split(/[@;]/, 1)[0] ?? '') : within;
}

/** The digits of a whole number; a country of long numbers would take an extension beside it for a part. */
const WHOLE = 10;

/** Whether digits stand beside a number that is whole by itself, such as an extension or a second number. */
function hasTwoNumbers(text: string): boolean {
  const runs = text.match(/\d+/g) ?? [];
  if (runs.length < 2) return false;
  const at = runs.findIndex((run) => run.length >= WHOLE);
  if (at < 0) return false;
  // A country code with a plus sign, or the 8 of Russian trunk calls, stands before it.
  const before = runs.slice(0, at);
  const isPrefix = at === 1 && (before[0]?.length ?? 0) <= 3 && /^\+?\s*\d{1,3}[\s(.-]/.test(text);
  const isShort = isPrefix && (text.startsWith('+') || (before[0] ?? '').length === 1);
  return !(isShort || at === 0) || runs.length - at > 1;
}

/** Whether a number has no digits but those that stand in the text behind its country code. */
function isWholeOf(number: string, text: string): boolean {
  const digits = text.replace(/\D/g, '');
  const own = number.slice(1);
  // An extension that the library knows by its mark is left out; nothing else may be.
  return own.length <= 15 && (digits.endsWith(own.slice(-9)) || /(?:ext|доб|#|;|x)/i.test(text));
}
