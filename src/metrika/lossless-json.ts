/** Parses and writes JSON without losing digits of numbers. */
import { isInteger, isSafeNumber, LosslessNumber, parse, stringify } from 'lossless-json';

/**
 * Parses JSON without losing digits. Integers above 2^53 become `bigint`. Other numbers that
 * `number` cannot represent exactly become {@link LosslessNumber}.
 *
 * @throws SyntaxError when the text is not JSON
 */
export function parseJson(text: string): unknown {
  return parse(text, undefined, (digits) => {
    if (isSafeNumber(digits)) return Number(digits);
    return isInteger(digits) ? BigInt(digits) : new LosslessNumber(digits);
  });
}

/**
 * Writes a result of {@link parseJson} as JSON, with all digits.
 *
 * @param indent spaces for each level; 0 puts everything on one line
 */
export function writeJson(value: unknown, indent = 0): string {
  return stringify(value, undefined, indent) ?? 'null';
}

/** The maximum number of nested levels. Real answers of the service have fewer. */
const DEEPEST = 100;

/**
 * The maximum length of one string in the JSON, in characters. All strings of the service are
 * shorter. Parsing a string needs many times as much memory as the string itself.
 */
const LONGEST_TEXT = 65_536;

const TOO_LONG = `left out: a text of more than ${String(LONGEST_TEXT)} characters`;

/** The text that replaces a value below the deepest level. */
const TOO_DEEP = 'left out: nested deeper than 100';

/**
 * Replaces very long texts, and values nested deeper than 100 levels, with a short text. An input
 * that was cut off does not become valid JSON. Other mistakes in the JSON remain too, except those
 * inside replaced values.
 */
export function withoutExcess(text: string): string {
  const kept: string[] = [];
  let depth = 0;
  let from = 0;
  let textFrom = -1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (textFrom >= 0) {
      if (code === 0x5c) at += 1;
      else if (code === 0x22) {
        if (at - textFrom > LONGEST_TEXT && depth <= DEEPEST) {
          kept.push(text.slice(from, textFrom), JSON.stringify(TOO_LONG));
          from = at + 1;
        }
        textFrom = -1;
      }
    } else if (code === 0x22) textFrom = at;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth === DEEPEST + 1) kept.push(text.slice(from, at), JSON.stringify(TOO_DEEP));
    } else if (code === 0x7d || code === 0x5d) {
      if (depth === DEEPEST + 1) from = at + 1;
      depth -= 1;
    }
  }
  if (kept.length === 0) return text;
  return depth > DEEPEST ? '' : kept.join('') + text.slice(from);
}
