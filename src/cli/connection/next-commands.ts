/** Creates commands that the user can paste and run next. The commands never contain the token. */
import type { NextCommands } from '../../upload/run.ts';
import { command, option, type OptionReference } from '../../words/said.ts';
import type { OptionSources } from '../arguments/option-values.ts';
import type { RemoteOptions, RemoteTarget, TokenSource } from './remote-settings.ts';

/** The settings that a later command needs, besides the counter and the token. */
const REPEATED = ['apiUrl', 'trustApiHost', 'caFile'] as const;

/** The variable that a later command reads the token from. */
const TOKEN_VARIABLE = 'METRIKA_TOKEN';

/**
 * Returns two functions. One creates the command that shows an upload. The other creates the
 * command that lists the uploads. If the run uses a sandbox that ends with the run, both
 * functions return `undefined`.
 */
export function nextCommands(
  settings: RemoteTarget,
  options: RemoteOptions,
  sources: OptionSources,
): NextCommands {
  // The sandbox ends with this run.
  if (settings.address === undefined) return { status: () => undefined, list: () => undefined };
  const repeated = REPEATED.flatMap((name) => {
    const value = options[name];
    const isDefault = sources[name] === undefined;
    return value === undefined || isDefault ? [] : [option(name, value)];
  });
  const file = tokenFile(settings.token);
  const target: readonly OptionReference[] = [
    option('counter', settings.counter),
    ...repeated,
    ...(file === undefined ? [] : [option('tokenFile', file)]),
  ];
  const isStored = settings.token.kind === 'stored';
  const tokenIn = file === undefined && !isStored ? TOKEN_VARIABLE : undefined;
  return {
    status: (id) =>
      command('status', { options: [...target, option('wait', true)], operands: [id], tokenIn }),
    list: () => command('list', { options: target, tokenIn }),
  };
}

/**
 * Returns the path of the token file; `undefined` if the token does not come from a file. Standard
 * input does not count as a file here, because a later command cannot read it again.
 */
function tokenFile(token: TokenSource): string | undefined {
  return token.kind === 'file' && token.path !== '-' ? token.path : undefined;
}
