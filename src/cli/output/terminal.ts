/** What may be written to a stream: colours, animation, symbols. */
import type { Environment, OutputStream } from '../io/io.ts';

/** What may be written to a stream beside plain text. */
export interface TerminalAbilities {
  readonly color: boolean;
  /** Whether lines may be drawn over. */
  readonly animation: boolean;
  /** Whether symbols beyond ASCII may be used for decoration. */
  readonly unicode: boolean;
  /** Whether shades may stand for numbers: somebody sees them. */
  readonly pictures: boolean;
  /** The width that text is wrapped at, in columns. */
  readonly columns: number;
  /** The width that tables are cut at, in columns; infinite where there is no terminal, and so nothing is lost. */
  readonly room: number;
}

/** What the command line says about the looks of the output. */
export interface TerminalOptions {
  readonly color: boolean;
  readonly progress: boolean;
}

/** What an output is taken for that does not say how wide it is. */
const UNKNOWN_COLUMNS = 80;

/**
 * Decides for one stream. The packages for colours and spinners decide differently in several cases,
 * so they get the decision.
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
    unicode: speaksUnicode(environment),
    pictures: isTerminal && speaksUnicode(environment),
    columns,
    room: stream.isTTY === true ? columns : Number.POSITIVE_INFINITY,
  };
}

/** Off a terminal the variable that shells keep tells the width. */
function columnsAskedFor(environment: Environment): number {
  const asked = Number(environment['COLUMNS']);
  return Number.isInteger(asked) ? asked : 0;
}

/** A locale that names another charset asks for ASCII; one that is not set asks for nothing. */
function speaksUnicode(environment: Environment): boolean {
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'];
  return !locale || /utf-?8/i.test(locale);
}
