/** Reads the cells of an export as the columns of a call take them, for certain or not at all. */
import type { ColumnName } from '../calls/columns/columns.ts';
import type { CellFindingCode } from '../calls/columns/rules.ts';
import type { ColumnShape } from '../calls/columns/shapes.ts';
import { isStandIn } from '../calls/columns/stand-ins.ts';
import { CurrencyEvidence, pricedText } from './currency.ts';
import { type DateOrder, DateTimeReader } from './date-time.ts';
import { PhoneReader } from './phone.ts';
import type { Recipe } from './recipe.ts';
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

/** A cell as it was read, with what is wrong with it. */
export interface ReadCell {
  readonly text: string;
  readonly problem?: CellFindingCode;
}

/** A column of a call, as far as reading depends on it. */
interface ReadColumn {
  readonly name: ColumnName;
  readonly shape: ColumnShape;
}

/** Reads the cells of one export. */
export class CellReading {
  /** Cells that stand for no value, and numbers that the caller kept back. */
  readonly counted = { standIns: 0, withheld: 0 };
  readonly #settled: Settled;
  readonly #dates: DateTimeReader;
  readonly #phones: PhoneReader;
  readonly #decimals = new DecimalEvidence();
  readonly #currencies = new CurrencyEvidence();

  constructor({ dateTime, region }: Recipe, settled: Settled) {
    this.#settled = settled;
    this.#dates = new DateTimeReader(dateTime, settled.dateOrder);
    this.#phones = new PhoneReader(region);
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
  get mixedDates(): { readonly dayFirst: number; readonly monthFirst: number } | undefined {
    const { dayFirst, monthFirst } = this.#dates.evidence;
    return dayFirst === undefined || monthFirst === undefined
      ? undefined
      : { dayFirst, monthFirst };
  }

  /**
   * @param text without spaces around it, not empty
   * @param column what it is read as
   * @param line where it stands
   * @param currency what the record says in a column of its own; '' for none
   */
  read(text: string, { name, shape }: ReadColumn, line: number, currency: string): ReadCell {
    if (isStandIn(name, text)) {
      this.counted.standIns += 1;
      return EMPTY;
    }
    switch (shape) {
      case 'date-time': {
        const read = this.#dates.read(text, line);
        return 'seconds' in read ? { text: read.seconds } : { text, problem: read.problem };
      }
      case 'phone-number':
        return this.#phone(text);
      case 'talk-duration':
      case 'duration':
        return { text: convertDuration(text) };
      case 'price':
        return this.#price(text, currency);
      case 'static-flag':
      case 'missed-flag':
      case 'first-time-flag':
        return { text: convertFlag(text, shape) };
      case 'currency':
        return { text: text.toUpperCase() };
      case 'client-id':
      case 'yclid':
        return identifier(text);
      case 'user-id':
      case 'text':
      case 'web-address':
        return { text };
    }
  }

  #phone(text: string): ReadCell {
    const read = this.#phones.read(text);
    if (read.isWithheld) this.counted.withheld += 1;
    return { text: read.text };
  }

  #price(text: string, stated: string): ReadCell {
    const priced = pricedText(text);
    if (priced === undefined) return { text, problem: 'price-invalid' };
    const read = readDecimal(priced.number, this.#settled.decimals, this.#decimals);
    this.#currencies.add(priced.currency);
    if ('problem' in read) {
      return { text, problem: read.problem === 'unclear' ? 'price-unclear' : 'price-invalid' };
    }
    if (priced.currency === undefined) return { text: read.decimal };
    const expected = this.#settled.currency ?? stated.toUpperCase();
    const isOther = expected === '' ? this.#currencies.differs : expected !== priced.currency;
    return isOther ? { text, problem: 'price-currency-differs' } : { text: read.decimal };
  }
}

const EMPTY: ReadCell = { text: '' };

/** An identifier without what a program put around it; one that lost digits is named as that. */
function identifier(text: string): ReadCell {
  const digits = wholeDigits(text);
  if (digits !== undefined) return { text: digits };
  return /^\d+[.,]0+$/.test(text) ? { text, problem: 'identifier-scientific' } : { text };
}
