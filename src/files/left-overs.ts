/** Finds unfinished output files that killed runs left behind. */
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Returns a temporary path for an output file, so that an interrupted run leaves no incomplete file
 * under the final name. The path contains the process id, and cannot be guessed, so nobody can put
 * a link there.
 */
export function temporaryPathFor(path: string): string {
  // Loading this module takes longer than most runs, and few of them write a file.
  const { randomInt } = process.getBuiltinModule('node:crypto');
  const letters = Array.from({ length: RANDOM_LETTERS }, () =>
    String.fromCharCode(LETTER_A + randomInt(26)),
  );
  return `${path}.${process.pid.toString(36)}-${letters.join('')}.part`;
}

/** Letters, because a long number in a name would be masked in messages. */
const RANDOM_LETTERS = 12;
const LETTER_A = 97;

const UNFINISHED = /^\.([1-9a-z][0-9a-z]{0,6})-[a-z]{12}\.part$/;

/**
 * Finds the unfinished drafts of an output file whose runs are over. They may contain personal
 * data, and nothing else deletes them.
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
    // The code that writes to this folder reports the problem.
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
    // The process of another user may not be signalled, but it exists.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
