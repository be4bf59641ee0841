/** The options shared by all functions that talk to the service. */
import type { StopSignal } from '../abortable.ts';
import { type Clock, systemClock } from '../clock.ts';
import { Failure } from '../failure.ts';
import type { MetrikaClient } from '../metrika/client.ts';
import type { Fetch } from '../metrika/fetch.ts';
import { ApiToken } from '../metrika/token.ts';
import type { ProxyEnvironment } from '../metrika/undici-fetch.ts';
import { maskedWithinReport } from '../safe-text/masking.ts';
import { Interruption } from '../upload/interruption.ts';
import type { NextCommands } from '../upload/run.ts';
import { command, option } from '../words/said.ts';
import { openService, requiredCounter, serviceAddress } from './open-service.ts';
import type { ResultOptions } from './options/check-options.ts';
import { DEFAULTS } from './options/defaults.ts';

/** How to reach the service. */
export interface ServiceOptions extends ResultOptions {
  /** The number of the counter; a sandbox does not need one. */
  readonly counter?: number | undefined;
  /** The OAuth token; a sandbox does not need one. */
  readonly token?: string | undefined;
  /** Starts a sandbox for this one function call and uses it. */
  readonly sandbox?: boolean | undefined;
  /** Another base address of the service. */
  readonly apiUrl?: string | undefined;
  /** A host that may get the token although it is not known to belong to Metrica. */
  readonly trustApiHost?: string | undefined;
  /** Seconds without progress after which a request fails; 60 by default. */
  readonly timeout?: number | undefined;
  /** How often a request is repeated at most; 5 by default. */
  readonly retries?: number | undefined;
  /** Certificate authorities to trust, in PEM, instead of the platform's. */
  readonly authorities?: readonly string[] | undefined;
  /** The environment variables that name proxies; `process.env` by default. */
  readonly environment?: ProxyEnvironment | undefined;
  /** Sends the requests instead of the library's own connections. */
  readonly fetch?: Fetch | undefined;
  /** Returns a number from 0 to 1, which spreads retries over time; `Math.random` by default. */
  readonly random?: (() => number) | undefined;
  /**
   * Whether texts of the service may contain full phone numbers and identifiers; `false` by
   * default.
   */
  readonly showValues?: boolean | undefined;
}

/** What a function needs to talk to the service. */
export interface Service {
  readonly client: MetrikaClient;
  readonly counter: number;
  readonly clock: Clock;
  readonly random: () => number;
  /** Aborted with the library's own reason when the caller's signal is aborted. */
  readonly signal: StopSignal;
  /** The commands to suggest as the next step. */
  readonly commands: NextCommands;
}

/**
 * Connects to the service, calls `use`, and closes the connection.
 *
 * @param options options that `admitted` has checked
 * @throws Failure (exit 2) for options that are missing or wrong, and any error of `use`
 */
export async function withService<Result>(
  options: ServiceOptions,
  use: (service: Service) => Promise<Result>,
): Promise<Result> {
  const { clock = systemClock, random = Math.random, environment = process.env } = options;
  const counter = requiredCounter(options);
  const token = tokenFrom(options);
  const address = serviceAddress(options, environment);
  const stop = interruptedBy(options.signal);
  const own = new Set([String(counter)]);
  const { client, close } = await openService({
    address,
    token,
    timeout: options.timeout ?? DEFAULTS.timeout,
    retries: options.retries ?? DEFAULTS.retries,
    clock,
    random,
    environment,
    authorities: options.authorities,
    fetchBy: (connections) => options.fetch ?? connections,
    mask: options.showValues === true ? undefined : (text) => maskedWithinReport(text, own),
  });
  try {
    const commands = address === undefined ? NO_COMMANDS : commandsFor(counter, options);
    return await use({ client, counter, clock, random, signal: stop.signal, commands });
  } finally {
    stop.release();
    await close();
  }
}

function tokenFrom({ token, sandbox = false }: ServiceOptions): ApiToken {
  // A sandbox accepts any token, and must never see a real one.
  if (sandbox) return new ApiToken('sandbox', 'options.sandbox');
  if (token === undefined) throw new Failure('token-missing', {});
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

/** No commands, because the sandbox stops when the function returns. */
const NO_COMMANDS: NextCommands = { status: () => undefined, list: () => undefined };

/** Returns a signal that is aborted with the library's own reason when the caller's is aborted. */
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
