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

/** What is nested deeper is no answer of the service. */
const DEEPEST = 100;

/** A longer text is none of the service; to read it would take many times its length in memory. */
const LONGEST_TEXT = 65_536;

const TOO_LONG = `left out: a text of more than ${String(LONGEST_TEXT)} characters`;

/** Stands where a value was nested too deep. */
const TOO_DEEP = 'left out: nested deeper than 100';

/**
 * JSON text in which nothing is nested deeper than 100 levels and no text is very long, in one pass: what is
 * becomes a text that says so. Text that is no JSON comes out as something that is none.
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
