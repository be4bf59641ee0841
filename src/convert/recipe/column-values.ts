/** Guesses what a column contains, from its values. */
import { type ColumnName } from '../../calls/columns/columns.ts';
import { type Meaning } from '../../calls/columns/headings.ts';
import { isTimeText } from '../../calls/columns/time-text.ts';
import { YES_NO } from '../cells/direction-words.ts';
import { isKnownFlag } from '../cells/flag.ts';

/** One column of the export. */
export interface Candidate {
  /** The name that options use. For example, the second column `Phone` is `Phone#2`. */
  readonly name: string;
  readonly means: Meaning;
  readonly isSure: boolean;
  readonly values: readonly string[];
}

/** A column of the export whose heading is in no list. */
export type UnknownColumn = Pick<Candidate, 'name' | 'values'>;

/** If at least this many values are equal, they are not equal by chance. */
export const FEWEST_SAME = 3;

/** A call is almost never this long. A column with such a value has times of day, not durations. */
const LONGEST_TALK_HOURS = 6;

export const HAS_CLOCK = /\d{1,2}:\d{2}/;
export const HAS_DAY = /\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|^\d{9,13}$|\d{8}[T ]?\d{4}/;
export const SHORT = /^\d{1,9}$/;
const PHONE = /^["'=(]{0,3}\+?[\d(][\d\s().-]{5,24}"?$/;
/**
 * A value that may be a ClientId. It begins with ten digits that may be a time in seconds. More
 * digits may follow.
 */
const CLIENT_ID = /^(?:="?)?'?1\d{9,19}(?:\.0)?"?$/;

/**
 * Changes the meaning of a column of durations to a time, if all its values are times. For example,
 * `Call Time` means durations in one system, and times in another.
 */
export function asItsValues(column: Candidate): Candidate {
  const { means, values } = column;
  const isTime = values.length > 0 && values.every(isTimeText);
  return isTime && DURATIONS.has(means) ? { ...column, means: 'DateTime', isSure: true } : column;
}

/** At least one call in almost every export takes this many seconds or more. */
const SHORT_CALL = 20;

/** Says whether the durations are all so small that they may be minutes. */
export function mayBeMinutes({ values }: Candidate): boolean {
  const talked = values.filter((value) => Number(value) > 0);
  return (
    talked.length >= 2 &&
    values.every((value) => /^\d{1,2}$/.test(value) && Number(value) < SHORT_CALL)
  );
}

export function areSame(values: readonly string[], others: readonly string[]): boolean {
  return values.length === others.length && values.every((value, at) => value === others[at]);
}

export function isDayAlone({ values }: Candidate): boolean {
  return hasOnly(values, HAS_DAY, HAS_CLOCK);
}

export function isClockAlone({ values }: Candidate): boolean {
  return hasOnly(values, HAS_CLOCK, HAS_DAY);
}

/**
 * Says whether all values match `wanted` and no value matches `other`. Returns `false` if there are
 * no values.
 */
function hasOnly(values: readonly string[], wanted: RegExp, other: RegExp): boolean {
  return values.length > 0 && values.every((value) => wanted.test(value) && !other.test(value));
}

/**
 * Says whether the values can be durations. Many exports have times of day under a heading for
 * durations.
 */
export function isDuration({ values }: Candidate): boolean {
  const hours = values.flatMap((value) => {
    const [, hour] = /^(\d{1,2}):\d{2}:\d{2}$/.exec(value) ?? [];
    return hour === undefined ? [] : [Number(hour)];
  });
  return !hours.some((hour) => hour >= LONGEST_TALK_HOURS);
}

/**
 * The number of digits of a complete phone number. Extensions have fewer digits, and identifiers
 * often have more.
 */
const PHONE_DIGITS = { fewest: 10, most: 15 };

/**
 * In a column of phone numbers, at least this share of the values are phone numbers. The other
 * values may be extensions and names.
 */
const PHONE_SHARE = 0.5;

/** Says whether at least half of the values may be complete phone numbers. */
export function arePhones(values: readonly string[]): boolean {
  const phones = values.filter((value) => {
    const { length } = value.replaceAll(/\D/g, '');
    if (isTimeText(value)) return false;
    return PHONE.test(value) && length >= PHONE_DIGITS.fewest && length <= PHONE_DIGITS.most;
  });
  return phones.length > 0 && phones.length >= values.length * PHONE_SHARE;
}

/** Says whether the values of a column are plausible for its heading. */
export function fits(column: ColumnName, { values, isSure }: Candidate): boolean {
  if (values.length === 0) return isSure;
  if (column === 'PhoneNumber') return isSure || arePhones(values);
  if (column === 'ClientId') return isSure || values.every((value) => CLIENT_ID.test(value));
  // A negative amount is the cost of a call in some systems.
  if (column === 'Price') return values.every((value) => !/^[(\u2212-]/.test(value));
  if (column === 'CallMissed' || column === 'FirstTimeCaller') {
    const shape = column === 'CallMissed' ? 'missed-flag' : 'first-time-flag';
    return values.every((value) => isKnownFlag(value, shape));
  }
  if (column === 'URL' || column === 'CallTrackerURL') {
    return values.every((value) => /^https?:\/\//i.test(value));
  }
  return true;
}

const DURATIONS: ReadonlySet<Meaning> = new Set(['Duration', 'TalkDuration', 'HoldDuration']);

/** Words for a duration in headings that are in no list. */
const DURATION_HEADING =
  /длит|продолж|секунд|сек\b|(?:^|[^\p{L}])время|ожидан|duration|seconds|(?:^|[^a-z])secs?(?:$|[^a-z])|length|(?:talk|wait|hold|ring|queue|answer)\p{L}*[ _-]?time|time[ _-]to/iu;
const CLOCK_DURATION = /^\d{1,3}:\d{2}(?::\d{2}(?:[.,]\d+)?)?$/;
const WHOLE_SECONDS = /^\d{1,6}(?:[.,]\d+)?$/;

function mayBeDurations(values: readonly string[], heading: string): boolean {
  if (values.every((value) => CLOCK_DURATION.test(value))) {
    return isDuration({ name: heading, values, means: 'Duration', isSure: false });
  }
  return DURATION_HEADING.test(heading) && values.every((value) => WHOLE_SECONDS.test(value));
}

/** Words in the names of columns with phone numbers of the company or its staff. */
const OF_COMPANY =
  /сотрудник|менеджер|оператор|компани|виртуальн|подменн|линия|линии|employee|agent|operator|staff|company|virtual|tracking|extension|callee|called|destination|mitarbeiter|eigene/i;

/**
 * For some columns of a call, a function that says whether the values of an unknown column of the
 * export may belong there.
 */
export const RIVALS: Readonly<
  Partial<Record<ColumnName, (values: readonly string[], heading: string) => boolean>>
> = {
  DateTime: (values) => values.every(isTimeText),
  PhoneNumber: (values, heading) => !OF_COMPANY.test(heading) && arePhones(values),
  TalkDuration: mayBeDurations,
  HoldDuration: mayBeDurations,
  ClientId: (values) => values.every((value) => OF_METRICA.test(value)),
};

/** Says whether a column without a known heading may have times, ClientIds or phone numbers. */
export function mayHold(
  column: 'DateTime' | 'ClientId' | 'PhoneNumber',
  values: readonly string[],
): boolean {
  if (column === 'PhoneNumber') return arePhones(values);
  const isOne = (value: string): boolean =>
    column === 'ClientId' ? CLIENT_ID.test(value) : HAS_CLOCK.test(value) || HAS_DAY.test(value);
  return values.length > 0 && values.every(isOne);
}

/**
 * Returns the names of columns. Columns of phone numbers are sorted. The column with the largest
 * share of distinct phone numbers is first, because it probably has the callers.
 */
export function byVariety(column: ColumnName, among: readonly Candidate[]): readonly string[] {
  const variety = ({ values }: Candidate): number =>
    new Set(values).size / Math.max(1, values.length);
  const ordered =
    column === 'PhoneNumber'
      ? among.toSorted((left, right) => variety(right) - variety(left))
      : among;
  return ordered.map(({ name }) => name);
}

/** Says whether all values are words for yes and no. */
export function hasYesAndNoOnly({ values }: Candidate): boolean {
  return values.length > 0 && values.every((value) => YES_NO.has(value.toLowerCase()));
}

export function isEnding(value: string): boolean {
  return (
    /\p{L}{3}/u.test(value) &&
    !/^(?:yes|да|нет|true|false)$/i.test(value) &&
    isKnownFlag(value, 'missed-flag')
  );
}

/** A ClientId of Metrica is the time of the first visit in seconds, followed by more digits. */
const OF_METRICA = /^(1[4-9]\d{8}|2[0-4]\d{8})\d{6,10}$/;

/** Says whether the values prove the meaning, even if the heading is not certain. */
export function isProved(column: ColumnName, { values }: Candidate): boolean {
  const isVarious = values.length >= FEWEST_SAME && new Set(values).size > 1;
  if (column === 'ClientId')
    return values.length > 0 && values.every((one) => OF_METRICA.test(one));
  return column === 'PhoneNumber' && isVarious;
}
