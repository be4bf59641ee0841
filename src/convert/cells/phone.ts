/** Phone numbers in international form. */
import {
  type CountryCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js';
import { type ByteCell, writeInternationalPhone, writePhoneOfSeven } from './byte-cells.ts';
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
  /** Whether the region has the country code 7. */
  readonly #countsSeven: boolean;

  constructor(region: PhoneRegion | undefined) {
    this.#region = region;
    this.#countsSeven = region === 'RU' || region === 'KZ';
  }

  /** What reads the commonest forms by their bytes. */
  byteCell(): ByteCell {
    return this.#countsSeven ? writePhoneOfSeven : writeInternationalPhone;
  }

  /**
   * A phone number in international form. One that is written nationally needs the region; what
   * cannot be read for certain stays as it is, and the check names it.
   *
   * @param text without spaces around it
   */
  read(text: string): ReadPhone {
    const quick = this.#countsSeven ? ofSeven(text) : undefined;
    if (quick !== undefined) return { text: quick, isWithheld: false };
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

/**
 * A number of the country code 7 in a usual form: ten digits, or eleven with 7 or 8 before them. Most exports are
 * full of these, and the library for all countries takes a hundred times as long.
 *
 * @returns `undefined` when another form has to be asked for
 */
function ofSeven(text: string): string | undefined {
  let digits = '';
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) digits += text.charAt(at);
    else if (!(code === 0x20 || code === 0x28 || code === 0x29 || code === 0x2d)) {
      if (code !== 0x2b || at > 0) return undefined;
    }
  }
  const first = digits.charCodeAt(0);
  const isInternational = text.charCodeAt(0) === 0x2b;
  if (digits.length === 11) {
    if (first === 0x37) return `+${digits}`;
    return first === 0x38 && !isInternational ? `+7${digits.slice(1)}` : undefined;
  }
  // Areas of Russia begin with 3, 4 and 8, its mobile numbers with 9; 8 may be the trunk code as well.
  const isArea = first === 0x33 || first === 0x34 || first === 0x39;
  return digits.length === 10 && isArea && !isInternational ? `+7${digits}` : undefined;
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
