/** Adds the identifiers of phone numbers to calls, and handles the calls without an identifier. */
import { type ColumnName, IDENTIFIER_COLUMNS } from '../calls/columns/columns.ts';
import { RecordFields } from '../csv/record-fields.ts';
import type { CallBytes } from './cells/call-bytes.ts';
import { numberOf } from './recipe/identifiers-by-phone.ts';
import type { Recipe } from './recipe/recipe.ts';

/** The result for one call. */
export type Identified =
  | 'identified'
  /** The call has no identifier, so it was marked as static. */
  | 'static'
  /** The call has no identifier, and nothing was done about it. */
  | 'unidentified'
  /** The call has no identifier, so the recipe leaves it out. */
  | 'left-out';

const QUOTE = 0x22;
const DIGIT_1 = 0x31;

/** Completes the calls of one export. */
export class Identification {
  readonly counted = { joined: 0, identifiedStatics: 0 };
  readonly #recipe: Recipe;
  readonly #phoneAt: number;
  /** The index of the column StaticCall; -1 if the calls lack it. */
  readonly staticAt: number;
  /** The index of each identifier column; -1 if the calls lack the column. */
  readonly #identifiersAt: readonly number[];
  readonly #stored = new RecordFields(',');

  /** @param names the columns of the calls */
  constructor(names: readonly ColumnName[], recipe: Recipe) {
    this.#recipe = recipe;
    this.#phoneAt = names.indexOf('PhoneNumber');
    this.staticAt = names.indexOf('StaticCall');
    this.#identifiersAt = IDENTIFIER_COLUMNS.map((name) => names.indexOf(name));
  }

  /** Whether this class can change any call. */
  get isNeeded(): boolean {
    return this.#recipe.joined !== undefined || this.#recipe.unidentified !== 'error';
  }

  /**
   * Writes a call with the identifiers of its phone number. If the call has no identifier, the
   * recipe may mark it as static, or leave it out.
   *
   * @param call the fields of the call
   * @param from the index of the first byte of the call in `call.bytes`
   * @param to the index after the line end of the call, in the same bytes
   * @returns the result; if it is `left-out`, nothing was written
   */
  write(call: RecordFields, from: number, to: number, out: CallBytes): Identified {
    const { unidentified, staticWasSet } = this.#recipe;
    const isStored = this.#findStored(call);
    let isIdentified = false;
    let at = from;
    const { length } = out;
    for (let which = 0; which < this.#identifiersAt.length; which += 1) {
      const column = this.#identifiersAt[which] ?? -1;
      if (column < 0) continue;
      const place = call.starts[column] ?? 0;
      if (place !== call.ends[column]) isIdentified = true;
      else if (isStored) {
        out.copy(call.bytes, at, place);
        at = place;
        if (copyField(this.#stored, which, out)) isIdentified = true;
      }
    }
    if (isStored) this.counted.joined += 1;
    if (isIdentified) {
      if (staticWasSet && unidentified !== 'error') this.counted.identifiedStatics += 1;
    } else if (unidentified === 'skip') {
      out.length = length;
      return 'left-out';
    } else if (unidentified === 'static') {
      const quotes = quotesOf(call, this.staticAt);
      out.copy(call.bytes, at, (call.starts[this.staticAt] ?? 0) - quotes);
      out.byte(DIGIT_1);
      out.copy(call.bytes, (call.ends[this.staticAt] ?? 0) + quotes, to);
      return 'static';
    }
    out.copy(call.bytes, at, to);
    return isIdentified ? 'identified' : 'unidentified';
  }

  /**
   * Finds the identifiers of the call's phone number, and divides them into fields.
   *
   * @returns whether the phone number has stored identifiers
   */
  #findStored(call: RecordFields): boolean {
    const { joined } = this.#recipe;
    const at = this.#phoneAt;
    if (joined === undefined || at < 0) return false;
    const number = numberOf(call.bytes, call.starts[at] ?? 0, call.ends[at] ?? 0);
    return number !== undefined && joined.byPhone.read(number, this.#stored);
  }
}

/**
 * Copies a field with its quotes.
 *
 * @returns whether the field is not empty
 */
function copyField(record: RecordFields, field: number, out: CallBytes): boolean {
  const quotes = quotesOf(record, field);
  const [start, end] = [(record.starts[field] ?? 0) - quotes, (record.ends[field] ?? 0) + quotes];
  out.copy(record.bytes, start, end);
  return end > start;
}

/** Returns the number of quotes at each side of a field. */
function quotesOf(record: RecordFields, field: number): 0 | 1 {
  const start = record.starts[field] ?? 0;
  return start > 0 && record.bytes[start - 1] === QUOTE ? 1 : 0;
}
