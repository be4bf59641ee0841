/** Lists the settings with the value that is in force, and where each value comes from. */
import { isAddress, sourceName } from '../../safe-text/address-text.ts';
import { shownColumn, shownText } from '../../safe-text/shown-value.ts';
import { ownValue } from '../../words/own-value.ts';
import type { Option } from '../arguments/option.ts';
import { OPTIONS } from '../arguments/options.ts';
import type { Environment } from '../io/io.ts';
import type { ListedSetting } from '../output/setting-origin.ts';
import { readValue, type SettingValue } from './read-settings.ts';
import type { RunSettings } from './run-settings.ts';
import { isPath, SETTING_NAMES, type SettingName } from './setting-keys.ts';
import { pathWords } from './setting-place.ts';

/** The place of values that no user has set. */
const DEFAULT = {
  origin: 'default',
  variable: null,
  file: null,
  line: null,
  profile: null,
} as const;

/** Lists all settings, in the order of the help. */
export function listedSettings(
  settings: RunSettings,
  environment: Environment,
): readonly ListedSetting[] {
  return SETTING_NAMES.map((name) => listedSetting(name, settings, environment));
}

/** Returns one setting. A variable of the environment is stronger than the files. */
export function listedSetting(
  name: SettingName,
  { inForce }: RunSettings,
  environment: Environment,
): ListedSetting {
  const variable = variableOf(name, environment);
  if (variable !== undefined) return { name, ...DEFAULT, ...variable, origin: 'environment' };
  const setting = inForce.get(name);
  if (setting === undefined) return { name, value: defaultOf(name), ...DEFAULT };
  const { value, owner, place } = setting;
  const profile = setting.profile === undefined ? null : shownColumn(setting.profile);
  return {
    name,
    value: shownSetting(name, value),
    origin: owner,
    variable: null,
    file: place.path,
    line: place.line,
    profile,
  };
}

function variableOf(
  name: SettingName,
  environment: Environment,
): { readonly variable: string; readonly value: SettingValue } | undefined {
  if (name === 'files') return undefined;
  const row: Option<unknown> = OPTIONS[name];
  const { environment: variable } = row;
  const text = variable === undefined ? undefined : ownValue(environment, variable);
  if (variable === undefined || !text) return undefined;
  // NO_COLOR turns colours off, whatever its value is.
  const value = row.kind === 'value' ? (readValue(name, text) ?? text) : row.kind !== 'negation';
  return { variable, value: shownSetting(name, value) };
}

/** Returns a value for the output. Settings may have phone numbers and tokens, as cells have. */
export function shownSetting(name: SettingName, value: SettingValue): SettingValue {
  if (typeof value === 'boolean' || typeof value === 'number') return value;
  return typeof value === 'object'
    ? value.map((one) => shownSettingText(name, one))
    : shownSettingText(name, value);
}

function shownSettingText(name: SettingName, text: string): string {
  if (isAddress(text)) return sourceName(text);
  return isPath(name) ? pathWords(text) : shownText(text, false);
}

function defaultOf(name: SettingName): SettingValue | null {
  if (name === 'files') return null;
  const row: Option<unknown> = OPTIONS[name];
  if (row.kind === 'flag') return false;
  if (row.kind === 'negation') return true;
  return row.default === undefined ? null : (readValue(name, row.default) ?? row.default);
}
