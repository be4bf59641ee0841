/** Makes invisible and control characters visible. */

/**
 * Control characters, lone surrogates, and invisible characters, for example those that change the
 * direction of text.
 */
export const UNSEEN =
  /[\0-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]/gu;

/** Replaces control characters and invisible characters with visible text. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => {
    if (character === '\udfff') return '\ufffd';
    const code = character.charCodeAt(0);
    if (code < 0x20) return `^${String.fromCharCode(code + 0x40)}`;
    if (code === 0x7f) return '^?';
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
