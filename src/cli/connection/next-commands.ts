/** Commands that the user can run next. They work when pasted, and never contain the token. */
import type { NextCommands } from '../../upload/run.ts';
import { command, option, type OptionReference } from '../../words/said.ts';
import type { OptionSources } from '../arguments/option-values.ts';
import type { RemoteOptions, RemoteTarget, TokenSource } from './remote-settings.ts';

/** The settings that a later command needs too, from options and from variables alike. */
const REPEATED = ['apiUrl', 'trustApiHost', 'caFile'] as const;

/** The variable that a later command reads the token from. */
const TOKEN_VARIABLE = 'METRIKA_TOKEN';

/**
 * Returns the commands that show one upload and the list of uploads. There are none for the sandbox
 * of this run.
 */
export function nextCommands(
  settings: RemoteTarget,
  options: RemoteOptions,
  sources: OptionSources,
): NextCommands {
  // The sandbox of this run ends with the run.
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
  const tokenIn = file === undefined ? TOKEN_VARIABLE : undefined;
  return {
    status: (id) =>
      command('status', { options: [...target, option('wait', true)], operands: [id], tokenIn }),
    list: () => command('list', { options: target, tokenIn }),
  };
}

/** Returns the path of the token file; `undefined` for standard input, which is read only once. */
function tokenFile(token: TokenSource): string | undefined {
  return token.kind === 'file' && token.path !== '-' ? token.path : undefined;
}
