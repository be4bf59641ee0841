/** The OAuth token, which no output shows. */
import { Failure } from '../failure.ts';

const SHOWN_INSTEAD = '[token]';

/** Node asks for it; its types are not needed for that. */
const customInspect: unique symbol = Symbol.for('nodejs.util.inspect.custom');

/**
 * An OAuth token that cannot slip into an output: as text, as JSON and in a debugger it is
 * `[token]`. Only {@link ApiToken.authorization} gives it away.
 */
export class ApiToken {
  readonly #value: string;

  /**
   * @param text the token; spaces and line ends around it are taken off
   * @param origin the option or variable it came from, for the error message
   * @throws Failure `token-empty` or `token-invalid` (exit 2)
   */
  constructor(text: string, origin: string) {
    const value = text.trim();
    if (value === '') {
      throw new Failure('token-empty', { origin });
    }
    if (!/^[\x21-\x7e]+$/.test(value) || OF_NO_TOKEN.test(value)) {
      throw new Failure('token-invalid', { origin });
    }
    this.#value = value;
  }

  /**
   * Refuses what can be no token of the service, before it is sent anywhere.
   *
   * @throws Failure `token-short` (exit 2)
   */
  refuseShort(): void {
    if (this.#value.length < SHORTEST_TOKEN) throw new Failure('token-short', {});
  }

  /** The value of the `Authorization` header. */
  authorization(): string {
    return `OAuth ${this.#value}`;
  }

  /** Takes the token out of a text that came from elsewhere. */
  redact(text: string): string {
    return redactSecrets(text, [this.#value]);
  }

  /** Whether a text holds the token in any form: divided by markup or spaces, encoded, in another letter case. */
  isIn(text: string): boolean {
    const value = this.#value;
    if (value.length < SURE_SECRET) return false;
    const base64 = Buffer.from(value).toString('base64url').slice(0, -1);
    const forms = [value, base64, Buffer.from(value).toString('hex')].map((one) =>
      one.toLowerCase(),
    );
    const plain = withoutEscapes(text.slice(0, LONGEST_LOOKED_AT)).toLowerCase();
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

/** So much of a text is looked at for forms of a token, in characters. */
const LONGEST_LOOKED_AT = 16_384;

/** A text without the escapes of HTML, of addresses and of JSON. */
function withoutEscapes(text: string): string {
  const character = (code: number): string => (code < 0x80 ? String.fromCharCode(code) : '');
  return text
    .replace(/&#x([0-9a-f]{1,6});?/gi, (_, hex: string) => character(parseInt(hex, 16)))
    .replace(/&#(\d{1,7});?/g, (_, digits: string) => character(Number(digits)))
    .replace(/&(?:lowbar|UnderBar);/g, '_')
    .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => character(parseInt(hex, 16)))
    .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => character(parseInt(hex, 16)));
}

/** No token of the service has fewer characters. */
const SHORTEST_TOKEN = 8;

/** Signs of JSON and of shells, which no token has. */
const OF_NO_TOKEN = /["\\{}]/;

/** Words that JSON is made of; hidden as short secrets they would make it unreadable. */
const OF_JSON = /^(?:true|false|null|\d+)$/;

/** What is as long stands out in any text; what is shorter may be a part of ordinary words. */
const SURE_SECRET = 6;
const SHORTEST_SECRET = 3;

/**
 * Puts `[token]` where a text holds one of the secrets. Short ones, which no real token is, are
 * taken out where they stand alone.
 *
 * @param secrets the tokens that the program was given
 */
export function redactSecrets(text: string, secrets: Iterable<string>): string {
  let redacted = text;
  for (const secret of secrets) {
    if (OF_NO_TOKEN.test(secret)) continue;
    if (secret.length >= SURE_SECRET) redacted = redacted.replaceAll(secret, SHOWN_INSTEAD);
    else if (secret.length >= SHORTEST_SECRET && !OF_JSON.test(secret))
      redacted = redacted.replace(alone(secret), SHOWN_INSTEAD);
  }
  return redacted;
}

function alone(secret: string): RegExp {
  const literal = secret.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w-])${literal}(?![\\w-])`, 'g');
}
