/** Reads durations, in seconds. */
import { CallBytes } from './call-bytes.ts';
import type { DurationUnit } from './cell-choices.ts';
import {
  COLON,
  type CommonForm,
  commonValue,
  DIGIT_0,
  DIGIT_9,
  type ReadText,
} from './common-form.ts';
import { wholeDigits } from './written-number.ts';

/** What a whole column of durations reveals. */
export interface DurationFacts {
  /** Whether durations in two parts, such as `3:20`, are minutes and seconds. */
  readonly areMinutes: boolean;
  /** Whether numbers with a fraction are seconds. */
  readonly areSeconds: boolean;
}

const SECONDS_IN: Readonly<Record<DurationUnit, number>> = {
  hours: 3600,
  minutes: 60,
  seconds: 1,
  milliseconds: 0.001,
};

/** A number with more digits than this is not in a common form. */
const MOST_DIGITS = 9;
const MOST_DIGITS_BEFORE_COLON = 3;
const DIGITS_OF_SECONDS = 2;
/** Numbers with fractions may be minutes if all numbers of their column are below this limit. */
const FEW = 20;

const TWO_PARTS = /^(\d{1,3}):(\d{2})$/;
const FRACTION = /^(.*\d)[.,](\d+)$/;
/** A duration in words, such as `1 ч 2 мин 3 сек`, `1h 2m` and `41 s`. */
const IN_WORDS =
  /^(?:(\d{1,3}) ?(?:ч|час|часа|часов|h|hr|hrs|hour|hours|std)\.?)? ?(?:(\d{1,5}) ?(?:м|мин|минута|минуты|минут|m|min|mins|minute|minutes)\.?)? ?(?:(\d{1,6})(?:[.,]\d+)? ?(?:с|сек|секунда|секунды|секунд|s|sec|secs|second|seconds|sek)\.?)?$/iu;

/** The units that headings name. */
const HEADINGS: readonly (readonly [DurationUnit, RegExp])[] = [
  [
    'milliseconds',
    /(?:^|[^\p{L}])(?:ms|msec|мс|мсек|milliseconds?|миллисек\p{L}*)(?:$|[^\p{L}])/iu,
  ],
  ['seconds', /(?:^|[^\p{L}])(?:s|secs?|seconds?|с|сек|секунд\p{L}*)(?:$|[^\p{L}])/iu],
  ['minutes', /(?:^|[^\p{L}])(?:mins?|minutes?|мин|минут\p{L}*)(?:$|[^\p{L}])/iu],
  ['hours', /(?:^|[^\p{L}])(?:hours?|hrs?|ч|час\p{L}*)(?:$|[^\p{L}])/iu],
];

/**
 * Returns the unit that a heading names: `minutes` for `Duration (min)`. Returns `undefined` if the
 * heading names no unit.
 */
export function unitInHeading(heading: string): DurationUnit | undefined {
  return HEADINGS.find(([, pattern]) => pattern.test(heading))?.[0];
}

/** The unit at the end of a heading: in brackets, or after a space, a comma or the word `in`. */
const UNIT_AT_END =
  /[\s,(](?:в |in )?(?:ms|msec|мс|мсек|s|secs?|seconds?|с|сек|секунд\p{L}*|mins?|minutes?|мин|минут\p{L}*|h|hrs?|hours?|ч|час\p{L}*|миллисек\p{L}*|milliseconds?)\.?\)?$/iu;

/** Returns a heading without its unit: `Duration` for `Duration (min)`. */
export function withoutUnit(heading: string): string {
  return heading.replace(UNIT_AT_END, '');
}

/** Reads the durations of one column. */
export class DurationReader {
  /** Whether a duration in two parts is minutes and seconds, unless the unit is hours. */
  #areMinutes: boolean;
  /**
   * Whether the unit of numbers with a fraction is clear. The unit is clear if it is named. If no
   * unit is named, the unit is seconds as soon as the column has a large number, because a large
   * number is probably not a number of minutes.
   */
  #areSeconds: boolean;
  #isUnclear = false;
  readonly #unit: DurationUnit | undefined;
  /** The first duration in two parts that was read as minutes and seconds. */
  sample: string | undefined;

  /**
   * @param unit the unit, if the user or the heading names it
   * @param facts the facts about the whole column, if an earlier pass found them
   */
  constructor(unit: DurationUnit | undefined, facts: DurationFacts | undefined) {
    this.#unit = unit;
    this.#areMinutes = unit !== undefined || facts?.areMinutes === true;
    this.#areSeconds = unit !== undefined || facts?.areSeconds === true;
  }

  /**
   * The facts about the column; `undefined` if no cell needs these facts, or if they are not known.
   */
  get facts(): DurationFacts | undefined {
    if (!this.#isUnclear || (!this.#areMinutes && !this.#areSeconds)) return undefined;
    return { areMinutes: this.#areMinutes, areSeconds: this.#areSeconds };
  }

  /** Accepts whole numbers, `mm:ss` and `h:mm:ss`. */
  readonly writeCommon: CommonForm = (cell, from, to, out) => {
    let [hours, minutes, number] = [0, 0, 0];
    let [colons, digits] = [0, 0];
    let hasHours = false;
    for (let at = from; at < to; at += 1) {
      const code = cell[at] ?? 0;
      if (code >= DIGIT_0 && code <= DIGIT_9) {
        number = number * 10 + code - DIGIT_0;
        digits += 1;
        continue;
      }
      if (code !== COLON || colons === 2) return false;
      if (digits === 0 || digits > MOST_DIGITS_BEFORE_COLON) return false;
      // In `0:75:20`, the single 0 does not count as hours. Then the minutes may exceed 59.
      if (colons === 1) hasHours = minutes > 0 || at - digits - 2 > from;
      hours = minutes;
      minutes = number;
      colons += 1;
      digits = 0;
      number = 0;
    }
    if (colons === 0) {
      if (digits > MOST_DIGITS || (this.#unit !== undefined && this.#unit !== 'seconds'))
        return false;
      if (number >= FEW) this.#areSeconds = true;
      out.copy(cell, from, to);
      return true;
    }
    if (digits !== DIGITS_OF_SECONDS || number > 59 || (hasHours && minutes > 59)) return false;
    if (colons === 1) {
      if (this.#unit === 'hours') return false;
      if (minutes > 1) this.#areMinutes = true;
      if (!this.#areMinutes && minutes + number > 0) return false;
      this.sample ??= Buffer.from(cell.subarray(from, to)).toString('latin1');
    }
    out.number(hours * 3600 + minutes * 60 + number);
    return true;
  };

  /**
   * Reads a duration in any other form. Fractions of a second are dropped.
   *
   * @param text without spaces around it
   */
  read(text: string): ReadText {
    const value = wholeDigits(text) ?? text;
    if (/^\d+$/.test(value)) return { value: this.#inSeconds(Number(value), value) };
    const [, clock = '', decimals = ''] = FRACTION.exec(value) ?? [];
    const [, first, second] = TWO_PARTS.exec(clock === '' ? value : clock) ?? [];
    if (first !== undefined && second !== undefined) {
      return this.#ofTwoParts(text, Number(first), Number(second));
    }
    if (clock.includes(':')) {
      const value = new CallBytes(clock.length);
      return { value: commonValue(this.writeCommon, clock, value) ?? text };
    }
    if (clock !== '') return this.#ofFraction(text, clock, decimals);
    const [, hours, minutes, seconds] = IN_WORDS.exec(value.replaceAll(/[\u00a0\s,]+/g, ' ')) ?? [];
    if (hours === undefined && minutes === undefined && seconds === undefined)
      return { value: text };
    const total = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
    return { value: String(total) };
  }

  #ofTwoParts(text: string, first: number, second: number): ReadText {
    if (second > 59) return { value: text };
    if (this.#unit === 'hours') return { value: String(first * 3600 + second * 60) };
    if (first > 1) this.#areMinutes = true;
    if (this.#areMinutes || first + second === 0) return { value: String(first * 60 + second) };
    this.#isUnclear = true;
    return { value: text, problem: 'duration-unclear' };
  }

  #ofFraction(text: string, whole: string, decimals: string): ReadText {
    // Three digits after the only comma or point may be a group of thousands.
    if (!/^\d+$/.test(whole) || decimals.length === 3) return { value: text };
    if (Number(whole) >= FEW) this.#areSeconds = true;
    if (this.#areSeconds) {
      return { value: this.#inSeconds(Number(`${whole}.${decimals}`), whole) };
    }
    this.#isUnclear = true;
    return { value: text, problem: 'duration-unclear' };
  }

  /**
   * Converts a duration to seconds.
   *
   * @param digits the digits before the decimals, as they are written
   */
  #inSeconds(number: number, digits: string): string {
    const unit = this.#unit ?? 'seconds';
    return unit === 'seconds' ? digits : String(Math.floor(number * SECONDS_IN[unit]));
  }
}
