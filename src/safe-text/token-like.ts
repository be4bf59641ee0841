/** Words that may be a token which was given or kept in the wrong place. */

/** Tokens of Yandex begin so. */
const OF_YANDEX = /^y[0-9]_[\w-]{8,}$/;

const LONG_WORD = /^[A-Za-z0-9_-]{30,}$/;

/**
 * Whether a word looks like a token: so that it is not repeated, wherever it stands.
 *
 * @param word without spaces around it
 */
export function looksLikeToken(word: string): boolean {
  if (OF_YANDEX.test(word)) return true;
  return LONG_WORD.test(word) && /[A-Z]/.test(word) && /[a-z]/.test(word) && /[0-9]/.test(word);
}

/** Puts `[token]` where a text holds a word that looks like one. */
export function withoutTokens(text: string): string {
  // The shortest that is taken for a token has so many characters.
  return text.replace(/[\w-]{11,}/g, (word) => (looksLikeToken(word) ? '[token]' : word));
}
