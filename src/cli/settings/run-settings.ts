/** Chooses the settings of one run from the settings files, the command line and the environment. */
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, normalize, resolve } from 'node:path';
import { TimeZone } from '../../convert/cells/zones.ts';
import { Failure } from '../../failure.ts';
import { nearestKey } from '../../library/options/nearest-key.ts';
import { isAddress } from '../../safe-text/address-text.ts';
import { quoted } from '../../safe-text/quoted.ts';
import { shownColumn } from '../../safe-text/shown-value.ts';
import { ownValue } from '../../words/own-value.ts';
import { longFlag } from '../arguments/option.ts';
import type { SettingText, SettingTexts } from '../arguments/option-values.ts';
import { type OptionName, OPTIONS } from '../arguments/options.ts';
import { type SettingInForce, strongestSettings } from './exclusive-settings.ts';
import { type SettingsFile, shortPath } from './found-settings.ts';
import { withDays, withProfile } from './placeholders.ts';
import { requireBelow } from './project-paths.ts';
import type { Setting } from './read-settings.ts';
import { isPath, type SettingName } from './setting-keys.ts';
import { placeWords } from './setting-place.ts';
import type { RunPlace } from './settings-files.ts';

/** The settings that are in force in one run. */
export interface RunSettings {
  /** The settings by name; options and variables of the run are stronger. */
  readonly inForce: ReadonlyMap<SettingName, SettingInForce>;
  /** The same values, for the options of the run. Paths are from the working folder. */
  readonly texts: SettingTexts;
  /** The paths of the settings files that the run has read. */
  readonly paths: readonly string[];
  /** The files of calls, with the days in their names; `undefined` if no setting names any. */
  readonly files: readonly string[] | undefined;
  /** The folder that the files must be below; `undefined` if they may be anywhere. */
  readonly filesBelow: string | undefined;
}

/** What one run says itself. */
export interface RunRequest {
  /** The options on the command line. */
  readonly written: ReadonlyMap<OptionName, unknown>;
  /** The options that the command has. */
  readonly wanted: readonly OptionName[];
  readonly place: RunPlace;
  /** The current time, in milliseconds since 1970-01-01 UTC. */
  readonly now: number;
}

/** The settings of a run without settings files. */
export const NO_SETTINGS: RunSettings = {
  inForce: new Map(),
  texts: new Map(),
  paths: [],
  files: undefined,
  filesBelow: undefined,
};

/**
 * Chooses the settings of a run. From the strongest: the keys of the named profile, the project's
 * file or the file of `--config`, the user's file.
 *
 * @throws Failure (exit 2) for an unknown profile, a variable that contradicts the profile, a path
 *   that leads out of the project, or an unknown placeholder
 */
export function runSettings(files: readonly SettingsFile[], request: RunRequest): RunSettings {
  const { written, place } = request;
  const profile = profileOf(request);
  if (profile !== undefined) requireProfile(profile.name, files);
  for (const { settings } of files) settings.forEach(requirePathsBelow);
  const levels = levelsOf(files, profile?.name);
  const inForce = strongestSettings(levels, { written, environment: place.environment });
  refuseContradictions(inForce, request);
  const texts = new Map<OptionName, SettingText>();
  for (const [name, setting] of inForce) {
    // The values of other commands, and values that an option replaces, change nothing.
    if (name === 'files' || !request.wanted.includes(name) || written.has(name)) continue;
    texts.set(name, textsOf(setting, { profile: profile?.name, place }));
  }
  const named = inForce.get('files');
  return {
    inForce,
    texts,
    paths: files.map(({ path }) => path),
    files: named === undefined ? undefined : filesOf(named, texts, request),
    filesBelow: named?.owner === 'project' ? dirname(resolve(named.place.path)) : undefined,
  };
}

interface NamedProfile {
  readonly name: string;
}

function profileOf({ written, place }: RunRequest): NamedProfile | undefined {
  const option = written.get('profile');
  const name = typeof option === 'string' ? option : ownValue(place.environment, 'METRIKA_PROFILE');
  return name ? { name } : undefined;
}

function requireProfile(name: string, files: readonly SettingsFile[]): void {
  const all = [...new Set(files.flatMap(({ profiles }) => profiles))];
  if (all.includes(name)) return;
  const near = nearestKey(name, all);
  throw new Failure('profile-unknown', {
    profile: shownColumn(name),
    profiles: all.map(shownColumn),
    near: near === undefined ? undefined : shownColumn(near),
  });
}

/** Checks the paths of a project, also those that this run does not use. */
function requirePathsBelow({ name, owner, value, place }: Setting): void {
  if (owner !== 'project' || !isPath(name)) return;
  for (const text of typeof value === 'object' ? value : [String(value)]) {
    requireBelow({ name, file: place.path, place: placeWords(place) }, text);
  }
}

/** Returns the settings by strength: first those of the profile, then those outside of profiles. */
export function levelsOf(
  files: readonly SettingsFile[],
  profile: string | undefined,
): readonly (readonly Setting[])[] {
  const of = (wanted: string | undefined): readonly (readonly Setting[])[] =>
    files.map(({ settings }) => settings.filter((setting) => setting.profile === wanted));
  return [...(profile === undefined ? [] : of(profile)), ...of(undefined)];
}

/** The settings of a profile that a variable must not contradict, with the variables. */
const CONTRADICTED: readonly (readonly ['counter' | 'apiUrl' | 'tokenFile', string])[] = [
  ['counter', 'METRIKA_COUNTER'],
  ['apiUrl', 'METRIKA_API_URL'],
  ['tokenFile', 'METRIKA_TOKEN_FILE'],
  ['tokenFile', 'METRIKA_TOKEN'],
];

/**
 * Refuses a variable that contradicts the profile. Without this, a variable that was set for one
 * counter would send the calls of forty profiles to that counter.
 */
function refuseContradictions(
  inForce: RunSettings['inForce'],
  { written, place }: RunRequest,
): void {
  if (written.get('sandbox') === true) return;
  for (const [name, variable] of CONTRADICTED) {
    const setting = inForce.get(name);
    const value = ownValue(place.environment, variable);
    if (setting?.profile === undefined || !value) continue;
    const isOverruled = written.has(name) || (name === 'tokenFile' && written.has('token'));
    if (isOverruled || isSame(setting, variable, value)) continue;
    throw new Failure('profile-contradicted', {
      variable,
      place: placeWords(setting.place),
      profile: shownColumn(setting.profile),
      key: name,
    });
  }
}

function isSame({ name, value, place }: Setting, variable: string, text: string): boolean {
  if (variable === 'METRIKA_TOKEN') return false;
  if (name === 'counter') return String(value) === String(Number(text));
  if (name === 'tokenFile') return resolve(dirname(place.path), String(value)) === resolve(text);
  return String(value).replace(/\/$/, '') === text.replace(/\/$/, '');
}

interface TextContext {
  readonly profile: string | undefined;
  readonly place: RunPlace;
}

/** Returns a setting as the options of a run take it. */
function textsOf(setting: Setting, { profile, place }: TextContext): SettingText {
  const { name, value } = setting;
  const source = `${placeWords(setting.place)}: ${keyOf(setting)}`;
  if (name === 'files' || typeof value === 'boolean' || typeof value === 'object') {
    return { value, source };
  }
  const text = String(value);
  if (isPath(name)) return { value: pathFrom(setting, text, place), source };
  return { value: name === 'comment' ? withProfile(text, setting, profile) : text, source };
}

/** Returns the key with its profile: `profiles.north.counter`. */
function keyOf({ name, profile }: Setting): string {
  return profile === undefined ? name : `profiles.${shownColumn(profile)}.${name}`;
}

/** Returns a path in a settings file as a path from the working folder. */
function pathFrom(setting: Setting, text: string, place: RunPlace): string {
  if (text === '-' || isAddress(text) || isAbsolute(text)) return text;
  return shortPath(join(dirname(setting.place.path), text), place);
}

/** Returns the files of calls, with the days in their names. */
function filesOf(
  setting: Setting,
  texts: SettingTexts,
  { written, place, now }: RunRequest,
): readonly string[] {
  const option = written.get('timezone');
  const zone = typeof option === 'string' ? option : texts.get('timezone')?.value;
  const today = dayIn(typeof zone === 'string' ? zone : undefined, texts, now);
  const named = Array.isArray(setting.value) ? (setting.value as readonly string[]) : [];
  return named.map((text) => {
    const dated = withDays(text, setting, today);
    const path = pathFrom(setting, dated, place);
    return isAddress(path) || existsSync(path) ? path : literalBefore(path, dated);
  });
}

/**
 * Escapes the special characters of patterns in the folder of a settings file. Only the text of the
 * setting is a pattern.
 */
function literalBefore(path: string, text: string): string {
  const written = normalize(text);
  if (process.platform === 'win32' || !path.endsWith(written)) return path;
  const folder = path.slice(0, path.length - written.length);
  return folder.replace(/[*?[\]{}()!\\]/g, String.raw`\$&`) + written;
}

const DAY = 86_400_000;

/** Returns the current day, in days since 1970-01-01, in a zone or in the zone of the system. */
function dayIn(zone: string | undefined, texts: SettingTexts, now: number): number {
  if (zone === undefined) {
    const local = new Date(now);
    return Date.UTC(local.getFullYear(), local.getMonth(), local.getDate()) / DAY;
  }
  return zoneNamed(zone, texts).dayAt(Math.floor(now / 1000));
}

function zoneNamed(zone: string, texts: SettingTexts): TimeZone {
  try {
    return new TimeZone(zone);
  } catch {
    const source = texts.get('timezone')?.source ?? longFlag(OPTIONS.timezone.flags);
    const wanted = { kind: 'time-zone' } as const;
    throw new Failure('setting-invalid', {
      source,
      option: 'timezone',
      wanted,
      shown: quoted(zone),
    });
  }
}
