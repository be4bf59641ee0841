/** Unfinished output files that killed runs have left behind. */
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Where an output file is written before it is moved to its place, so that a broken run leaves no half of it
 * there. The name cannot be guessed, so nobody can put a link in its way; it names the process that writes.
 */
export function temporaryPathFor(path: string): string {
  // The module takes longer to load than most runs, and few of them write a file.
  const { randomInt } = process.getBuiltinModule('node:crypto');
  const letters = Array.from({ length: RANDOM_LETTERS }, () =>
    String.fromCharCode(LETTER_A + randomInt(26)),
  );
  return `${path}.${process.pid.toString(36)}-${letters.join('')}.part`;
}

/** Letters, since a long number in a name would be masked where it is shown. */
const RANDOM_LETTERS = 12;
const LETTER_A = 97;

const UNFINISHED = /^\.([1-9a-z][0-9a-z]{0,6})-[a-z]{12}\.part$/;

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
      return owner !== undefined && !isRunning(Number.parseInt(owner, 36));
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
