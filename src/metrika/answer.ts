/** Reads the text, JSON, errors and request id of an answer. */
import type { FetchAnswer } from './fetch.ts';
import { parseJson, withoutExcess } from './lossless-json.ts';
import type { ProgressWatch } from './progress-watch.ts';
import type { ServiceError } from './schemas.ts';

/** The largest answer that is read, in bytes. 10,000 uploads take a few million. */
const LARGEST_ANSWER = 64 * 1024 * 1024;
const EXCERPT_CHARACTERS = 160;
/** How much of an answer is searched for an excerpt, in characters. */
export const SEARCHED_LENGTH = 8192;
/** Characters dropped at a cut, where a part of a secret may remain. */
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
 * Parses an answer as JSON. Values that are nested too deep and very long texts are left out.
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

/** Returns the beginning of an answer of unknown form, without HTML markup. */
export function excerpt(text: string): string {
  const isCut = text.length > SEARCHED_LENGTH;
  const plain = (isCut ? text.slice(0, SEARCHED_LENGTH - CUT_END) : text)
    .replace(/<(script|style)[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.length > EXCERPT_CHARACTERS ? `${plain.slice(0, EXCERPT_CHARACTERS)}…` : plain;
}

/** Cleans each text of an error, because the service may repeat secrets in it. */
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

/** Request ids are cut to this many characters. */
const LONGEST_ID = 200;

/** Returns the service's id of the request, if the answer has one. */
export function requestIdOf(answer: FetchAnswer): string | undefined {
  const id = answer.headers.get('x-request-id') ?? answer.headers.get('x-yandex-req-id');
  return id?.slice(0, LONGEST_ID);
}
