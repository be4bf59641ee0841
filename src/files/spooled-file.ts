/** Private temporary files for data that can be read only once, or that the run itself produces. */
import { closeSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { abortable, type StopSignal } from '../abortable.ts';
import { Failure, systemErrorCode } from '../failure.ts';
import { LocalFile } from './local-file.ts';
import { UnreadableFile } from './unreadable-file.ts';

/**
 * A temporary file. Its name is deleted before the first byte is written. So the file disappears
 * even if the program is killed. On Windows, the file is deleted when the program ends.
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

  /**
   * Creates a temporary file.
   *
   * @throws UnreadableFile `input-unkept` if the file cannot be created
   */
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

  /**
   * Adds bytes.
   *
   * @throws UnreadableFile `input-unkept` if the bytes cannot be written
   */
  write(bytes: Uint8Array): void {
    guarded(this.#folder, () => {
      for (let at = 0; at < bytes.length;) {
        const written = writeSync(this.#descriptor, bytes, at, bytes.length - at, this.#position);
        at += written;
        this.#position += written;
      }
    });
  }

  /** Removes all written bytes. */
  rewind(): void {
    this.#position = 0;
    guarded(this.#folder, () => {
      ftruncateSync(this.#descriptor, 0);
    });
  }

  /**
   * Ends the writing.
   *
   * @param name the name to send, without folders
   * @param signal stops all reading of the file
   * @returns a file to read, with the written bytes
   */
  finish(name: string, signal?: StopSignal): LocalFile {
    this.#isOpen = false;
    return LocalFile.ofDescriptor(this.#descriptor, name, signal);
  }

  /** Closes the file, unless `finish` has been called. */
  discard(): void {
    if (this.#isOpen) closeSync(this.#descriptor);
    this.#isOpen = false;
  }
}

/**
 * Copies a stream of any length into a private temporary file.
 *
 * @param signal stops the reading
 * @throws UnreadableFile `input-unkept` if the file cannot be written
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

/** Turns system errors into the failure `input-unkept`. */
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
  // Windows cannot delete an open file, so the file is deleted when the program ends.
  process.once('exit', () => {
    rmSync(path, { force: true });
  });
}
