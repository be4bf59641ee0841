/** Opens the calls that a program passes: a file, or a stream of bytes. */
import type { StopSignal } from '../abortable.ts';
import { Failure } from '../failure.ts';
import { LocalFile } from '../files/local-file.ts';
import { spooled } from '../files/spooled-file.ts';

/** The path of a file, or bytes: a Node or web stream, or any iterable of byte blocks. */
export type CallsSource = string | AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** The file name of a stream in the request. */
const STREAM_NAME = 'calls.csv';

/** The name of a stream in results. The command uses the same name for standard input. */
const NO_PATH = '-';

/** A source of calls that is not open yet. */
export interface OpenableSource {
  /** The name of the source in results. */
  readonly name: string;
  /** @throws UnreadableFile */
  readonly open: () => Promise<LocalFile>;
}

/**
 * Returns a source of calls. The source is not opened yet.
 *
 * @param options if `signal` is aborted, reading stops and throws the abort reason; `name` is the
 *   name of a stream in results
 * @throws Failure `setting-invalid` (exit 2) if the source is neither a path nor a stream
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
