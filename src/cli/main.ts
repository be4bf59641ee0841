import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import { Failure, usageFailure } from '../failure.ts';
import { Interruption } from '../upload/interruption.ts';
import type { RunCommand } from './command.ts';
import { helpTopic } from './help-topics.ts';
import type { Io } from './io.ts';
import type { CommandName } from './options.ts';
import { Output, type OutputFormat, type OutputSettings } from './output.ts';
import { parseCommandLine, type Request } from './program.ts';
import { quoted, type RawOptions } from './raw-options.ts';
import { failureDocument, renderFailure } from './render/failure.ts';
import { failureCommand } from './render/github.ts';

/** Each command is loaded when it is asked for, so that none pays for another's packages. */
const LOADERS: Readonly<Record<CommandName, () => Promise<RunCommand>>> = {
  upload: async () => (await import('./commands/upload.ts')).runUpload,
  validate: async () => (await import('./commands/validate.ts')).runValidate,
  convert: async () => (await import('./commands/convert.ts')).runConvert,
  inspect: async () => (await import('./commands/inspect.ts')).runInspect,
  explain: async () => (await import('./commands/explain.ts')).runExplain,
  status: async () => (await import('./commands/status.ts')).runStatus,
  list: async () => (await import('./commands/list.ts')).runList,
  sandbox: async () => (await import('./commands/sandbox.ts')).runSandbox,
};

/**
 * Runs one command line from beginning to end. This is the one place where failures become words
 * and exit codes.
 *
 * @returns the code to end the process with
 * @throws what is a defect of the program
 */
export async function main(io: Io): Promise<ExitCode> {
  const { secrets } = io;
  for (const secret of secretsInSight(io)) secrets.add(secret);
  const early = outputSettingsByWords(io.arguments);
  let output = await Output.open(io, io.environment, early, secrets);
  try {
    const request = parseCommandLine(io.arguments, helpColumns(io));
    if (request.kind !== 'run') return print(request, output, io);
    output = await Output.open(io, io.environment, outputSettings(request.options), secrets);
    const run = await LOADERS[request.command]();
    return await run({
      io,
      output,
      options: request.options,
      operands: request.operands,
    });
  } catch (error) {
    const failure = error instanceof Interruption ? interrupted() : error;
    if (!(failure instanceof Failure)) throw failure;
    if (output.json) output.result(failureDocument(failure));
    else if (output.github) output.result(failureCommand(failure));
    else output.complain(renderFailure(failure, output.messages));
    return failure.exitCode;
  }
}

function print(request: Exclude<Request, { kind: 'run' }>, output: Output, io: Io): ExitCode {
  if (request.kind === 'nothing') {
    if (output.json) {
      throw usageFailure('usage', 'No command is given.', 'See metrika-calls --help.');
    }
    output.complain(request.text);
    return EXIT_CODES.usage;
  }
  output.result(
    request.kind === 'topic' ? helpTopic(request.topic, helpColumns(io)) : request.text.trimEnd(),
  );
  return EXIT_CODES.done;
}

/** Tokens that the command line or the environment holds, before any of it is understood. */
function* secretsInSight(io: Io): Iterable<string> {
  const fromEnvironment = io.environment['METRIKA_TOKEN']?.trim();
  if (fromEnvironment) yield fromEnvironment;
  for (const [index, word] of io.arguments.entries()) {
    const next = io.arguments[index + 1]?.trim();
    if (word === '--token' && next) yield next;
    else if (word.startsWith('--token=')) yield word.slice('--token='.length).trim();
  }
}

function outputSettings(options: RawOptions): OutputSettings {
  const format = options.flag('json') ? 'json' : (options.text('format') ?? 'text');
  if (format !== 'text' && format !== 'json' && format !== 'github') {
    throw usageFailure(
      'setting-invalid',
      `--format must be text, json or github, not ${quoted(format)}.`,
      'Correct it and run the command again.',
    );
  }
  return {
    format,
    quiet: options.flag('quiet'),
    verbose: options.flag('verbose'),
    color: options.notRefused('color'),
    progress: options.notRefused('progress'),
  };
}

/** A command line that cannot be parsed still says in which form the error is wanted. */
export function outputSettingsByWords(words: readonly string[]): OutputSettings {
  const json =
    words.includes('--json') ||
    words.includes('--format=json') ||
    words.some((word, index) => word === '--format' && words[index + 1] === 'json');
  const format: OutputFormat = json ? 'json' : 'text';
  return {
    format,
    quiet: false,
    verbose: words.includes('--verbose') || words.includes('-v'),
    color: !words.includes('--no-color'),
    progress: false,
  };
}

function helpColumns(io: Io): number {
  const asked = Number(io.environment['COLUMNS']);
  return Number.isInteger(asked) && asked > 0 ? asked : (io.stdout.columns ?? 80);
}

function interrupted(): Failure {
  return new Failure({
    code: 'interrupted',
    exitCode: EXIT_CODES.interrupted,
    message: 'Interrupted; nothing was sent.',
    hint: 'Run the same command again.',
  });
}
