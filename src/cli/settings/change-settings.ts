/** Writes one value into a settings file, or removes it. */
import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { readZone } from '../../convert/recipe/recipe-parsers.ts';
import { Failure, systemErrorCode } from '../../failure.ts';
import { DraftFile } from '../../files/draft-file.ts';
import { nearestKey } from '../../library/options/nearest-key.ts';
import { isAddress } from '../../safe-text/address-text.ts';
import { quoted } from '../../safe-text/quoted.ts';
import { shownColumn } from '../../safe-text/shown-value.ts';
import { type LockContext, withLock } from '../account/lock.ts';
import { OPTIONS } from '../arguments/options.ts';
import { EMPTY_SETTINGS, type KeyPath, withoutValue, withValue } from './edit-settings.ts';
import { shortPath } from './found-settings.ts';
import { requireKnownPlaceholders } from './placeholders.ts';
import { requireBelow } from './project-paths.ts';
import { readValue, type SettingOwner, type SettingValue, wantedOf } from './read-settings.ts';
import { isPath, mayBeInProject, SETTING_NAMES, type SettingName } from './setting-keys.ts';
import { pathWords } from './setting-place.ts';
import { parseSettings } from './settings-document.ts';
import {
  PROJECT_FILE,
  projectFile,
  refuseStranger,
  type RunPlace,
  textOfSettings,
  userSettingsPath,
} from './settings-files.ts';

/** The file and the profile to change. */
export interface ChangeTarget {
  readonly path: string;
  readonly owner: SettingOwner;
  readonly profile: string | undefined;
}

/**
 * Finds the file to change: the user's file; with `isProject`, the project's file or the file of
 * `--config`. A project without a file gets one in the working folder.
 *
 * @throws Failure `settings-of-stranger` (exit 2)
 */
export function changeTarget(
  {
    isProject,
    named,
    profile,
  }: {
    readonly isProject: boolean;
    readonly named: string | undefined;
    readonly profile: string | undefined;
  },
  place: RunPlace,
): ChangeTarget {
  if (!isProject) return { path: userSettingsPath(place.environment), owner: 'user', profile };
  if (named !== undefined) return { path: named, owner: 'config', profile };
  const found = projectFile(place);
  if (found !== undefined) refuseStranger(found, place);
  return { path: shortPath(found ?? PROJECT_FILE, place), owner: 'project', profile };
}

/**
 * Returns the setting with a name.
 *
 * @throws Failure `settings-key-unknown` (exit 2)
 */
export function settingNamed(word: string): SettingName {
  const name = SETTING_NAMES.find((one) => one === word);
  if (name !== undefined) return name;
  throw new Failure('settings-key-unknown', {
    place: 'config',
    key: shownColumn(word),
    near: nearestKey(word, SETTING_NAMES),
    isToken: word === 'token',
  });
}

/**
 * Returns the value that words of the command line mean.
 *
 * @throws Failure `setting-invalid`, `settings-key-refused`, `settings-placeholder` or
 *   `settings-path-outside` (exit 2)
 */
export function valueFrom(
  name: SettingName,
  words: readonly string[],
  target: ChangeTarget,
): SettingValue {
  if (target.owner === 'project' && !mayBeInProject(name)) {
    throw new Failure('settings-key-refused', { place: pathWords(target.path), key: name });
  }
  const placed = isPath(name) ? words.map((word) => pathIn(target, name, word)) : words;
  const value = readValue(name, rawFrom(name, placed));
  if (value === undefined) {
    const shown = words.length === 1 ? quoted(words[0] ?? '') : 'a list';
    throw new Failure('setting-invalid', { source: name, wanted: wantedOf(name), shown });
  }
  requireKnownPlaceholders(name, value);
  // A run checks the time zone when it uses it, because that takes more time than the other values.
  if (name === 'timezone') readZone(String(value), { text: name });
  return value;
}

function rawFrom(
  name: SettingName,
  words: readonly string[],
): boolean | string | readonly string[] {
  const [first = ''] = words;
  const kind = name === 'files' ? 'list' : OPTIONS[name].kind;
  if (kind === 'flag' || kind === 'negation') {
    return words.length === 1 && FLAGS.has(first) ? first === 'true' : words;
  }
  return kind === 'list' || words.length > 1 ? words : first;
}

const FLAGS: ReadonlySet<string> = new Set(['true', 'false']);

/**
 * Returns a path for a settings file. The user gives it from the working folder. In the user's own
 * file, it becomes absolute; in other files, it becomes relative to the folder of the file.
 */
function pathIn({ path, owner }: ChangeTarget, name: SettingName, word: string): string {
  if (word.trim() === '' || word === '-' || isAddress(word)) {
    if (owner === 'project') requireBelow({ name, file: path, place: pathWords(path) }, word);
    return word;
  }
  if (owner === 'user') return resolve(word);
  const way = isAbsolute(word) && owner === 'config' ? word : fromFolderOf(path, word);
  if (owner === 'project') requireBelow({ name, file: path, place: pathWords(path) }, way);
  return way;
}

function fromFolderOf(path: string, word: string): string {
  return relative(dirname(resolve(path)), resolve(word)).replaceAll(sep, '/');
}

/**
 * Writes a value.
 *
 * @returns whether the file changed
 * @throws Failure (exit 2) if the file cannot be read or written, or is not JSON
 */
export async function writeSetting(
  { name, value }: { readonly name: SettingName; readonly value: SettingValue },
  target: ChangeTarget,
  wait: LockContext,
): Promise<boolean> {
  return await changeAlone(target, wait, (document) => {
    const changed = withValue(document, keyPath(name, target), value);
    if (changed !== undefined) return changed;
    throw new Failure('settings-damaged', {
      place: `${pathWords(target.path)}: profiles`,
      problem: 'not-object',
    });
  });
}

/**
 * Removes a value.
 *
 * @returns whether the value was there
 * @throws Failure (exit 2) if the file cannot be read or written, or is not JSON
 */
export async function removeSetting(
  name: string,
  target: ChangeTarget,
  wait: LockContext,
): Promise<boolean> {
  if (textOfSettings(target.path) === undefined) return false;
  return await changeAlone(target, wait, (document) =>
    withoutValue(document, keyPath(name, target)),
  );
}

function keyPath(name: string, { profile }: ChangeTarget): KeyPath {
  return profile === undefined ? [name] : ['profiles', profile, name];
}

const MARK = '\uFEFF';

type Change = (document: ReturnType<typeof parseSettings>) => string | undefined;

/** Changes a file while no other run changes it. Otherwise, one of two changes could be lost. */
async function changeAlone(
  target: ChangeTarget,
  wait: LockContext,
  change: Change,
): Promise<boolean> {
  const { path, owner } = target;
  try {
    if (owner === 'user') mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return await withLock(`${path}.lock`, wait, () => Promise.resolve(changeFile(target, change)));
  } catch (error) {
    const reason = systemErrorCode(error);
    if (error instanceof Failure || reason === undefined) throw error;
    throw new Failure('output-unwritable', { path, reason });
  }
}

function changeFile({ path }: ChangeTarget, change: Change): boolean {
  const before = textOfSettings(path);
  const mark = before?.startsWith(MARK) === true ? MARK : '';
  const text = before?.slice(mark.length) ?? EMPTY_SETTINGS;
  const after = change(parseSettings(path, text));
  if (after === undefined || after === text) return false;
  const mode = before === undefined ? undefined : statSync(path).mode;
  const draft = new DraftFile(path, (reason) => new Failure('output-unwritable', { path, reason }));
  try {
    draft.write(mark + after);
    draft.finish();
  } finally {
    draft.discard();
  }
  // A settings file has no secrets. Colleagues may read the project's file, as they did before.
  if (mode !== undefined) chmodSync(path, mode);
  return true;
}
