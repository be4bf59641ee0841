/** Reads the answers of the sign-in: a new token, an error, the account of a token. */
import * as z from 'zod/mini';

/** A new token. What the answer does not say is `undefined`. */
export interface TokenAnswer {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  /** The life of the token, in seconds. */
  readonly life: number | undefined;
  readonly scopes: readonly string[] | undefined;
}

/** The longest accepted token, in characters. */
const LONGEST_TOKEN = 4096;
/** The longest life of a token that is believed, in seconds: a hundred years. */
const LONGEST_LIFE = 100 * 366 * 24 * 60 * 60;

const secret = z.string().check(z.regex(/^[\x21-\x7e]+$/), z.maxLength(LONGEST_TOKEN));

const number = z.union([
  z.number(),
  z.pipe(z.string().check(z.regex(/^\d{1,10}$/)), z.transform(Number)),
]);

const tokenAnswer = z.object({
  access_token: secret,
  refresh_token: z.catch(z.nullish(secret), undefined),
  expires_in: z.catch(
    z.nullish(number.check(z.refine((life) => life > 0 && life <= LONGEST_LIFE))),
    undefined,
  ),
  scope: z.catch(z.nullish(z.string()), undefined),
});

/** @returns the token in an answer; `undefined` if the answer has no token */
export function readTokenAnswer(given: unknown): TokenAnswer | undefined {
  const { data } = tokenAnswer.safeParse(given);
  if (data === undefined) return undefined;
  const scopes = data.scope?.split(/[\s,]+/).filter((scope) => SCOPE.test(scope));
  return {
    accessToken: data.access_token,
    refreshToken: data.refresh_token ?? undefined,
    life: data.expires_in ?? undefined,
    scopes: scopes === undefined || scopes.length === 0 ? undefined : scopes,
  };
}

const SCOPE = /^[\w:.-]{1,100}$/;

const errorAnswer = z.object({ error: z.string() });

/** @returns the name of the error in an answer; `undefined` if the answer has no error */
export function readErrorName(given: unknown): string | undefined {
  const { data } = errorAnswer.safeParse(given);
  return data === undefined ? undefined : refusalName(data.error);
}

/** The name of an error that has no name in the usual form. */
const NAMELESS = 'error';

/** Returns the name of an error for messages. A name in another form is not repeated. */
export function refusalName(error: string): string {
  return /^[a-z][a-z_]{1,40}$/.test(error) ? error : NAMELESS;
}

const accountAnswer = z.object({
  login: z.catch(z.nullish(z.string()), undefined),
  id: z.catch(z.nullish(z.union([z.string(), z.number()])), undefined),
});

/** The longest login that is believed, in characters. */
const LONGEST_LOGIN = 200;

/**
 * @returns the login of the account in an answer; `undefined` if the answer is not about an account
 */
export function readLogin(given: unknown): string | undefined {
  const login = accountAnswer.safeParse(given).data?.login?.trim() ?? '';
  return login === '' || login.length > LONGEST_LOGIN ? undefined : login;
}
