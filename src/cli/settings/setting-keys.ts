/** The keys of a settings file: the long names of options in camel case, and `files`. */
import { OPTION_ROWS, type OptionName } from '../arguments/options.ts';
import { INPUTS, OUTPUTS } from '../files/output-files.ts';

/** The options that make no sense in a file. A token never belongs into a settings file. */
const NOT_KEYS = ['config', 'profile', 'project', 'token'] as const;

/** The name of a setting. */
export type SettingName = Exclude<OptionName, (typeof NOT_KEYS)[number]> | 'files';

/** The names of all settings, in the order of the help. */
export const SETTING_NAMES: readonly SettingName[] = [
  'files',
  ...OPTION_ROWS.flatMap(([name]) => (isKey(name) ? [name] : [])),
];

function isKey(name: OptionName): name is Exclude<SettingName, 'files'> {
  return !(NOT_KEYS as readonly OptionName[]).includes(name);
}

/** The settings whose values are paths of files. */
const PATHS: readonly SettingName[] = ['files', ...INPUTS, ...OUTPUTS];

/** Says whether the value of the setting is a path, or a list of paths. */
export function isPath(name: SettingName): boolean {
  return PATHS.includes(name);
}

/**
 * The settings that a project's file must not have. A project may be a stranger's. So its file must
 * not say where a token comes from or goes to, must not show personal data, and must not make a run
 * send something twice or nowhere.
 */
const NOT_IN_PROJECT: readonly SettingName[] = [
  'tokenFile',
  'apiUrl',
  'trustApiHost',
  'caFile',
  'showValues',
  'again',
  'sandbox',
];

/** Says whether a project's file may have the setting. */
export function mayBeInProject(name: SettingName): boolean {
  return !NOT_IN_PROJECT.includes(name);
}
