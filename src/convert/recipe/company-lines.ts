/** Warns about calls whose caller is a phone line of the company. Such calls are outgoing. */
import { INTERNATIONAL_PHONE } from '../../calls/columns/value-forms.ts';
import type { FindingCollector } from '../../calls/findings/collector.ts';
import type { RecordFields } from '../../csv/record-fields.ts';
import { shownColumn } from '../../safe-text/shown-value.ts';
import { CallBytes } from '../cells/call-bytes.ts';
import { PhoneReader } from '../cells/phone.ts';
import type { PhoneRegion } from '../cells/phone-plan.ts';
import { KeyHasher, SeenKeys } from '../cells/seen-keys.ts';
import type { CallColumns } from './call-columns.ts';
import type { Recipe } from './recipe.ts';
import { SourceColumns } from './source-column.ts';

/** After this many values, a column without enough phone numbers is no longer watched. */
const FIRST_VALUES = 50;
/** In a column of called numbers, at least this share of the values are phone numbers. */
const PHONE_SHARE = 1 / 3;
/**
 * In a column of called numbers, at most this share of the values equal the caller of the record.
 */
const MOST_SAME = 1 / 3;
/** At most this many called phone numbers are stored. A company has fewer phone lines. */
const MOST_LINES = 100_000;
/** The number of callers that are stored in one array. */
const STORED = 64 * 1024;
/** How many integers are stored for a caller: two for the hash, and one for the physical line. */
const NUMBERS = 3;
const LONGEST_PHONE = 64;

/** A column that may have the called numbers. */
interface Watched {
  readonly name: string;
  readonly at: number;
  readonly called: SeenKeys;
  values: number;
  phones: number;
  /** The number of records in which the column has the caller's phone number. */
  same: number;
}

/**
 * Compares the caller of each call with the called numbers of all other calls. The caller of one
 * call may be the called number of a later call. So the callers are stored until the end, in 12
 * bytes for each call.
 */
export class CompanyLines {
  readonly #phones: PhoneReader;
  readonly #callerAt: number;
  readonly #caller = new KeyHasher();
  readonly #hasher = new KeyHasher();
  readonly #number = new CallBytes(LONGEST_PHONE);
  #watched: Watched[];
  readonly #callers: Int32Array[] = [];
  #count = 0;

  /**
   * @param callerAt the index of the column with the callers
   * @param unused the names of the columns that may have the called numbers
   * @param region the region of national phone numbers
   */
  constructor(
    callerAt: number,
    unused: readonly string[],
    header: readonly string[],
    region: PhoneRegion | undefined,
  ) {
    this.#phones = new PhoneReader(region);
    this.#callerAt = callerAt;
    this.#watched = new SourceColumns(header)
      .named(unused)
      .map((one) => ({ ...one, called: new SeenKeys(), values: 0, phones: 0, same: 0 }));
  }

  /**
   * Adds one record that becomes a call.
   *
   * @param line the physical line of the record, from 1
   */
  add(record: RecordFields, line: number): void {
    if (this.#watched.length === 0) return;
    const isCaller = this.#hash(record, this.#callerAt, this.#caller) === 'phone';
    if (isCaller) this.#store(line);
    let isOver = false;
    for (const column of this.#watched) {
      const kind = this.#hash(record, column.at, this.#hasher);
      if (kind === 'empty') continue;
      column.values += 1;
      if (kind === 'phone') this.#addCalled(column, isCaller, line);
      if (column.values === FIRST_VALUES && !isOfPhones(column)) isOver = true;
    }
    if (isOver) {
      this.#watched = this.#watched.filter(
        (column) => column.values < FIRST_VALUES || isOfPhones(column),
      );
    }
  }

  report(found: FindingCollector): void {
    const columns = this.#watched.filter(
      (column) => isOfPhones(column) && column.same <= column.values * MOST_SAME,
    );
    for (const { name, called } of columns) {
      for (let at = 0; at < this.#count; at += 1) {
        const stored = this.#callers[Math.floor(at / STORED)];
        const from = (at % STORED) * NUMBERS;
        const hash = { high: stored?.[from] ?? 0, low: stored?.[from + 1] ?? 0 };
        const line = stored?.[from + 2] ?? 0;
        const calledAt = called.lineOf(hash);
        if (calledAt === undefined || calledAt === line) continue;
        found.add(
          'company-line',
          { line, column: 'PhoneNumber' },
          { called: shownColumn(name), calledAt },
        );
      }
    }
  }

  #addCalled(column: Watched, isCaller: boolean, line: number): void {
    column.phones += 1;
    const { high, low } = this.#hasher;
    if (isCaller && high === this.#caller.high && low === this.#caller.low) column.same += 1;
    const { called } = column;
    if (called.size < MOST_LINES) called.see(this.#hasher, line);
  }

  #store(line: number): void {
    const from = (this.#count % STORED) * NUMBERS;
    if (from === 0) this.#callers.push(new Int32Array(STORED * NUMBERS));
    const stored = this.#callers.at(-1);
    if (stored === undefined) return;
    stored[from] = this.#caller.high;
    stored[from + 1] = this.#caller.low;
    stored[from + 2] = line;
    this.#count += 1;
  }

  /** Hashes the international form of a phone number in a field. */
  #hash(record: RecordFields, at: number, hasher: KeyHasher): 'empty' | 'phone' | 'other' {
    const [from, to] = [record.starts[at] ?? 0, record.ends[at] ?? 0];
    if (from === to) return 'empty';
    const number = this.#number;
    number.length = 0;
    if (this.#phones.writeCommon(record.bytes, from, to, number)) {
      hasher.hashBytes(number.bytes, 0, number.length);
      return 'phone';
    }
    const text = record.text(at).trim();
    if (text === '') return 'empty';
    const { value, problem } = this.#phones.read(text);
    if (problem !== undefined || !INTERNATIONAL_PHONE.test(value)) return 'other';
    hasher.hash(value);
    return 'phone';
  }
}

function isOfPhones({ values, phones }: Watched): boolean {
  return phones > 0 && phones >= values * PHONE_SHARE;
}

/**
 * Creates the check of the callers of an export. Returns `undefined` if the conversion includes
 * outgoing calls, or if it is unknown which column has the callers. Also returns `undefined` if the
 * recipe or the preset already says which records are outgoing. A preset with `ownNumbers` only
 * guesses the direction from phone numbers, so its callers are checked.
 *
 * @param header the columns of the export
 */
export function companyLinesOf(
  { places, sources, leftOut }: CallColumns,
  header: readonly string[],
  { preset, direction, directions, region, leftAlone }: Recipe,
): CompanyLines | undefined {
  const callerAt = places.get('PhoneNumber');
  const own = preset?.ownNumbers;
  if (direction === 'all' || directions.size > 0 || callerAt === undefined) return undefined;
  if (own !== undefined) return new CompanyLines(callerAt, own, header, region);
  const source = sources.find(({ name }) => name === 'PhoneNumber')?.source;
  if (preset?.direction !== undefined || source?.kind !== 'cell') return undefined;
  return new CompanyLines(callerAt, [...leftOut, ...leftAlone], header, region);
}
