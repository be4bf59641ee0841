/** Makes web addresses of files safe to show. */
import { looksLikeToken } from './token-like.ts';

/** Says whether a word names a file by its web address. */
export function isAddress(word: string): boolean {
  return /^https?:\/\//i.test(word.trim());
}

/** Where the id of a shared file is in the addresses of one host. */
interface SharedHost {
  readonly host: RegExp;
  /** Matches the path; its first group is the id. */
  readonly path?: RegExp;
  /** The key of the query whose value is the id. */
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

/** Keys of a query whose values give access to a file. */
const SECRET_KEY =
  /token|key|secret|sign|sig$|^sig|auth|pass|pwd|credential|session|^sid$|hash|code/i;

/** The length of the shortest value that counts as a secret because of its form, in characters. */
const LONG_VALUE = 20;

const HIDDEN = '[token]';

/**
 * Returns the values of an address that may give access to a file: in the user information, in the
 * query, and words of the path that look like a token.
 */
export function secretsIn(address: string): string[] {
  const url = parsed(address);
  if (url === undefined) return [];
  const id = sharedId(url);
  const values = [...url.searchParams].flatMap(([key, value]) =>
    value !== id && isSecret(key, value) ? [value] : [],
  );
  const words = url.pathname.split('/').filter((word) => word !== id && looksLikeToken(word));
  return [url.username, url.password, ...values, ...words].filter((value) => value !== '');
}

function isSecret(key: string, value: string): boolean {
  if (value === '') return false;
  if (SECRET_KEY.test(key) || looksLikeToken(value)) return true;
  return value.length >= LONG_VALUE && /\d/.test(value) && /^[\w.~+/=-]+$/.test(value);
}

/**
 * Returns the name of a source of calls for results and messages: a path as it is, and an address
 * without the values that may give access to a file.
 *
 * @param name a path or an address, as somebody wrote it
 */
export function sourceName(name: string): string {
  return isAddress(name) ? rewritten(name, (text) => text) : name;
}

/**
 * Returns an address for a message. Secrets and personal data are hidden; the host is shown.
 *
 * @param mask hides personal data in a part of the address
 */
export function maskedAddress(address: string, mask: (text: string) => string): string {
  return rewritten(address, mask);
}

function rewritten(address: string, mask: (text: string) => string): string {
  const url = parsed(address);
  if (url === undefined) return mask(address);
  const id = sharedId(url);
  const shown = (text: string): string => {
    if (text === id) return text;
    return looksLikeToken(text) ? HIDDEN : mask(text);
  };
  const user = url.username === '' && url.password === '' ? '' : `${HIDDEN}@`;
  const path = url.pathname.split('/').map(shown).join('/');
  const query = url.search
    .slice(1)
    .split('&')
    .map((pair) => shownPair(pair, id, mask))
    .join('&');
  const hash = url.hash === '' ? '' : `#${shown(url.hash.slice(1))}`;
  return `${url.protocol}//${user}${url.host}${path}${query === '' ? '' : `?${query}`}${hash}`;
}

function shownPair(pair: string, id: string | undefined, mask: (text: string) => string): string {
  const [key = '', ...rest] = pair.split('=');
  if (rest.length === 0) return looksLikeToken(key) ? HIDDEN : mask(key);
  const value = decoded(rest.join('='));
  if (value === id) return pair;
  return `${key}=${isSecret(key, value) ? HIDDEN : mask(rest.join('='))}`;
}

function decoded(value: string): string {
  return new URLSearchParams(`v=${value}`).get('v') ?? value;
}

function parsed(address: string): URL | undefined {
  return URL.canParse(address.trim()) ? new URL(address.trim()) : undefined;
}
