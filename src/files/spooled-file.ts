/** Private temporary files: what cannot be read twice, or has to be made first, is kept in one. */
import { closeSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { abortable, type StopSignal } from '../abortable.ts';
import { Failure, systemErrorCode } from '../failure.ts';
import { LocalFile } from './local-file.ts';
import { UnreadableFile } from './unreadable-file.ts';

/**
 * A file that is gone from its folder before the first byte is written, so that no end of the program leaves it
 * behind.
 */
export class SpooledFile {
  readonly #folder: string;
  readonly #descriptor: number;
  #position = 0;
  #isOpen = true;

  private constructor(folder: string, descriptor: number) {
    this.#folder = folder;
    this.#descriptor = descriptor;
  }

  /** @throws UnreadableFile `input-unkept` when the disk does not take it */
  static async create(): Promise<SpooledFile> {
    const { randomUUID } = await import('node:crypto');
    const { tmpdir } = await import('node:os');
    const folder = tmpdir();
    return guarded(folder, () => {
      const path = join(folder, `metrika-calls-${randomUUID()}.csv`);
      const descriptor = openSync(path, 'wx+', 0o600);
      removeEarly(path);
      return new SpooledFile(folder, descriptor);
    });
  }

  /** @throws UnreadableFile `input-unkept` */
  write(bytes: Uint8Array): void {
    guarded(this.#folder, () => {
      for (let at = 0; at < bytes.length;) {
        const written = writeSync(this.#descriptor, bytes, at, bytes.length - at, this.#position);
        at += written;
        this.#position += written;
      }
    });
  }

  /** Takes back all that was written. */
  rewind(): void {
    this.#position = 0;
    guarded(this.#folder, () => {
      ftruncateSync(this.#descriptor, 0);
    });
  }

  /**
   * @param name to send, without folders
   * @param signal breaks off whatever reads the file
   * @returns what was written, as a file to read
   */
  finish(name: string, signal?: StopSignal): LocalFile {
    this.#isOpen = false;
    return LocalFile.ofDescriptor(this.#descriptor, name, signal);
  }

  /** Takes away what nobody reads. */
  discard(): void {
    if (this.#isOpen) closeSync(this.#descriptor);
    this.#isOpen = false;
  }
}

/**
 * Takes a stream of any length into a private temporary file.
 *
 * @param signal breaks the reading off
 * @throws UnreadableFile `input-unkept` when the disk does not take it
 */
export async function spooled(
  input: AsyncIterable<Uint8Array>,
  name: string,
  signal?: StopSignal,
): Promise<LocalFile> {
  const spool = await SpooledFile.create();
  try {
    for await (const block of abortable(input, signal)) spool.write(block);
    return spool.finish(name, signal);
  } finally {
    spool.discard();
  }
}

/** What the system says of the disk is a fault of the file. */
function guarded<Result>(folder: string, use: () => Result): Result {
  try {
    return use();
  } catch (error) {
    const reason = error instanceof Failure ? undefined : systemErrorCode(error);
    if (reason === undefined) throw error;
    throw new UnreadableFile('input-unkept', { folder, reason });
  }
}

function removeEarly(path: string): void {
  if (process.platform !== 'win32') {
    rmSync(path);
    return;
  }
  // Windows keeps the name of an open file; it is taken away when the program ends.
  process.once('exit', () => {
    rmSync(path, { force: true });
  });
}
