/** Offers to save a recipe in the settings of the project, so that later commands need no options. */
import { dirname, resolve } from 'node:path';
import type { SavedRecipe } from '../../convert/recipe/recipe-keys.ts';
import { targetBelow } from '../../files/path-below.ts';
import { RULES } from '../../library/options/rules.ts';
import type { Words } from '../../words/en.ts';
import type { LockContext } from '../account/lock.ts';
import { whole } from '../arguments/parsers.ts';
import {
  type ChangeTarget,
  changeTarget,
  valueFrom,
  writeSetting,
} from '../settings/change-settings.ts';
import type { SettingName } from '../settings/setting-keys.ts';
import type { RunPlace } from '../settings/settings-files.ts';
import type { Interviewer } from './interviewer.ts';

/** The result of an interview, and who is asked about the settings. */
export interface SettingsOffer {
  /** The path of the saved recipe. */
  readonly path: string;
  readonly recipe: SavedRecipe;
  /** The counter, if it is known. */
  readonly counter: number | undefined;
  readonly words: Words;
  readonly interviewer: Interviewer;
  /** How to wait while another run changes the file. */
  readonly wait: LockContext;
}

/** The settings that were saved. */
export interface KeptSettings {
  /** The path of the settings file. */
  readonly path: string;
  readonly hasCounter: boolean;
}

/**
 * Asks whether to save the recipe, its time zone and country, and the counter in the project's
 * file. Asks for the counter if it is not known. A recipe outside of the project is not offered,
 * because a project's file must not name it.
 *
 * @returns `undefined` if nothing was saved
 * @throws Failure (exit 2) if the file cannot be read or written
 */
export async function offerSettings(
  { path, recipe, counter, words, interviewer, wait }: SettingsOffer,
  place: RunPlace,
): Promise<KeptSettings | undefined> {
  const target = changeTarget({ isProject: true, named: undefined, profile: undefined }, place);
  if (targetBelow(dirname(resolve(target.path)), resolve(path)) !== 'below') return undefined;
  const said = words.screens.init;
  if (!(await interviewer.confirm(said.keepSettings(target.path)))) return undefined;
  const known = counter ?? (await askedCounter(interviewer, said.whichCounter));
  const { timezone, defaultRegion } = recipe;
  const kept = { mapping: path, timezone, defaultRegion, counter: known } as const;
  for (const [name, value] of Object.entries(kept)) {
    if (value !== undefined) await keep(name as keyof typeof kept, String(value), target, wait);
  }
  return { path: target.path, hasCounter: known !== undefined };
}

async function keep(
  name: SettingName,
  text: string,
  target: ChangeTarget,
  wait: LockContext,
): Promise<void> {
  await writeSetting({ name, value: valueFrom(name, [text], target) }, target, wait);
}

async function askedCounter(
  interviewer: Interviewer,
  question: string,
): Promise<number | undefined> {
  const { read } = whole(RULES.counter);
  const text = await interviewer.write(question, '', (answer) =>
    answer.trim() === '' || read(answer) !== undefined ? undefined : question,
  );
  return read(text);
}
