import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the built command is made of. */
const SOURCES = ['src', 'scripts', 'package.json', 'package-lock.json', 'tsconfig.types.json'];

/** Which the build writes last. */
const LAST_BUILT = ['dist/types/index.d.ts', 'dist/THIRD-PARTY-LICENSES.txt', 'dist/index.js'];

/** The end-to-end tests run the built command, so it is built unless it is newer than all of its sources. */
export default function setup(): void {
  if (process.env['METRIKA_CALLS_BUILT'] === '1') return;
  const isBuilt = LAST_BUILT.every((path) => changed(path) > Math.max(...SOURCES.map(newest)));
  if (isBuilt) return;
  execFileSync(process.execPath, ['scripts/build.js'], { stdio: 'inherit' });
}

/** When the newest file of a folder, or a file, was changed, in milliseconds; a file that is gone changes its folder. */
function newest(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function changed(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
