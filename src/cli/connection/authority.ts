/** Opens a connection to the sign-in, with the options of a command. */
import { Failure } from '../../failure.ts';
import { retryRules } from '../../metrika/retry.ts';
import { openConnections } from '../../metrika/undici-fetch.ts';
import { Authority } from '../../sign-in/authority.ts';
import type { AuthorityAddress } from '../../sign-in/authority-address.ts';
import type { CommandContext } from '../arguments/command.ts';
import { setEngineFlags } from '../io/engine-flags.ts';
import type { AccountTarget } from './remote-settings.ts';

const SECOND = 1000;

/** The sign-in to connect to. */
export interface AuthorityTarget extends Pick<AccountTarget, 'timeout' | 'retries'> {
  readonly authority: AuthorityAddress;
  readonly authorities: readonly string[] | undefined;
}

/**
 * Calls `use` with a connection to the sign-in. Closes the connection when `use` has ended.
 *
 * @throws Failure `proxy-invalid` or `certificate-check-off` (exit 2); any error that `use` throws
 */
export async function withAuthority<Result>(
  { io, output }: Pick<CommandContext, 'io' | 'output'>,
  { authority: address, authorities, timeout: seconds, retries }: AuthorityTarget,
  use: (authority: Authority) => Promise<Result>,
): Promise<Result> {
  if (io.environment['NODE_TLS_REJECT_UNAUTHORIZED'] === '0' && !address.isLocal) {
    throw new Failure('certificate-check-off', {});
  }
  const timeout = seconds * SECOND;
  const connections = openConnections({
    address: address.base,
    connectTimeout: timeout,
    environment: io.environment,
    authorities,
    looksForAlerts: false,
  });
  const authority = new Authority({
    address,
    fetch: async (url, init) => {
      await setEngineFlags('plainWebAssembly');
      return await connections.fetch(url, init);
    },
    clock: io.clock,
    random: io.random,
    timeout,
    retry: retryRules(retries),
    onExchange: ({ method, url, status, duration }) => {
      const line = output.words.screens.requests.exchange;
      output.trace(line(`${method} ${url}`, status, Math.round(duration), undefined));
    },
    onRetry: (notice) => {
      output.remark(output.failures.retry(notice));
    },
  });
  try {
    return await use(authority);
  } finally {
    await connections.close();
  }
}
