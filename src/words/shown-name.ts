/** The type of names from outside that a message may show. */

declare const isShown: unique symbol;

/**
 * A name from outside that is safe to show: a heading, the name of a sheet, or a key of a recipe.
 * Personal data in it is masked, and tokens are removed. Only `src/safe-text` makes such names from
 * text, and `example` makes them from words of the program.
 */
export type ShownName = string & { readonly [isShown]: true };

/**
 * Marks a word of the program as a name to show. A text that is known only at run time may be from
 * outside, so its type is refused.
 */
export function example<Word extends string>(word: string extends Word ? never : Word): ShownName {
  return word as string as ShownName;
}
