import { execFileSync } from 'node:child_process';

/** The end-to-end tests run the built command, so it is built from the sources as they are now. */
export default function setup(): void {
  if (process.env['METRIKA_CALLS_BUILT'] === '1') return;
  execFileSync(process.execPath, ['scripts/build.js'], { stdio: 'inherit' });
}
