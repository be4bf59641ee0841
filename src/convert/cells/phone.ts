/** Converts phone numbers to international form. */
import { INTERNATIONAL_PHONE } from '../../calls/columns/value-forms.ts';
import type { SeveralPhones } from './cell-choices.ts';
import {
  type CommonForm,
  DIGIT_0,
  DIGIT_9,
  HYPHEN,
  PLUS,
  type ReadText,
  SPACE,
} from './common-form.ts';
import { PhonePlan, type PhoneRegion } from './phone-plan.ts';
import {
  type NumberText,
  numberText,
  numberWithin,
  secondNumber,
  wordsAfterName,
} from './phone-text.ts';
import { unguarded } from './written-number.ts';

/** The words that systems write for a withheld number, in lower case. */
const WITHHELD = new Set([
  ...['anonymous', 'restricted', 'private', 'private number', 'withheld', 'withheld number'],
  ...['unavailable', 'unknown', 'unknown number', 'unknown caller', 'blocked', 'blocked number'],
  ...[
    'hidden',
    'hidden number',
    'no caller id',
    'no number',
    'caller id withheld',
    'not available',
  ],
  ...[
    'asterisk',
    'anonym',
    'unbekannt',
    'privat',
    'unterdrückt',
    'masqué',
    'anonyme',
    'inconnu',
    'oculto',
  ],
  ...[
    'аон не определен',
    'аон не определён',
    'аон скрыт',
    'не определена',
    'anonymous@anonymous.invalid',
  ],
  ...['аноним', 'анонимный', 'анонимный номер', 'анонимный звонок', 'скрыт', 'скрытый', 'скрыто'],
  ...['скрытый номер', 'номер скрыт', 'номер не определен', 'номер не определён', 'не определен'],
  ...['не определён', 'неопределен', 'неопределён', 'неизвестен', 'неизвестно', 'неизвестный'],
  ...['неизвестный номер', 'номер неизвестен', 'антиаон', 'анти-аон', 'без номера', 'нет номера'],
  ...['прихований', 'прихований номер', 'невідомий', 'невідомий номер', 'невідомо'],
]);
/** The words ANONYMOUS and RESTRICTED, typed on the keys of a phone, or at least five zeros. */
const KEYED = /^\+?(?:266696687|7378742833|0{5,})$/;
/** A number in the scientific notation of a spreadsheet. This notation shows only a few digits. */
const ROUNDED = /^\+?\d(?:[.,]\d+)?e\+?\d{1,2}$/i;
/**
 * A date with a time of day. It must not be read as a phone number. The digits of the date could be
 * a valid number, because many countries have numbers of this length.
 */
const DATE = /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}[ T,]+\d{1,2}:\d{2}/;
/** A whole number to which a program added a decimal sign and zeros. */
const WITH_NOUGHTS = /^(\+?\d+)[.,]0+$/;
/** The maximum number of results to remember, for phone numbers that appear again. */
const MOST_REMEMBERED = 50_000;
/** The longest extension, in digits. */
const LONGEST_EXTENSION = 6;
/** The text after a phone number is a second number if it has at least this many digits. */
const FEWEST_DIGITS_OF_SECOND = 7;

/** Reads phone numbers of one region. */
export class PhoneReader {
  readonly #plan: PhonePlan;
  readonly #several: SeveralPhones;
  readonly #remembered = new Map<string, ReadText>();
  /** Accepts the most common forms. */
  readonly writeCommon: CommonForm;

  constructor(region: PhoneRegion | undefined, several: SeveralPhones = 'error') {
    this.#plan = new PhonePlan(region);
    this.#several = several;
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
    if (isWithheld(value) || isWithheld(wordsAfterName(value) ?? '')) {
      return { value: '', missing: 'withheld' };
    }
    if (ROUNDED.test(value)) return { value: text, problem: 'phone-rounded' };
    if (DATE.test(value)) return { value: text };
    const written = numberText(WITH_NOUGHTS.exec(value)?.[1] ?? value);
    if (written === undefined) return { value: text };
    const number = this.#numberOf(written);
    if (number === undefined) return { value: text };
    if (number.hasSecond && this.#several === 'error') {
      return { value: text, problem: 'phone-several' };
    }
    return { value: number.text };
  }

  /**
   * Returns the number at the beginning of a text. The last digits of the text may be an extension.
   * These digits become a part of the number only if the longer number is valid, or if no shorter
   * number is possible.
   */
  #numberOf({ hasPlus, groups, mayEndInExtension, rest }: NumberText): FoundNumber | undefined {
    const plus = hasPlus ? '+' : '';
    const second = secondNumber(rest);
    const hasSecond = second !== undefined && this.#isNumber(second);
    const found =
      this.#longest(groups, (digits) => this.#plan.validNumber(plus + digits)) ??
      this.#longest(groups, (digits) => this.#plan.validForeignNumber(plus + digits));
    if (found !== undefined) {
      if (found.after.length <= LONGEST_EXTENSION) return { text: found.number, hasSecond };
      return this.#isNumber(found.after) ? { text: found.number, hasSecond: true } : undefined;
    }
    const text = mayEndInExtension ? undefined : this.#usual(plus, groups);
    return text !== undefined && INTERNATIONAL_PHONE.test(text) ? { text, hasSecond } : undefined;
  }

  /**
   * Combines as many groups as possible into a number. Returns the number and the digits after it.
   */
  #longest(
    groups: readonly string[],
    numberOf: (digits: string) => string | undefined,
  ): { readonly number: string; readonly after: string } | undefined {
    for (let count = groups.length; count > 0; count -= 1) {
      const number = numberOf(groups.slice(0, count).join(''));
      if (number !== undefined) return { number, after: groups.slice(count).join('') };
    }
    return undefined;
  }

  /**
   * Combines all groups into a number, and checks only its length. Returns `undefined` if fewer
   * groups also have a usual length, because the last groups may then be an extension.
   */
  #usual(plus: string, groups: readonly string[]): string | undefined {
    for (let count = groups.length - 1; count > 0; count -= 1) {
      const shorter = this.#plan.usualNumber(plus + groups.slice(0, count).join(''));
      if (shorter !== undefined) return undefined;
    }
    return this.#plan.usualNumber(plus + groups.join(''));
  }

  /** Says whether a text is a phone number, and not an extension. */
  #isNumber(text: string): boolean {
    const written = numberText(text);
    if (written === undefined) return false;
    const digits = written.groups.join('');
    return digits.length >= FEWEST_DIGITS_OF_SECOND;
  }
}

function isWithheld(text: string): boolean {
  return WITHHELD.has(text.toLowerCase().replaceAll(/[<>[\]]/g, '')) || KEYED.test(text);
}

/** A number that was found in a cell. */
interface FoundNumber {
  readonly text: string;
  /** Whether the cell has another number after this one. */
  readonly hasSecond: boolean;
}

const DIGIT_3 = 0x33;
const DIGIT_4 = 0x34;
const DIGIT_7 = 0x37;
const DIGIT_8 = 0x38;
const OPENING = 0x28;
const CLOSING = 0x29;

/**
 * Accepts phone numbers of country code 7 in two forms. Eleven digits must begin with 7 or 8. Ten
 * digits must begin with 3, 4 or 9. Area codes of Russia begin with 3, 4 or 8, and mobile numbers
 * begin with 9. Ten digits that begin with 8 are not accepted, because 8 may also be the trunk
 * code. The phone library would need a hundred times as long to read these forms.
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

/**
 * The fewest digits that the common form accepts. A shorter number may be a code for a withheld
 * number, so it is read as text.
 */
const FEWEST_DIGITS = 11;
const MOST_DIGITS = 15;

/** Accepts a number in international form, and writes it unchanged. */
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
