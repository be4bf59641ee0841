/** What may be written to a stream: colours, animation, symbols; and text made harmless for a terminal. */

/** One of the two streams that a run writes to. */
export interface OutputStream {
  /** @param text or its bytes in UTF-8 */
  write(text: string | Uint8Array): unknown;
  once?(event: 'drain' | 'error', listener: () => void): unknown;
  off?(event: 'drain' | 'error', listener: () => void): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** What may be written to a stream beside plain text. */
export interface TerminalAbilities {
  readonly color: boolean;
  /** Whether lines may be drawn over. */
  readonly animation: boolean;
  /** Whether symbols beyond ASCII may be used for decoration. */
  readonly unicode: boolean;
  /** Characters a line; infinite where there is no terminal. */
  readonly columns: number;
}

/** What the command line says about the looks of the output. */
export interface TerminalSwitches {
  readonly color: boolean;
  readonly progress: boolean;
}

/** What a terminal is taken for that does not say how wide it is. */
const UNKNOWN_COLUMNS = 80;

/**
 * Decides for one stream. The packages for colours and spinners decide differently in several cases,
 * so they get the decision.
 */
export function terminalAbilities(
  stream: OutputStream,
  environment: Environment,
  switches: TerminalSwitches,
): TerminalAbilities {
  const columns = stream.columns ?? 0;
  const isTerminal = stream.isTTY === true && environment['TERM'] !== 'dumb';
  const refused = !switches.color || Boolean(environment['NO_COLOR']);
  const force = environment['FORCE_COLOR'];
  const forced = force !== undefined && force !== '' && force !== '0' && force !== 'false';
  const color = !refused && (forced || (isTerminal && force !== '0' && force !== 'false'));
  return {
    color,
    animation: isTerminal && !refused && switches.progress && columns > 0 && !environment['CI'],
    unicode: speaksUnicode(environment),
    columns:
      stream.isTTY !== true ? Number.POSITIVE_INFINITY : columns > 0 ? columns : UNKNOWN_COLUMNS,
  };
}

/** A locale that names another charset asks for ASCII; one that is not set asks for nothing. */
function speaksUnicode(environment: Environment): boolean {
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'];
  return !locale || /utf-?8/i.test(locale);
}

/**
 * Makes text from elsewhere harmless on a terminal and in the log of a CI system: control characters appear as
 * `^[` and the like, characters that turn the direction of writing or cannot be seen as their numbers, and the
 * commands of runners are broken: `##[` anywhere, `::` at a beginning.
 */
export function withoutControls(text: string): string {
  return text
    .replace(/##(?=\[)/g, '# #')
    .replace(/^(\s*)::/, '$1: :')
    .replace(UNSEEN, (character) => {
      if (character === '\udfff') return '\ufffd';
      const code = character.charCodeAt(0);
      if (code < 0x20) return `^${String.fromCharCode(code + 0x40)}`;
      if (code === 0x7f) return '^?';
      return `\\u${code.toString(16).padStart(4, '0')}`;
    });
}

/** Control characters, those that turn or join without being seen, and halves of characters. */
export const UNSEEN =
  /[\0-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]/gu;
