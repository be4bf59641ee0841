/** Keeps the paths in a project's settings file below the folder of that file. */
import { dirname, resolve } from 'node:path';
import { Failure } from '../../failure.ts';
import { type PathTarget, targetBelow } from '../../files/path-below.ts';
import { isAddress } from '../../safe-text/address-text.ts';
import type { SettingName } from './setting-keys.ts';

/** A setting whose value is a path. */
interface PlacedName {
  readonly name: SettingName;
  /** The path of the settings file. */
  readonly file: string;
  /** The place of the value, for the message. */
  readonly place: string;
}

const PATTERN = /[*?[\]{}]/;

/**
 * Refuses a path in a project's file that leads out of the folder of the file. Links are followed.
 * Only `files` may hold addresses. The matches of a pattern are checked later, when they are known.
 *
 * @throws Failure `settings-path-outside` (exit 2)
 */
export function requireBelow({ name, file, place }: PlacedName, path: string): void {
  const to = leadsTo(name, dirname(file), path);
  if (to === 'below') return;
  throw new Failure('settings-path-outside', { place, key: name, to });
}

/** Finds out where the folders of a pattern lead that come before its first special character. */
function fixedPart(folder: string, pattern: string): PathTarget {
  const parts = pattern.split('/');
  const fixed = parts
    .slice(
      0,
      parts.findIndex((part) => PATTERN.test(part)),
    )
    .join('/');
  const isRoot = fixed === '' && pattern.startsWith('/');
  if (fixed === '' && !isRoot) return 'below';
  const place = isRoot ? '/' : fixed;
  if (resolve(folder, place) === resolve(folder)) return 'below';
  return targetBelow(folder, place) === 'outside' ? 'outside' : 'below';
}

function leadsTo(
  name: SettingName,
  folder: string,
  path: string,
): PathTarget | 'address' | 'stdin' {
  if (path === '-') return 'stdin';
  if (isAddress(path)) return name === 'files' ? 'below' : 'address';
  if (name === 'files' && PATTERN.test(path)) return fixedPart(folder, path);
  return targetBelow(folder, path);
}
