/**
 * Keeps the token of `login` in the user's folder. Nobody else may read the file. A run that is
 * killed at any moment leaves the old token or the new one.
 */
import { existsSync } from 'node:fs';
import * as z from 'zod/mini';
import { Failure, systemErrorCode } from '../../failure.ts';
import { isLoopback } from '../../metrika/api-address.ts';
import { type AccountFile, accountFile } from './account-files.ts';
import { type HeldLock, type LockContext, withLock } from './lock.ts';
import {
  closeFolder,
  makePrivateFolder,
  type OnOpenToOthers,
  PrivateDraft,
  readPrivateFile,
  removeLeftOvers,
  removePrivateFile,
} from './private-files.ts';

/** A token that `login` has stored. What is not known is `undefined`. */
export interface StoredToken {
  readonly accessToken: string;
  readonly refreshToken?: string | undefined;
  /** The time when the token ends, in milliseconds since 1970-01-01 UTC. */
  readonly expires?: number | undefined;
  /** The login of the account. */
  readonly login?: string | undefined;
  readonly scopes?: readonly string[] | undefined;
  /** The application that the token was made for. A renewal needs it. */
  readonly clientId?: string | undefined;
  /** The base address of the sign-in, which renews the token. */
  readonly oauthUrl: string;
  /** The base address of the API that the token was made for. */
  readonly apiUrl: string;
}

const text = z.string().check(z.minLength(1), z.maxLength(4096));
const address = text.check(z.refine((url) => URL.canParse(url)));

/** Says whether two addresses are both on this machine, or both elsewhere. */
function isSameKind(one: string, other: string): boolean {
  return isLoopback(new URL(one).hostname) === isLoopback(new URL(other).hostname);
}

const fields = z.object({
  version: z.literal(1),
  access_token: text.check(z.regex(/^[\x21-\x7e]+$/)),
  refresh_token: z.nullish(text),
  expires: z.nullish(text.check(z.refine((time) => !Number.isNaN(Date.parse(time))))),
  login: z.nullish(text),
  scopes: z.nullish(z.array(text)),
  client_id: z.nullish(text),
  oauth_url: address,
  api_url: address,
});

/** A token of the service must not go to a sign-in on this machine, nor the other way round. */
const storedToken = fields.check(
  z.refine(({ oauth_url, api_url }) => isSameKind(oauth_url, api_url)),
);

/** The reason why a file of the store is no use, besides the codes of the system. */
const DAMAGED = 'damaged';

/** The folder with the stored token. */
export class TokenStore {
  readonly #folder: string;
  readonly #onOpen: OnOpenToOthers;

  /**
   * @param folder the user's folder; it may not exist
   * @param onOpen called with each file or folder that others could read, or still can
   */
  constructor(folder: string, onOpen: OnOpenToOthers) {
    this.#folder = folder;
    this.#onOpen = onOpen;
  }

  /** The path of the folder. */
  get folder(): string {
    return this.#folder;
  }

  /** The path of the stored token. */
  get path(): string {
    return this.pathOf('token');
  }

  /** Returns the path of a file in the folder. */
  pathOf(name: AccountFile): string {
    return accountFile(this.#folder, name);
  }

  /**
   * Reads the stored token. Closes the file to others if they could read it, and removes what
   * killed runs have left.
   *
   * @returns `undefined` if there is no stored token
   * @throws Failure `token-store-unreadable` (exit 2)
   */
  read(): StoredToken | undefined {
    const content = this.readFile('token');
    if (content === undefined) return undefined;
    const { data } = storedToken.safeParse(parsed(content));
    if (data === undefined) {
      throw new Failure('token-store-unreadable', { path: this.path, reason: DAMAGED });
    }
    return {
      accessToken: data.access_token,
      refreshToken: data.refresh_token ?? undefined,
      expires: data.expires == null ? undefined : Date.parse(data.expires),
      login: data.login ?? undefined,
      scopes: data.scopes ?? undefined,
      clientId: data.client_id ?? undefined,
      oauthUrl: data.oauth_url,
      apiUrl: data.api_url,
    };
  }

  /**
   * Reads a file of the folder.
   *
   * @throws Failure `token-store-unreadable` (exit 2)
   */
  readFile(name: AccountFile): string | undefined {
    const path = this.pathOf(name);
    return this.#guarded('token-store-unreadable', path, () => {
      for (const one of ['token', 'pending', 'counters'] as const) {
        removeLeftOvers(this.pathOf(one));
      }
      if (!existsSync(path)) return undefined;
      closeFolder(this.#folder, this.#onOpen);
      return readPrivateFile(path, this.#onOpen);
    });
  }

  /**
   * Lets only this run change the folder, while `use` runs. Creates the folder.
   *
   * @throws Failure `token-store-busy` (exit 6) or `token-store-unwritable` (exit 2)
   */
  async locked<Result>(
    context: LockContext,
    use: (lock: HeldLock) => Promise<Result>,
  ): Promise<Result> {
    const path = this.pathOf('lock');
    let failed: { readonly error: unknown } | undefined;
    try {
      this.#guarded('token-store-unwritable', path, () => {
        makePrivateFolder(this.#folder, this.#onOpen);
      });
      return await withLock(path, context, async (lock) => {
        try {
          return await use(lock);
        } catch (error) {
          failed = { error };
          throw error;
        }
      });
    } catch (error) {
      // An error of `use` is not about the lock.
      if (failed?.error === error) throw error;
      throw unwritable(error, path);
    }
  }

  /**
   * Proves that a file of the folder can be written, before a run gets something that must not be
   * lost.
   *
   * @param lock the lock of the folder
   * @throws Failure `token-store-unwritable` (exit 2)
   */
  prepare(name: Exclude<AccountFile, 'lock'>, lock: HeldLock): PreparedFile {
    const path = this.pathOf(name);
    const draft = this.#guarded('token-store-unwritable', path, () => new PrivateDraft(path));
    return {
      commit: (content) => {
        if (!lock.isMine()) {
          draft.discard();
          throw new Failure('token-store-busy', { path: this.pathOf('lock') });
        }
        this.#guarded('token-store-unwritable', path, () => {
          draft.commit(`${JSON.stringify(content, undefined, 2)}\n`);
        });
      },
      discard: () => {
        draft.discard();
      },
    };
  }

  /**
   * Removes a file of the folder.
   *
   * @returns whether there was one
   * @throws Failure `token-store-unwritable` (exit 2)
   */
  remove(name: Exclude<AccountFile, 'lock'>): boolean {
    const path = this.pathOf(name);
    return this.#guarded('token-store-unwritable', path, () => removePrivateFile(path));
  }

  #guarded<Result>(
    code: 'token-store-unwritable' | 'token-store-unreadable',
    path: string,
    work: () => Result,
  ): Result {
    try {
      return work();
    } catch (error) {
      const reason = systemErrorCode(error);
      if (error instanceof Failure || reason === undefined) throw error;
      throw new Failure(code, { path, reason });
    }
  }
}

/** A file that can be written for certain. */
export interface PreparedFile {
  /** @throws Failure `token-store-unwritable` (exit 2) or `token-store-busy` (exit 6) */
  commit(content: object): void;
  /** Removes the draft. Does nothing after {@link PreparedFile.commit}. */
  discard(): void;
}

/** Returns the content of the file of a stored token. */
export function tokenDocument(stored: StoredToken): object {
  const { accessToken, refreshToken, expires, login, scopes, clientId, oauthUrl, apiUrl } = stored;
  return {
    version: 1,
    access_token: accessToken,
    refresh_token: refreshToken ?? null,
    expires: expires === undefined ? null : new Date(expires).toISOString(),
    login: login ?? null,
    scopes: scopes ?? null,
    client_id: clientId ?? null,
    oauth_url: oauthUrl,
    api_url: apiUrl,
  };
}

/** Says whether a stored token was made for addresses on this machine, such as those of a sandbox. */
export function isForThisMachine({ apiUrl }: Pick<StoredToken, 'apiUrl'>): boolean {
  return isLoopback(new URL(apiUrl).hostname);
}

/** Parses JSON. Returns `undefined` if the text is not JSON. */
export function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

function unwritable(error: unknown, path: string): unknown {
  const reason = systemErrorCode(error);
  if (error instanceof Failure || reason === undefined) return error;
  return new Failure('token-store-unwritable', { path, reason });
}
