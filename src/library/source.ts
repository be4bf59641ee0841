/** Where a program has its calls: in a file, or in a stream of bytes. */
import type { StopSignal } from '../abortable.ts';
import { Failure } from '../failure.ts';
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

/**
 * @param options the signal breaks off the reading, which throws its reason then; the name is that of a stream
 * @throws Failure `setting-invalid` (exit 2) for what is neither a path nor a stream
 */
export function openable(
  source: CallsSource,
  {
    signal,
    name,
  }: { readonly signal?: StopSignal | undefined; readonly name?: string | undefined },
): OpenableSource {
  if (typeof source === 'string') {
    return {
      name: source,
      open: () => Promise.resolve().then(() => LocalFile.open(source, signal)),
    };
  }
  if (!isIterable(source)) {
    throw new Failure('setting-invalid', {
      source: 'source',
      wanted: { kind: 'type', type: 'source' },
      shown: typeof source,
    });
  }
  return { name: name ?? NO_PATH, open: () => spooled(blocksOf(source), STREAM_NAME, signal) };
}

function isIterable(source: unknown): boolean {
  return (
    typeof source === 'object' &&
    source !== null &&
    (Symbol.asyncIterator in source || Symbol.iterator in source)
  );
}

async function* blocksOf(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncIterable<Uint8Array> {
  yield* source;
}
