/** Standard output and standard error of the process, without Node's streams where little is written. */
import { fstatSync, statSync, writeSync } from 'node:fs';
import { systemErrorCode } from '../../failure.ts';
import type { OutputStream } from '../io/io.ts';

/** One of the two outputs of the process. */
export interface StandardOutput extends OutputStream {
  /** Waits until everything has left, or cannot any more. */
  flushed(): Promise<void>;
}

/** Node's own stream, which takes bytes as well. */
type NodeStream = NodeJS.WriteStream & StandardOutput;

/**
 * An output of the process: Node's stream where that is a terminal; elsewhere one that writes short texts
 * at once, and becomes that stream only when there is more to write.
 *
 * @param descriptor 1 for standard output, 2 for standard error
 * @param stream Node's stream of it, made when it is first asked for
 * @param onError is called with the reason when something could not be written
 */
export function standardOutput(
  descriptor: 1 | 2,
  stream: () => NodeJS.WriteStream,
  onError: (error: Error) => void,
): StandardOutput {
  const opened = (): NodeStream => {
    const made = stream();
    made.on('error', onError);
    // What draws on a terminal needs the stream itself.
    return Object.assign(made, { flushed: () => flushed(made) });
  };
  return mayBeTerminal(descriptor) ? opened() : new PlainOutput(descriptor, opened, onError);
}

/** Terminals, and what else only Node's stream can be asked about. */
function mayBeTerminal(descriptor: number): boolean {
  if (process.platform === 'win32') return true;
  try {
    const stats = fstatSync(descriptor);
    return stats.isCharacterDevice() && stats.rdev !== statSync('/dev/null').rdev;
  } catch {
    return true;
  }
}

async function flushed(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.destroyed || stream.writableEnded) return;
  await new Promise<void>((resolve) => {
    stream.write('', () => {
      resolve();
    });
  });
}

/**
 * A pipe takes at least so many bytes at once when it is empty. If it is full, because other programs
 * write to it too, the program waits for its reader, as most programs do.
 */
const AT_ONCE = 16 * 1024;

/**
 * A file, a pipe or a socket. Loading Node's stream takes longer than the check of a small file, so the
 * few lines that most runs write go without it.
 */
class PlainOutput implements StandardOutput {
  readonly isTTY = false;
  readonly #descriptor: number;
  readonly #open: () => NodeStream;
  readonly #onError: (error: Error) => void;
  #stream: NodeStream | undefined;
  #room = AT_ONCE;
  #lost = false;

  constructor(descriptor: number, open: () => NodeStream, onError: (error: Error) => void) {
    this.#descriptor = descriptor;
    this.#open = open;
    this.#onError = onError;
  }

  write(text: string): unknown {
    if (this.#lost) return true;
    if (this.#stream === undefined) {
      const bytes = Buffer.from(text);
      this.#room -= bytes.length;
      const written = this.#room < 0 ? 0 : this.#writeAtOnce(bytes);
      if (written === bytes.length) return true;
      return this.#opened().write(bytes.subarray(written));
    }
    return this.#stream.write(text);
  }

  once(event: 'drain' | 'error', listener: () => void): void {
    this.#opened().once(event, listener);
  }

  off(event: 'drain' | 'error', listener: () => void): void {
    this.#stream?.off(event, listener);
  }

  async flushed(): Promise<void> {
    await this.#stream?.flushed();
  }

  /** @returns how many bytes need not be written any more */
  #writeAtOnce(bytes: Uint8Array): number {
    let written = 0;
    try {
      while (written < bytes.length) written += writeSync(this.#descriptor, bytes, written);
    } catch (error) {
      // The reader is slow and asked not to be waited for; the stream knows how to wait.
      if (systemErrorCode(error) === 'EAGAIN') return written;
      this.#lost = true;
      this.#onError(error instanceof Error ? error : new Error(String(error)));
      return bytes.length;
    }
    return written;
  }

  #opened(): NodeStream {
    this.#stream ??= this.#open();
    return this.#stream;
  }
}
