/** The options of the functions that talk to the service, and what they share. */
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
  /** The number of the counter; a sandbox needs none. */
  readonly counter?: number | undefined;
  /** The OAuth token; a sandbox needs none. */
  readonly token?: string | undefined;
  /** Starts a sandbox for this one call and uses it. */
  readonly sandbox?: boolean | undefined;
  /** Another base address of the service. */
  readonly apiUrl?: string | undefined;
  /** A host that may get the token though it is not known to be Metrica's. */
  readonly trustApiHost?: string | undefined;
  /** Seconds without progress after which a request is given up; 60 by default. */
  readonly timeout?: number | undefined;
  /** How often a request is repeated at most; 5 by default. */
  readonly retries?: number | undefined;
  /** Certificate authorities to trust, in PEM, when not those of the platform. */
  readonly authorities?: readonly string[] | undefined;
  /** Where proxies are named; `process.env` by default. */
  readonly environment?: ProxyEnvironment | undefined;
  /** What sends the requests, when not connections of its own. */
  readonly fetch?: Fetch | undefined;
  /** A number from 0 to 1, for the spreading of retries. */
  readonly random?: (() => number) | undefined;
  /** Whether the service's words may hold full phone numbers and identifiers; `false` by default. */
  readonly showValues?: boolean | undefined;
}

/** What one call of a function works with. */
export interface Service {
  readonly client: MetrikaClient;
  readonly counter: number;
  readonly clock: Clock;
  readonly random: () => number;
  /** Is aborted with the program's own reason when the caller's signal is. */
  readonly signal: StopSignal;
  /** The calls of functions to go on with. */
  readonly commands: NextCommands;
}

/**
 * Opens the way to the service, lends it to `use`, and closes it.
 *
 * @param options options that were admitted
 * @throws Failure (exit 2) for options that are missing or wrong, and whatever `use` throws
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
  // A sandbox takes any token, and must never see a real one.
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

/** A sandbox of one call is gone when that is over. */
const NO_COMMANDS: NextCommands = { status: () => undefined, list: () => undefined };

/** A signal that is aborted with the program's own reason when that of the caller is. */
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
