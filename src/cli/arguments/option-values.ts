/** Makes the typed values of a command's options: from the command line, the environment, the default. */
import { Failure } from '../../failure.ts';
import { quoted } from '../../safe-text/quoted.ts';
import type { Environment } from '../io/io.ts';
import { longFlag, type Option } from './option.ts';
import { OPTION_ROWS, type OptionName, type OptionValues } from './options.ts';

/** Where the value of each option came from: an option, a variable, or `undefined` for its default. */
export type OptionSources = Readonly<Partial<Record<OptionName, string>>>;

/** The options of a command line with their sources. */
export interface ParsedOptions<Name extends OptionName = OptionName> {
  readonly options: OptionValues<Name>;
  readonly sources: OptionSources;
}

/**
 * @param written the options on the command line, by name; flags are booleans
 * @param wanted the options that the command has
 * @throws Failure `setting-invalid` (exit 2) that names the option or variable and what it takes
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
  // Each value was made by the parser of its own row.
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
  const text = variable === undefined ? undefined : environment[variable];
  // An empty variable is how shells and CI systems say that there is none.
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
