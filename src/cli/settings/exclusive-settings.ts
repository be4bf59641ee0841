/** Chooses the strongest value of each setting, and drops settings that a stronger one excludes. */
import { ownValue } from '../../words/own-value.ts';
import { OPTION_ROWS, type OptionName, OPTIONS } from '../arguments/options.ts';
import type { Environment } from '../io/io.ts';
import type { Setting, SettingValue } from './read-settings.ts';
import type { SettingName } from './setting-keys.ts';

/** Options that exclude each other. */
const EXCLUSIVE: readonly (readonly [OptionName, OptionName])[] = [
  ['sandbox', 'apiUrl'],
  ['sandbox', 'trustApiHost'],
  ['sandbox', 'code'],
  ['sandbox', 'withToken'],
  ['clientId', 'code'],
  ['clientId', 'withToken'],
  ['again', 'skipExisting'],
  ['mark', 'skipExisting'],
  ['convert', 'mapping'],
  ['convert', 'preset'],
  ['format', 'json'],
  ['quiet', 'verbose'],
];

/** Settings that mean nothing without another one. A file may have them for the runs with it. */
const NEEDS: ReadonlyMap<SettingName, OptionName> = new Map([
  ['rejects', 'skipInvalid'],
  ['maxInvalid', 'skipInvalid'],
]);

/** A setting that no stronger setting replaces. */
export interface SettingInForce extends Setting {
  /** The strength: 0 is the strongest. Two settings of one rank are from the same object. */
  readonly rank: number;
}

interface Stated {
  readonly written: ReadonlyMap<OptionName, unknown>;
  readonly environment: Environment;
}

/**
 * Returns the settings that are in force, if no option and no variable has the same name.
 *
 * @param levels the settings by strength, the strongest level first. Two settings of one level do
 *   not cancel each other: if they exclude each other, the run is refused later
 */
export function strongestSettings(
  levels: readonly (readonly Setting[])[],
  stated: Stated,
): ReadonlyMap<SettingName, SettingInForce> {
  const stronger = new Set<OptionName>(statedOptions(stated));
  const inForce = new Map<SettingName, SettingInForce>();
  for (const [rank, level] of levels.entries()) {
    const added = level.filter(
      ({ name, value }) =>
        !inForce.has(name) && (!isActive(name, value) || !isExcluded(name, stronger)),
    );
    for (const setting of added) {
      inForce.set(setting.name, { ...setting, rank });
      const { name, value } = setting;
      if (name !== 'files' && isActive(name, value)) stronger.add(name);
    }
  }
  for (const [name, needed] of NEEDS) {
    const isOn = stated.written.get(needed) === true || stronger.has(needed);
    if (!isOn) inForce.delete(name);
  }
  return inForce;
}

function isExcluded(name: SettingName, stronger: ReadonlySet<OptionName>): boolean {
  return EXCLUSIVE.some(
    ([one, other]) =>
      (one === name && stronger.has(other)) || (other === name && stronger.has(one)),
  );
}

/** Returns the options that the command line or a variable states. */
function statedOptions({ written, environment }: Stated): readonly OptionName[] {
  return OPTION_ROWS.flatMap(([name, row]) => {
    const value = written.get(name);
    const variable = row.kind === 'value' ? row.environment : undefined;
    const isSet =
      value !== undefined || (variable !== undefined && !!ownValue(environment, variable));
    return isSet ? [name] : [];
  });
}

/** Says whether a value does anything: `false` for a flag is the same as no setting. */
function isActive(name: SettingName, value: SettingValue): boolean {
  if (name === 'files' || typeof value !== 'boolean') return true;
  return OPTIONS[name].kind === 'negation' ? !value : value;
}
