/** Finds unmapped columns that may have what the calls lack: phone numbers, identifiers or times. */
import { LikelyColumns } from '../../calls/check/likely-columns.ts';
import { type ColumnName, IDENTIFIER_COLUMNS } from '../../calls/columns/columns.ts';
import { isTimeText } from '../../calls/columns/time-text.ts';
import { INTERNATIONAL_PHONE } from '../../calls/columns/value-forms.ts';
import type { FindingCollector } from '../../calls/findings/collector.ts';
import type { RecordFields } from '../../csv/record-fields.ts';
import { shownColumn } from '../../safe-text/shown-value.ts';
import { PhoneReader } from '../cells/phone.ts';
import type { CallColumns } from './call-columns.ts';
import type { Recipe } from './recipe.ts';
import { SourceColumns } from './source-column.ts';

/** Forms of phone numbers, including national ones. Nothing else is written in these forms. */
const WRITTEN_AS_PHONE = /^['"=]{0,2}(?:\+\d|\+?\d{0,3}[ -]?\(\d{2,5}\))[\d ()\u00a0.-]{5,20}"?$/;

/** A ClientId of Metrica is the time of the first visit in seconds, followed by more digits. */
const OF_METRICA = /^['"=]{0,2}(?:1[4-9]\d{8}|2[0-4]\d{8})\d{6,10}"?$/;

/**
 * In a column of phone numbers, at least this share of the values are phone numbers. The other
 * values may be extensions and names.
 */
const PHONE_SHARE = 1 / 3;

/** Reads the first values of the columns that are not used for calls. */
export class UnusedColumns {
  /** Looks for phone numbers in the records that have none in the column of the callers. */
  readonly #phones: LikelyColumns;
  /**
   * The index of the column of the callers; `undefined` if the calls have no callers, or get them
   * from several columns.
   */
  readonly #callerAt: number | undefined;
  readonly #hasPhones: boolean;
  /** `undefined` if the calls have identifiers, or get them from another file. */
  readonly #identifiers: LikelyColumns | undefined;
  /** `undefined` if the calls have times. */
  readonly #times: LikelyColumns | undefined;

  /** @param header the columns of the export */
  constructor(
    { leftOut, sources }: Pick<CallColumns, 'leftOut' | 'sources'>,
    header: readonly string[],
    { region, joined }: Recipe,
  ) {
    const columns = new SourceColumns(header).named(leftOut);
    const has = (column: ColumnName): boolean =>
      sources.some(
        ({ name, source: { kind, ...one } }) =>
          name === column && !(kind === 'constant' && 'text' in one && one.text === ''),
      );
    const phones = new PhoneReader(region);
    this.#phones = new LikelyColumns(columns, (text) => isPhone(text, phones), PHONE_SHARE);
    const caller = sources.find(({ name }) => name === 'PhoneNumber')?.source;
    this.#hasPhones = caller !== undefined;
    this.#callerAt = caller?.kind === 'cell' ? caller.at : undefined;
    if (joined === undefined && !IDENTIFIER_COLUMNS.some(has)) {
      this.#identifiers = new LikelyColumns(columns, (text) => OF_METRICA.test(text));
    }
    if (!has('DateTime')) this.#times = new LikelyColumns(columns, isTimeText);
  }

  /** Adds one record of the export. */
  add(record: RecordFields): void {
    const textAt = (at: number): string => record.text(at);
    const { starts, ends } = record;
    const at = this.#callerAt;
    if (!this.#hasPhones || (at !== undefined && starts[at] === ends[at])) this.#phones.add(textAt);
    this.#identifiers?.add(textAt);
    this.#times?.add(textAt);
  }

  /**
   * Reports the columns that may have the values that the calls lack.
   *
   * @param line the physical line of the header
   */
  report(found: FindingCollector, line: number): void {
    for (const name of this.#phones.names) {
      const column = shownColumn(name);
      found.add('phones-left-out', { column }, { column });
    }
    for (const name of this.#identifiers?.names ?? []) {
      const column = shownColumn(name);
      found.add('identifiers-left-out', { column }, { column });
    }
    if (this.#times !== undefined) {
      const candidates = this.#times.names.map(shownColumn);
      found.add('datetime-column-missing', { line }, { candidates });
    }
  }
}

function isPhone(text: string, phones: PhoneReader): boolean {
  if (WRITTEN_AS_PHONE.test(text)) return true;
  if (isTimeText(text)) return false;
  const { value, problem } = phones.read(text);
  return problem === undefined && INTERNATIONAL_PHONE.test(value);
}
