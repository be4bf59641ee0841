import { realpathSync, statSync } from 'node:fs';
import { systemErrorCode } from './failure.ts';

/**
 * Where a file has its place that is written beside it first and then moved there. A link leads to
 * what it names, so that the link stays.
 *
 * @param path as the user named it
 * @returns `undefined` when something stands there that is no regular file: a device, a pipe or a
 *   folder, which a file moved there would replace
 * @throws what the system says when it cannot be looked at
 */
export function placeOfFile(path: string): string | undefined {
  try {
    const place = realpathSync(path);
    return statSync(place).isFile() ? place : undefined;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return path;
    throw error;
  }
}
