/** Finds the known key that a mistyped key probably means. */
import { distance } from 'fastest-levenshtein';

/** The longest part of a key that is compared, in characters. Comparing takes quadratic time. */
const LONGEST_KEY = 40;

/** Returns the known key that is most like a key; `undefined` if none is like it. */
export function nearestKey(whole: string, known: readonly string[]): string | undefined {
  const key = whole.slice(0, LONGEST_KEY);
  const [near] = [...known].sort((left, right) => distance(key, left) - distance(key, right));
  return near !== undefined && distance(key, near) <= Math.max(1, key.length / 3)
    ? near
    : undefined;
}
