/** Reads the text, the JSON, the error and the request id of an answer. */
import type { FetchAnswer } from './fetch.ts';
import { parseJson, withoutExcess } from './lossless-json.ts';
import type { ProgressWatch } from './progress-watch.ts';
import type { ServiceError } from './schemas.ts';

/** The largest accepted answer, in bytes. An answer with 10,000 uploads has a few million bytes. */
const LARGEST_ANSWER = 64 * 1024 * 1024;
const EXCERPT_CHARACTERS = 160;
/** Only this many characters at the beginning of an answer are used for an excerpt. */
export const SEARCHED_LENGTH = 8192;
/** The number of characters to drop at the end of a cut text. The cut may have split a secret. */
const CUT_END = 512;

/** The answer is longer than the limit. */
export class AnswerTooLong extends Error {
  /** The limit, in bytes. */
  readonly bytes = LARGEST_ANSWER;
}

/**
 * Reads the complete body of an answer.
 *
 * @throws AnswerTooLong
 */
export async function readText(answer: FetchAnswer, watch: ProgressWatch): Promise<string> {
  watch.progressed();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of answer.body ?? []) {
    watch.progressed();
    chunks.push(chunk);
    length += chunk.length;
    if (length > LARGEST_ANSWER) throw new AnswerTooLong();
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Parses an answer as JSON. Leaves out very deeply nested values and very long texts.
 *
 * @returns `undefined` when the answer is not JSON
 */
export function parseAnswer(text: string): unknown {
  try {
    return parseJson(withoutExcess(text.replace(/^\ufeff/, '')));
  } catch {
    return undefined;
  }
}

const HTML = /^\s*<(?:!doctype|html|head|body)\b/i;

/** Says whether an answer is an HTML page. */
export function isHtml(text: string): boolean {
  return HTML.test(text);
}

/** Returns the beginning of an answer whose form is unknown. HTML markup is removed. */
export function excerpt(text: string): string {
  const isCut = text.length > SEARCHED_LENGTH;
  const plain = (isCut ? text.slice(0, SEARCHED_LENGTH - CUT_END) : text)
    .replace(/<(script|style)[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.length > EXCERPT_CHARACTERS ? `${plain.slice(0, EXCERPT_CHARACTERS)}…` : plain;
}

/** Removes secrets from the texts of an error. The service may repeat a secret in such a text. */
export function cleanedError(
  error: ServiceError | undefined,
  clean: (text: string) => string,
): ServiceError | undefined {
  if (error === undefined) return undefined;
  const cleaned = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : clean(text);
  return {
    errorType: cleaned(error.errorType),
    message: cleaned(error.message),
    location: cleaned(error.location),
  };
}

/** The maximum length of a request id, in characters. Longer ids are cut. */
const LONGEST_ID = 200;

/** Returns the id that the service gave to the request, if the answer has it. */
export function requestIdOf(answer: FetchAnswer): string | undefined {
  const id = answer.headers.get('x-request-id') ?? answer.headers.get('x-yandex-req-id');
  return id?.slice(0, LONGEST_ID);
}
