/** Connects a command to the service, or to a sandbox that the command starts. */
import { openService } from '../../library/open-service.ts';
import type { MetrikaClient } from '../../metrika/client.ts';
import type { ApiToken } from '../../metrika/token.ts';
import { maskedWithinReport } from '../../safe-text/masking.ts';
import type { NextCommands } from '../../upload/run.ts';
import type { CommandContext } from '../arguments/command.ts';
import { setEngineFlags } from '../io/engine-flags.ts';
import { nextCommands } from './next-commands.ts';
import {
  type AccountOptions,
  type AccountTarget,
  accountTarget,
  type RemoteOptions,
  type RemoteTarget,
  remoteTarget,
} from './remote-settings.ts';
import type { OpenedToken } from './stored-token.ts';
import { readToken } from './token.ts';

/** The connection of a command about one counter. */
export interface Connection extends AccountConnection {
  readonly settings: RemoteTarget;
  /** Commands that the user can run next. */
  readonly commands: NextCommands;
}

/** The connection of a command. */
export interface AccountConnection {
  readonly client: MetrikaClient;
  /** The base address of the service or the sandbox. */
  readonly address: string;
  /** The token of the run; `undefined` if a dry run has none. */
  readonly token: OpenedToken | undefined;
  readonly target: AccountTarget;
}

/** The part of a command's context that a connection needs. */
export type ConnectingContext = AccountContext & { readonly options: RemoteOptions };

/** The part of a command's context that a connection without a counter needs. */
export type AccountContext = Omit<CommandContext, 'options'> & {
  readonly options: AccountOptions & { readonly showValues?: boolean };
};

/**
 * Collects the settings, reads the token, and calls `use` with the connection. Closes the
 * connection when `use` has ended.
 *
 * @throws Failure for missing or invalid settings; any error that `use` throws
 */
export async function withConnection<Result>(
  context: ConnectingContext,
  use: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const { io, options, sources } = context;
  const settings = remoteTarget(options, sources, io);
  // The user gave the counter and the operands, so the output does not have to mask them.
  for (const known of [String(settings.counter), ...context.operands]) io.knownNumbers.add(known);
  return await connected(context, settings, async (connection) => {
    const commands = nextCommands(settings, options, sources);
    return await use({ ...connection, settings, commands });
  });
}

/**
 * Does the same for a command that is not about one counter.
 *
 * @throws Failure for missing or invalid settings; any error that `use` throws
 */
export async function withAccount<Result>(
  context: AccountContext,
  use: (connection: AccountConnection) => Promise<Result>,
): Promise<Result> {
  const settings = accountTarget(context.options, context.sources, context.io);
  return await connected(context, settings, use);
}

async function connected<Result>(
  context: AccountContext,
  target: AccountTarget,
  use: (connection: AccountConnection) => Promise<Result>,
): Promise<Result> {
  const authorities = await readAuthorities(context);
  const token = await openToken(context, target, authorities);
  const service = { ...target, authorities, token: token?.token, renew: token?.renew };
  return await withService(context, service, (opened) => use({ ...opened, token, target }));
}

async function openToken(
  context: AccountContext,
  target: AccountTarget,
  authorities: readonly string[] | undefined,
): Promise<OpenedToken | undefined> {
  if (target.token.kind !== 'stored') {
    const token = await readToken(target.token, context);
    return token === undefined ? undefined : { token, stored: undefined, renew: undefined };
  }
  const { openStoredToken } = await import('./stored-token.ts');
  return openStoredToken(context, { ...target, authorities });
}

/** The part of a command's context that every connection needs. */
export interface ServiceContext extends Pick<CommandContext, 'io' | 'output'> {
  readonly options: {
    readonly caFile?: string | undefined;
    readonly showValues?: boolean;
  };
}

/** The service to connect to, and the token for it. */
export interface ServiceTarget extends Pick<AccountTarget, 'address' | 'timeout' | 'retries'> {
  readonly authorities: readonly string[] | undefined;
  readonly token: ApiToken | undefined;
  readonly renew?: (() => Promise<ApiToken | undefined>) | undefined;
}

/**
 * Calls `use` with a connection that has this token. Closes the connection when `use` has ended.
 *
 * @throws Failure for a token or a proxy that cannot be used; any error that `use` throws
 */
export async function withService<Result>(
  { io, options, output }: ServiceContext,
  { address: target, authorities, token, renew, timeout, retries }: ServiceTarget,
  use: (connection: Pick<AccountConnection, 'client' | 'address'>) => Promise<Result>,
): Promise<Result> {
  const hosts = new Set<string>();
  const masked = (text: string): string => maskedWithinReport(text, io.knownNumbers, hosts);
  const { client, address, close } = await openService({
    address: target,
    token,
    renew,
    timeout,
    retries,
    clock: io.clock,
    random: io.random,
    environment: io.environment,
    authorities,
    fetchBy: (fetch) => async (url, init) => {
      // The flags keep V8 from optimizing WebAssembly, such as the parser of HTTP responses. But V8
      // should optimize the check of a file, which is also WebAssembly. So the flags are set only
      // at the first request, which comes after the check.
      await setEngineFlags('plainWebAssembly');
      return await fetch(url, init);
    },
    mask: options.showValues === true ? undefined : masked,
    onExchange: ({ method, url, status, duration, requestId }) => {
      const line = output.words.screens.requests.exchange;
      const request = masked(`${method} ${url}`);
      output.trace(line(request, status, Math.round(duration), requestId));
    },
    onRetry: (notice) => {
      output.remark(output.failures.retry(notice));
    },
  });
  hosts.add(new URL(address).host);
  try {
    return await use({ client, address });
  } finally {
    await close();
  }
}

/**
 * Reads the certificate authorities of `--ca-file`.
 *
 * @returns `undefined` if there is no such option
 * @throws Failure `ca-file-invalid` (exit 2)
 */
export async function readAuthorities({
  io,
  options,
}: Omit<ServiceContext, 'output'>): Promise<readonly string[] | undefined> {
  if (options.caFile === undefined) return undefined;
  const { certificateAuthorities } = await import('../io/certificate-authorities.ts');
  return certificateAuthorities(options.caFile, io.environment);
}
