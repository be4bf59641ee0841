/** Collects, from the options of a command, the settings for the connection to the service. */
import { existsSync } from 'node:fs';
import { Failure } from '../../failure.ts';
import { requiredCounter, serviceAddress } from '../../library/open-service.ts';
import type { Words } from '../../words/en.ts';
import { accountFile } from '../account/account-files.ts';
import { throughFrontDoor } from '../arguments/front-door.ts';
import type { OptionSources } from '../arguments/option-values.ts';
import type { ACCOUNT, OptionValues, REMOTE } from '../arguments/options.ts';
import type { Environment } from '../io/io.ts';
import { userFolder } from '../io/user-folder.ts';
import type { SettingOrigin } from '../output/setting-origin.ts';

/** The options of every command that talks to the service. */
export type AccountOptions = OptionValues<(typeof ACCOUNT)[number]> & {
  /** Whether this is a dry run. A dry run sends no file, so it can do without a token. */
  readonly dryRun?: boolean;
};

/** The options of every command about one counter. */
export type RemoteOptions = AccountOptions & OptionValues<(typeof REMOTE)[number]>;

/** The source of the token. `readToken` reads the token later. */
export type TokenSource =
  | { readonly kind: 'text'; readonly text: string; readonly origin: string }
  | { readonly kind: 'file'; readonly path: string; readonly origin: string }
  /** The token that `login` has stored in a file. */
  | { readonly kind: 'stored'; readonly origin: string }
  | { readonly kind: 'sandbox' }
  /** There is no token. Only a dry run needs no token. */
  | { readonly kind: 'none' };

/** The settings of every command about one counter. */
export interface RemoteTarget extends AccountTarget {
  readonly counter: number;
}

/** The settings of every command that talks to the service. */
export interface AccountTarget {
  readonly token: TokenSource;
  /** The base address; `undefined` if a sandbox will be started for this run. */
  readonly address: string | undefined;
  /** The longest time without progress, in seconds. */
  readonly timeout: number;
  readonly retries: number;
  readonly origins: readonly SettingOrigin[];
}

const DEFAULT = 'default';
const SANDBOX = 'sandbox';

/**
 * Collects the settings of a command about one counter.
 *
 * @throws Failure (exit 2) that names a missing setting, or settings that exclude each other
 */
export function remoteTarget(
  options: RemoteOptions,
  sources: OptionSources,
  context: SettingsContext,
): RemoteTarget {
  throughFrontDoor('findUpload', options, sources);
  const counter = requiredCounter(options);
  const target = targetOf(options, sources, context);
  const source = sources.counter ?? SANDBOX;
  const origins = [{ name: 'counter', value: String(counter), source }, ...target.origins];
  return { ...target, counter, origins };
}

/**
 * Collects the settings of a command that is not about one counter.
 *
 * @throws Failure (exit 2) that names a missing setting, or settings that exclude each other
 */
export function accountTarget(
  options: AccountOptions,
  sources: OptionSources,
  context: SettingsContext,
): AccountTarget {
  throughFrontDoor('listCounters', options, sources);
  return targetOf(options, sources, context);
}

interface SettingsContext {
  readonly environment: Environment;
  readonly words: Words;
}

function targetOf(
  options: AccountOptions,
  sources: OptionSources,
  { environment, words }: SettingsContext,
): AccountTarget {
  const { sandbox, timeout, retries } = options;
  const address = serviceAddress(options, environment);
  const token: TokenSource = sandbox
    ? { kind: 'sandbox' }
    : tokenSource(options, sources, environment);
  const url = address ?? words.screens.dryRun.ownSandbox;
  const urlOrigin = sandbox ? '--sandbox' : (sources.apiUrl ?? DEFAULT);
  const origins: readonly SettingOrigin[] = [
    ...tokenOrigin(token),
    { name: 'api-url', value: url, source: urlOrigin },
    {
      name: 'timeout',
      value: `${String(timeout)} s`,
      source: sources.timeout ?? DEFAULT,
    },
    { name: 'retries', value: String(retries), source: sources.retries ?? DEFAULT },
  ];
  return { token, address, timeout, retries, origins };
}

function tokenOrigin(token: TokenSource): readonly SettingOrigin[] {
  if (token.kind === 'none') return [];
  const source = token.kind === 'sandbox' ? SANDBOX : token.origin;
  return [{ name: 'token', value: '[token]', source }];
}

/**
 * Chooses the source of the token. An option takes precedence over a variable. METRIKA_TOKEN takes
 * precedence over METRIKA_TOKEN_FILE. The token that `login` has stored comes last.
 *
 * @throws Failure `token-twice` (exit 2) if both options are on the command line; `token-missing`
 *   (exit 2) if there is no token
 */
function tokenSource(
  { token, tokenFile, dryRun }: AccountOptions,
  sources: OptionSources,
  environment: Environment,
): TokenSource {
  const isTokenWritten = sources.token === '--token';
  const isFileWritten = sources.tokenFile === '--token-file';
  if (isTokenWritten && isFileWritten) throw new Failure('token-twice', {});
  if (token !== undefined && !(isFileWritten && !isTokenWritten)) {
    return { kind: 'text', text: token, origin: sources.token ?? '--token' };
  }
  if (tokenFile === undefined) {
    const stored = accountFile(userFolder(environment), 'token');
    if (existsSync(stored)) return { kind: 'stored', origin: stored };
    if (dryRun === true) return { kind: 'none' };
    throw new Failure('token-missing', {});
  }
  return { kind: 'file', path: tokenFile, origin: sources.tokenFile ?? '--token-file' };
}
