/** Decides what may be written to a stream: colours, animation, symbols. */
import type { Environment, OutputStream } from '../io/io.ts';

/** The abilities of a stream in addition to plain text. */
export interface TerminalAbilities {
  readonly color: boolean;
  /** Whether lines may be redrawn in place. */
  readonly animation: boolean;
  /** Whether non-ASCII symbols may be used for decoration. */
  readonly unicode: boolean;
  /**
   * Whether numbers are drawn with characters such as `░` and `█`. This needs a terminal with
   * Unicode.
   */
  readonly pictures: boolean;
  /** The width of wrapped text, in columns. */
  readonly columns: number;
  /** The width of tables and of some sentences, in columns; infinite without a terminal. */
  readonly room: number;
}

/** The command-line options for the appearance of output. */
export interface TerminalOptions {
  readonly color: boolean;
  readonly progress: boolean;
}

/** The width that is used if the width of an output is unknown, in columns. */
const UNKNOWN_COLUMNS = 80;

/**
 * Decides what may be written to one stream. The packages for colours and spinners receive this
 * decision. Their own decision would differ in some cases.
 */
export function terminalAbilities(
  stream: OutputStream,
  environment: Environment,
  switches: TerminalOptions,
): TerminalAbilities {
  const ofTerminal = stream.columns ?? 0;
  const asked = stream.isTTY === true ? ofTerminal : columnsAskedFor(environment);
  const columns = asked > 0 ? asked : UNKNOWN_COLUMNS;
  const isTerminal = stream.isTTY === true && environment['TERM'] !== 'dumb';
  const refused = !switches.color || Boolean(environment['NO_COLOR']);
  const force = environment['FORCE_COLOR'];
  const forced = force !== undefined && force !== '' && force !== '0' && force !== 'false';
  const color = !refused && (forced || (isTerminal && force !== '0' && force !== 'false'));
  return {
    color,
    animation: isTerminal && !refused && switches.progress && ofTerminal > 0 && !environment['CI'],
    unicode: supportsUnicode(environment),
    pictures: isTerminal && supportsUnicode(environment),
    columns,
    room: stream.isTTY === true ? columns : Number.POSITIVE_INFINITY,
  };
}

/**
 * Returns the value of the variable COLUMNS, for outputs that are not terminals; 0 if it is not
 * valid.
 */
function columnsAskedFor(environment: Environment): number {
  const asked = Number(environment['COLUMNS']);
  return Number.isInteger(asked) ? asked : 0;
}

/**
 * Says whether non-ASCII symbols are allowed. They are allowed if no locale is set, or if the
 * charset of the locale is UTF-8.
 */
function supportsUnicode(environment: Environment): boolean {
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'];
  return !locale || /utf-?8/i.test(locale);
}
