/** Recognizes records that are not calls, such as a line of totals. */
import { isHeading } from '../columns/headings.ts';
import { holdsValue } from '../columns/titles.ts';

/** The findings about a record that is not a call. */
export type NoCallCode =
  'totals-line' | 'header-again' | 'header-second' | 'types-line' | 'dos-end-mark';

/** The words that begin a line of totals in some languages. */
const TOTAL =
  'итого|итог|количество|число|всего|разом|усього|барлығы|жиыны|totals?|grand total|number of|gesamt|summe|totale|total general|suma|toplam';
/** The things that a line of totals counts. */
const COUNTED =
  'звонков|вызовов|записей|строк|минут|секунд|дзвінків|calls?|records?|rows?|minutes|seconds|anrufe|chiamate|llamadas';
const TOTALS = new RegExp(
  `^(?:${TOTAL})(?:\\s+(?:${COUNTED}))?(?:\\s[^\\d:]*:)?[\\s:.,\\d]*$|^(?:${COUNTED})\\s*:[\\s\\d.,]*$`,
  'i',
);
const LONGEST_TOTALS = 48;

/** The name of a data type, as databases write it for a column. */
const TYPE =
  /^(?:(?:var|n|nvar)?char|string|text|u?int(?:8|16|32|64)?|integer|(?:big|small|tiny)int|float(?:32|64)?|double|decimal|numeric|bool(?:ean)?|date|time|datetime(?:64)?|timestamp(?:tz)?|uuid|object)(?:\([\d, ]*\))?$/i;

const DOS_END_MARK = '\u001a';
const DIGIT_9 = 0x39;

/** A second header has at least this many column names. */
const FEWEST_NAMES = 2;
const LONGEST_NAME = 64;
/** Words that are not column names are remembered. This is the maximum number of such words. */
const MOST_OTHER_WORDS = 4096;

/** Recognizes the records of one file that are not calls. */
export class NoCalls {
  readonly #names: readonly string[];
  readonly #otherWords = new Set<string>();
  #isBelowSecond = false;

  /** @param names the names of the columns */
  constructor(names: readonly string[]) {
    this.#names = names.map(folded);
  }

  /**
   * Whether a second header with other column names was found. If so, the columns of all later
   * records are unknown, so no later record is treated as a call.
   */
  get isBelowSecondHeader(): boolean {
    return this.#isBelowSecond;
  }

  /**
   * Checks one record.
   *
   * @param first the first field that is not empty, without spaces around it
   * @param fields returns all fields; called only if the first field is not enough to decide
   * @returns the finding about the record; `undefined` if the record may be a call
   */
  codeOf(first: string, fields: () => readonly string[]): NoCallCode | undefined {
    if (this.#isBelowSecond) return 'header-second';
    // Most records begin with a digit or a plus sign, so the fast test comes first.
    if (!(first.charCodeAt(0) > DIGIT_9)) {
      return first === DOS_END_MARK && isOnly(fields()) ? 'dos-end-mark' : undefined;
    }
    if (first.length < LONGEST_TOTALS && TOTALS.test(first)) return 'totals-line';
    if (this.#isName(first) && this.#isHeader(fields())) {
      if (this.#isSameHeader(fields())) return 'header-again';
      this.#isBelowSecond = true;
      return 'header-second';
    }
    return TYPE.test(first) && areTypes(fields()) ? 'types-line' : undefined;
  }

  #isName(text: string): boolean {
    if (text.length > LONGEST_NAME || this.#otherWords.has(text)) return false;
    if (this.#names.includes(folded(text)) || isHeading(text)) return true;
    if (this.#otherWords.size < MOST_OTHER_WORDS) this.#otherWords.add(text);
    return false;
  }

  /** Says whether a record has column names and no values. Some of the names may be unknown. */
  #isHeader(fields: readonly string[]): boolean {
    const texts = fields.map((field) => field.trim()).filter((text) => text !== '');
    const names = texts.filter((text) => this.#isName(text)).length;
    return (
      names >= FEWEST_NAMES &&
      names * 2 >= texts.length &&
      new Set(texts).size === texts.length &&
      !texts.some(holdsValue)
    );
  }

  #isSameHeader(fields: readonly string[]): boolean {
    const names = this.#names;
    return fields.length === names.length && fields.every((text, at) => folded(text) === names[at]);
  }
}

/** Returns the first field that is not empty, without spaces around it; '' if there is none. */
export function firstWord(fields: readonly string[]): string {
  for (const field of fields) {
    const text = field.trim();
    if (text !== '') return text;
  }
  return '';
}

function folded(name: string): string {
  return name.trim().toLowerCase();
}

function isOnly(fields: readonly string[]): boolean {
  return fields.filter((field) => field.trim() !== '').length === 1;
}

/**
 * Says whether all fields are types. At least two types are needed, because a single word such as
 * `date` can be a normal value.
 */
function areTypes(fields: readonly string[]): boolean {
  const texts = fields.map((field) => field.trim()).filter((text) => text !== '');
  return texts.length > 1 && texts.every((text) => TYPE.test(text));
}
