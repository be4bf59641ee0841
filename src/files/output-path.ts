/** What stands where a file is to be written. */
import { readlinkSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { systemErrorCode } from '../failure.ts';

/** What stands at a path that is to be written to. */
export type OutputTarget =
  /** A file, or nothing yet; `path` is where a link leads, so that the link stays. */
  | { readonly kind: 'file'; readonly path: string }
  /** A device, which is written to directly. */
  | { readonly kind: 'device' }
  /** A pipe, which is written to directly. */
  | { readonly kind: 'pipe' }
  /** A folder, or a socket. */
  | { readonly kind: 'other' };

/**
 * @param path as the user named it
 * @throws what the system says when it cannot be looked at
 */
export function outputTarget(path: string): OutputTarget {
  try {
    const real = realpathSync(path);
    const stats = statSync(real);
    if (stats.isFile()) return { kind: 'file', path: real };
    if (stats.isFIFO()) return { kind: 'pipe' };
    return { kind: stats.isCharacterDevice() ? 'device' : 'other' };
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return { kind: 'file', path: endOfLinks(path) };
    throw error;
  }
}

/** Where links lead of which the last one leads to nothing. */
function endOfLinks(path: string): string {
  let at = path;
  for (let links = 0; links < MOST_LINKS; links += 1) {
    try {
      at = resolve(dirname(at), readlinkSync(at));
    } catch {
      return at;
    }
  }
  return at;
}

/** As many links as Linux follows. */
const MOST_LINKS = 40;

/** Why a target that is no file is refused, as the failures of output files take it. */
export const NOT_A_FILE = 'not-a-file';

/** What the system says of a pipe that nobody reads. */
export const NO_READER = 'ENXIO';
