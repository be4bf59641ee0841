/** Reads flags. Call systems write flags as words. */
import type { ColumnShape } from '../../calls/columns/shapes.ts';
import { saysMissed, YES_NO } from './direction-words.ts';
import { wholeDigits } from './written-number.ts';

/**
 * The words that call systems use for one flag, in lower case. direction-words.ts has the words for
 * missed calls.
 */
const WORDS_OF: Readonly<Partial<Record<ColumnShape, ReadonlyMap<string, '0' | '1'>>>> = {
  'first-time-flag': new Map([
    ...['новый', 'первичный', 'первый', 'new', 'first'].map((word) => [word, '1'] as const),
    ...['повторный', 'repeated', 'repeat'].map((word) => [word, '0'] as const),
  ]),
  'static-flag': new Map([
    ...['static', 'статический'].map((word) => [word, '1'] as const),
    ...['dynamic', 'динамический'].map((word) => [word, '0'] as const),
  ]),
};

/** Reads a flag as 0 or 1; text that is not a known word stays as it is. */
export function readFlag(text: string, shape: ColumnShape): string {
  const word = text.toLowerCase();
  const known = YES_NO.get(word) ?? WORDS_OF[shape]?.get(word);
  if (known !== undefined) return known;
  const isMissed = shape === 'missed-flag' ? saysMissed(word) : undefined;
  return isMissed === undefined ? (wholeDigits(text) ?? text) : isMissed ? '1' : '0';
}

/** Says whether a text is a known word for a flag. */
export function isKnownFlag(text: string, shape: ColumnShape): boolean {
  const flag = readFlag(text, shape);
  return flag === '0' || flag === '1';
}
