/** Opens the calls that a program passes: a file, or a stream of bytes. */
import { openNamedFile } from '../addresses/open-named-file.ts';
import { systemClock } from '../clock.ts';
import { Failure } from '../failure.ts';
import type { LocalFile } from '../files/local-file.ts';
import { spooled } from '../files/spooled-file.ts';
import { retryRules } from '../metrika/retry.ts';
import { sourceName } from '../safe-text/address-text.ts';
import type { ReadingOptions } from './options/check-options.ts';
import { DEFAULTS } from './options/defaults.ts';

/**
 * The path or web address of a file, or the bytes: a Node or web stream, or any iterable of blocks
 * of bytes.
 */
export type CallsSource = string | AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** The file name to send for a stream. */
const STREAM_NAME = 'calls.csv';

/** The name of a stream in results. The command uses the same name for standard input. */
const NO_PATH = '-';

/** A source of calls that is not open yet. */
export interface OpenableSource {
  /** The name of the source in results. */
  readonly name: string;
  /** @throws UnreadableFile, or a failure of the download */
  readonly open: () => Promise<LocalFile>;
}

/**
 * Returns a source of calls. The source is not opened yet.
 *
 * @param options if `signal` is aborted, reading stops and throws the abort reason; `name` is the
 *   name of a stream in results
 * @throws Failure `setting-invalid` (exit 2) if the source is neither a path nor a stream
 */
export function openable(source: CallsSource, options: ReadingOptions): OpenableSource {
  const { signal, name } = options;
  if (typeof source === 'string') {
    return {
      name: sourceName(source),
      open: () => openFile(source, options),
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

const SECOND = 1000;

/**
 * Opens a file by its path or its web address.
 *
 * @param options options that `admitted` has already checked
 * @throws UnreadableFile, or a failure of the download
 */
export async function openFile(name: string, options: ReadingOptions): Promise<LocalFile> {
  const { signal } = options;
  return await openNamedFile(name, signal, () => ({
    timeout: (options.timeout ?? DEFAULTS.timeout) * SECOND,
    retry: retryRules(options.retries ?? DEFAULTS.retries),
    environment: options.environment ?? process.env,
    authorities: options.authorities,
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
    signal,
  }));
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
