/** Keeps the paths in a project's settings file below the folder of that file. */
import { dirname } from 'node:path';
import { Failure } from '../../failure.ts';
import { type PathTarget, targetBelow } from '../../files/path-below.ts';
import { isAddress } from '../../safe-text/address-text.ts';
import type { Setting } from './read-settings.ts';
import { placeWords } from './settings-document.ts';

const PATTERN = /[*?[\]{}]/;

/**
 * Refuses a path in a project's file that leads out of the folder of the file. Links are followed.
 * Only `files` may hold addresses. The matches of a pattern are checked later, when they are known.
 *
 * @throws Failure `settings-path-outside` (exit 2)
 */
export function requireBelow(setting: Setting, path: string): void {
  const to = leadsTo(setting, path);
  if (to === 'below') return;
  throw new Failure('settings-path-outside', {
    place: placeWords(setting.place),
    key: setting.name,
    to,
  });
}

function leadsTo({ name, place }: Setting, path: string): PathTarget | 'address' | 'stdin' {
  if (path === '-') return 'stdin';
  if (isAddress(path)) return name === 'files' ? 'below' : 'address';
  if (name === 'files' && PATTERN.test(path)) return 'below';
  return targetBelow(dirname(place.path), path);
}
