/** Computes typed option values from the command line, the environment and the defaults. */
import { Failure } from '../../failure.ts';
import { quoted } from '../../safe-text/quoted.ts';
import { ownValue } from '../../words/own-value.ts';
import type { Environment } from '../io/io.ts';
import { longFlag, type Option } from './option.ts';
import { OPTION_ROWS, type OptionName, type OptionValues } from './options.ts';

/**
 * The source of each option of the kind `value`: its flag or its variable; `undefined` if the
 * option has its default. Options of other kinds have no source.
 */
export type OptionSources = Readonly<Partial<Record<OptionName, string>>>;

/** The options of a command line, and the source of each value. */
export interface ParsedOptions<Name extends OptionName = OptionName> {
  readonly options: OptionValues<Name>;
  readonly sources: OptionSources;
}

/**
 * Returns the typed values of the options.
 *
 * @param written the options on the command line, by name; the value of a flag is a boolean
 * @param wanted the names of the options that the command has
 * @throws Failure `setting-invalid` (exit 2) with the option or variable, and the valid values
 */
export function optionValues<Name extends OptionName>(
  written: ReadonlyMap<OptionName, unknown>,
  wanted: readonly Name[],
  environment: Environment,
): ParsedOptions<Name> {
  const options: Partial<Record<OptionName, unknown>> = {};
  const sources: Partial<Record<OptionName, string>> = {};
  for (const [name, row] of OPTION_ROWS) {
    if (!(wanted as readonly OptionName[]).includes(name)) continue;
    const stated = optionText(row, written.get(name), environment);
    options[name] = valueOf(name, row, written.get(name), stated);
    if (stated !== undefined) sources[name] = stated.source;
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
  environment: Environment,
): OptionText | undefined {
  if (row.kind !== 'value') return undefined;
  if (typeof written === 'string') return { text: written, source: longFlag(row.flags) };
  const variable = row.environment;
  const text = variable === undefined ? undefined : ownValue(environment, variable);
  // Some shells and CI systems set a variable to an empty string. This means "not set".
  return variable === undefined || !text ? undefined : { text, source: variable };
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
