/** The currency that stands beside a price. */
import { ISO_4217 } from '../../calls/columns/iso-4217.ts';

/** Signs and words in lower case; a dollar sign alone is that of the United States. */
const SIGNS: Readonly<Record<string, string>> = {
  '₽': 'RUB',
  р: 'RUB',
  'р.': 'RUB',
  руб: 'RUB',
  'руб.': 'RUB',
  рублей: 'RUB',
  rub: 'RUB',
  'rub.': 'RUB',
  rur: 'RUB',
  $: 'USD',
  us$: 'USD',
  '€': 'EUR',
  '£': 'GBP',
  '₸': 'KZT',
  тг: 'KZT',
  'тг.': 'KZT',
  '₴': 'UAH',
  грн: 'UAH',
  'грн.': 'UAH',
};

/** A price without what stands beside its number. */
export interface PricedText {
  readonly number: string;
  /** The code of the currency; `undefined` when none stands there. */
  readonly currency: string | undefined;
}

/**
 * Parts a price from its currency.
 *
 * @param text without spaces around it
 * @returns `undefined` when something else stands beside the number
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

/** What spreadsheets are kept from a value with is no currency. */
function unguardedEnd(text: string): string {
  return text
    .replace(/^(?:="|'|")/, '')
    .replace(/"$/, '')
    .trim();
}

function currencyOf(text: string): string | undefined {
  const known = SIGNS[text.toLowerCase()];
  if (known !== undefined) return known;
  const code = text.toUpperCase();
  return ISO_4217.has(code) ? code : undefined;
}

/** What the prices of a column say about their currency. */
export class CurrencyEvidence {
  readonly #seen = new Set<string>();
  #bare = 0;

  add(currency: string | undefined): void {
    if (currency === undefined) this.#bare += 1;
    else this.#seen.add(currency);
  }

  /** The currency of all prices; `undefined` when some have none, or they differ. */
  decided(): string | undefined {
    return this.#bare === 0 && this.#seen.size === 1 ? [...this.#seen][0] : undefined;
  }

  /** Whether the prices are in several currencies. */
  get differs(): boolean {
    return this.#seen.size > 1;
  }
}
