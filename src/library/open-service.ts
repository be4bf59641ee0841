/** The way to the service, or to a sandbox that is started for one run. */
import type { Clock } from '../clock.ts';
import { Failure } from '../failure.ts';
import { RETRY_TIME, SANDBOX_COUNTER } from '../limits.ts';
import { apiAddress, DEFAULT_API_URL, isLoopback } from '../metrika/api-address.ts';
import { type ClientOptions, MetrikaClient } from '../metrika/client.ts';
import type { Fetch } from '../metrika/fetch.ts';
import type { RetryOptions } from '../metrika/retry.ts';
import type { ApiToken } from '../metrika/token.ts';
import { openConnections, type ProxyEnvironment } from '../metrika/undici-fetch.ts';
import { DEFAULTS } from './options/defaults.ts';

const SECOND = 1000;

/** What a way to the service is made of. */
export interface OpenServiceOptions extends Pick<ClientOptions, 'mask' | 'onExchange' | 'onRetry'> {
  /** The base address; `undefined` starts a sandbox. */
  readonly address: string | undefined;
  readonly token: ApiToken;
  /** Seconds without progress after which a request is given up. */
  readonly timeout: number;
  /** How often a request is repeated at most. */
  readonly retries: number;
  readonly clock: Clock;
  /** A number from 0 to 1. */
  readonly random: () => number;
  /** Where proxies are named. */
  readonly environment: ProxyEnvironment;
  /** Certificate authorities to trust, in PEM, when not those of the platform. */
  readonly authorities: readonly string[] | undefined;
  /** What sends the requests, given what would send them otherwise. */
  readonly fetchBy?: ((own: Fetch) => Fetch) | undefined;
}

/** A way to the service that is open. */
export interface OpenService {
  readonly client: MetrikaClient;
  /** The base address in use. */
  readonly address: string;
  readonly close: () => Promise<void>;
}

/**
 * Opens the way to the service.
 *
 * @throws Failure `token-short` or `proxy-invalid` (exit 2)
 */
export async function openService(options: OpenServiceOptions): Promise<OpenService> {
  const { token, clock, random, environment, authorities } = options;
  if (options.address !== undefined && !isLoopback(new URL(options.address).hostname)) {
    token.refuseShort();
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
    fetch: options.fetchBy?.(connections.fetch) ?? connections.fetch,
    clock,
    random,
    timeout,
    retry: retryOf(options.retries),
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

/** @returns how requests are repeated */
export function retryOf(retries: number): RetryOptions {
  return { retries, totalTime: RETRY_TIME };
}

/**
 * The base address that options name.
 *
 * @returns `undefined` for a sandbox of this run
 * @throws Failure (exit 2) for an address that no token is sent to
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
 * The counter that options name; a sandbox needs none.
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
  // Most runs need none, and it brings a parser of its own.
  const { startSandbox } = await import('../sandbox/server.ts');
  return await startSandbox({ port: 0, stageTime: DEFAULTS.sandboxStageTime * SECOND, now });
}
