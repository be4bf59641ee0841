/** Divides the text of a cell into a phone number and the text after it. */

/** A text that is divided into the phone number at its beginning and the rest. */
export interface NumberText {
  /** Whether a plus sign comes before the digits. */
  readonly hasPlus: boolean;
  /** The groups of digits. Spaces, hyphens, points, slashes or brackets separated them. */
  readonly groups: readonly string[];
  /** Whether the last group is in brackets or after a slash, as extensions are. */
  readonly mayEndInExtension: boolean;
  /** The text after the number: an extension, a second number, or something else. */
  readonly rest: string;
}

/** Characters without width. Some programs write them around phone numbers. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const HYPHENS = /[\u2010-\u2015\u2212]/g;
const OTHER_SPACES = /[\u00a0\u2000-\u200a\u202f\u3000\t]/g;
/** Words that come before a phone number. */
const LABEL =
  /^(?:тел(?:ефон)?|моб(?:ильный)?|т|tel(?:ephone)?|phone|mob(?:ile)?|cell|t)[.:]*\s*(?=[+(\d])/i;
/** The number in `"name" <number>`. */
const NAMED = /<([^<>]*)>$/;
/** The number in `name (number)`. */
const BRACKETED = /^(?<name>[^+()]+)\((?<number>\+?\d[\d ().-]{5,})\)$/;
/**
 * A number, and a number in brackets. If there is no name, some systems write the number in its
 * place.
 */
const TWICE = /^(?<name>\+?\d[\d -]{5,})\((?<number>\+?\d[\d -]{5,})\)$/;
/** The text in brackets after a name without digits. */
const AFTER_NAME = /^[^()\d]+\((?<within>[^()]*)\)$/;
const WHOLE_DIGITS = /^(?:\D*\d){10}/;
const LETTER = /\p{L}/u;
const SCHEME = /^(?:tel|sips?):/i;
const NUMBER = /^(\+?)[ (]*(\d[\d ()./-]*)/;
/** Brackets before the plus sign or the first digit. */
const OPENING = /^[ (]+/;
const GROUP = /\d+/g;
const ENDS_IN_EXTENSION = /\/\s*\d{1,6}$|\)$/;
/** A country code, and the trunk digit in brackets after it, for example in `+44 (0)20`. */
const TRUNK_IN_BRACKETS = /^(\+[\d\s]{1,5})\(0\)/;

/** Returns the number in `"name" <number>`, `name (number)`, `tel:number` or `sip:number@host`. */
export function numberWithin(text: string): string {
  const { name, number } = BRACKETED.exec(text)?.groups ?? {};
  // A name may contain digits. Then the number in brackets must have at least ten digits, because
  // fewer digits could be a part of a longer number.
  const isWhole = name !== undefined && (!/\d/.test(name) || WHOLE_DIGITS.test(number ?? ''));
  const bracketed = isWhole && LETTER.test(name) ? number : undefined;
  const within = (NAMED.exec(text)?.[1] ?? bracketed ?? repeated(text) ?? text).trim();
  return SCHEME.test(within) ? (within.replace(SCHEME, '').split(/[@;]/, 1)[0] ?? '') : within;
}

/** Returns the number in `number (number)` if both have the same digits. Keeps a plus sign. */
function repeated(text: string): string | undefined {
  const { name = '', number = '' } = TWICE.exec(text)?.groups ?? {};
  const [digits, again] = [name.replace(/\D/g, ''), number.replace(/\D/g, '')];
  if (digits === '' || digits !== again) return undefined;
  return name.startsWith('+') ? name : number;
}

/** Returns the words in brackets in `name (words)`. They may say that the number is withheld. */
export function wordsAfterName(text: string): string | undefined {
  return AFTER_NAME.exec(text)?.groups?.['within']?.trim();
}

/** @returns `undefined` if the text does not begin with a number */
export function numberText(text: string): NumberText | undefined {
  const plain = text
    .replace(INVISIBLE, '')
    .replace(HYPHENS, '-')
    .replace(OTHER_SPACES, ' ')
    .replace('\uff0b', '+')
    .replace(LABEL, '')
    .replace(TRUNK_IN_BRACKETS, '$1')
    .replace(OPENING, '');
  const [whole = '', plus = '', number = ''] = NUMBER.exec(plain) ?? [];
  const groups = number.match(GROUP) ?? [];
  if (groups.length === 0) return undefined;
  const mayEndInExtension = ENDS_IN_EXTENSION.test(number.trim());
  return {
    hasPlus: plus !== '',
    groups,
    mayEndInExtension,
    rest: plain.slice(whole.length).trim(),
  };
}

/** A sign or a word between two numbers, or between a number and its extension. */
const BETWEEN = /^(?:[,;|&/\n]|и\s|or\s|или\s|and\s)\s*/i;

/**
 * Returns the text that may be a second number, without a separator before it. Returns `undefined`
 * if the text begins with letters or a sign such as `#`. Such a text cannot be a second number.
 */
export function secondNumber(rest: string): string | undefined {
  const text = rest.replace(BETWEEN, '').trim();
  return /^[+(\d]/.test(text) ? text : undefined;
}
