/** Names draft files, and finds the draft files that killed runs have left. */
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Returns a temporary path for an output file, so that an interrupted run leaves no incomplete file
 * under the final name. The path contains the process id and random letters. Nobody can guess the
 * letters, so nobody can put a link at the path before the file is created.
 */
export function temporaryPathFor(path: string): string {
  // Loading `node:crypto` takes long, and most runs write no file. So it is loaded only here.
  const { randomInt } = process.getBuiltinModule('node:crypto');
  const letters = Array.from({ length: RANDOM_LETTERS }, () =>
    String.fromCharCode(LETTER_A + randomInt(26)),
  );
  return `${path}.${process.pid.toString(36)}-${letters.join('')}.part`;
}

/** The number of random letters. Digits are not used, because messages mask long numbers. */
const RANDOM_LETTERS = 12;
const LETTER_A = 97;

const UNFINISHED = /^\.([1-9a-z][0-9a-z]{0,6})-[a-z]{12}\.part$/;

/**
 * Finds the unfinished drafts of an output file. Drafts of runs that are still running are left
 * out. The drafts may contain personal data, and the program never deletes them.
 *
 * @param path the output file
 * @returns the paths of the drafts
 */
export function leftOversOf(path: string): string[] {
  const [folder, name] = [dirname(path), basename(path)];
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    // A folder that cannot be listed is not an error here. If the run cannot write to the folder,
    // other code reports this.
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
    // `EPERM` means that the process exists, but belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
