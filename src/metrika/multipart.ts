/** The body of an upload: the file as the one part of a form. */
import FormData from 'form-data';

/** A body of multipart/form-data with one part, ready to be sent once. */
export interface MultipartBody {
  readonly headers: { readonly 'content-type': string; readonly 'content-length': string };
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Whether its last byte was handed over, so that the other side may have all of it. */
  readonly complete: boolean;
}

/**
 * Wraps a file into the one part, named `file`, that uploadCalls takes.
 *
 * When the content fails with an error the body fails with it, before the closing boundary. A block of
 * the body is valid until the next one is asked for, as those of the content are.
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
  form.append('file', NOTHING, { filename: fileName, contentType: 'text/csv' });
  const { 'content-type': contentType } = form.getHeaders() as { 'content-type': string };
  // The form streams files by itself as well, but holds blocks that the line has not taken; so it is
  // made of an empty file, and the content goes where that is.
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
