/** Protects the OAuth token, so that it never appears in output. */
import { Failure } from '../failure.ts';

const SHOWN_INSTEAD = '[token]';

/** The name of the method that Node's `util.inspect` calls. */
const customInspect: unique symbol = Symbol.for('nodejs.util.inspect.custom');

/**
 * An OAuth token that cannot get into output by accident. Text, JSON and debuggers show `[token]`.
 * To get the token itself, use {@link ApiToken.authorization}.
 */
export class ApiToken {
  readonly #value: string;

  /**
   * @param text the token; spaces and line ends around it are removed
   * @param origin the option or variable with the token, for the error message
   * @throws Failure `token-empty` or `token-invalid` (exit 2)
   */
  constructor(text: string, origin: string) {
    const value = text.trim();
    if (value === '') {
      throw new Failure('token-empty', { origin });
    }
    if (!/^[\x21-\x7e]+$/.test(value) || NEVER_IN_TOKENS.test(value)) {
      throw new Failure('token-invalid', { origin });
    }
    this.#value = value;
  }

  /**
   * Throws if the token is too short to be real. Called before the token is sent.
   *
   * @throws Failure `token-short` (exit 2)
   */
  refuseShort(): void {
    if (this.#value.length < SHORTEST_TOKEN) throw new Failure('token-short', {});
  }

  /** Returns the value of the `Authorization` header. */
  authorization(): string {
    return `OAuth ${this.#value}`;
  }

  /** Replaces the token in a text with `[token]`. */
  redact(text: string): string {
    return redactSecrets(text, [this.#value]);
  }

  /**
   * Says whether a text contains the token in any form: split by markup or spaces, encoded, or in
   * another letter case.
   */
  isIn(text: string): boolean {
    const value = this.#value;
    if (value.length < SURE_SECRET) return false;
    const base64 = Buffer.from(value).toString('base64url').slice(0, -1);
    const forms = [value, base64, Buffer.from(value).toString('hex')].map((one) =>
      one.toLowerCase(),
    );
    const plain = withoutEscapes(text.slice(0, SEARCHED_LENGTH)).toLowerCase();
    const dense = plain.replace(/<[^<>]*>/g, '').replace(/[^\x21-\x7e]/g, '');
    const bare = dense.replace(/[^a-z0-9]/g, '');
    return forms.some(
      (form) => dense.includes(form) || bare.includes(form.replace(/[^a-z0-9]/g, '')),
    );
  }

  toString(): string {
    return SHOWN_INSTEAD;
  }

  toJSON(): string {
    return SHOWN_INSTEAD;
  }

  [customInspect](): string {
    return SHOWN_INSTEAD;
  }
}

/** Only this many characters at the beginning of a text are searched for the token. */
const SEARCHED_LENGTH = 16_384;

/** Decodes the escapes of HTML, URLs and JSON. */
function withoutEscapes(text: string): string {
  const character = (code: number): string => (code < 0x80 ? String.fromCharCode(code) : '');
  return text
    .replace(/&#x([0-9a-f]{1,6});?/gi, (_, hex: string) => character(parseInt(hex, 16)))
    .replace(/&#(\d{1,7});?/g, (_, digits: string) => character(Number(digits)))
    .replace(/&(?:lowbar|UnderBar);/g, '_')
    .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => character(parseInt(hex, 16)))
    .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => character(parseInt(hex, 16)));
}

/** The length of the shortest possible token of the service. */
const SHORTEST_TOKEN = 8;

/** Characters of JSON and shells. No token has any of them. */
const NEVER_IN_TOKENS = /["\\{}]/;

/** Words and numbers of JSON. They are never hidden, because JSON without them would be invalid. */
const JSON_WORD = /^(?:true|false|null|\d+)$/;

/** Secrets of at least this length are replaced even inside words. */
const SURE_SECRET = 6;
const SHORTEST_SECRET = 3;

/**
 * Replaces secrets in a text with `[token]`. A secret of three to five characters is replaced only
 * where it is a separate word. A shorter secret is not replaced. All real tokens are longer.
 *
 * @param secrets the tokens that the program knows
 */
export function redactSecrets(text: string, secrets: Iterable<string>): string {
  let redacted = text;
  for (const secret of secrets) {
    if (NEVER_IN_TOKENS.test(secret)) continue;
    if (secret.length >= SURE_SECRET) redacted = redacted.replaceAll(secret, SHOWN_INSTEAD);
    else if (secret.length >= SHORTEST_SECRET && !JSON_WORD.test(secret))
      redacted = redacted.replace(asSeparateWord(secret), SHOWN_INSTEAD);
  }
  return redacted;
}

function asSeparateWord(secret: string): RegExp {
  const literal = secret.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w-])${literal}(?![\\w-])`, 'g');
}
