/** Recognizes words that may be a token that the user put in the wrong place. */

/** The form of tokens from Yandex. */
const OF_YANDEX = /^y[0-9]_[\w-]{8,}$/;

const LONG_WORD = /^[A-Za-z0-9_-]{30,}$/;

/**
 * Says whether a word looks like a token. Messages must not repeat such a word.
 *
 * @param word the word without the spaces around it
 */
export function looksLikeToken(word: string): boolean {
  if (OF_YANDEX.test(word)) return true;
  return LONG_WORD.test(word) && /[A-Z]/.test(word) && /[a-z]/.test(word) && /[0-9]/.test(word);
}

/** A token from Yandex inside a longer word, such as `y0_….json`. */
const INNER_TOKEN = /(?<![A-Za-z0-9])y[0-9]_[\w-]{8,}/g;

/** Returns the tokens in a word: the whole word, or tokens from Yandex inside it. */
export function tokensIn(word: string): readonly string[] {
  return looksLikeToken(word) ? [word] : (word.match(INNER_TOKEN) ?? []);
}

/** Replaces words that look like a token with `[token]`. */
export function withoutTokens(text: string): string {
  // The shortest token has 11 characters.
  return text.replace(/[\w-]{11,}/g, (word) => (looksLikeToken(word) ? '[token]' : word));
}
