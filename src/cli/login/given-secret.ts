/** Reads a code or a token that the user gives on standard input or at a question. */
import { abortable } from '../../abortable.ts';
import { Failure } from '../../failure.ts';
import type { Interviewer } from '../init/interviewer.ts';
import type { Io } from '../io/io.ts';

/** No code, token or address is longer, in bytes. */
const LONGEST = 16 * 1024;

/**
 * Reads a secret from standard input: the complete input, without the spaces around it. The secret
 * is added to the secrets of the run.
 *
 * @throws Failure `sign-in-input-unfit` (exit 2) if the input is empty, or too long
 */
export async function secretFromInput({ stdin, signal, secrets }: Io): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of abortable(stdin, signal)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > LONGEST) throw new Failure('sign-in-input-unfit', { isEmpty: false });
  }
  const secret = Buffer.concat(chunks).toString('utf8').trim();
  if (secret === '') throw new Failure('sign-in-input-unfit', { isEmpty: true });
  secrets.add(secret);
  return secret;
}

/**
 * Asks for a secret on the terminal, which does not show it. The secret is added to the secrets of
 * the run.
 *
 * @param check returns the problem of an answer; `undefined` if the answer is valid
 */
export async function askedSecret(
  interviewer: Interviewer,
  { secrets }: Pick<Io, 'secrets'>,
  message: string,
  check: (text: string) => string | undefined,
): Promise<string> {
  const secret = (await interviewer.hidden(message, (text) => check(text.trim()))).trim();
  secrets.add(secret);
  return secret;
}
