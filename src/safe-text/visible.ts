/** Makes invisible and control characters visible. */

/**
 * Control characters, lone surrogates, and invisible characters, for example those that change the
 * direction of text. Unicode calls most of the invisible characters "default ignorable": fillers,
 * variation selectors, tags and others that a font draws as nothing.
 */
export const UNSEEN =
  /[\0-\x1f\x7f-\x9f\u2028\u2029\ufff9-\ufffb\ud800-\udfff\p{Default_Ignorable_Code_Point}]/gu;

/** Replaces control characters and invisible characters with visible text. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => {
    if (character === '\udfff') return '\ufffd';
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20) return `^${String.fromCharCode(code + 0x40)}`;
    if (code === 0x7f) return '^?';
    const digits = code.toString(16).padStart(4, '0');
    return digits.length > 4 ? `\\u{${digits}}` : `\\u${digits}`;
  });
}

/** Returns the escapes of JSON for a character: one for each of its UTF-16 units. */
export function jsonEscapes(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
