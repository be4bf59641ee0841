/**
 * Finds mistakes that only the whole file reveals: mixed currencies, rounded identifiers, the same
 * mistake in every record.
 */
import { SPREADSHEET_DIGITS } from '../../limits.ts';
import type { FindingCollector } from '../findings/collector.ts';
import type { CallCounts, LongIdentifiers } from './counts.ts';
import { FieldCounts } from './field-counts.ts';

/**
 * A number with an exponent, for example `1.63302E+18`. It is an identifier that lost digits in a
 * workbook.
 */
const ROUNDED_NUMBER = /^\d(?:\.\d+)?e\+?\d+$/i;

/** The minimum number of rounded identifiers for a finding. Fewer may be a coincidence. */
const FEWEST_ROUNDED = 3;

/** Collects facts about all records of one file, and reports them at the end. */
export class WholeFile {
  readonly longIdentifiers: LongIdentifiers = { long: 0, rounded: 0 };
  readonly fieldCounts = new FieldCounts();
  readonly #isWorkbook: boolean;
  readonly #currencies = new Set<string>();
  /** The number of identifiers that lost their last digits in a workbook. */
  #roundedNumbers = 0;

  /** @param isWorkbook whether the records are rows of a workbook */
  constructor(isWorkbook: boolean) {
    this.#isWorkbook = isWorkbook;
  }

  /**
   * Adds one identifier.
   *
   * @param identifier a value of ClientId or Yclid
   */
  addIdentifier(identifier: string): void {
    if (this.#isWorkbook && ROUNDED_NUMBER.test(identifier)) {
      this.#roundedNumbers += 1;
      return;
    }
    if (identifier.length <= SPREADSHEET_DIGITS) return;
    this.longIdentifiers.long += 1;
    if (/^0+$/.test(identifier.slice(SPREADSHEET_DIGITS))) this.longIdentifiers.rounded += 1;
  }

  /** @returns whether this is the first record with the currency */
  addCurrency(currency: string): boolean {
    const isNew = !this.#currencies.has(currency);
    this.#currencies.add(currency);
    return isNew;
  }

  /**
   * Reports the findings about the whole file.
   *
   * @param records the number of records in the file
   * @param options the number of fields in the header, and whether records may fill different
   *   identifier columns
   */
  report(
    records: number,
    counts: CallCounts,
    options: { readonly fields: number; readonly identifiersMayMix: boolean },
    found: FindingCollector,
  ): void {
    this.#nameCauseOfFieldCounts(records, options.fields, found);
    const filled = Object.entries(counts.identifiers).filter(([, count]) => count > 0);
    if (filled.length > 1 && !options.identifiersMayMix) {
      found.add('identifier-types-mixed', {}, { columns: filled.map(([name]) => name) });
    }
    this.#reportRounded(found);
    if (this.#currencies.size > 1) {
      found.add('currencies-mixed', {}, { currencies: [...this.#currencies].sort() });
    }
    if (counts.static > 0 && counts.dynamic === 0 && counts.invalid === 0) {
      found.add('static-only', {}, {});
    }
  }

  #reportRounded(found: FindingCollector): void {
    const { long, rounded } = this.longIdentifiers;
    const numbers = this.#roundedNumbers;
    if (numbers > 0) {
      const facts = { rounded: numbers, long: long + numbers, isNumber: true };
      found.add('identifier-rounded', {}, facts);
    }
    if (rounded >= FEWEST_ROUNDED && rounded * 2 > long) {
      found.add('identifier-rounded', {}, { rounded, long });
    }
  }

  /**
   * If all records have the same wrong number of fields, replaces the findings about these records
   * with a single finding about the common cause.
   */
  #nameCauseOfFieldCounts(all: number, inHeader: number, found: FindingCollector): void {
    const { records, fields, line, endWithEmpty } = this.fieldCounts;
    const { expected = inHeader } = this.fieldCounts;
    if (records === 0 || records !== all || fields === undefined) return;
    if (fields === expected + 1 && endWithEmpty) {
      found.replace('field-count', 'delimiter-at-every-end', { line }, {});
    } else if (records > 1) {
      found.replace('field-count', 'field-count-of-all', { line }, { fields, expected });
    }
  }
}
