/** `metrika-calls config`: shows settings and where each comes from, and changes settings files. */
import { resolve } from 'node:path';
import { EXIT_CODES, type ExitCode } from '../../exit-codes.ts';
import { Failure } from '../../failure.ts';
import { quotedWord } from '../../safe-text/quoted.ts';
import { shownColumn } from '../../safe-text/shown-value.ts';
import type { UsageProblem } from '../../words/failure-parameters.ts';
import { type ContextOf, defineCommand } from '../arguments/command.ts';
import { OUTPUT } from '../arguments/options.ts';
import type { ChangedSetting } from '../output/setting-origin.ts';
import {
  type ChangeTarget,
  changeTarget,
  removeSetting,
  settingNamed,
  valueFrom,
  writeSetting,
} from '../settings/change-settings.ts';
import { settingsPaths } from '../settings/found-settings.ts';
import { listedSetting, listedSettings, shownSetting } from '../settings/listed-settings.ts';
import { placeOfProcess, userSettingsPath } from '../settings/settings-files.ts';
import { settingsInForce } from '../settings/settings-in-force.ts';

export const config = defineCommand({
  operands: '<action> [key] [value...]',
  options: ['project', ...OUTPUT],
  words: { action: ['path', 'list', 'get', 'set', 'unset'] },
  examples: [
    'metrika-calls config list',
    'metrika-calls config get counter',
    'metrika-calls config set counter 2215573',
    'metrika-calls config set --project files "exports/*.csv"',
    'metrika-calls config unset counter',
    'metrika-calls config path',
  ],
});

type Context = ContextOf<typeof config>;

/** The actions, each with the smallest and the largest number of operands after it. */
const ACTIONS = {
  path: { least: 0, most: 0, run: showPaths },
  list: { least: 0, most: 0, run: showAll },
  get: { least: 1, most: 1, run: showOne },
  set: { least: 2, most: Infinity, run: change },
  unset: { least: 1, most: 1, run: remove },
} as const satisfies Readonly<Record<string, Action>>;

interface Action {
  readonly least: number;
  readonly most: number;
  readonly run: (context: Context) => Promise<void> | void;
}

/** Runs the action that the first operand names. */
export async function run(context: Context): Promise<ExitCode> {
  const [word = '', ...rest] = context.operands;
  const action = Object.entries(ACTIONS).find(([name]) => name === word)?.[1];
  if (action === undefined) {
    throw wrongUse({
      kind: 'no-such-operand',
      word: quotedWord(word),
      among: Object.keys(ACTIONS),
    });
  }
  if (rest.length < action.least) {
    throw wrongUse({ kind: 'no-operand', operand: rest.length === 0 ? 'key' : 'value' });
  }
  if (rest.length > action.most) {
    const [expected, got] = [action.most + 1, context.operands.length];
    throw wrongUse({ kind: 'too-many-operands', expected, got });
  }
  await action.run(context);
  return EXIT_CODES.done;
}

function wrongUse(problem: UsageProblem): Failure {
  const example = config.examples[2];
  return new Failure('usage', { problem, command: 'config', example });
}

function showPaths({ io, options, reporter }: Context): void {
  const place = placeOfProcess(io.environment);
  const project = settingsPaths(options.config, place).find(({ owner }) => owner !== 'user');
  reporter.settingsFound({
    user: userSettingsPath(io.environment),
    project: project === undefined ? null : resolve(project.path),
  });
}

async function showAll(context: Context): Promise<void> {
  const { io, reporter } = context;
  reporter.settingsListed(
    listedSettings(await settingsInForce(context.options, io), io.environment),
  );
}

async function showOne(context: Context): Promise<void> {
  const { io, operands, reporter } = context;
  const name = settingNamed(operands[1] ?? '');
  reporter.settingShown(
    listedSetting(name, await settingsInForce(context.options, io), io.environment),
  );
}

async function change({ io, operands, options, reporter }: Context): Promise<void> {
  const [, word = '', ...words] = operands;
  const name = settingNamed(word);
  const target = targetOf({ io, options });
  const value = valueFrom(name, words, target);
  const changed = await writeSetting({ name, value }, target, io);
  reporter.settingChanged({ name, value: shownSetting(name, value), changed, ...placeOf(target) });
}

async function remove({ io, operands, options, reporter }: Context): Promise<void> {
  const name = operands[1] ?? '';
  const target = targetOf({ io, options });
  // A key that is no setting can be removed too, because it is an error in every other command.
  const changed = await removeSetting(name, target, io);
  reporter.settingChanged({ name: shownColumn(name), value: null, changed, ...placeOf(target) });
}

function placeOf({ path, profile }: ChangeTarget): Pick<ChangedSetting, 'file' | 'profile'> {
  return { file: path, profile: profile === undefined ? null : shownColumn(profile) };
}

function targetOf({
  io,
  options,
}: Pick<Context, 'io' | 'options'>): ReturnType<typeof changeTarget> {
  const { project: isProject, config: named, profile } = options;
  return changeTarget({ isProject, named, profile }, placeOfProcess(io.environment));
}
