/** Finds the target of an output path: a file, a device or a pipe. */
import { readlinkSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { systemErrorCode } from '../failure.ts';

/** The target of an output path. */
export type OutputTarget =
  /**
   * A file, or a path where no file exists yet. `path` has no links. So a rename replaces the file
   * and not a link.
   */
  | { readonly kind: 'file'; readonly path: string }
  /** A device, which is written directly. */
  | { readonly kind: 'device' }
  /** A pipe, which is written directly. */
  | { readonly kind: 'pipe' }
  /** A folder, a socket or a block device. */
  | { readonly kind: 'other' };

/**
 * Finds the target of an output path.
 *
 * @param path the path as the user named it
 * @throws the system error if the path cannot be examined
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

/** Follows each link to the next one. Returns the path at the end, where no file exists. */
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

/** The maximum number of links to follow. Linux has the same limit. */
const MOST_LINKS = 40;

/**
 * The reason for refusing a target of the kind `other`, for example a folder. Failures have this
 * reason as a parameter.
 */
export const NOT_A_FILE = 'not-a-file';

/** The system error code for a pipe without a reader. */
export const NO_READER = 'ENXIO';
