/** Finds the known key that a mistyped key probably means. */
import { distance } from 'fastest-levenshtein';

/** Returns the known key that is most like a key; `undefined` if none is like it. */
export function nearestKey(key: string, known: readonly string[]): string | undefined {
  const [near] = [...known].sort((left, right) => distance(key, left) - distance(key, right));
  return near !== undefined && distance(key, near) <= Math.max(1, key.length / 3)
    ? near
    : undefined;
}
