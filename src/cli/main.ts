/** Runs one command line, reports the failure that ends the run, and returns the exit code. */
import { isAbsolute } from 'node:path';
import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { isAddress, secretsIn } from '../safe-text/address-text.ts';
import { maskedName } from '../safe-text/masking.ts';
import { tokensInPath } from '../safe-text/path-tokens.ts';
import { Interruption } from '../upload/interruption.ts';
import type { BadSetting } from '../words/failure-parameters.ts';
import { VERSION } from './arguments/about.ts';
import { type CommandContext, FILES_OF_CALLS } from './arguments/command.ts';
import { longFlag } from './arguments/option.ts';
import { type OptionSources, optionValues } from './arguments/option-values.ts';
import { type OptionName, OPTIONS, RECIPE } from './arguments/options.ts';
import { parseCommandLine, type Request, type RunRequest } from './command-line/command-line.ts';
import { HELP_TOPICS, helpTopic } from './command-line/help-topic.ts';
import { usageFailure } from './command-line/usage-failure.ts';
import { versionDetails } from './command-line/version-details.ts';
import { type CommandName, COMMANDS } from './commands/index.ts';
import { fileOpener } from './files/open-files.ts';
import { leftOvers, refuseOverwriting } from './files/output-files.ts';
import type { Io } from './io/io.ts';
import { FORMAT_NAMES, type FormatName, FORMATS } from './output/formats.ts';
import { Output, type OutputOptions } from './output/output.ts';
import { foundSettings } from './settings/found-settings.ts';
import { NO_SETTINGS, type RunSettings, runSettings } from './settings/run-settings.ts';
import type { SettingName } from './settings/setting-keys.ts';
import { placeOfProcess, workingFolder } from './settings/settings-files.ts';

/**
 * Runs one command line.
 *
 * @returns the exit code of the process
 * @throws any error except a `Failure` or an `Interruption`; such an error is a bug of the program
 */
export async function main(io: Io): Promise<ExitCode> {
  for (const secret of secretsInSight(io)) io.secrets.add(secret);
  const early = outputByWords(io.arguments);
  let { format } = early;
  let output = await Output.open(io, early.settings);
  let places: ReadonlyMap<string, string> = new Map();
  try {
    const columns = helpColumns(io);
    const request = parseCommandLine(io, columns);
    if (request.kind !== 'run')
      return print(request, output, format, { columns, environment: io.environment });
    const settings = await belowRecipe(await settingsOf(request, io), request);
    const { options, sources } = optionValues(COMMANDS[request.command].options, {
      written: request.written,
      environment: io.environment,
      settings: settings.texts,
    });
    places = placesOf(sources, settings);
    for (const secret of secretsInSettings(settings)) io.secrets.add(secret);
    format = options.json ? 'json' : options.format;
    // With `--max-errors`, the output lists every finding that the check returns.
    const allListed = sources.maxErrors !== undefined;
    output = await Output.open(io, { ...options, allListed });
    const { reporter } = await FORMATS[format]();
    const { operands, filesBelow } = operandsOf(request, settings);
    refuseMissingFolder(request, operands);
    refuseOverwriting({
      options,
      environment: io.environment,
      operands: [...operands, ...settings.paths],
    });
    for (const path of leftOvers(options))
      output.remark(io.words.screens.files.leftOver(maskedName(path)));
    const { run } = await COMMANDS[request.command].load();
    const results = reporter(output, io);
    const openFile = fileOpener({ io, output, options });
    const commandLine = { commands: COMMANDS, topics: HELP_TOPICS };
    const context = { io, output, options, sources, operands, filesBelow, openFile, commandLine };
    const code = await run({ ...context, reporter: results });
    await results.finish(code);
    return code;
  } catch (error) {
    const failure = error instanceof Interruption ? interrupted() : withPlace(error, places);
    if (!(failure instanceof Failure)) throw failure;
    const { reporter } = await FORMATS[format]();
    reporter(output, io).failed(failure);
    return failure.exitCode;
  }
}

/** The commands that settings do not change. They also work if a settings file has an error. */
const WITHOUT_SETTINGS: readonly CommandName[] = ['explain', 'config', 'completion'];

async function settingsOf({ command, written }: RunRequest, io: Io): Promise<RunSettings> {
  if (WITHOUT_SETTINGS.includes(command)) return NO_SETTINGS;
  const place = placeOfProcess(io.environment);
  const named = written.get('config') ?? io.environment['METRIKA_CONFIG'];
  const files = await foundSettings(
    typeof named === 'string' && named !== '' ? named : undefined,
    place,
  );
  const settings = runSettings(files, {
    written,
    wanted: COMMANDS[command].options,
    place,
    now: io.clock.now(),
  });
  return command === 'init' ? withoutRecipe(settings) : settings;
}

/**
 * Removes the settings that a recipe decides, if they are weaker than the setting or the option that
 * names the recipe. Otherwise, a time zone in the user's own file would silently move the times of
 * every recipe.
 */
async function belowRecipe(settings: RunSettings, { written }: RunRequest): Promise<RunSettings> {
  const { texts, inForce } = settings;
  const named = written.get('mapping') ?? texts.get('mapping')?.value;
  if (typeof named !== 'string') return settings;
  const rank = written.has('mapping') ? -1 : (inForce.get('mapping')?.rank ?? -1);
  const isWeaker = (name: OptionName): boolean =>
    (RECIPE as readonly OptionName[]).includes(name) &&
    (inForce.get(name as SettingName)?.rank ?? -1) > rank;
  if (![...texts.keys()].some(isWeaker)) return settings;
  const { optionsOfRecipe } = await import('./recipe/recipe-options.ts');
  const decided = await optionsOfRecipe(named);
  const kept = [...texts].filter(([name]) => !(isWeaker(name) && decided.has(name)));
  return { ...settings, texts: new Map(kept) };
}

/** `init` makes a new recipe, perhaps for another export. So it does not begin with the old one. */
function withoutRecipe(settings: RunSettings): RunSettings {
  const texts = new Map([...settings.texts].filter(([name]) => name !== 'mapping'));
  return { ...settings, texts };
}

/** Returns the places of the values that are from a settings file, by the flags of the options. */
function placesOf(sources: OptionSources, { texts }: RunSettings): ReadonlyMap<string, string> {
  const inForce = [...texts].filter(([name, { source }]) => sources[name] === source);
  return new Map(inForce.map(([name, { source }]) => [longFlag(OPTIONS[name].flags), source]));
}

/**
 * Returns the failure with the place of the value, if the value is from a settings file. Some values
 * are checked late, for example time zones. The failure then names the flag, which nobody wrote.
 */
function withPlace(error: unknown, places: ReadonlyMap<string, string>): unknown {
  if (!(error instanceof Failure) || error.code !== 'setting-invalid') return error;
  const parameters = error.parameters as BadSetting;
  const source = places.get(parameters.source);
  return source === undefined ? error : new Failure('setting-invalid', { ...parameters, source });
}

/** @throws Failure `folder-missing` (exit 2) if a file is named in a folder that was deleted */
function refuseMissingFolder({ command }: RunRequest, operands: readonly string[]): void {
  if (!COMMANDS[command].operands.includes('file') || workingFolder() !== undefined) return;
  const isRelative = (path: string): boolean =>
    path !== '-' && !isAddress(path) && !isAbsolute(path);
  if (operands.some(isRelative)) throw new Failure('folder-missing', {});
}

/** Returns the operands of a command line, or the files that a setting names. */
function operandsOf(
  { command, operands }: RunRequest,
  { files, filesBelow }: RunSettings,
): Pick<CommandContext, 'operands' | 'filesBelow'> {
  if (operands.length > 0 || COMMANDS[command].operands !== FILES_OF_CALLS) {
    return { operands, filesBelow: undefined };
  }
  if (files !== undefined) return { operands: files, filesBelow };
  throw usageFailure({ kind: 'no-operand', operand: 'file' }, command);
}

/** What the printed texts depend on, besides the language. */
interface Screen {
  /** The width of help, in characters. */
  readonly columns: number;
  readonly environment: Io['environment'];
}

function print(
  request: Exclude<Request, { kind: 'run' }>,
  output: Output,
  format: FormatName,
  screen: Screen,
): ExitCode {
  if (request.kind === 'nothing') {
    if (format !== 'text') {
      const problem = { kind: 'no-command' } as const;
      throw new Failure('usage', { problem, command: undefined, example: undefined });
    }
    output.complain(...request.text.split('\n'));
    return EXIT_CODES.usage;
  }
  output.result(...textOf(request, output, screen).split('\n'));
  return EXIT_CODES.done;
}

function textOf(
  request: Exclude<Request, { kind: 'run' | 'nothing' }>,
  { words, settings }: Output,
  { columns, environment }: Screen,
): string {
  if (request.kind === 'print') return request.text.trimEnd();
  if (request.kind === 'topic') return helpTopic(request.topic, columns, words);
  return settings.verbose ? versionDetails(environment, words) : VERSION;
}

/** Finds the tokens in the command line and the environment, before parsing. */
function* secretsInSight(io: Io): Iterable<string> {
  const fromEnvironment = io.environment['METRIKA_TOKEN']?.trim();
  if (fromEnvironment) yield fromEnvironment;
  for (const [index, word] of io.arguments.entries()) {
    const next = io.arguments[index + 1]?.trim();
    for (const flag of ['--token', '--code']) {
      if (word === flag && next) yield next;
      else if (word.startsWith(`${flag}=`)) yield word.slice(flag.length + 1).trim();
    }
    yield* tokensIn(word);
  }
  for (const [name, value] of Object.entries(io.environment)) {
    if (name.startsWith('METRIKA_') && value !== undefined) yield* tokensIn(value);
  }
}

/** Finds the tokens in settings, which may be in the wrong place, such as a comment. */
function* secretsInSettings({ texts, files = [] }: RunSettings): Iterable<string> {
  for (const value of [...texts.values()].map((text) => text.value).concat(files)) {
    if (typeof value === 'string') yield* tokensIn(value);
    else if (Array.isArray(value)) for (const one of value) yield* tokensIn(String(one));
  }
}

/**
 * Yields the parts of a word that look like a token, except names of existing files and folders.
 */
function* tokensIn(word: string): Iterable<string> {
  if (isAddress(word)) {
    yield* secretsIn(word);
    return;
  }
  for (const path of [word, ...word.split(/[=,:?&]/)]) yield* tokensInPath(path);
}

/** Finds the output options without parsing. If parsing fails, the message needs these options. */
export function outputByWords(words: readonly string[]): {
  readonly format: FormatName;
  readonly settings: OutputOptions;
} {
  const format = words.includes('--json') ? 'json' : (formatByWords(words) ?? 'text');
  const verbose = words.includes('--verbose') || words.includes('-v');
  const color = !words.includes('--no-color');
  return { format, settings: { quiet: false, verbose, color, progress: false } };
}

function formatByWords(words: readonly string[]): FormatName | undefined {
  return FORMAT_NAMES.find((name) =>
    words.some(
      (word, at) => word === `--format=${name}` || (word === '--format' && words[at + 1] === name),
    ),
  );
}

function helpColumns(io: Io): number {
  const asked = Number(io.environment['COLUMNS']);
  return Number.isInteger(asked) && asked > 0 ? asked : (io.stdout.columns ?? 80);
}

function interrupted(): Failure {
  return new Failure('interrupted', { state: { kind: 'nothing-sent' } });
}
