/** Commands to go on with. They work when they are pasted, and never hold the token. */
import type { NextCommands } from '../../upload/run.ts';
import { command, option, type OptionReference } from '../../words/said.ts';
import type { OptionSources } from '../arguments/option-values.ts';
import type { RemoteOptions, RemoteTarget, TokenSource } from './remote-settings.ts';

/** The settings that a later command needs as well, wherever they came from. */
const REPEATED = ['apiUrl', 'trustApiHost', 'caFile'] as const;

/** The variable that a later command finds the token in. */
const TOKEN_VARIABLE = 'METRIKA_TOKEN';

/** @returns the commands that show an upload, and the list of uploads; none for the sandbox of this run */
export function nextCommands(
  settings: RemoteTarget,
  options: RemoteOptions,
  sources: OptionSources,
): NextCommands {
  // A sandbox of this run is gone when the run is over.
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

/** A file of its own that holds the token; standard input is read only once. */
function tokenFile(token: TokenSource): string | undefined {
  return token.kind === 'file' && token.path !== '-' ? token.path : undefined;
}
