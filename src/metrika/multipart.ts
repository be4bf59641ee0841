import { PassThrough, Readable } from 'node:stream';
import FormData from 'form-data';

/** A body of multipart/form-data with one part, ready to be sent once. */
export interface MultipartBody {
  readonly headers: { readonly 'content-type': string; readonly 'content-length': string };
  readonly bytes: AsyncIterable<Uint8Array>;
}

/**
 * Wraps a file into the one part, named `file`, that uploadCalls takes.
 *
 * When the content fails with an error the body fails with it, before the closing boundary.
 *
 * @param content the bytes of the file
 * @param length their number
 * @param fileName the name to send, in any letters
 * @see https://yandex.com/dev/metrika/en/management/openapi/calls/uploadCalls
 */
export function multipartBody(
  content: AsyncIterable<Uint8Array>,
  length: number,
  fileName: string,
): MultipartBody {
  const form = new FormData();
  const source = Readable.from(content, { objectMode: false });
  form.append('file', source, { filename: fileName, contentType: 'text/csv', knownLength: length });
  const { 'content-type': contentType } = form.getHeaders() as { 'content-type': string };

  async function* bytes(): AsyncIterable<Uint8Array> {
    const body = new PassThrough();
    const fail = (error: Error): void => void body.destroy(error);
    form.on('error', fail);
    form.pipe(body);
    try {
      for await (const chunk of body) yield chunk as Uint8Array;
    } finally {
      form.off('error', fail);
      form.on('error', ignore);
      source.on('error', ignore);
      source.destroy();
    }
  }

  return {
    headers: { 'content-type': contentType, 'content-length': String(form.getLengthSync()) },
    bytes: { [Symbol.asyncIterator]: () => bytes()[Symbol.asyncIterator]() },
  };
}

/** A body that is given up ends its parts with errors that nobody waits for any more. */
function ignore(): void {
  // Nothing is left to be done.
}
