/** Quotes the words of command lines to paste, for several shells. */

/** The shells that command lines are written for. On Windows, the shell may be unknown. */
export type Shell = 'posix' | 'powershell' | 'cmd' | 'unknown';

/**
 * Matches a word that needs no quotes in any of the shells. zsh reads `=name` as the path of a
 * program.
 */
const BARE = /^(?!=)[\w./:+=-]+$/;

/**
 * Matches control characters and invisible characters, which must not reach a shell or a screen.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/u;

/** Matches characters with a special meaning inside double quotes in POSIX shells. */
const LIVE_IN_QUOTES = /["$`\\!]/;

/**
 * Quotes a word if it needs quotes.
 *
 * @returns `undefined` for a word that cannot be quoted safely in the shell
 */
export function shellWord(word: string, shell: Shell): string | undefined {
  if (UNSEEN.test(word)) return undefined;
  if (BARE.test(word)) return word;
  switch (shell) {
    case 'posix':
      return LIVE_IN_QUOTES.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : `"${word}"`;
    case 'powershell':
      // Windows PowerShell passes double quotes and a final backslash to programs incorrectly.
      return /["“”„]|\\$/.test(word) ? undefined : `'${word.replace(/['‘’‚‛]/g, '$&$&')}'`;
    case 'cmd':
      // Even inside quotes, cmd expands %NAME% and, if enabled, !NAME!.
      // A backslash before the closing quote would escape that quote.
      return /["%!]/.test(word) ? undefined : `"${word}${lastBackslashes(word)}"`;
    case 'unknown':
      // Some shells change these characters even inside double quotes. If a word has none of them,
      // no shell changes the quoted word.
      return /["“”„$`%!]|\\\\|\\$/.test(word) ? undefined : `"${word}"`;
  }
}

/** Returns the backslashes at the end of a word. */
function lastBackslashes(word: string): string {
  let from = word.length;
  while (word.charAt(from - 1) === '\\') from -= 1;
  return word.slice(from);
}

/**
 * Quotes the name of a file. Adds `./` or `.\` before a name that begins with a hyphen. Otherwise,
 * programs would read the name as an option.
 *
 * @returns `undefined` for a name that cannot be quoted safely in the shell
 */
export function fileWord(path: string, shell: Shell): string | undefined {
  if (!path.startsWith('-') || path === '-') return shellWord(path, shell);
  const isWindows = shell === 'powershell' || shell === 'cmd';
  return shellWord(isWindows ? `.\\${path}` : `./${path}`, shell);
}
