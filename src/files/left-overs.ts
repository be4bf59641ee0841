/** Unfinished output files that killed runs have left behind. */
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Where an output file is written before it is moved to its place, so that a broken run leaves no half of it
 * there. The name cannot be guessed, so nobody can put a link in its way; it names the process that writes.
 */
export function temporaryPathFor(path: string): string {
  // The module takes longer to load than most runs, and few of them write a file.
  const { randomUUID } = process.getBuiltinModule('node:crypto');
  return `${path}.${String(process.pid)}-${randomUUID().slice(0, 13)}.part`;
}

const UNFINISHED = /^\.([1-9]\d{0,9})-[0-9a-f]{8}-[0-9a-f]{4}\.part$/;

/**
 * The unfinished files beside an output file whose runs are over. They may hold personal data, and nobody else
 * takes them away.
 *
 * @param path the output file
 * @returns their paths
 */
export function leftOversOf(path: string): string[] {
  const [folder, name] = [dirname(path), basename(path)];
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    // Whoever writes there says what is wrong.
    return [];
  }
  return names
    .filter((one) => one.startsWith(name))
    .filter((one) => {
      const owner = UNFINISHED.exec(one.slice(name.length))?.[1];
      return owner !== undefined && !isRunning(Number(owner));
    })
    .sort()
    .map((one) => join(folder, one));
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // A process of somebody else may not be asked, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
