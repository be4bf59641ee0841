/** Connects to the service, or starts a sandbox and connects to it. */
import type { Clock } from '../clock.ts';
import { Failure } from '../failure.ts';
import { SANDBOX_COUNTER } from '../limits.ts';
import { apiAddress, DEFAULT_API_URL, isLoopback } from '../metrika/api-address.ts';
import { type ClientOptions, MetrikaClient } from '../metrika/client.ts';
import type { Fetch } from '../metrika/fetch.ts';
import type { ProxyEnvironment } from '../metrika/proxy-environment.ts';
import { retryRules } from '../metrika/retry.ts';
import type { ApiToken } from '../metrika/token.ts';
import { openConnections } from '../metrika/undici-fetch.ts';
import { DEFAULTS } from './options/defaults.ts';

const SECOND = 1000;

/** How to connect to the service. */
export interface OpenServiceOptions extends Pick<
  ClientOptions,
  'mask' | 'onExchange' | 'onRetry' | 'renew'
> {
  /** The base address; `undefined` starts a sandbox. */
  readonly address: string | undefined;
  /** The token. Without a token, each request fails with `token-missing`. */
  readonly token: ApiToken | undefined;
  /** A request fails after this number of seconds without progress. */
  readonly timeout: number;
  /** The maximum number of times that a request is repeated. */
  readonly retries: number;
  readonly clock: Clock;
  /** Returns a number from 0 to 1. */
  readonly random: () => number;
  /** The environment variables that name proxies. */
  readonly environment: ProxyEnvironment;
  /** The certificate authorities to trust, in PEM. They replace those of the platform. */
  readonly authorities: readonly string[] | undefined;
  /** Wraps or replaces the function that sends requests. */
  readonly fetchBy?: ((own: Fetch) => Fetch) | undefined;
}

/** An open connection to the service. */
export interface OpenService {
  readonly client: MetrikaClient;
  /** The base address in use. */
  readonly address: string;
  readonly close: () => Promise<void>;
}

/**
 * Connects to the service.
 *
 * @throws Failure `token-short` or `proxy-invalid` (exit 2)
 */
export async function openService(options: OpenServiceOptions): Promise<OpenService> {
  const { token, clock, random, environment, authorities } = options;
  if (options.address !== undefined && !isLoopback(new URL(options.address).hostname)) {
    token?.refuseShort();
  }
  const sandbox = options.address === undefined ? await startOwnSandbox(clock.now) : undefined;
  const address = options.address ?? sandbox?.address ?? '';
  const timeout = options.timeout * SECOND;
  const connections = openConnections({
    address,
    connectTimeout: timeout,
    environment,
    authorities,
  });
  const client = new MetrikaClient({
    address,
    token,
    renew: options.renew,
    fetch: options.fetchBy?.(connections.fetch) ?? connections.fetch,
    clock,
    random,
    timeout,
    retry: retryRules(options.retries),
    mask: options.mask,
    onExchange: options.onExchange,
    onRetry: options.onRetry,
  });
  return {
    client,
    address,
    close: async () => {
      await connections.close();
      await sandbox?.close();
    },
  };
}

/**
 * Returns the base address from the options.
 *
 * @returns `undefined` if the options ask for a sandbox
 * @throws Failure (exit 2) for an address that must not get a token, or if the environment turns
 *   the check of certificates off
 */
export function serviceAddress(
  options: {
    readonly sandbox?: boolean | undefined;
    readonly apiUrl?: string | undefined;
    readonly trustApiHost?: string | undefined;
  },
  environment: ProxyEnvironment,
): string | undefined {
  if (options.sandbox === true) return undefined;
  const address = apiAddress(options.apiUrl ?? DEFAULT_API_URL, options.trustApiHost);
  if (environment['NODE_TLS_REJECT_UNAUTHORIZED'] === '0' && address.startsWith('https:')) {
    throw new Failure('certificate-check-off', {});
  }
  return address;
}

/**
 * Returns the counter from the options; a sandbox does not need one.
 *
 * @throws Failure `counter-missing` (exit 2)
 */
export function requiredCounter({
  counter,
  sandbox,
}: {
  readonly counter?: number | undefined;
  readonly sandbox?: boolean | undefined;
}): number {
  const known = counter ?? (sandbox === true ? SANDBOX_COUNTER : undefined);
  if (known === undefined) throw new Failure('counter-missing', {});
  return known;
}

async function startOwnSandbox(
  now: () => number,
): Promise<{ readonly address: string; close(): Promise<void> }> {
  // The sandbox is rarely necessary, and it loads its own parser. So the sandbox is loaded only if
  // it is needed.
  const { startSandbox } = await import('../sandbox/server.ts');
  return await startSandbox({ port: 0, stageTime: DEFAULTS.sandboxStageTime * SECOND, now });
}
