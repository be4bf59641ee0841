/** English: failures of settings files and profiles, and what to do next. */
import { failure, once } from '../entries.ts';
import type { SettingsDamage, SettingsStranger, UnknownKey } from '../failure-parameters.ts';
import { firstNames } from '../format.ts';
import { ownValue } from '../own-value.ts';
import { option, text } from '../said.ts';
import type { ShownName } from '../shown-name.ts';

/** The reasons why a settings file cannot be read. Some are error codes of the system. */
const UNREADABLE: Readonly<Record<string, string>> = {
  'not-a-file': 'it is not a regular file',
  'too-large': 'it is larger than 1 MB',
  'not-utf-8': 'it is not UTF-8',
  ENOENT: 'there is no such file (ENOENT)',
  EACCES: 'permission denied (EACCES)',
};

const DAMAGE: Readonly<Record<SettingsDamage, string>> = {
  'not-json': 'here the file is not JSON',
  nested: 'here objects are nested too deeply',
  'not-object': 'settings must be one object, { … }',
  'key-twice': 'this key is there twice',
};

const STRANGER: Readonly<Record<SettingsStranger, string>> = {
  file: 'the file belongs to another user',
  folder: 'its folder belongs to another user',
  writable: 'other users may change the file',
};

const TARGETS = {
  address: 'an address',
  stdin: 'standard input',
  outside: 'a place outside the folder of this file',
  'no-file': 'a folder or a device',
} as const;

export const settings = once(() => ({
  'folder-missing': failure(
    'The working folder is gone',
    'The folder in which this command runs was deleted.',
    'Change to another folder, or name the file with its whole path.',
  ),
  'settings-unreadable': failure(
    'A settings file cannot be read',
    ({ path, reason }: { path: string; reason: string }) =>
      `The settings file ${path} cannot be read: ${ownValue(UNREADABLE, reason) ?? reason}.`,
    text`Check the path and the rights of the file, or name another one with ${option('config')}.`,
  ),
  'settings-damaged': failure(
    'A settings file is not valid JSON',
    ({ place, problem }: { place: string; problem: SettingsDamage }) =>
      `${place}: ${DAMAGE[problem]}.`,
    'Correct the file at this line and column. Comments and a comma at the end of a list are allowed.',
  ),
  'settings-key-unknown': failure(
    'Unknown key in a settings file',
    ({ place, key, near }: UnknownKey) =>
      `${place}: unknown key "${key}".${near === undefined ? '' : ` Did you mean "${near}"?`}`,
    ({ isToken }) =>
      isToken === true
        ? 'A token does not belong into settings. Put it into a file of its own, and name the file with "tokenFile".'
        : 'metrika-calls help settings lists the keys.',
  ),
  'settings-key-refused': failure(
    'A key that a project must not set',
    ({ place, key }: { place: string; key: string }) =>
      `${place}: a settings file of a project must not set "${key}".`,
    text`Whoever writes the project's file must not decide where your token goes or what is shown. Put the key into your own settings file, or name this file with ${option('config')}.`,
  ),
  'settings-of-stranger': failure(
    'Settings of another user',
    ({ path, cause }: { path: string; cause: SettingsStranger }) =>
      `The settings file ${path} is not used: ${STRANGER[cause]}.`,
    ({ path }) =>
      text`If you trust the file, name it: ${option('config', path ?? '')}. In a container, the files of the host often belong to another user; name the file there too, or set METRIKA_CONFIG.`,
  ),
  'settings-path-outside': failure(
    'A path leads out of the project',
    ({ place, key, to }: { place: string; key: string; to: keyof typeof TARGETS }) =>
      `${place}: "${key}" leads to ${TARGETS[to]}.`,
    text`In a project's file, paths may only lead to files below its folder. Give the path with the option, or name the settings file with ${option('config')}.`,
  ),
  'settings-file-outside': failure(
    'A file outside the project',
    ({ path, folder }: { path: string; folder: string }) =>
      `The settings of the project name ${path}, which is outside of ${folder}.`,
    'In a project\'s file, "files" may only name files below its folder. Name the file on the command line.',
  ),
  'settings-placeholder': failure(
    'Unknown placeholder in a settings file',
    ({ place, word }: { place: string; word: ShownName; known: readonly string[] }) =>
      `${place}: unknown placeholder ${word}.`,
    ({ known }) =>
      known === undefined
        ? 'The message names the place.'
        : `Here you can use ${known.join(', ')}.`,
  ),
  'profile-unknown': failure(
    'Unknown profile',
    ({
      profile,
      near,
    }: {
      profile: ShownName;
      near: ShownName | undefined;
      profiles: readonly ShownName[];
    }) =>
      `No settings file has the profile "${profile}".${near === undefined ? '' : ` Did you mean "${near}"?`}`,
    ({ profiles }) =>
      profiles === undefined || profiles.length === 0
        ? 'A profile is a key of "profiles" in a settings file.'
        : `The profiles are ${firstNames(profiles).join(', ')}.`,
  ),
  'profile-contradicted': failure(
    'A variable contradicts the profile',
    ({
      variable,
      place,
      profile,
      key,
    }: {
      variable: string;
      place: string;
      profile: ShownName;
      key: string;
    }) => `${variable} is set, but the profile "${profile}" has its own "${key}" (${place}).`,
    ({ variable }) =>
      `Unset ${variable ?? 'the variable'}, or give the value as an option. With one variable for all profiles, all calls would go to one counter.`,
  ),
}));
