/** Checks a file of calls and uploads it. Programs import this function. */
import { worstExitCode } from '../exit-codes.ts';
import { Journal } from '../upload/journal.ts';
import { sendFile } from '../upload/upload-file.ts';
import { type UploadedCalls, uploadedDocument } from './documents.ts';
import { wordsOf } from './options/check-options.ts';
import { admitted, sourceOf } from './options/front-door.ts';
import type { MappingOptions } from './options/mapping-options.ts';
import { withPlainNumbers } from './plain-numbers.ts';
import { checkerFor } from './recipe.ts';
import { type ServiceOptions, withService } from './service-options.ts';
import { type CallsSource, openable } from './source.ts';
import { type SendingOptions, uploadOptionsFrom } from './upload-options.ts';
import { type UploadProgress, uploadProgress } from './upload-progress.ts';

/** The options of `uploadCalls`. The command has the same default values. */
export interface UploadCallsOptions extends SendingOptions, ServiceOptions, MappingOptions {
  /** Called at each step of the upload. */
  readonly onProgress?: ((progress: UploadProgress) => void) | undefined;
}

/**
 * The result of uploading a file. If the file was sent in several portions, each portion has a
 * result.
 */
export interface UploadedFile extends UploadedCalls {
  readonly portions?: readonly UploadedCalls[];
}

/**
 * Checks a file and uploads it, like `metrika-calls upload`. Problems with the file, the network
 * and the service are in the result. If the caller aborts the upload, the result says so, and
 * contains what was already known about the file.
 *
 * @param source a path, or a stream of bytes. A stream is stored in a temporary file until it is
 *   sent.
 * @returns the result; for a file sent in several portions, the worst result with all `portions`
 * @throws Failure (exit 2) for missing or wrong options
 * @see https://yandex.com/dev/metrika/en/management/openapi/calls/uploadCalls
 */
export async function uploadCalls(
  source: CallsSource,
  options: UploadCallsOptions,
): Promise<UploadedFile> {
  const checked = admitted('uploadCalls', options, sourceOf);
  const { onProgress } = checked;
  const words = await wordsOf(checked);
  return await withService(checked, async ({ counter, ...service }) => {
    const upload = uploadOptionsFrom(checked, counter, await checkerFor(checked));
    const { name, open } = openable(source, { ...checked, signal: service.signal });
    const follow = await sendFile(open, name, upload, {
      ...service,
      journal: new Journal(),
      onEvent: onProgress === undefined ? () => undefined : uploadProgress(onProgress),
    });
    const results = await follow();
    return combined(
      results.map((result) => {
        const document = uploadedDocument(result, words);
        const { uploading, candidates, duplicates } = document;
        return { ...document, ...withPlainNumbers({ uploading, candidates, duplicates }) };
      }),
    );
  });
}

function combined(results: readonly UploadedCalls[]): UploadedFile {
  const exitCode = worstExitCode(results.map(({ exit_code }) => exit_code));
  const decisive = results.find(({ exit_code }) => exit_code === exitCode);
  if (decisive === undefined) throw new Error('an upload without a result');
  return results.length === 1 ? decisive : { ...decisive, portions: results };
}
