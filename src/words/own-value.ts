/** Looks up values in tables by a text from outside. */

/**
 * Returns the value of a key in a table; `undefined` if the table has no such key. Unlike
 * `table[key]`, it never returns what every object inherits, such as `constructor`.
 */
export function ownValue<Value>(
  table: Readonly<Partial<Record<string, Value>>>,
  key: string,
): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
