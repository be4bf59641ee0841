/**
 * Reads the cells of an export. A value becomes a part of a call only if its meaning is certain.
 */
import type { ColumnName } from '../../calls/columns/columns.ts';
import { headingNamed } from '../../calls/columns/headings.ts';
import { type CellFindingCode, checkText } from '../../calls/columns/rules.ts';
import { type ColumnShape, SHAPE_RULES } from '../../calls/columns/shapes.ts';
import { isStandIn } from '../../calls/columns/stand-ins.ts';
import type { DurationUnit, SeveralPhones } from './cell-choices.ts';
import type { CommonForm, ReadText } from './common-form.ts';
import { type DateOrder, type DateTimeOptions, DateTimeReader } from './date-time.ts';
import { YES_NO } from './direction-words.ts';
import { type DurationFacts, DurationReader, unitInHeading } from './duration.ts';
import { readFlag } from './flag.ts';
import { writeCurrency, writeText } from './free-text.ts';
import { readIdentifier, writeIdentifier, writeUserId } from './identifier.ts';
import { PhoneReader } from './phone.ts';
import type { PhoneRegion } from './phone-plan.ts';
import { PriceReader } from './price.ts';
import type { DecimalSigns } from './written-number.ts';

/** Facts that a whole column reveals, but a single cell does not. */
export interface ColumnFacts {
  readonly dateOrder: DateOrder | undefined;
  readonly decimals: DecimalSigns;
  /** The currency of all prices, if the export has no column for the currency. */
  readonly currency: string | undefined;
  /** The facts about columns of durations. */
  readonly durations: ReadonlyMap<ColumnName, DurationFacts>;
}

/** The facts before an export has been read. */
export const NO_COLUMN_FACTS: ColumnFacts = {
  dateOrder: undefined,
  decimals: { comma: undefined, point: undefined },
  currency: undefined,
  durations: new Map(),
};

/** The settings of a recipe that decide what a cell means. */
export interface CellSettings {
  readonly dateTime: DateTimeOptions;
  readonly region: PhoneRegion | undefined;
  readonly phones: SeveralPhones;
  /**
   * The unit of durations; `undefined` if the recipe has none. Then the heading of the column may
   * name the unit. The default unit is seconds.
   */
  readonly durationUnit: DurationUnit | undefined;
}

/** How the cells of one column are read. */
export interface CellForms {
  /** Writes cells in a common form; `undefined` if every cell is read as text. */
  readonly common: CommonForm | undefined;
  /**
   * Reads cells in any other form.
   *
   * @param text without spaces around it, not empty
   */
  readonly other: (text: string) => ReadText;
  /** Says whether a text has a meaning only if the recipe explains it. */
  readonly isUnclear: (text: string) => boolean;
  /** Says whether a text is already a valid value of the column. */
  readonly isRight: (text: string) => boolean;
}

/**
 * Findings that have another code in a conversion. A conversion can read written durations. If it
 * cannot read one, the duration is invalid. A flag may be any word, because the recipe can define
 * the meaning of the word.
 */
const OF_EXPORT: Readonly<Partial<Record<CellFindingCode, CellFindingCode>>> = {
  'duration-written': 'duration-invalid',
  'flag-invalid': 'value-not-listed',
};

/** Reads the cells of one export: one reader for each kind of cell. */
export class CellReader {
  readonly #now: number;
  readonly #dates: DateTimeReader;
  readonly #phones: PhoneReader;
  readonly #prices: PriceReader;
  readonly #durations = new Map<ColumnName, DurationReader>();
  readonly #settings: CellSettings;
  readonly #facts: ColumnFacts;
  readonly #stated: () => string;

  /**
   * @param now seconds since 1970-01-01 UTC
   * @param stated returns the currency in the currency column of the current record; '' if there is
   *   none
   */
  constructor(settings: CellSettings, facts: ColumnFacts, now: number, stated: () => string) {
    const { dateTime, region, phones } = settings;
    this.#settings = settings;
    this.#facts = facts;
    this.#now = now;
    this.#dates = new DateTimeReader(dateTime, facts.dateOrder);
    this.#phones = new PhoneReader(region, phones);
    this.#prices = new PriceReader(facts.decimals, facts.currency);
    this.#stated = stated;
  }

  /** Sets the physical line of the current record, from 1. */
  set line(line: number) {
    this.#dates.line = line;
  }

  /** Returns the facts about the columns. These facts come from all cells that were read so far. */
  evidence(): ColumnFacts {
    const { decimals, currencies } = this.#prices;
    return {
      dateOrder: this.#dates.evidence.isUnclear ? this.#dates.evidence.decided() : undefined,
      decimals: decimals.isUnclear ? decimals.decided() : NO_COLUMN_FACTS.decimals,
      currency: currencies.decided(),
      durations: new Map(
        [...this.#durations].flatMap(([name, { facts }]) =>
          facts === undefined ? [] : [[name, facts]],
        ),
      ),
    };
  }

  /**
   * The lines of the first two dates that contradict each other; `undefined` if one order fits
   * all dates.
   */
  get mixedDates(): DateTimeReader['evidence']['mixed'] {
    return this.#dates.evidence.mixed;
  }

  /**
   * Returns how the cells of a column are read. If a value breaks the rule of the column, the
   * result of `other` has a problem.
   *
   * @param heading the heading of the column in the export; a heading may name a unit
   */
  formsOf(name: ColumnName, shape: ColumnShape, heading = ''): CellForms {
    const { common, other } = this.#formsOf(name, shape, heading);
    const saysAnswered = shape === 'missed-flag' && headingNamed(heading)?.means === 'Answered';
    return {
      common,
      // Words of this shape are read as answers to the question whether the call was missed. In a
      // column of answered calls, yes and no would get the opposite meaning. So they are unclear
      // there. Other words are read as usual.
      isUnclear: (text) => saysAnswered && YES_NO.has(text.toLowerCase()),
      isRight: (text) => SHAPE_RULES[shape](text, this.#now) === undefined,
      other: (text) => {
        if (isStandIn(name, text)) return { value: '', missing: 'stand-in' };
        const damage = checkText(text);
        if (damage !== undefined) return { value: text, problem: damage };
        const read = other(text);
        if (read.problem !== undefined || read.value === '') return read;
        const broken = SHAPE_RULES[shape](read.value, this.#now);
        const problem = broken === undefined ? undefined : (OF_EXPORT[broken] ?? broken);
        return problem === undefined ? read : { ...read, problem };
      },
    };
  }

  /**
   * The columns in which durations such as `3:20` were read as minutes and seconds. Each has a
   * sample.
   */
  get minutesAndSeconds(): readonly (readonly [name: ColumnName, sample: string])[] {
    return [...this.#durations].flatMap(([name, { sample }]) =>
      sample === undefined ? [] : [[name, sample] as const],
    );
  }

  #durationForms(name: ColumnName, heading: string): Omit<CellForms, 'isRight' | 'isUnclear'> {
    const unit = this.#settings.durationUnit ?? unitInHeading(heading);
    const reader = new DurationReader(unit, this.#facts.durations.get(name));
    this.#durations.set(name, reader);
    return { common: reader.writeCommon, other: (text) => reader.read(text) };
  }

  #readTime(text: string): ReadText {
    const read = this.#dates.read(text);
    return 'seconds' in read ? { value: read.seconds } : { value: text, problem: read.problem };
  }

  #formsOf(
    name: ColumnName,
    shape: ColumnShape,
    heading: string,
  ): Omit<CellForms, 'isRight' | 'isUnclear'> {
    switch (shape) {
      case 'date-time':
        return { common: this.#dates.writeCommon, other: (text) => this.#readTime(text) };
      case 'phone-number':
        return { common: this.#phones.writeCommon, other: (text) => this.#phones.read(text) };
      case 'talk-duration':
      case 'duration':
        return this.#durationForms(name, heading);
      case 'price':
        return {
          common: this.#prices.writeCommon,
          other: (text) => this.#prices.read(text, this.#stated),
        };
      case 'static-flag':
      case 'missed-flag':
      case 'first-time-flag':
        return { common: undefined, other: (text) => ({ value: readFlag(text, shape) }) };
      case 'currency':
        return { common: writeCurrency, other: (text) => ({ value: text.toUpperCase() }) };
      case 'client-id':
      case 'yclid':
        return { common: writeIdentifier, other: readIdentifier };
      case 'user-id':
        return { common: writeUserId, other: unchanged };
      case 'text':
      case 'web-address':
        return { common: writeText, other: unchanged };
    }
  }
}

function unchanged(text: string): ReadText {
  return { value: text };
}
