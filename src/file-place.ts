import { realpathSync, statSync } from 'node:fs';
import { type Failure, systemErrorCode, usageFailure } from './failure.ts';

/** What stands at a path that is to be written to. */
export type FilePlace =
  /** A file, or nothing yet; `path` is where a link leads, so that the link stays. */
  | { readonly kind: 'file'; readonly path: string }
  /** A device, which takes what it is given. */
  | { readonly kind: 'device' }
  /** A folder, or a pipe: opening one would wait for a reader, with deaf ears for signals. */
  | { readonly kind: 'other' };

/**
 * @param path as the user named it
 * @throws what the system says when it cannot be looked at
 */
export function placeOfFile(path: string): FilePlace {
  try {
    const place = realpathSync(path);
    const stats = statSync(place);
    if (stats.isFile()) return { kind: 'file', path: place };
    return { kind: stats.isCharacterDevice() ? 'device' : 'other' };
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return { kind: 'file', path };
    throw error;
  }
}

/** Why a place that is none for a file is refused, as {@link unwritableFile} says it. */
export const NO_FILE = 'it is no regular file';

/** Where a file is written before it is moved to its place, so that no run leaves half of it there. */
export function draftOf(path: string): string {
  return `${path}.${String(process.pid)}.part`;
}

/**
 * @param code of the failure
 * @param message a sentence that says which file cannot be written, and why
 * @returns a failure with exit code 2
 */
export function unwritableFile(code: string, message: string): Failure {
  return usageFailure(
    code,
    message,
    'Name a file in a folder that exists and that you may write to, with room on its disk.',
  );
}
