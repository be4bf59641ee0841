/** Separates prices from the currencies next to them. */
import { ISO_4217 } from '../../calls/columns/iso-4217.ts';

/**
 * The signs and words for currencies, in lower case. A dollar sign without letters means US
 * dollars.
 */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ['₽', 'RUB'],
  ['р', 'RUB'],
  ['р.', 'RUB'],
  ['руб', 'RUB'],
  ['руб.', 'RUB'],
  ['рублей', 'RUB'],
  ['rub', 'RUB'],
  ['rub.', 'RUB'],
  ['rur', 'RUB'],
  ['$', 'USD'],
  ['us$', 'USD'],
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['₸', 'KZT'],
  ['тг', 'KZT'],
  ['тг.', 'KZT'],
  ['₴', 'UAH'],
  ['грн', 'UAH'],
  ['грн.', 'UAH'],
]);

/** A price, separated into its number and its currency. */
export interface PricedText {
  readonly number: string;
  /** The currency code, or `undefined` if the price has no currency. */
  readonly currency: string | undefined;
}

/**
 * Separates a price from its currency.
 *
 * @param text without spaces around it
 * @returns `undefined` unless the text is a number, with or without one known currency
 */
export function pricedText(text: string): PricedText | undefined {
  if (/^[-\d.,]+$/.test(text)) return { number: text, currency: undefined };
  const first = text.search(/\d/);
  if (first < 0) return undefined;
  let last = text.length - 1;
  while (!/\d/.test(text.charAt(last))) last -= 1;
  const isNegative = /^[-−]/.test(text) || /[-−]$/.test(text.slice(0, first));
  const beside = [text.slice(0, first).replace(/[-−]/, ''), text.slice(last + 1)]
    .map((one) => unguardedEnd(one.trim()))
    .filter((one) => one !== '');
  if (!/^[\d.,'’\s\u2009]+$/.test(text.slice(first, last + 1))) return undefined;
  const number = `${isNegative ? '-' : ''}${text.slice(first, last + 1)}`;
  if (beside.length === 0) return { number, currency: undefined };
  const currency = beside.length === 1 ? currencyOf(beside[0] ?? '') : undefined;
  return currency === undefined ? undefined : { number, currency };
}

/**
 * Removes the marks that keep a spreadsheet from changing a price: `"`, `'` or `="` at the start, and
 * `"` at the end.
 *
 * @param text the text before or after the number of the price
 */
function unguardedEnd(text: string): string {
  return text
    .replace(/^(?:="|'|")/, '')
    .replace(/"$/, '')
    .trim();
}

function currencyOf(text: string): string | undefined {
  const known = SIGNS.get(text.toLowerCase());
  if (known !== undefined) return known;
  const code = text.toUpperCase();
  return ISO_4217.has(code) ? code : undefined;
}

/** Collects the currencies of a column's prices. */
export class CurrencyEvidence {
  readonly #seen = new Set<string>();
  #hasBare = false;

  add(currency: string | undefined): void {
    if (currency === undefined) this.#hasBare = true;
    else this.#seen.add(currency);
  }

  /**
   * Returns the currency of all prices; `undefined` if the prices have several currencies, or if a
   * price has no currency.
   */
  decided(): string | undefined {
    return !this.#hasBare && this.#seen.size === 1 ? [...this.#seen][0] : undefined;
  }

  /** Whether the prices are in several currencies. */
  get differs(): boolean {
    return this.#seen.size > 1;
  }
}
