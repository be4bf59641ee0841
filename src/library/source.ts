/** Where a program has its calls: in a file, or in a stream of bytes. */
import type { StopSignal } from '../abortable.ts';
import { LocalFile } from '../files/local-file.ts';
import { spooled } from '../files/spooled-file.ts';

/** A path, or the bytes themselves: a stream of Node or of the web, or any iteration of byte blocks. */
export type CallsSource = string | AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** The name under which a stream is sent. */
const STREAM_NAME = 'calls.csv';

/** What results call a stream, as the command calls standard input. */
const NO_PATH = '-';

/** A source that is opened when it is needed. */
export interface OpenableSource {
  /** What results call it. */
  readonly name: string;
  /** @throws UnreadableFile */
  readonly open: () => Promise<LocalFile>;
}

/** @param signal breaks off the reading; it throws the signal's reason then */
export function openable(source: CallsSource, signal: StopSignal | undefined): OpenableSource {
  if (typeof source === 'string') {
    return {
      name: source,
      open: () => Promise.resolve().then(() => LocalFile.open(source, signal)),
    };
  }
  return { name: NO_PATH, open: () => spooled(blocksOf(source), STREAM_NAME, signal) };
}

async function* blocksOf(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncIterable<Uint8Array> {
  yield* source;
}
