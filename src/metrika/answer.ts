/** Reads answers: their text, their JSON, their errors and the headers that matter. */
import type { FetchAnswer } from './fetch.ts';
import { parseJson, withoutExcess } from './lossless-json.ts';
import type { ProgressWatch } from './progress-watch.ts';
import type { ServiceError } from './schemas.ts';

/** The largest answer that is read, in bytes; 10,000 uploadings take a few million. */
const LARGEST_ANSWER = 64 * 1024 * 1024;
const EXCERPT_CHARACTERS = 160;
/** So much of an answer is looked at for an excerpt, in characters. */
export const LOOKED_AT = 8192;
/** An end that was cut may hold a part of a secret. */
const CUT_END = 512;

/** An answer that is longer than any answer can be. */
export class AnswerTooLong extends Error {
  /** The bound, in bytes. */
  readonly bytes = LARGEST_ANSWER;
}

/** Reads the whole body of an answer. @throws AnswerTooLong */
export async function readText(answer: FetchAnswer, watch: ProgressWatch): Promise<string> {
  watch.moved();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of answer.body ?? []) {
    watch.moved();
    chunks.push(chunk);
    length += chunk.length;
    if (length > LARGEST_ANSWER) throw new AnswerTooLong();
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The JSON of an answer; `undefined` when it is none. What is nested too deep or too long is left out of it. */
export function parsed(text: string): unknown {
  try {
    return parseJson(withoutExcess(text.replace(/^\ufeff/, '')));
  } catch {
    return undefined;
  }
}

const HTML = /^\s*<(?:!doctype|html|head|body)\b/i;

/** Whether an answer is a page for people. */
export function isHtml(text: string): boolean {
  return HTML.test(text);
}

/** The first words of an answer that is in no known form, without the markup of a page. */
export function excerpt(text: string): string {
  const isCut = text.length > LOOKED_AT;
  const plain = (isCut ? text.slice(0, LOOKED_AT - CUT_END) : text)
    .replace(/<(script|style)[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.length > EXCERPT_CHARACTERS ? `${plain.slice(0, EXCERPT_CHARACTERS)}…` : plain;
}

/** The service's words without what it should not repeat. */
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

/** A longer request id is none, in characters. */
const LONGEST_ID = 200;

/** The id under which the service knows a request, where it tells one. */
export function requestIdOf(answer: FetchAnswer): string | undefined {
  const id = answer.headers.get('x-request-id') ?? answer.headers.get('x-yandex-req-id');
  return id?.slice(0, LONGEST_ID);
}
