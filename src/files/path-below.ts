/** Finds out whether a path in a file leads to a place below the folder of that file. */
import { readlinkSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { systemErrorCode } from '../failure.ts';

/** Where a path leads. */
export type PathTarget = 'below' | 'outside' | 'no-file';

/**
 * Finds out where a path leads. Follows links, also those of folders above the target.
 *
 * @param folder the folder below which the target must be
 * @param path the path, absolute or relative to `folder`
 * @returns `no-file` if the path leads to a folder, a device, a pipe or a socket. If nothing is
 *   there, its place decides
 * @throws an error of the system if the path cannot be followed, for example if links lead to one
 *   another
 */
export function targetOf(folder: string, path: string): PathTarget {
  const target = realPathOf(resolve(folder, path));
  const way = relative(realPathOf(resolve(folder)), target);
  if (way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) return 'outside';
  const stats = statsOf(target);
  return stats === undefined || stats.isFile() ? 'below' : 'no-file';
}

/**
 * Finds out where a path leads, as {@link targetOf} does. A path that cannot be followed leads
 * outside.
 */
export function targetBelow(folder: string, path: string): PathTarget {
  try {
    return targetOf(folder, path);
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return 'outside';
  }
}

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    // The path leads through a file, for example `calls.csv/x`. So nothing is there.
    if (systemErrorCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

/**
 * Follows the links of the part of a path that exists.
 *
 * @throws an error of the system if the path cannot be followed
 */
export function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
    const folder = dirname(path);
    if (folder === path) return path;
    // A link may lead to a file that does not exist yet. Writing to the link would create that file.
    const next = linkAt(path);
    if (next !== undefined) return realPathOf(resolve(realPathOf(folder), next));
    return join(realPathOf(folder), path.slice(folder.length));
  }
}

/** Returns where a link leads; `undefined` if the path is no link. */
function linkAt(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
