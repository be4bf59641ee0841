/** Finds out what an output path leads to. */
import { readlinkSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { systemErrorCode } from '../failure.ts';

/** What is at an output path. */
export type OutputTarget =
  /** A file, or nothing yet. Links are resolved in `path`, so that they stay. */
  | { readonly kind: 'file'; readonly path: string }
  /** A device, which is written directly. */
  | { readonly kind: 'device' }
  /** A pipe, which is written directly. */
  | { readonly kind: 'pipe' }
  /** A folder or a socket. */
  | { readonly kind: 'other' };

/**
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

/** Follows links to a path where nothing exists. */
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

/** Linux follows this many links. */
const MOST_LINKS = 40;

/** The reason for refusing a target that is not a file, as a parameter of failures. */
export const NOT_A_FILE = 'not-a-file';

/** The system error code for a pipe without a reader. */
export const NO_READER = 'ENXIO';
