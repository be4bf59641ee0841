/** Makes web addresses of files safe to show. */
import { looksLikeToken, tokensIn } from './token-like.ts';

/** Says whether a word names a file by its web address. */
export function isAddress(word: string): boolean {
  return /^https?:\/\//i.test(word.trim());
}

/** Where the id of a shared file is in the addresses of one host. */
interface SharedHost {
  readonly host: RegExp;
  /** Matches the path; its first group is the id. */
  readonly path?: RegExp;
  /** The key in the query that has the id as its value. */
  readonly key?: string;
}

const SHARED_HOSTS: readonly SharedHost[] = [
  { host: /^docs\.google\.com$/, path: /^\/spreadsheets\/(?:u\/\d+\/)?d\/(?:e\/)?([\w-]+)/ },
  { host: /^drive\.google\.com$/, path: /^\/file\/(?:u\/\d+\/)?d\/([\w-]+)/, key: 'id' },
  { host: /^drive\.usercontent\.google\.com$/, key: 'id' },
  {
    host: /^(?:disk\.yandex\.[a-z.]{2,6}|disk\.360\.yandex\.ru|yadi\.sk)$/,
    path: /^\/[di]\/([\w-]+)/,
  },
];

/**
 * Returns the id of a shared file. The id is a part of a link that people send to one another, so
 * messages may show it.
 */
function sharedId(url: URL): string | undefined {
  const known = SHARED_HOSTS.find(({ host }) => host.test(url.hostname));
  if (known === undefined) return undefined;
  const inPath = known.path?.exec(url.pathname)?.[1];
  return (
    inPath ?? (known.key === undefined ? undefined : (url.searchParams.get(known.key) ?? undefined))
  );
}

/** Matches a key of a query if the value of this key may give access to a file. */
const SECRET_KEY =
  /token|key|secret|sign|sig$|^sig|auth|pass|pwd|credential|session|^sid$|hash|code/i;

/** The length of the shortest value that counts as a secret because of its form, in characters. */
const LONG_VALUE = 20;

const HIDDEN = '[token]';

/** A part of an address may be encoded repeatedly. It is decoded at most this many times. */
const MOST_ENCODINGS = 3;

/** The largest depth of addresses inside addresses. A deeper address is hidden. */
const DEEPEST = 3;

/**
 * Returns the secrets of an address that no text may show. A value that may be a usual word, for
 * example the user name `user`, is not returned, because messages need such words. Such a value is
 * hidden only where the address itself is shown.
 */
export function secretsIn(address: string): string[] {
  return hiddenIn(address).filter(
    (value) =>
      looksLikeToken(value) ||
      (value.length >= SURE_SECRET && /\d/.test(value) && /[a-z]/i.test(value)) ||
      (value.length >= SURE_WORD && !SEVERAL_WORDS.test(value)),
  );
}

/**
 * A value with at least this many characters is surely a secret. The first length is for a value
 * with letters and digits. The second length is for any other value that is not several words.
 */
const SURE_SECRET = 8;
const SURE_WORD = 16;

const SEVERAL_WORDS = /^[a-z]+(?:[-_ ][a-z]+)+$/i;

function hiddenIn(address: string, depth = 0): string[] {
  const found = new Set<string>();
  new ShownAddress({ mask: asItIs, found, depth }).text(address);
  found.delete('');
  return [...found];
}

/**
 * Returns the name of a source of calls for results and messages: a path as it is, and an address
 * without the values that may give access to a file.
 *
 * @param name a path or an address, as somebody wrote it
 */
export function sourceName(name: string): string {
  return isAddress(name) ? maskedAddress(name, asItIs) : name;
}

/**
 * Returns an address for a message. Secrets and personal data are hidden; the host is shown.
 *
 * @param mask hides personal data in a part of the address
 */
export function maskedAddress(address: string, mask: (text: string) => string): string {
  return new ShownAddress({ mask, found: new Set() }).text(address);
}

const asItIs = (text: string): string => text;

/** Writes an address without its secrets, part by part. */
class ShownAddress {
  /** Hides personal data in a part. */
  readonly #mask: (text: string) => string;
  /** Receives each secret: as it is written in the address, and decoded. */
  readonly #found: Set<string>;
  readonly #depth: number;
  #id: string | undefined;

  constructor(options: {
    readonly mask: (text: string) => string;
    readonly found: Set<string>;
    readonly depth?: number;
  }) {
    this.#mask = options.mask;
    this.#found = options.found;
    this.#depth = options.depth ?? 0;
  }

  text(address: string): string {
    const url = parsed(address);
    if (url === undefined) return this.#broken(address.trim());
    this.#id = sharedId(url);
    const { username, password, pathname, search, hash } = url;
    const hasUser = username !== '' || password !== '';
    for (const part of hasUser ? [username, password] : []) this.#hidden(part);
    const user = hasUser ? `${HIDDEN}@` : '';
    const query = this.#query(search.slice(1));
    const fragment = this.#fragment(hash.slice(1));
    return `${url.protocol}//${user}${url.host}${this.#path(pathname)}${query === '' ? '' : `?${query}`}${fragment === '' ? '' : `#${fragment}`}`;
  }

  /** Writes an address that cannot be parsed. It may have secrets in the usual places. */
  #broken(address: string): string {
    const [, scheme = '', rest = ''] = /^(https?:\/\/)?(.*)$/is.exec(address) ?? [];
    const [, before = '', query = '', fragment = ''] =
      /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(rest) ?? [];
    const [host = '', ...steps] = before.split('/');
    const userEnd = host.lastIndexOf('@');
    if (userEnd >= 0) this.#hidden(host.slice(0, userEnd));
    const user = userEnd < 0 ? '' : `${HIDDEN}@`;
    return [
      `${scheme}${user}${this.#path([host.slice(userEnd + 1), ...steps].join('/'))}`,
      query === '' ? '' : `?${this.#query(query.slice(1))}`,
      fragment === '' ? '' : `#${this.#fragment(fragment.slice(1))}`,
    ].join('');
  }

  #path(path: string): string {
    return path
      .split('/')
      .map((step) => this.#pairs(step))
      .join('/');
  }

  #query(query: string): string {
    return query
      .split('&')
      .map((pair) => this.#pairs(pair))
      .join('&');
  }

  /** Writes a fragment: a place in a page, or parameters like those of a query, or both. */
  #fragment(fragment: string): string {
    const [, place = '', rest = ''] = /^([^=&?]*\?)?(.*)$/s.exec(fragment) ?? [];
    return rest.includes('=')
      ? `${this.#path(place)}${this.#query(rest)}`
      : `${this.#path(place)}${this.#path(rest)}`;
  }

  /** Writes a word, or a key and its value. A semicolon may separate several of them. */
  #pairs(text: string): string {
    const [key = '', ...rest] = text.split('=');
    if (rest.length > 0 && this.#isSecret(key, rest.join('='))) return this.#pair(text);
    return text
      .split(/;(?=[^;=]*=)/)
      .map((one) => this.#pair(one))
      .join(';');
  }

  #pair(text: string): string {
    const at = text.indexOf('=');
    if (at < 0) return this.#word(text);
    const key = text.slice(0, at);
    const value = text.slice(at + 1);
    const shownKey = this.#isSecret('', key) ? this.#hidden(key) : key;
    if (formsOf(value).some((form) => form === this.#id)) return `${shownKey}=${value}`;
    return `${shownKey}=${this.#isSecret(key, value) ? this.#hidden(value) : this.#mask(value)}`;
  }

  #word(text: string): string {
    if (text === this.#id) return text;
    return formsOf(text).some(hasToken) || this.#hasSecretAddress(text)
      ? this.#hidden(text)
      : this.#mask(text);
  }

  #isSecret(key: string, value: string): boolean {
    if (value === '') return false;
    if (formsOf(key).some((form) => SECRET_KEY.test(form))) return true;
    const isLong = (form: string): boolean =>
      form.length >= LONG_VALUE && /\d/.test(form) && /^[\w.~+/=-]+$/.test(form);
    const forms = formsOf(value);
    return forms.some((form) => hasToken(form) || isLong(form)) || this.#hasSecretAddress(value);
  }

  /** Says whether a part is an address with secrets of its own. */
  #hasSecretAddress(text: string): boolean {
    return formsOf(text).some((form) => {
      if (!isAddress(form)) return false;
      return this.#depth === DEEPEST || hiddenIn(form, this.#depth + 1).length > 0;
    });
  }

  #hidden(text: string): string {
    for (const form of formsOf(text)) this.#found.add(form);
    return HIDDEN;
  }
}

function hasToken(text: string): boolean {
  return tokensIn(text).length > 0;
}

/** Returns all forms of a part of an address: as it is written, and after each decoding. */
function formsOf(text: string): string[] {
  const forms = [text];
  for (let count = 0; count < MOST_ENCODINGS; count += 1) {
    const last = forms.at(-1) ?? '';
    const next = decoded(last);
    if (next === last) break;
    forms.push(next);
  }
  return forms;
}

/** Decodes a part of an address. A percent sign that encodes nothing stays. */
function decoded(value: string): string {
  const safe = value.replaceAll('&', '%26').replaceAll('+', '%2B');
  return new URLSearchParams(`v=${safe}`).get('v') ?? value;
}

function parsed(address: string): URL | undefined {
  return URL.canParse(address.trim()) ? new URL(address.trim()) : undefined;
}
