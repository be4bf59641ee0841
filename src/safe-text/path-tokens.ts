/** Finds words that look like a token in the paths of files. */
import { existsSync } from 'node:fs';
import { isAddress } from './address-text.ts';
import { tokensIn } from './token-like.ts';

/**
 * Returns the words in a path that look like a token. A name of an existing file or folder is not
 * one of them, because the user needs to find that file.
 */
export function tokensInPath(path: string): string[] {
  const found: string[] = [];
  let at = '';
  for (const part of path.split(/([/\\])/)) {
    at += part;
    const tokens = tokensIn(part.trim());
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
