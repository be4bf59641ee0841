/** Opens the files of a run by their paths or web addresses. */
import type { DownloadOptions } from '../../addresses/download.ts';
import { type OpenNamedFile, openNamedFile } from '../../addresses/open-named-file.ts';
import { DEFAULTS } from '../../library/options/defaults.ts';
import { retryRules } from '../../metrika/retry.ts';
import { isAddress, secretsIn } from '../../safe-text/address-text.ts';
import { tokensInPath } from '../../safe-text/path-tokens.ts';
import type { CommandContext } from '../arguments/command.ts';
import { setEngineFlags } from '../io/engine-flags.ts';
import type { Environment } from '../io/io.ts';

const SECOND = 1000;

/** Returns the function that opens the files of a run. */
export function fileOpener(
  context: Pick<CommandContext, 'io' | 'output' | 'options'>,
): OpenNamedFile {
  const { signal, secrets } = context.io;
  return (name) => {
    // The name may come from a recipe. Then its secrets are not known before this point.
    const found = isAddress(name) ? secretsIn(name) : tokensInPath(name);
    for (const secret of found) secrets.add(secret);
    return openNamedFile(name, signal, () => downloadOptions(context));
  };
}

async function downloadOptions({
  io,
  output,
  options,
}: Pick<CommandContext, 'io' | 'output' | 'options'>): Promise<DownloadOptions> {
  const {
    caFile,
    timeout = DEFAULTS.timeout,
    retries = DEFAULTS.retries,
  } = options as Partial<typeof options>;
  await setEngineFlags('plainWebAssembly');
  return {
    timeout: timeout * SECOND,
    retry: retryRules(retries),
    environment: io.environment,
    authorities: caFile === undefined ? undefined : await authoritiesIn(caFile, io.environment),
    clock: io.clock,
    random: io.random,
    signal: io.signal,
    onRetry: (notice) => {
      output.remark(output.failures.retry(notice));
    },
    onShared: (service) => {
      output.remark(output.words.screens.files.shared[service]);
    },
  };
}

async function authoritiesIn(path: string, environment: Environment): Promise<readonly string[]> {
  const { certificateAuthorities } = await import('../io/certificate-authorities.ts');
  return certificateAuthorities(path, environment);
}
