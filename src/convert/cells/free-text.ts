/** Reads cells whose text becomes the value. */
import { MAY_BE_STAND_IN } from '../../calls/columns/stand-ins.ts';
import { mayBePadded } from '../../calls/scan/padding.ts';
import { COMMA, type CommonForm, QUOTE, SPACE } from './common-form.ts';

/**
 * Accepts text without quotes and control characters, and without spaces around it. Puts quotes
 * around text with a comma.
 */
export const writeText: CommonForm = (cell, from, to, out) => {
  if (mayBePadded(cell, from, to)) return false;
  let hasComma = false;
  for (let at = from; at < to; at += 1) {
    const code = cell[at] ?? 0;
    if (code < SPACE || code === QUOTE) return false;
    if (code === COMMA) hasComma = true;
  }
  if (hasComma) out.byte(QUOTE);
  out.copy(cell, from, to);
  if (hasComma) out.byte(QUOTE);
  return true;
};

const LETTER_A = 0x41;
const LETTER_Z = 0x5a;

/** Accepts the code of a currency: three capital letters. */
export const writeCurrency: CommonForm = (cell, from, to, out) => {
  if (to - from !== 3 || MAY_BE_STAND_IN.has(cell[from] ?? 0)) return false;
  for (let at = from; at < to; at += 1) {
    const code = cell[at] ?? 0;
    if (code < LETTER_A || code > LETTER_Z) return false;
  }
  out.copy(cell, from, to);
  return true;
};
