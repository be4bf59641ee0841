/** Converts numbers in results for programs. */
import { LosslessNumber } from 'lossless-json';

/**
 * Turns numbers into text if JavaScript would round them. The text keeps all their digits.
 */
export function withPlainNumbers<Value>(value: Value): Value {
  if (typeof value === 'bigint') return String(value) as Value;
  if (value instanceof LosslessNumber) return value.value as Value;
  if (Array.isArray(value)) return value.map(withPlainNumbers) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]: [string, unknown]) => [key, withPlainNumbers(part)]),
  ) as Value;
}
