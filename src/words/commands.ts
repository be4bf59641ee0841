/** Commands that several sentences suggest. They are the same in every language. */
import { MOST_NAMES } from './format.ts';
import {
  command,
  type CommandReference,
  option,
  type OptionReference,
  type Text,
  text,
} from './said.ts';
import { example, type ShownName } from './shown-name.ts';

/**
 * The names of a file, its sheet and its list of calls. They appear in commands that the user can
 * paste.
 */
export interface SourceNames {
  readonly file?: string | undefined;
  /** The sheet that the user asked for. */
  readonly sheet?: string | undefined;
  /** The keys that lead to the list of calls in JSON, as the user gave them: `result.data`. */
  readonly records?: string | undefined;
}

/** A header line below other lines. */
export interface HeaderBelow extends SourceNames {
  readonly line: number;
  /** Whether the headings come from another system. */
  readonly isForeign: boolean;
}

/** A header line with the headings of another system. */
export interface ForeignHeader extends SourceNames {
  readonly columns: readonly { readonly heading: ShownName; readonly means: string }[];
  /** Whether a heading says that times are in UTC. */
  readonly isUtc?: boolean;
  /** The system of the export, if the column names show it. */
  readonly system?: KnownSystem | undefined;
  /** The number of the header line, if it is not the first. */
  readonly headerLine?: number | undefined;
}

/** Returns the command that converts a file whose header line is not the first line. */
export function headerLineCommand({ line, isForeign, ...names }: HeaderBelow): CommandReference {
  const auto = isForeign ? [option('auto')] : [];
  return convertCommand(names, [option('headerLine', line), ...auto]);
}

/** Returns the command that converts a file by its headings. */
export function autoCommand({
  headerLine,
  isUtc,
  system,
  ...names
}: Partial<ForeignHeader>): CommandReference {
  return convertCommand(names, [
    ...(headerLine === undefined ? [] : [option('headerLine', headerLine)]),
    system === undefined ? option('auto') : option('preset', system.name),
    // A zone is added only if a heading names it. A zone or a country is never guessed: if one is
    // missing, the suggested command reports this when the user runs it.
    ...(isUtc === true ? [option('timezone', 'UTC')] : []),
    option('output', 'converted.csv'),
  ]);
}

/** Returns the command that renames columns of an export to columns of a call. */
export function renameCommand(
  columns: readonly { readonly column: ShownName; readonly near: string }[],
): CommandReference {
  const renames = columns
    .slice(0, MOST_NAMES)
    .map(({ column, near }) => option('map', { from: column, to: near }));
  return command('convert', { operands: [undefined], options: renames });
}

function convertCommand(
  { file, sheet, records }: SourceNames,
  options: readonly OptionReference[],
): CommandReference {
  return command('convert', {
    operands: [file === '-' ? undefined : file],
    options: [
      ...(sheet === undefined ? [] : [option('sheet', sheet)]),
      ...(records === undefined ? [] : [option('records', records)]),
      ...options,
    ],
  });
}

/** An export from which no call could be made, and its recipe. */
export interface FruitlessExport {
  readonly errors: number;
  readonly mapping: string | undefined;
  readonly preset: string | undefined;
}

/** Returns the command that lists the errors of an export. */
export function validateExport({ mapping, preset }: Partial<FruitlessExport>): CommandReference {
  const options = [
    ...(preset === undefined ? [] : [option('preset', preset)]),
    ...(mapping === undefined && preset !== undefined
      ? []
      : [option('mapping', mapping ?? 'recipe.json')]),
  ];
  return command('validate', { options, operands: [undefined] });
}

/** The call system of an export, known from the column names, and its preset. */
export interface KnownSystem {
  readonly name: string;
  readonly system: string;
}

/** Returns a sentence about a preset; '' if the system is not known. */
export function withPreset(
  preset: KnownSystem | undefined,
  sentence: (system: string, use: OptionReference) => Text,
): Text {
  return preset === undefined ? '' : sentence(preset.system, option('preset', preset.name));
}

/**
 * Returns a sentence about leaving out one column: the last column of the first choice. In each
 * choice, the user decides between several columns.
 *
 * @returns '' if there are no choices
 */
export function leavingOut(
  choices: readonly { readonly among: readonly ShownName[] }[],
  sentence: (leaveOut: OptionReference) => Text,
): Text {
  const from = choices[0]?.among.at(-1);
  return from === undefined ? '' : sentence(option('map', { from, to: '-' }));
}

/** The codes of one column of an export. Their meaning is unknown. */
export interface OpenCodes<Name extends string = ShownName> {
  readonly column: Name;
  readonly codes: readonly {
    readonly code: Name;
    /** The number of records with this code. */
    readonly count: number;
    /** The meaning to propose: a direction, or the value of `CallMissed` if `isOutcome`. */
    readonly meaning: string;
  }[];
  /** The codes that may mean something else than an incoming call or an answered call. */
  readonly open: readonly Name[];
  /**
   * The number of records whose codes are not in `codes`, because there are too many different
   * codes.
   */
  readonly more: number;
  /** Whether the codes say which calls were missed. */
  readonly isOutcome: boolean;
}

/** Columns of a file without `DateTime`. */
export interface TimeColumns {
  /** The columns that may have the time of the call. */
  readonly candidates: readonly ShownName[];
}

/** Returns one option for each column. The option says that the column has the time of the call. */
export function timeColumns(candidates: readonly ShownName[]): readonly OptionReference[] {
  return candidates.slice(0, MOST_NAMES).map((from) => option('map', { from, to: 'DateTime' }));
}

/** Returns the option that leaves out records with open codes; `undefined` if no option can. */
export function skipCodes({
  column,
  open,
}: Pick<OpenCodes, 'column' | 'open'>): OptionReference | undefined {
  // The option divides values at commas.
  if (open.some((code) => code.includes(','))) return undefined;
  return option('skip', `${column}=${open.join(',')}`);
}

/**
 * Returns the options that say what each code means, or that the column does not matter. A person
 * must check the proposal.
 */
export function explainCodes({ column, codes, more, isOutcome }: Omit<OpenCodes, 'open'>): Text {
  if (more > 0) return option('map', { from: column, to: '-' });
  if (!isOutcome) return directionsOption({ column, codes });
  const meanings = codes.map(({ code, meaning }) => ({ from: code, to: meaning }));
  return text`${option('map', { from: column, to: 'CallMissed' })} ${option('mapValue', { column: example('CallMissed'), meanings })}`;
}

/** Returns the option that says which direction each code means. */
export function directionsOption({
  column,
  codes,
}: Pick<OpenCodes, 'column' | 'codes'>): OptionReference {
  const meanings = codes.map(({ code, meaning }) => ({ from: code, to: meaning }));
  return option('mapValue', { column, meanings });
}

/** Returns the ways to explain the codes of a column. The reader has to choose one of them. */
export function waysWithCodes(codes: OpenCodes): readonly Text[] {
  const skip = codes.more > 0 ? undefined : skipCodes(codes);
  return [...(skip === undefined ? [] : [skip]), explainCodes(codes)];
}

/** Lists the codes of a column. Each code is in quotation marks, with its count after it. */
export function countedCodes(
  { codes, more }: Pick<OpenCodes, 'codes' | 'more'>,
  quoted: (code: string) => string,
  formatNumber: (value: number) => string,
): string {
  const shown = codes.map(({ code, count }) => `${quoted(code)} (${formatNumber(count)})`);
  return [...shown, ...(more > 0 ? [`… (${formatNumber(more)})`] : [])].join(', ');
}
