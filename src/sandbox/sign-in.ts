/** Imitates the sign-in of the service: a page with a code, tokens, and the account of a token. */
import type { IncomingMessage } from 'node:http';

/** A response of the sign-in. */
export interface SignInResponse {
  readonly status: number;
  readonly type: 'text/html' | 'application/json';
  readonly body: string;
}

/** A code that was shown, and what it may be exchanged with. */
interface ShownCode {
  readonly clientId: string;
  readonly challenge: string;
  readonly until: number;
}

/** The time that a code is valid, in milliseconds. */
const CODE_LIFE = 10 * 60 * 1000;

/** The time that a token is valid, in seconds: about a year, as the service says. */
const TOKEN_LIFE = 31_536_000;

/** The largest number of codes and of tokens for renewing. Older ones are forgotten. */
const MOST_KEPT = 100;

/** The largest body of a request for a token, in bytes. */
const LARGEST_FORM = 16 * 1024;

const CODE_LENGTH = 16;
const CODE_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** The account of every token. */
const LOGIN = 'sandbox';

/** Codes and tokens of one sandbox. */
export class SignInDesk {
  readonly #now: () => number;
  readonly #codes = new Map<string, ShownCode>();
  readonly #refreshTokens = new Set<string>();

  /** @param now returns milliseconds since 1970-01-01 UTC */
  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Handles the requests of a sign-in. The caller has checked the host of the request.
   *
   * @returns `undefined` if the request is for another method
   */
  async answer(request: IncomingMessage, url: URL): Promise<SignInResponse | undefined> {
    const asked = `${request.method ?? ''} ${url.pathname}`;
    if (asked === 'GET /authorize') return this.#page(url.searchParams);
    if (asked === 'POST /token') return this.#token(await formOf(request));
    return undefined;
  }

  /** Returns what the service says about the account of a token. */
  account(): SignInResponse {
    return json(200, { id: '1', login: LOGIN, client_id: 'sandbox' });
  }

  /**
   * Returns a new code for a request of the page.
   *
   * @returns `undefined` if something is missing in the request
   */
  codeFor(query: URLSearchParams): string | undefined {
    const [clientId, challenge] = [query.get('client_id'), query.get('code_challenge')];
    const isComplete =
      query.get('response_type') === 'code' && query.get('code_challenge_method') === 'S256';
    if (!isComplete || !clientId || !challenge) return undefined;
    const { randomInt } = process.getBuiltinModule('node:crypto');
    const code = Array.from(
      { length: CODE_LENGTH },
      () => CODE_LETTERS[randomInt(CODE_LETTERS.length)] ?? '',
    ).join('');
    this.#codes.set(code, { clientId, challenge, until: this.#now() + CODE_LIFE });
    forgetOldest(this.#codes);
    return code;
  }

  #page(query: URLSearchParams): SignInResponse {
    const code = this.codeFor(query);
    if (code === undefined) {
      return page(400, 'The address lacks response_type=code, client_id or a challenge of S256.');
    }
    return page(200, `<p>The code of this sandbox:</p>\n<p><code>${code}</code></p>`);
  }

  #token(form: URLSearchParams): SignInResponse {
    const kind = form.get('grant_type');
    if (kind === 'authorization_code') return this.#forCode(form);
    if (kind === 'refresh_token') return this.#forRefreshToken(form);
    return json(400, { error: 'unsupported_grant_type' });
  }

  #forCode(form: URLSearchParams): SignInResponse {
    const code = form.get('code') ?? '';
    const shown = this.#codes.get(code);
    // A code can be used once, even with a wrong verifier.
    this.#codes.delete(code);
    const isRight =
      shown !== undefined &&
      shown.until >= this.#now() &&
      shown.clientId === form.get('client_id') &&
      shown.challenge === challengeOf(form.get('code_verifier') ?? '');
    return isRight ? this.#newToken() : json(400, { error: 'bad_verification_code' });
  }

  #forRefreshToken(form: URLSearchParams): SignInResponse {
    const isKnown = this.#refreshTokens.delete(form.get('refresh_token') ?? '');
    return isKnown ? this.#newToken() : json(400, { error: 'invalid_grant' });
  }

  #newToken(): SignInResponse {
    const { randomBytes } = process.getBuiltinModule('node:crypto');
    const [token, refresh] = [16, 16].map((count) => randomBytes(count).toString('hex'));
    const refreshToken = `sandbox-refresh-${refresh ?? ''}`;
    this.#refreshTokens.add(refreshToken);
    forgetOldest(this.#refreshTokens);
    return json(200, {
      access_token: `sandbox-${token ?? ''}`,
      refresh_token: refreshToken,
      token_type: 'bearer',
      expires_in: TOKEN_LIFE,
    });
  }
}

function forgetOldest(kept: Map<string, unknown> | Set<string>): void {
  for (const key of kept.keys()) {
    if (kept.size <= MOST_KEPT) return;
    kept.delete(key);
  }
}

function challengeOf(verifier: string): string {
  const { createHash } = process.getBuiltinModule('node:crypto');
  return createHash('sha256').update(verifier).digest('base64url');
}

/** @returns the form in the body of a request; an empty form if the body is too long */
async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > LARGEST_FORM) return new URLSearchParams();
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

function json(status: number, body: object): SignInResponse {
  return { status, type: 'application/json', body: JSON.stringify(body) };
}

function page(status: number, content: string): SignInResponse {
  const head = '<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>Sandbox</title>';
  return { status, type: 'text/html', body: `${head}\n<body>\n${content}\n</body></html>\n` };
}
