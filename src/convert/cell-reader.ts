/** Converts the cells of an export to values of a call, if the meaning of a cell is certain. */
import type { ColumnName } from '../calls/columns/columns.ts';
import type { CellFindingCode } from '../calls/columns/rules.ts';
import type { ColumnShape } from '../calls/columns/shapes.ts';
import { isStandIn } from '../calls/columns/stand-ins.ts';
import {
  type ByteCell,
  flagWriter,
  PriceWriter,
  timeWriter,
  writeCurrency,
  writeDuration,
  writeIdentifier,
  writeText,
  writeUserId,
} from './cells/byte-cells.ts';
import { CurrencyEvidence, pricedText } from './cells/currency.ts';
import { type DateOrder, DateTimeReader } from './cells/date-time.ts';
import { PhoneReader } from './cells/phone.ts';
import { convertDuration, convertFlag } from './cells/values.ts';
import {
  DecimalEvidence,
  type DecimalSigns,
  readDecimal,
  wholeDigits,
} from './cells/written-number.ts';
import type { Recipe } from './recipe/recipe.ts';

/** Facts that a whole column reveals, but a single cell does not. */
export interface ColumnFacts {
  readonly dateOrder: DateOrder | undefined;
  readonly decimals: DecimalSigns;
  /** The currency of all prices, if the export has no column for the currency. */
  readonly currency: string | undefined;
}

/** The facts before an export has been read. */
export const NO_COLUMN_FACTS: ColumnFacts = {
  dateOrder: undefined,
  decimals: { comma: undefined, point: undefined },
  currency: undefined,
};

/** The properties of a call's column that decide how its cells are read. */
interface ReadColumn {
  readonly name: ColumnName;
  readonly shape: ColumnShape;
}

/** Reads the cells of one export. */
export class CellReader {
  /** The number of stand-ins for missing values, and the number of withheld phone numbers. */
  readonly counted = { standIns: 0, withheld: 0 };
  /** The problem of the cell that was read last. */
  problem: CellFindingCode | undefined;
  readonly #facts: ColumnFacts;
  readonly #dates: DateTimeReader;
  readonly #phones: PhoneReader;
  readonly #decimals = new DecimalEvidence();
  readonly #currencies = new CurrencyEvidence();
  readonly #priceWriter = new PriceWriter();

  constructor({ dateTime, region }: Recipe, facts: ColumnFacts) {
    this.#facts = facts;
    this.#dates = new DateTimeReader(dateTime, facts.dateOrder);
    this.#phones = new PhoneReader(region);
  }

  /**
   * Returns the function that converts the common forms of a column from bytes to bytes.
   *
   * @returns `undefined` if all cells of the column must be read as text
   */
  byteCell({ shape }: ReadColumn): ByteCell | undefined {
    switch (shape) {
      case 'date-time': {
        const days = this.#dates.daySeconds();
        return days === undefined ? undefined : timeWriter(days);
      }
      case 'phone-number':
        return this.#phones.byteCell();
      case 'talk-duration':
      case 'duration':
        return writeDuration;
      case 'price':
        return this.#priceWriter.write;
      case 'static-flag':
      case 'missed-flag':
      case 'first-time-flag':
        return flagWriter(shape);
      case 'currency':
        return writeCurrency;
      case 'client-id':
      case 'yclid':
        return writeIdentifier;
      case 'user-id':
        return writeUserId;
      case 'text':
      case 'web-address':
        return writeText;
    }
  }

  /** Adds the evidence that the cells converted as bytes give about their columns. */
  addByteEvidence(): void {
    const { isUsed, seen } = this.#priceWriter;
    if (!isUsed) return;
    this.#currencies.add(undefined);
    if (seen.comma) this.#decimals.add(',', true);
    if (seen.point) this.#decimals.add('.', true);
  }

  /** Returns the facts that the cells read until now reveal about their columns. */
  evidence(): ColumnFacts {
    return {
      dateOrder: this.#dates.evidence.isUnclear ? this.#dates.evidence.decided() : undefined,
      decimals: this.#decimals.isUnclear ? this.#decimals.decided() : NO_COLUMN_FACTS.decimals,
      currency: this.#currencies.decided(),
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
   * @param text without spaces around it, not empty
   * @param column the column of the call that the cell is for
   * @param line the line of the cell
   * @param currency the currency in the currency column of the record; '' if there is none
   * @returns the value, or the unchanged text if there is a {@link problem}
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
    const read = readDecimal(priced.number, this.#facts.decimals, this.#decimals);
    this.#currencies.add(priced.currency);
    if ('problem' in read) {
      return this.#unread(text, read.problem === 'unclear' ? 'price-unclear' : 'price-invalid');
    }
    if (priced.currency === undefined) return read.decimal;
    const expected = this.#facts.currency ?? stated.toUpperCase();
    const isOther = expected === '' ? this.#currencies.differs : expected !== priced.currency;
    return isOther ? this.#unread(text, 'price-currency-differs') : read.decimal;
  }

  /**
   * Removes characters that a program added to an identifier. Reports an identifier that lost
   * digits.
   */
  #identifier(text: string): string {
    const digits = wholeDigits(text);
    if (digits !== undefined) return digits;
    return /^\d+[.,]0+$/.test(text) ? this.#unread(text, 'identifier-scientific') : text;
  }
}
