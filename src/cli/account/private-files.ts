/** Reads and writes small files that only the user may read, in a folder with the same rights. */
import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { systemErrorCode } from '../../failure.ts';
import { leftOversOf, temporaryPathFor } from '../../files/left-overs.ts';

const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/** The permission bits of the group and of all other users. */
const OF_OTHERS = 0o077;

/** A larger file is none of this program. The list of a thousand counters has 100 kB. */
const LARGEST_FILE = 4 * 1024 * 1024;

/** The space that a draft takes before its content is known, in bytes. */
const RESERVED = 16 * 1024;

/**
 * Called with the path of a file or folder that others could read.
 *
 * @param isClosed whether it is closed to them now
 */
export type OnOpenToOthers = (path: string, isClosed: boolean) => void;

/** The path exists, but it is not a regular file. */
const NOT_A_FILE = 'not-a-file';

/** Windows has other permissions: there, the folder of the user is closed to others anyway. */
const hasModes = process.platform !== 'win32';

/** Creates a folder that only the user may read. Takes the rights of others away, if there are any. */
export function makePrivateFolder(folder: string, onOpen: OnOpenToOthers): void {
  mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
  closeFolder(folder, onOpen);
}

/** Takes the rights of others to a folder away. Does nothing if there is no such folder. */
export function closeFolder(folder: string, onOpen: OnOpenToOthers): void {
  if (!hasModes) return;
  const mode = statSync(folder, { throwIfNoEntry: false })?.mode ?? 0;
  if ((mode & OF_OTHERS) === 0) return;
  onOpen(
    folder,
    closed(() => {
      chmodSync(folder, FOLDER_MODE);
    }),
  );
}

/** Takes rights away. The file system may be read-only, or the file may belong to another user. */
function closed(close: () => void): boolean {
  try {
    close();
    return true;
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return false;
  }
}

/**
 * Reads a private file. Takes the rights of others to the file away, if there are any.
 *
 * @returns `undefined` if there is no such file
 * @throws an error of the system, or an error with the code `NOT_A_FILE`
 */
export function readPrivateFile(path: string, onOpen: OnOpenToOthers): string | undefined {
  let descriptor: number;
  try {
    // Opening a pipe would wait for a writer. Windows has no such flag, and needs none.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile() || stats.size > LARGEST_FILE) throw codedError(NOT_A_FILE);
    if (hasModes && (stats.mode & OF_OTHERS) !== 0) {
      onOpen(
        path,
        closed(() => {
          fchmodSync(descriptor, FILE_MODE);
        }),
      );
    }
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
}

/** A private file before it is moved to its place. A killed run leaves the draft with mode 0600. */
export class PrivateDraft {
  readonly #path: string;
  readonly #temporary: string;
  #descriptor: number | undefined;

  /**
   * Creates the draft, and proves that it can be written: takes space on the disk and waits until
   * the disk has it.
   *
   * @throws an error of the system, or an error with the code `NOT_A_FILE`
   */
  constructor(path: string) {
    const there = lstatSync(path, { throwIfNoEntry: false });
    if (there?.isDirectory() === true) throw codedError(NOT_A_FILE);
    this.#path = path;
    this.#temporary = temporaryPathFor(path);
    this.#descriptor = openSync(this.#temporary, 'wx', FILE_MODE);
    try {
      this.#write(Buffer.alloc(RESERVED, ' '));
    } catch (error) {
      this.discard();
      throw error;
    }
  }

  /**
   * Writes the content, and moves the file to its place. After a power failure, the place has the
   * old file or the new one.
   *
   * @throws an error of the system; the old file is unchanged then
   */
  commit(content: string): void {
    try {
      const bytes = Buffer.from(content, 'utf8');
      if (this.#descriptor !== undefined) ftruncateSync(this.#descriptor, bytes.length);
      this.#write(bytes);
      this.#close();
      renameSync(this.#temporary, this.#path);
    } catch (error) {
      this.discard();
      throw error;
    }
    syncFolder(dirname(this.#path));
  }

  /** Removes the draft. Does nothing after {@link PrivateDraft.commit}. */
  discard(): void {
    this.#close();
    rmSync(this.#temporary, { force: true });
  }

  #write(bytes: Uint8Array): void {
    const descriptor = this.#descriptor;
    if (descriptor === undefined) return;
    for (let written = 0; written < bytes.length;) {
      written += writeSync(descriptor, bytes, written, bytes.length - written, written);
    }
    fsyncSync(descriptor);
  }

  #close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}

/** Removes a file, and the drafts that killed runs have left. Returns whether there was the file. */
export function removePrivateFile(path: string): boolean {
  removeLeftOvers(path);
  try {
    rmSync(path);
    syncFolder(dirname(path));
    return true;
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw error;
  }
}

/** Removes the drafts of a file that killed runs have left. They may have a token. */
export function removeLeftOvers(path: string): void {
  for (const draft of leftOversOf(path)) rmSync(draft, { force: true });
}

/** Waits until the disk has the names in a folder. Windows cannot do this, and need not. */
function syncFolder(folder: string): void {
  try {
    const descriptor = openSync(folder, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
  }
}

function codedError(code: string): Error {
  return Object.assign(new Error(code), { code });
}
