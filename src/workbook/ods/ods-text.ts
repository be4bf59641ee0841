/** Converts the stored value of a cell of an OpenDocument spreadsheet to text. */
import type { SheetFacts } from '../cell-text.ts';
import { hasAllDigits, numberText } from '../number-text.ts';
import { attribute, type Attributes } from '../xml-reader.ts';

const NUMBERS: ReadonlySet<string> = new Set(['float', 'percentage', 'currency']);

/** A time of day or a duration, such as `PT09H12M00S`. */
const TIME = /^PT(\d{1,9})H(\d{1,2})M(\d{1,2})(?:[.,]\d*)?S$/;

/** The fraction of a second after a date and a time, if the fraction has only zeros. */
const ZERO_FRACTION = /\.0+$/;

/**
 * Returns the text of a cell: dates as `2026-11-20 09:12:00`, durations as `25:12:00`, numbers with
 * all their digits.
 *
 * @param shown the text that a person sees in the cell
 * @param facts its `keepsDigits` is set if the cell proves that the sheet stores long numbers with
 *   all their digits
 */
export function odsText(attributes: Attributes, shown: string, facts: SheetFacts): string {
  const type = attribute(attributes, 'value-type') ?? 'string';
  if (NUMBERS.has(type)) return numberOf(attribute(attributes, 'value'), shown, facts);
  if (type === 'date') {
    const date = attribute(attributes, 'date-value');
    return date?.replace('T', ' ').replace(ZERO_FRACTION, '') ?? shown;
  }
  if (type === 'time') return timeOf(attribute(attributes, 'time-value')) ?? shown;
  if (type === 'boolean') {
    return attribute(attributes, 'boolean-value') === 'true' ? 'TRUE' : 'FALSE';
  }
  return shown === '' ? (attribute(attributes, 'string-value') ?? '') : shown;
}

function numberOf(value: string | undefined, shown: string, facts: SheetFacts): string {
  if (value === undefined) return shown;
  // A format such as 000000 shows 42 as 000042. Other programs know the value with its zeros.
  if (/^0\d+$/.test(shown) && Number(shown) === Number(value)) return shown;
  // A formula with an error has a number that nobody sees, and the name of the error as its text.
  if (/^(?:#|Err:\d)/.test(shown)) return shown;
  if (!facts.keepsDigits && hasAllDigits(value)) facts.keepsDigits = true;
  return numberText(value, facts.keepsDigits);
}

function timeOf(value: string | undefined): string | undefined {
  const found = TIME.exec(value ?? '');
  if (found === null) return undefined;
  const [, hours = '', minutes = '', seconds = ''] = found;
  return [hours, minutes, seconds].map((part) => String(Number(part)).padStart(2, '0')).join(':');
}
