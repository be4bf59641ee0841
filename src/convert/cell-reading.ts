/** Reads the cells of an export as the columns of a call take them, for certain or not at all. */
import type { ColumnName } from '../calls/columns/columns.ts';
import type { CellFindingCode } from '../calls/columns/rules.ts';
import type { ColumnShape } from '../calls/columns/shapes.ts';
import { isStandIn } from '../calls/columns/stand-ins.ts';
import { CurrencyEvidence, pricedText } from './currency.ts';
import { type DateOrder, DateTimeReader } from './date-time.ts';
import { PhoneReader } from './phone.ts';
import type { Recipe } from './recipe.ts';
import {
  type UsualCell,
  usualCurrency,
  usualDuration,
  usualFlags,
  usualIdentifier,
  UsualPrices,
  usualText,
  usualTimes,
  usualUserId,
} from './usual-cells.ts';
import { convertDuration, convertFlag } from './values.ts';
import { DecimalEvidence, type DecimalSigns, readDecimal, wholeDigits } from './written-number.ts';

/** What the columns of an export say as wholes, which no single cell can. */
export interface Settled {
  readonly dateOrder: DateOrder | undefined;
  readonly decimals: DecimalSigns;
  /** The currency of all prices, where no column has it. */
  readonly currency: string | undefined;
}

/** What is known before an export was read. */
export const NOTHING_SETTLED: Settled = {
  dateOrder: undefined,
  decimals: { comma: undefined, point: undefined },
  currency: undefined,
};

/** A column of a call, as far as reading depends on it. */
interface ReadColumn {
  readonly name: ColumnName;
  readonly shape: ColumnShape;
}

/** Reads the cells of one export. */
export class CellReading {
  /** Cells that stand for no value, and numbers that the caller kept back. */
  readonly counted = { standIns: 0, withheld: 0 };
  /** What is wrong with the cell that was read last. */
  problem: CellFindingCode | undefined;
  readonly #settled: Settled;
  readonly #dates: DateTimeReader;
  readonly #phones: PhoneReader;
  readonly #decimals = new DecimalEvidence();
  readonly #currencies = new CurrencyEvidence();
  readonly #usualPrices = new UsualPrices();

  constructor({ dateTime, region }: Recipe, settled: Settled) {
    this.#settled = settled;
    this.#dates = new DateTimeReader(dateTime, settled.dateOrder);
    this.#phones = new PhoneReader(region);
  }

  /**
   * What reads the usual forms of a column by their bytes.
   *
   * @returns `undefined` where all of its cells have to be read as text
   */
  usualCell({ shape }: ReadColumn): UsualCell | undefined {
    switch (shape) {
      case 'date-time': {
        const days = this.#dates.usualDays();
        return days === undefined ? undefined : usualTimes(days);
      }
      case 'phone-number':
        return this.#phones.usualCell();
      case 'talk-duration':
      case 'duration':
        return usualDuration;
      case 'price':
        return this.#usualPrices.write;
      case 'static-flag':
      case 'missed-flag':
      case 'first-time-flag':
        return usualFlags(shape);
      case 'currency':
        return usualCurrency;
      case 'client-id':
      case 'yclid':
        return usualIdentifier;
      case 'user-id':
        return usualUserId;
      case 'text':
      case 'web-address':
        return usualText;
    }
  }

  /** Takes over what usual cells have said about their columns. */
  addUsual(): void {
    const { isUsed, seen } = this.#usualPrices;
    if (!isUsed) return;
    this.#currencies.add(undefined);
    if (seen.comma) this.#decimals.add(',', true);
    if (seen.point) this.#decimals.add('.', true);
  }

  /** What the columns have said so far. */
  evidence(): Settled {
    return {
      dateOrder: this.#dates.evidence.isUnclear ? this.#dates.evidence.settled() : undefined,
      decimals: this.#decimals.isUnclear ? this.#decimals.settled() : NOTHING_SETTLED.decimals,
      currency: this.#currencies.settled(),
    };
  }

  /** The lines of dates that contradict each other; `undefined` when none do. */
  get mixedDates(): DateTimeReader['evidence']['mixed'] {
    return this.#dates.evidence.mixed;
  }

  /**
   * @param text without spaces around it, not empty
   * @param column what it is read as
   * @param line where it stands
   * @param currency what the record says in a column of its own; '' for none
   * @returns the value, or the text as it stands where there is a {@link problem}
   */
  read(text: string, { name, shape }: ReadColumn, line: number, currency: string): string {
    this.problem = undefined;
    if (isStandIn(name, text)) {
      this.counted.standIns += 1;
      return '';
    }
    switch (shape) {
      case 'date-time': {
        const read = this.#dates.read(text, line);
        return 'seconds' in read ? read.seconds : this.#unread(text, read.problem);
      }
      case 'phone-number':
        return this.#phone(text);
      case 'talk-duration':
      case 'duration':
        return convertDuration(text);
      case 'price':
        return this.#price(text, currency);
      case 'static-flag':
      case 'missed-flag':
      case 'first-time-flag':
        return convertFlag(text, shape);
      case 'currency':
        return text.toUpperCase();
      case 'client-id':
      case 'yclid':
        return this.#identifier(text);
      case 'user-id':
      case 'text':
      case 'web-address':
        return text;
    }
  }

  #unread(text: string, problem: CellFindingCode): string {
    this.problem = problem;
    return text;
  }

  #phone(text: string): string {
    const read = this.#phones.read(text);
    if (read.isWithheld) this.counted.withheld += 1;
    return read.text;
  }

  #price(text: string, stated: string): string {
    const priced = pricedText(text);
    if (priced === undefined) return this.#unread(text, 'price-invalid');
    const read = readDecimal(priced.number, this.#settled.decimals, this.#decimals);
    this.#currencies.add(priced.currency);
    if ('problem' in read) {
      return this.#unread(text, read.problem === 'unclear' ? 'price-unclear' : 'price-invalid');
    }
    if (priced.currency === undefined) return read.decimal;
    const expected = this.#settled.currency ?? stated.toUpperCase();
    const isOther = expected === '' ? this.#currencies.differs : expected !== priced.currency;
    return isOther ? this.#unread(text, 'price-currency-differs') : read.decimal;
  }

  /** An identifier without what a program put around it; one that lost digits is named as that. */
  #identifier(text: string): string {
    const digits = wholeDigits(text);
    if (digits !== undefined) return digits;
    return /^\d+[.,]0+$/.test(text) ? this.#unread(text, 'identifier-scientific') : text;
  }
}
