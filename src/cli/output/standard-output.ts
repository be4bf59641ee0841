/** Writes to standard output and standard error. Short output does not load Node's streams. */
import { fstatSync, statSync, writeSync } from 'node:fs';
import { systemErrorCode } from '../../failure.ts';
import type { OutputStream } from '../io/io.ts';

/** One of the two output streams of the process. */
export interface StandardOutput extends OutputStream {
  /** Waits until all text is written. Does not wait for text that was lost because of an error. */
  flushed(): Promise<void>;
}

/** Node's own stream, which also accepts bytes. */
type NodeStream = NodeJS.WriteStream & StandardOutput;

/**
 * Opens an output of the process. A terminal gets Node's stream. Other outputs write short texts
 * directly, and open Node's stream only for longer output.
 *
 * @param descriptor 1 for standard output, 2 for standard error
 * @param stream returns Node's stream; called only if that stream is needed
 * @param onError is called if a text could not be written
 */
export function standardOutput(
  descriptor: 1 | 2,
  stream: () => NodeJS.WriteStream,
  onError: (error: Error) => void,
): StandardOutput {
  const opened = (): NodeStream => {
    const made = stream();
    made.on('error', onError);
    // Packages that draw on a terminal need Node's stream itself.
    return Object.assign(made, { flushed: () => flushed(made) });
  };
  return mayBeTerminal(descriptor) ? opened() : new PlainOutput(descriptor, opened, onError);
}

/** Says whether the output may be a terminal. Only Node's stream knows for certain. */
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
 * The number of bytes that one output can write before it needs Node's stream. An empty pipe has
 * room for this number of bytes. If other programs have filled the pipe, the text is written after
 * the reader of the pipe has read some bytes.
 */
const AT_ONCE = 16 * 1024;

/**
 * An output that is a file, a pipe or a socket. It writes the few lines of a usual run without
 * Node's stream, because loading that stream would take longer than checking a small file.
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

  /** @returns the number of bytes that were written, or lost because of an error */
  #writeAtOnce(bytes: Uint8Array): number {
    let written = 0;
    try {
      while (written < bytes.length) written += writeSync(this.#descriptor, bytes, written);
    } catch (error) {
      // The pipe is full. `writeSync` does not wait for room, but Node's stream does.
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
