/** Words of a command line as a shell takes them, for lines to paste. */

/** The shells that lines to paste are written for. */
export type Shell = 'posix' | 'powershell' | 'cmd';

/** Words that need no quotes in any of the shells. */
const BARE = /^[\w./:+=-]+$/;

/** Control characters, and those that nobody sees: no shell is given them, and no screen shows them. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** What POSIX shells work on within double quotes. */
const LIVE_IN_QUOTES = /["$`\\!]/;

/**
 * A word in quotes, where it needs them.
 *
 * @returns `undefined` for a word that the shell could take for something else, whatever stands around it
 */
export function shellWord(word: string, shell: Shell): string | undefined {
  if (UNSEEN.test(word)) return undefined;
  if (BARE.test(word)) return word;
  switch (shell) {
    case 'posix':
      return LIVE_IN_QUOTES.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : `"${word}"`;
    case 'powershell':
      // Windows PowerShell hands double quotes to programs without a mark, and a last backslash with one too many.
      return /["“”„]|\\$/.test(word) ? undefined : `'${word.replace(/['‘’‚‛]/g, '$&$&')}'`;
    case 'cmd':
      // Within quotes cmd still puts variables in the place of %NAME% and, when asked to, of !NAME!.
      // A backslash before the last quote would take it away.
      return /["%!]/.test(word) ? undefined : `"${word}${lastBackslashes(word)}"`;
  }
}

/** The backslashes that a word ends with. */
function lastBackslashes(word: string): string {
  let from = word.length;
  while (word.charAt(from - 1) === '\\') from -= 1;
  return word.slice(from);
}

/**
 * The name of a file: no option, whatever it begins with.
 *
 * @returns `undefined` where no command can hold it
 */
export function fileWord(path: string, shell: Shell): string | undefined {
  if (!path.startsWith('-') || path === '-') return shellWord(path, shell);
  return shellWord(shell === 'posix' ? `./${path}` : `.\\${path}`, shell);
}
