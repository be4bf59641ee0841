/** Computes typed option values from the command line, the environment and the defaults. */
import { Failure } from '../../failure.ts';
import { quoted } from '../../safe-text/quoted.ts';
import { ownValue } from '../../words/own-value.ts';
import type { Environment } from '../io/io.ts';
import { longFlag, type Option } from './option.ts';
import { OPTION_ROWS, type OptionName, type OptionValues } from './options.ts';

/**
 * The source of each option of the kind `value`: its flag, its variable, or its place in a settings
 * file; `undefined` if the option has its default. Options of other kinds have a source only if
 * their value is from a settings file.
 */
export type OptionSources = Readonly<Partial<Record<OptionName, string>>>;

/** A value in a settings file. */
export interface SettingText {
  /** A text for an option with a value; otherwise a boolean or a list of texts. */
  readonly value: unknown;
  /** The place of the value, for messages: `settings.json:3:14: counter`. */
  readonly source: string;
}

/** The values in settings files, by the names of the options. */
export type SettingTexts = ReadonlyMap<OptionName, SettingText>;

/** The options of a command line, and the source of each value. */
export interface ParsedOptions<Name extends OptionName = OptionName> {
  readonly options: OptionValues<Name>;
  readonly sources: OptionSources;
}

/** The places that the value of an option may come from, the strongest first. */
export interface StatedValues {
  /** The options on the command line, by name; the value of a flag is a boolean. */
  readonly written: ReadonlyMap<OptionName, unknown>;
  readonly environment: Environment;
  readonly settings: SettingTexts;
}

/**
 * Returns the typed values of the options.
 *
 * @param wanted the names of the options that the command has
 * @throws Failure `setting-invalid` (exit 2) with the option or variable, and the valid values
 */
export function optionValues<Name extends OptionName>(
  wanted: readonly Name[],
  stated: StatedValues,
): ParsedOptions<Name> {
  const options: Partial<Record<OptionName, unknown>> = {};
  const sources: Partial<Record<OptionName, string>> = {};
  for (const [name, row] of OPTION_ROWS) {
    if (!(wanted as readonly OptionName[]).includes(name)) continue;
    const setting = stated.settings.get(name);
    const written = stated.written.get(name);
    const text = optionText(row, written, { environment: stated.environment, setting });
    options[name] = valueOf(name, row, written ?? setting?.value, text);
    const source = text?.source ?? (written === undefined ? setting?.source : undefined);
    if (source !== undefined) sources[name] = source;
  }
  // `valueOf` returns values of the type that the option declares. The compiler cannot prove this.
  return { options: options as OptionValues<Name>, sources };
}

interface OptionText {
  readonly text: string;
  readonly source: string;
}

function optionText(
  row: Option<unknown>,
  written: unknown,
  { environment, setting }: { environment: Environment; setting: SettingText | undefined },
): OptionText | undefined {
  if (row.kind !== 'value') return undefined;
  if (typeof written === 'string') return { text: written, source: longFlag(row.flags) };
  const variable = row.environment;
  const text = variable === undefined ? undefined : ownValue(environment, variable);
  // Some shells and CI systems set a variable to an empty string. This means "not set".
  if (variable !== undefined && text) return { text, source: variable };
  return typeof setting?.value === 'string'
    ? { text: setting.value, source: setting.source }
    : undefined;
}

function valueOf(
  name: OptionName,
  row: Option<unknown>,
  written: unknown,
  stated: OptionText | undefined,
): unknown {
  switch (row.kind) {
    case 'flag':
      return written === true;
    case 'negation':
      return written !== false;
    case 'list':
      return Array.isArray(written) ? written : [];
    case 'value': {
      const text = stated?.text ?? row.default;
      if (text === undefined || row.parser === undefined) return undefined;
      const value = row.parser.read(text);
      if (value !== undefined) return value;
      const { wanted } = row.parser;
      const source = stated?.source ?? longFlag(row.flags);
      throw new Failure('setting-invalid', { source, option: name, wanted, shown: quoted(text) });
    }
  }
}
