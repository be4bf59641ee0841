/** Command lines to go on with. They work when they are copied, and never hold the token. */
import type { NextCommands } from '../../upload/run.ts';
import { longFlag } from '../arguments/option.ts';
import type { OptionSources } from '../arguments/option-values.ts';
import { OPTIONS } from '../arguments/options.ts';
import type { RemoteOptions, RemoteSettings } from './remote-settings.ts';

/** The options that have to be repeated, since a later command needs them as well. */
const REPEATED = ['apiUrl', 'trustApiHost', 'caFile', 'tokenFile'] as const;

/** @returns the commands that show an upload, and the list of uploads */
export function nextCommands(
  settings: RemoteSettings,
  options: RemoteOptions,
  sources: OptionSources,
): NextCommands {
  const repeated = REPEATED.flatMap((name) => {
    const value = options[name];
    const flag = longFlag(OPTIONS[name].flags);
    return value === undefined || sources[name] !== flag ? [] : [`${flag} ${shellWord(value)}`];
  });
  const target = [
    ...(settings.address === undefined ? ['--sandbox'] : []),
    `--counter ${String(settings.counter)}`,
    ...repeated,
  ].join(' ');
  return {
    status: (id) => `metrika-calls status ${target} --wait ${id}`,
    list: () => `metrika-calls list ${target}`,
  };
}

function shellWord(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
