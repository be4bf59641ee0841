/** A command's way to the service, or to a sandbox that is started for it. */
import { openService } from '../../library/open-service.ts';
import type { MetrikaClient } from '../../metrika/client.ts';
import { maskedWithinReport } from '../../safe-text/masking.ts';
import type { NextCommands } from '../../upload/run.ts';
import type { CommandContext } from '../arguments/command.ts';
import { setEngineFlags } from '../io/engine-flags.ts';
import { retryLine } from '../output/render/failure.ts';
import { nextCommands } from './next-commands.ts';
import { type RemoteOptions, type RemoteTarget, remoteTarget } from './remote-settings.ts';
import { readToken } from './token.ts';

/** What a command may use while it is connected. */
export interface Connection {
  readonly client: MetrikaClient;
  readonly settings: RemoteTarget;
  /** The base address in use. */
  readonly address: string;
  /** Command lines that go on from here. */
  readonly commands: NextCommands;
}

/** What a connection needs of a command. */
export type ConnectingContext = Omit<CommandContext, 'options'> & {
  readonly options: RemoteOptions & { readonly showValues?: boolean };
};

/**
 * Puts the settings together, reads the token and lends the connection to `use`; all is closed after.
 *
 * @throws Failure for settings that are missing or wrong, and whatever `use` throws
 */
export async function withConnection<Result>(
  context: ConnectingContext,
  use: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const { io, options, sources, output } = context;
  const settings = remoteTarget(options, sources, io);
  const authorities = await readAuthorities(context);
  const token = await readToken(settings.token, context);
  // What the user knows already need not be hidden from him.
  for (const known of [String(settings.counter), ...context.operands]) io.knownNumbers.add(known);
  const { client, address, close } = await openService({
    address: settings.address,
    token,
    timeout: settings.timeout,
    retries: settings.retries,
    clock: io.clock,
    random: io.random,
    environment: io.environment,
    authorities,
    fetchBy: (fetch) => async (url, init) => {
      // Only now: the check of a file before is WebAssembly that should be optimized.
      await setEngineFlags('plainWebAssembly');
      return await fetch(url, init);
    },
    mask:
      options.showValues === true ? undefined : (text) => maskedWithinReport(text, io.knownNumbers),
    onExchange: ({ method, url, status, duration, requestId }) => {
      const line = output.words.screens.requests.exchange;
      const request = maskedWithinReport(`${method} ${url}`, io.knownNumbers);
      output.trace(line(request, status, Math.round(duration), requestId));
    },
    onRetry: (notice) => {
      output.remark(retryLine(notice, output.words));
    },
  });
  try {
    const commands = nextCommands(settings, options, sources);
    return await use({ client, settings, address, commands });
  } finally {
    await close();
  }
}

async function readAuthorities({
  io,
  options,
}: ConnectingContext): Promise<readonly string[] | undefined> {
  if (options.caFile === undefined) return undefined;
  const { certificateAuthorities } = await import('./certificate-authorities.ts');
  return certificateAuthorities(options.caFile, io.environment);
}
