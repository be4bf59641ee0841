import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The sources of the built command. */
const SOURCES = ['src', 'scripts', 'package.json', 'package-lock.json', 'tsconfig.types.json'];

/** The files that the build writes last. */
const LAST_BUILT = ['dist/types/index.d.ts', 'dist/THIRD-PARTY-LICENSES.txt', 'dist/index.js'];

/**
 * Builds the command for the end-to-end tests. Skips the build if the built command is newer than
 * all of its sources.
 */
export default function setup(): void {
  if (process.env['METRIKA_CALLS_BUILT'] === '1') return;
  const isBuilt = LAST_BUILT.every((path) => changed(path) > Math.max(...SOURCES.map(newest)));
  if (isBuilt) return;
  execFileSync(process.execPath, ['scripts/build.js'], { stdio: 'inherit' });
}

/**
 * Returns the time of the newest change to a file or a folder, in milliseconds. A deleted file
 * changes the time of its folder.
 */
function newest(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function changed(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
