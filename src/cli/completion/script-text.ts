/** Writes words and texts so that a shell takes them as they are. */

/**
 * Matches words that every shell takes as they are, also without quotes. The lists contain only such
 * words: flags, names of commands, codes, and names of zones.
 */
const PLAIN = /^[\w/+.-]+$/;

/**
 * Joins words with spaces.
 *
 * @throws Error if a shell would not take a word as it is; this is a bug of the program
 */
export function plainWords(words: readonly string[]): string {
  for (const word of words) {
    if (!PLAIN.test(word)) throw new Error(`"${word}" needs quotes in a shell`);
  }
  return words.join(' ');
}

/** Quotes a text for bash and zsh. */
export function posixQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Quotes a text for fish, where a backslash works inside quotes. */
export function fishQuoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

/**
 * Quotes a text for the method `[regex]::Unescape` of .NET, which PowerShell calls. All characters
 * except letters, digits and spaces become escapes. PowerShell also takes typographic apostrophes as
 * quotes, and older versions read a file in the code page of the system. So the result is ASCII
 * without any sign that a shell knows.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.text.regularexpressions.regex.unescape
 */
export function dotNetQuoted(text: string): string {
  const escaped = text.replace(
    /[^A-Za-z0-9 ]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `'${escaped}'`;
}

/** Returns the lines of a comment. */
export function commentLines(text: string): string {
  return text
    .split('\n')
    .map((line) => `# ${line}`.trimEnd())
    .join('\n');
}
