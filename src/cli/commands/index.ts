/** The list of commands. Bundles, schemas, help and documentation use this list. */
import type { CommandDefinition, ListedCommand, RunCommand } from '../arguments/command.ts';
import type { OptionName } from '../arguments/options.ts';
import { completion } from './completion.ts';
import { config } from './config.ts';
import { convert } from './convert.ts';
import { counters } from './counters.ts';
import { explain } from './explain.ts';
import { init } from './init.ts';
import { inspect } from './inspect.ts';
import { list } from './list.ts';
import { login } from './login.ts';
import { logout } from './logout.ts';
import { sandbox } from './sandbox.ts';
import { status } from './status.ts';
import { upload } from './upload.ts';
import { validate } from './validate.ts';
import { whoami } from './whoami.ts';

/** All commands by name, in the order of the help. */
export const COMMANDS = {
  upload: listed(upload, () => import('./upload.ts')),
  validate: listed(validate, () => import('./validate.ts')),
  convert: listed(convert, () => import('./convert.ts')),
  init: listed(init, () => import('./init.ts')),
  inspect: listed(inspect, () => import('./inspect.ts')),
  explain: listed(explain, () => import('./explain.ts')),
  status: listed(status, () => import('./status.ts')),
  list: listed(list, () => import('./list.ts')),
  counters: listed(counters, () => import('./counters.ts')),
  login: listed(login, () => import('./login.ts')),
  logout: listed(logout, () => import('./logout.ts')),
  whoami: listed(whoami, () => import('./whoami.ts')),
  config: listed(config, () => import('./config.ts')),
  sandbox: listed(sandbox, () => import('./sandbox.ts')),
  completion: listed(completion, () => import('./completion.ts')),
} as const satisfies Readonly<Record<string, ListedCommand>>;

/** The name of a command. */
export type CommandName = keyof typeof COMMANDS;

export const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[];

/** @returns the word, if it is the name of a command; otherwise `undefined` */
export function commandNamed(word: string | undefined): CommandName | undefined {
  return COMMAND_NAMES.find((name) => name === word);
}

function listed<Name extends OptionName>(
  definition: CommandDefinition<Name>,
  load: () => Promise<{ readonly run: RunCommand<Name> }>,
): ListedCommand {
  // The program gives each command the values of its own options, so the types fit.
  return { ...definition, load: load };
}
