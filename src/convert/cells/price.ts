/** Reads prices. */
import type { CallBytes } from './call-bytes.ts';
import { COMMA, type CommonForm, DIGIT_0, DIGIT_9, POINT, type ReadText } from './common-form.ts';
import { CurrencyEvidence, pricedText } from './currency.ts';
import { DecimalEvidence, type DecimalSigns, readDecimal } from './written-number.ts';

/** Groups have three digits. So one or two digits after a comma or a point are decimals. */
const MOST_DECIMALS = 2;

/** Reads the prices of one column. */
export class PriceReader {
  readonly decimals = new DecimalEvidence();
  readonly currencies = new CurrencyEvidence();
  readonly #signs: DecimalSigns;
  readonly #currency: string | undefined;

  /**
   * @param signs the meanings of comma and point, if an earlier pass found them
   * @param currency the currency of all prices, if an earlier pass found it
   */
  constructor(signs: DecimalSigns, currency: string | undefined) {
    this.#signs = signs;
    this.#currency = currency;
  }

  /** Accepts a number without decimals, or with one or two decimals after a comma or a point. */
  readonly writeCommon: CommonForm = (cell, from, to, out: CallBytes) => {
    out.reserve(to - from);
    const { bytes, length } = out;
    let sign = -1;
    for (let at = from; at < to; at += 1) {
      const code = cell[at] ?? 0;
      if (code >= DIGIT_0 && code <= DIGIT_9) {
        bytes[length + at - from] = code;
        continue;
      }
      if ((code !== COMMA && code !== POINT) || sign >= 0 || at === from) return false;
      sign = at;
      bytes[length + at - from] = POINT;
    }
    const decimals = to - sign - 1;
    if (sign >= 0) {
      if (decimals < 1 || decimals > MOST_DECIMALS) return false;
      this.decimals.add(cell[sign] === COMMA ? ',' : '.', 'decimal');
    }
    this.currencies.add(undefined);
    out.length = length + to - from;
    return true;
  };

  /**
   * Reads a price in any other form.
   *
   * @param text without spaces around it
   * @param stated returns the currency in the currency column of the record; '' if there is none
   */
  read(text: string, stated: () => string): ReadText {
    const priced = pricedText(text);
    if (priced === undefined) return { value: text, problem: 'price-invalid' };
    const read = readDecimal(priced.number, this.#signs, this.decimals);
    this.currencies.add(priced.currency);
    if ('problem' in read) {
      const problem = read.problem === 'unclear' ? 'price-unclear' : 'price-invalid';
      return { value: text, problem };
    }
    if (priced.currency === undefined) return { value: read.decimal };
    const expected = this.#currency ?? stated().toUpperCase();
    const isOther = expected === '' ? this.currencies.differs : expected !== priced.currency;
    return isOther
      ? { value: text, problem: 'price-currency-differs', changes: true }
      : { value: read.decimal, changes: true };
  }
}
