/** Finds the settings files of a run, and refuses a project's file that may be a stranger's. */
import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Failure, systemErrorCode } from '../../failure.ts';
import { NOT_A_FILE } from '../../files/output-path.ts';
import type { SettingsStranger } from '../../words/failure-parameters.ts';
import type { Environment } from '../io/io.ts';
import { homeFolder, userFolder } from '../io/user-folder.ts';

/** The name of a project's settings file. */
export const PROJECT_FILE = '.metrika-calls.json';

/** The path of the user's settings file. The file may not exist. */
export function userSettingsPath(environment: Environment): string {
  return join(userFolder(environment), 'settings.json');
}

/** The folder and the person that a run belongs to. */
export interface RunPlace {
  readonly environment: Environment;
  /** The working folder; `undefined` if it was deleted. */
  readonly folder: string | undefined;
  /** The numeric id of the user who runs the program; `undefined` if the system has no such ids. */
  readonly user: number | undefined;
}

/** Returns the place of this process. */
export function placeOfProcess(environment: Environment): RunPlace {
  return { environment, folder: workingFolder(), user: process.getuid?.() };
}

/** Returns the working folder; `undefined` if it was deleted. */
export function workingFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

/**
 * Finds the project's settings file: the nearest one upwards from the working folder.
 *
 * The search ends at the home folder, or at the root of a repository. If the working folder is
 * below neither of them, only the working folder itself is searched. Otherwise, other users could
 * leave a file for everyone in a folder such as `/tmp`.
 *
 * @returns the path; `undefined` if there is no such file
 */
export function projectFile({ environment, folder }: RunPlace): string | undefined {
  if (folder === undefined) return undefined;
  return searchedFolders(folder, environment)
    .map((one) => join(one, PROJECT_FILE))
    .find(isThere);
}

function searchedFolders(folder: string, environment: Environment): readonly string[] {
  const home = realPath(homeFolder(environment));
  const folders: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    folders.push(at);
    if (at === home || isThere(join(at, '.git'))) return folders;
    if (dirname(at) === at) return [folder];
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Says whether something is there, even a link that leads nowhere. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // The user may not look into the folder, so the program cannot read a file there either.
    return false;
  }
}

/** The largest settings file, in bytes. */
const LARGEST = 1024 * 1024;

/**
 * Reads the text of a settings file.
 *
 * @returns the text, with its byte-order mark if it has one; `undefined` if there is no file
 * @throws Failure `settings-unreadable` (exit 2)
 */
export function textOfSettings(path: string): string | undefined {
  const unreadable = (reason: string): Failure =>
    new Failure('settings-unreadable', { path, reason });
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw unreadable(NOT_A_FILE);
    if (stats.size > LARGEST) throw unreadable('too-large');
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (error instanceof TypeError) throw unreadable('not-utf-8');
    const reason = systemErrorCode(error);
    if (reason === 'ENOENT' || reason === 'ENOTDIR') return undefined;
    if (reason === undefined) throw error;
    throw unreadable(reason);
  }
}

const WRITABLE_BY_OTHERS = 0o002;
const WRITABLE_BY_GROUP = 0o020;

/**
 * Refuses a project's file that another user may have written. File and folder must belong to the
 * user who runs the program, or to root. Others must not be able to write the file. Links are
 * followed, and the folder of the link is checked too.
 *
 * @throws Failure `settings-of-stranger` (exit 2)
 */
export function refuseStranger(path: string, { user }: RunPlace): void {
  if (user === undefined) return;
  let cause: SettingsStranger | undefined;
  try {
    cause = strangerOf(path, user);
  } catch (error) {
    const reason = systemErrorCode(error);
    if (reason === undefined) throw error;
    throw new Failure('settings-unreadable', { path, reason });
  }
  if (cause !== undefined)
    throw new Failure('settings-of-stranger', { path: resolve(path), cause });
}

function strangerOf(path: string, user: number): SettingsStranger | undefined {
  const isOurs = (uid: number): boolean => uid === user || uid === 0;
  const real = realPath(path);
  const file = statSync(real, { throwIfNoEntry: false });
  if (file === undefined) return undefined;
  if (![lstatSync(path), file].every(({ uid }) => isOurs(uid))) return 'file';
  if (![dirname(path), dirname(real)].every((folder) => isOurs(statSync(folder).uid)))
    return 'folder';
  // Many systems give each user a group with the number of the user. Nobody else is in it.
  const isGroupOwn = file.gid === file.uid;
  const isWritable =
    (file.mode & WRITABLE_BY_OTHERS) !== 0 ||
    ((file.mode & WRITABLE_BY_GROUP) !== 0 && !isGroupOwn);
  return isWritable ? 'writable' : undefined;
}
