/** Converts phone numbers to international form. */
import {
  type CountryCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js';
import { INTERNATIONAL_PHONE } from '../../calls/columns/value-forms.ts';
import { type ByteCell, writeInternationalPhone, writePhoneOfSeven } from './byte-cells.ts';
import { unguarded, wholeDigits } from './written-number.ts';

/** The two-letter code of a region whose national phone numbers can be read. */
export type PhoneRegion = CountryCode;

/** @returns the region, or `undefined` if the phone library does not know this code */
export function phoneRegion(text: string): PhoneRegion | undefined {
  const code = text.trim().toUpperCase();
  return isSupportedCountry(code) ? code : undefined;
}

/** The result of reading a phone number. */
export interface ReadPhone {
  /**
   * The number in international form. If the caller withheld the number, the text is empty. If the
   * number cannot be read, the text is unchanged.
   */
  readonly text: string;
  readonly isWithheld: boolean;
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
  readonly #remembered = new Map<string, ReadPhone>();
  /** Whether the country code of the region is 7. */
  readonly #countsSeven: boolean;

  constructor(region: PhoneRegion | undefined) {
    this.#region = region;
    this.#countsSeven = region === 'RU' || region === 'KZ';
  }

  /** Returns the function that converts the most common forms from bytes to bytes. */
  byteCell(): ByteCell {
    return this.#countsSeven ? writePhoneOfSeven : writeInternationalPhone;
  }

  /**
   * Converts a phone number to international form. A national number needs the region. If the
   * meaning is not certain, the text stays unchanged, and the check reports the number.
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
    if (INTERNATIONAL_PHONE.test(value)) return { text: value, isWithheld: false };
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
    // Many systems omit the plus sign of the international form.
    const digits = value.replace(/[\s().-]/g, '');
    if (region === undefined || !/^\d{11,15}$/.test(digits)) return undefined;
    const withPlus = parsePhoneNumberFromString(`+${digits}`);
    return withPlus?.isPossible() === true ? withPlus.number : undefined;
  }
}

/**
 * Converts a number with country code 7 in a common form: ten digits, or eleven that begin with 7
 * or 8. Most numbers in exports have this form. The phone library takes a hundred times as long to
 * convert them.
 *
 * @returns `undefined` if the number is in another form
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
  // Area codes of Russia begin with 3, 4 or 8, and mobile numbers with 9. But 8 may also be the
  // trunk code.
  const isArea = first === 0x33 || first === 0x34 || first === 0x39;
  return digits.length === 10 && isArea && !isInternational ? `+7${digits}` : undefined;
}

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
