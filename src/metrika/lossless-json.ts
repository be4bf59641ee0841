/** JSON in which no digit of a number is lost. */
import { isInteger, isSafeNumber, LosslessNumber, parse, stringify } from 'lossless-json';

/**
 * Parses JSON without losing a digit: whole numbers past 2^53 come as `bigint`, other numbers that
 * do not fit come as {@link LosslessNumber}, the rest as `number`.
 *
 * @throws SyntaxError when the text is no JSON
 */
export function parseJson(text: string): unknown {
  return parse(text, undefined, (digits) => {
    if (isSafeNumber(digits)) return Number(digits);
    return isInteger(digits) ? BigInt(digits) : new LosslessNumber(digits);
  });
}

/**
 * The counterpart of {@link parseJson}.
 *
 * @param indent spaces a level; 0 puts all on one line
 */
export function writeJson(value: unknown, indent = 0): string {
  return stringify(value, undefined, indent) ?? 'null';
}
