/** Finds words that look like a token in the paths of files. */
import { existsSync } from 'node:fs';
import { isAddress } from './address-text.ts';
import { looksLikeToken } from './token-like.ts';

/** A token from Yandex inside the name of a file, such as `y0_….json`. */
const INNER_TOKEN = /(?<![A-Za-z0-9])y[0-9]_[\w-]{8,}/g;

/**
 * Returns the words in a path that look like a token. A name of an existing file or folder is not
 * one of them, because the user needs to find that file.
 */
export function tokensInPath(path: string): string[] {
  const found: string[] = [];
  let at = '';
  for (const part of path.split(/([/\\])/)) {
    at += part;
    const word = part.trim();
    const tokens = looksLikeToken(word) ? [word] : (word.match(INNER_TOKEN) ?? []);
    if (tokens.length > 0 && !existsSync(at.trim())) found.push(...tokens);
  }
  return found;
}

/** Replaces the words in a path that look like a token with `[token]`. Addresses stay unchanged. */
export function pathWithoutTokens(path: string): string {
  if (isAddress(path)) return path;
  let shown = path;
  for (const token of tokensInPath(path)) shown = shown.replaceAll(token, '[token]');
  return shown;
}
