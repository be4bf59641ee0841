/** Converts digits to an international phone number, by the numbering plans of countries. */
import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  Metadata,
  parsePhoneNumberFromString,
  type PhoneNumber,
} from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/max/metadata';

/** The two-letter code of a region whose national phone numbers can be read. */
export type PhoneRegion = CountryCode;

/** @returns the region, or `undefined` if the phone library does not know this code */
export function phoneRegion(text: string): PhoneRegion | undefined {
  const code = text.trim().toUpperCase();
  return getCountries(metadata).find((known) => known === code);
}

/** Returns all regions that the phone library knows, in alphabetical order. */
export function phoneRegions(): readonly PhoneRegion[] {
  return getCountries(metadata).sort();
}

/** The plan for one type of phone numbers. The library has this plan, but does not declare it. */
interface PlanOfType {
  possibleLengths(): readonly number[] | undefined;
}

/** The numbering plan of a country. The library does not declare all of these methods. */
interface Plan {
  type(name: 'FIXED_LINE' | 'MOBILE'): PlanOfType | undefined;
  nationalPrefix(): string | undefined;
  possibleLengths(): readonly number[];
}

const MOST_DIGITS = 15;
/** The fewest digits of a number that is written with its country code, but without a plus sign. */
const FEWEST_WITH_COUNTRY = 8;

/** The national numbers of one region, and the international numbers of all countries. */
export class PhonePlan {
  readonly #region: PhoneRegion | undefined;

  constructor(region: PhoneRegion | undefined) {
    this.#region = region;
  }

  /**
   * Returns the number in international form if it is valid by the rules of its country.
   *
   * @param digits the digits; a plus sign comes first if the cell has a plus sign
   */
  validNumber(digits: string): string | undefined {
    return this.#readings(digits).find((one) => one.isValid())?.number;
  }

  /** Adds a plus sign that was not written. Returns the number if it is valid in any country. */
  validForeignNumber(digits: string): string | undefined {
    if (this.#region === undefined || digits.startsWith('0')) return undefined;
    if (digits.startsWith('+') || digits.length < FEWEST_WITH_COUNTRY) return undefined;
    const [reading] = readingsOf([parsed(`+${digits}`, undefined)]);
    return reading?.isValid() === true ? reading.number : undefined;
  }

  /**
   * Returns the number if its length is usual for fixed-line or mobile numbers of its country. Only
   * the length is checked, because the library may not know new codes yet.
   */
  usualNumber(digits: string): string | undefined {
    const code =
      this.#region === undefined ? undefined : getCountryCallingCode(this.#region, metadata);
    const isInternational = /^(?:\+|00)/.test(digits);
    for (const reading of this.#readings(digits)) {
      const { countryCallingCode, nationalNumber } = reading;
      // Without a plus sign, the length alone says nothing about the country.
      if (!isInternational && countryCallingCode !== code) continue;
      const plan = planOf(reading);
      if (plan === undefined) continue;
      const trunk = digits.startsWith('+') ? '' : (plan.nationalPrefix() ?? '');
      const isTrunk = trunk !== '' && nationalNumber.startsWith(trunk);
      const national = isTrunk ? nationalNumber.slice(trunk.length) : nationalNumber;
      if (usualLengths(plan).has(nationalNumber.length)) return reading.number;
      if (usualLengths(plan).has(national.length)) return `+${countryCallingCode}${national}`;
    }
    return undefined;
  }

  /** Returns the phone numbers that the digits may mean, the likeliest first. */
  #readings(digits: string): readonly PhoneNumber[] {
    if (digits.startsWith('+')) return readingsOf([parsed(digits, undefined)]);
    const region = this.#region;
    if (region === undefined) return [];
    const code = getCountryCallingCode(region, metadata);
    return readingsOf([
      parsed(digits, region),
      digits.startsWith('00') ? parsed(`+${digits.slice(2)}`, undefined) : undefined,
      digits.startsWith(code) ? parsed(`+${digits}`, undefined) : undefined,
    ]);
  }
}

function readingsOf(parsed: readonly (PhoneNumber | undefined)[]): readonly PhoneNumber[] {
  return parsed.filter(
    (one) => one !== undefined && one.number.length <= MOST_DIGITS + 1,
  ) as PhoneNumber[];
}

function parsed(digits: string, region: PhoneRegion | undefined): PhoneNumber | undefined {
  const options = region === undefined ? {} : { defaultCountry: region };
  return parsePhoneNumberFromString(digits, { ...options, extract: false }, metadata);
}

/**
 * The part of the library's metadata that is used here. The types that the library declares do not
 * allow calling codes.
 */
interface Plans {
  selectNumberingPlan(countryOrCode: string): void;
  readonly numberingPlan: Plan | undefined;
}

let allPlans: Plans | undefined;
const plans = new Map<string, Plan | undefined>();

/**
 * Returns the plan of the number's country. If the country is unknown, returns the plan of the
 * calling code.
 */
function planOf({ country, countryCallingCode }: PhoneNumber): Plan | undefined {
  const key = country ?? countryCallingCode;
  if (!plans.has(key)) {
    allPlans ??= new Metadata(metadata) as unknown as Plans;
    allPlans.selectNumberingPlan(key);
    plans.set(key, allPlans.numberingPlan);
  }
  return plans.get(key);
}

function usualLengths(plan: Plan): ReadonlySet<number> {
  const lengths = (['FIXED_LINE', 'MOBILE'] as const).flatMap(
    (name) => plan.type(name)?.possibleLengths() ?? [],
  );
  return new Set(lengths);
}
