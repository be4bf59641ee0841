/** Warns about unused columns with phone numbers if the calls have no phone numbers. */
import { INTERNATIONAL_PHONE } from '../../calls/columns/value-forms.ts';
import type { FindingCollector } from '../../calls/findings/collector.ts';
import type { RecordFields } from '../../csv/record-fields.ts';
import { shownColumn } from '../../safe-text/shown-value.ts';
import { PhoneReader } from '../cells/phone.ts';
import type { PhoneRegion } from '../cells/phone-plan.ts';
import { SourceColumns } from './source-column.ts';

/** The maximum number of values to read in each column. */
const MOST_VALUES = 50;
/** The minimum share of phone numbers among the values of a column of phone numbers. */
const PHONE_SHARE = 0.8;
/** Forms that are written only for phone numbers, also for national ones. */
const WRITTEN_AS_PHONE = /^['"=]{0,2}(?:\+\d|\+?\d{0,3}[ -]?\(\d{2,5}\))[\d ()\u00a0.-]{5,20}"?$/;

/** Ten or thirteen digits that are a time from 2014 to 2033, in seconds or milliseconds. */
const SECONDS = /^(?:1[4-9]|20)\d{8}(?:\d{3})?$/;

interface Watched {
  readonly name: string;
  readonly at: number;
  values: number;
  phones: number;
}

/** Reads the first values of the columns that are not used for calls. */
export class UnusedPhones {
  readonly #phones: PhoneReader;
  #watched: Watched[];
  readonly #full: Watched[] = [];

  /**
   * @param leftOut the names of the columns that are not used for calls
   * @param region the region of national phone numbers
   */
  constructor(
    leftOut: readonly string[],
    header: readonly string[],
    region: PhoneRegion | undefined,
  ) {
    const names = new Set(leftOut.map((name) => name.toLowerCase()));
    this.#phones = new PhoneReader(region);
    const columns = new SourceColumns(header);
    this.#watched = columns.names.flatMap((cell, at): Watched[] => {
      const name = columns.optionName(at);
      return names.has(cell.toLowerCase()) ? [{ name, at, values: 0, phones: 0 }] : [];
    });
  }

  /** Watches one record of the export. */
  add(record: RecordFields): void {
    if (this.#watched.length === 0) return;
    for (const column of this.#watched) {
      const text = record.text(column.at).trim();
      if (text === '') continue;
      column.values += 1;
      if (this.#isPhone(text)) column.phones += 1;
      if (column.values === MOST_VALUES) this.#full.push(column);
    }
    this.#watched = this.#watched.filter(({ values }) => values < MOST_VALUES);
  }

  report(found: FindingCollector): void {
    for (const { name, values, phones } of [...this.#full, ...this.#watched]) {
      if (phones === 0 || phones < values * PHONE_SHARE) continue;
      const column = shownColumn(name);
      found.add('phones-left-out', { column }, { column });
    }
  }

  #isPhone(text: string): boolean {
    if (WRITTEN_AS_PHONE.test(text)) return true;
    if (SECONDS.test(text)) return false;
    const { value, problem } = this.#phones.read(text);
    return problem === undefined && INTERNATIONAL_PHONE.test(value);
  }
}
