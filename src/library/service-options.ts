/** Defines the options of all functions that send requests to the service. */
import type { StopSignal } from '../abortable.ts';
import { type Clock, systemClock } from '../clock.ts';
import { Failure } from '../failure.ts';
import type { MetrikaClient } from '../metrika/client.ts';
import type { Fetch } from '../metrika/fetch.ts';
import { ApiToken } from '../metrika/token.ts';
import { maskedWithinReport } from '../safe-text/masking.ts';
import { Interruption } from '../upload/interruption.ts';
import type { NextCommands } from '../upload/run.ts';
import { command, option } from '../words/said.ts';
import { openService, requiredCounter, serviceAddress } from './open-service.ts';
import type { DownloadingOptions, ResultOptions } from './options/check-options.ts';
import { DEFAULTS } from './options/defaults.ts';

/** How to reach the service. */
export interface ServiceOptions extends AccountOptions {
  /** The number of the counter; a sandbox does not need one. */
  readonly counter?: number | undefined;
}

/** How to reach the service without a counter. */
export interface AccountOptions extends ResultOptions, DownloadingOptions {
  /** The OAuth token; a sandbox does not need one. */
  readonly token?: string | undefined;
  /** Whether to start a sandbox for this function call and use it instead of the service. */
  readonly sandbox?: boolean | undefined;
  /** A base address that replaces the default address of the service. */
  readonly apiUrl?: string | undefined;
  /** A host that is unknown to the library, but is allowed to get the token. */
  readonly trustApiHost?: string | undefined;
  /** A function that sends the requests instead of the library's own connections. */
  readonly fetch?: Fetch | undefined;
  /**
   * Whether texts from the service may show full phone numbers and identifiers; `false` by default.
   */
  readonly showValues?: boolean | undefined;
}

/** The options of a function that can be told to send nothing. A dry run needs no token. */
type SendingNothing = ServiceOptions & { readonly dryRun?: boolean | undefined };

/** The connection and the context for requests to the service. */
export interface Service extends Account {
  readonly counter: number;
  /** The commands that hints suggest as the next step. */
  readonly commands: NextCommands;
}

/** The connection and the context for requests that are not about a counter. */
export interface Account {
  readonly client: MetrikaClient;
  readonly clock: Clock;
  readonly random: () => number;
  /**
   * A signal that is aborted when the caller's signal is aborted. Its abort reason is an
   * {@link Interruption}.
   */
  readonly signal: StopSignal;
}

/**
 * Connects to the service for one counter, calls `use`, and closes the connection.
 *
 * @param options options that `admitted` has already checked
 * @throws Failure (exit 2) for missing or wrong options, and any error that `use` throws
 */
export async function withService<Result>(
  options: SendingNothing,
  use: (service: Service) => Promise<Result>,
): Promise<Result> {
  const counter = requiredCounter(options);
  return await withAccount({ ...options, counter }, async (account, address) => {
    const commands = address === undefined ? NO_COMMANDS : commandsFor(counter, options);
    return await use({ ...account, counter, commands });
  });
}

/**
 * Connects to the service, calls `use`, and closes the connection.
 *
 * @param options options that `admitted` has already checked
 * @throws Failure (exit 2) for missing or wrong options, and any error that `use` throws
 */
export async function withAccount<Result>(
  options: SendingNothing,
  use: (account: Account, address: string | undefined) => Promise<Result>,
): Promise<Result> {
  const { clock = systemClock, random = Math.random, environment = process.env } = options;
  const token = tokenFrom(options);
  const address = serviceAddress(options, environment);
  const stop = interruptedBy(options.signal);
  const known = options.counter === undefined ? [] : [String(options.counter)];
  const own = new Set(known);
  const hosts = new Set<string>();
  const opened = await openService({
    address,
    token,
    timeout: options.timeout ?? DEFAULTS.timeout,
    retries: options.retries ?? DEFAULTS.retries,
    clock,
    random,
    environment,
    authorities: options.authorities,
    fetchBy: (connections) => options.fetch ?? connections,
    mask: options.showValues === true ? undefined : (text) => maskedWithinReport(text, own, hosts),
  });
  const { client, close } = opened;
  hosts.add(new URL(opened.address).host);
  try {
    return await use({ client, clock, random, signal: stop.signal }, address);
  } finally {
    stop.release();
    await close();
  }
}

function tokenFrom({
  token,
  sandbox = false,
  dryRun = false,
}: SendingNothing): ApiToken | undefined {
  // A sandbox accepts any token, and must never receive a real one.
  if (sandbox) return new ApiToken('sandbox', 'options.sandbox');
  if (token === undefined) {
    if (dryRun) return undefined;
    throw new Failure('token-missing', {});
  }
  return new ApiToken(token, 'options.token');
}

function commandsFor(counter: number, { apiUrl, trustApiHost }: ServiceOptions): NextCommands {
  const options = [
    option('counter', counter),
    ...(apiUrl === undefined ? [] : [option('apiUrl', apiUrl)]),
    ...(trustApiHost === undefined ? [] : [option('trustApiHost', trustApiHost)]),
  ];
  return {
    status: (id) =>
      command('status', { options: [...options, option('wait', true)], operands: [id] }),
    list: () => command('list', { options }),
  };
}

/** Hints suggest no commands for a sandbox, because the sandbox stops when the function returns. */
const NO_COMMANDS: NextCommands = { status: () => undefined, list: () => undefined };

/**
 * Returns a signal that is aborted when the caller's signal is aborted. The abort reason of the
 * returned signal is an {@link Interruption}.
 */
function interruptedBy(outer: StopSignal | undefined): {
  readonly signal: StopSignal;
  release(): void;
} {
  const controller = new AbortController();
  const onAbort = (): void => {
    controller.abort(new Interruption());
  };
  if (outer?.aborted === true) onAbort();
  outer?.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    release: () => {
      outer?.removeEventListener('abort', onAbort);
    },
  };
}
