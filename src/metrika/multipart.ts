/** Builds the body of an upload: a form with one part, the file. */
import FormData from 'form-data';

/** A multipart/form-data body with one part. The body can be sent only once. */
export interface MultipartBody {
  readonly headers: { readonly 'content-type': string; readonly 'content-length': string };
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Whether the last byte was requested. If so, the service may have the complete body. */
  readonly complete: boolean;
}

/**
 * Puts a file into a form with one part named `file`, as uploadCalls requires.
 *
 * If reading the content throws an error, the body throws the same error before its closing
 * boundary. A block of the body is valid until the next block is requested.
 *
 * @param content the bytes of the file; a block may become invalid when the next block is requested
 * @param length the number of bytes
 * @param fileName the file name in the request; its letters can be of any alphabet
 * @see https://yandex.com/dev/metrika/en/management/openapi/calls/uploadCalls
 */
export function multipartBody(
  content: AsyncIterable<Uint8Array>,
  length: number,
  fileName: string,
): MultipartBody {
  const form = new FormData();
  form.append('file', NOTHING, { filename: fileName, contentType: 'text/csv' });
  const { 'content-type': contentType } = form.getHeaders() as { 'content-type': string };
  // If the form streamed the file, the form would store each block until the block is sent. So the
  // form gets an empty file, and this function inserts the content.
  const around = form.getBuffer();
  const closing = around.lastIndexOf(`\r\n--${form.getBoundary()}--`);

  let complete = false;
  async function* bytes(): AsyncIterable<Uint8Array> {
    yield around.subarray(0, closing);
    yield* content;
    complete = true;
    yield around.subarray(closing);
  }

  return {
    headers: { 'content-type': contentType, 'content-length': String(around.length + length) },
    bytes: { [Symbol.asyncIterator]: () => bytes()[Symbol.asyncIterator]() },
    get complete() {
      return complete;
    },
  };
}

const NOTHING = Buffer.alloc(0);
