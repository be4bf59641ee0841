/** Phone numbers in international form. */
import {
  type CountryCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js';

/** A region that national phone numbers can be read for, by its two letters. */
export type PhoneRegion = CountryCode;

/** @returns the region, or `undefined` when the phone library knows none of this name */
export function phoneRegion(text: string): PhoneRegion | undefined {
  const code = text.trim().toUpperCase();
  return isSupportedCountry(code) ? code : undefined;
}

/**
 * A phone number in international form. One that is written nationally needs the region; what
 * cannot be read for certain stays as it is, and the check names it.
 */
export function convertPhoneNumber(text: string, region: PhoneRegion | undefined): string {
  const value = text.trim();
  if (/^\+[1-9]\d{6,14}$/.test(value)) return value;
  const parsed = parsePhoneNumberFromString(
    value,
    region === undefined ? {} : { defaultCountry: region },
  );
  if (parsed?.isPossible() === true && parsed.ext === undefined) return parsed.number;
  // Many systems write the international form without its plus sign.
  const digits = value.replace(/[\s().-]/g, '');
  const withPlus = /^\d{11,15}$/.test(digits)
    ? parsePhoneNumberFromString(`+${digits}`)
    : undefined;
  return region !== undefined && withPlus?.isPossible() === true ? withPlus.number : text;
}
