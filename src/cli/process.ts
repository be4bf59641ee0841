/** Connects the program to the real process: its streams, signals and exit code. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../clock.ts';
import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import { Failure, systemErrorCode } from '../failure.ts';
import { redactSecrets } from '../metrika/token.ts';
import { maskedWithin } from '../safe-text/masking.ts';
import { Interruption } from '../upload/interruption.ts';
import { PROBLEMS_PAGE, VERSION } from './arguments/about.ts';
import { languagesOf } from './arguments/language.ts';
import { commandNamed } from './commands/index.ts';
import type { Io } from './io/io.ts';
import { shellInUse } from './io/shell.ts';
import type { Shown } from './io/shown-text.ts';
import { main, outputByWords } from './main.ts';
import { FORMATS } from './output/formats.ts';
import { Output } from './output/output.ts';
import { forTerminal, joinedLines, showCursor } from './output/shown.ts';
import { type StandardOutput, standardOutput } from './output/standard-output.ts';
import { settingLanguage } from './settings/settings-language.ts';

/**
 * After the first signal, further signals are ignored for this time, in milliseconds. They may be
 * copies, because the terminal and a parent process may both send the same signal.
 */
const SAME_SIGNAL = 300;

/** The time that a run gets for its last messages after the first signal, in milliseconds. */
const LAST_WORDS_TIME = 2000;

/** Runs the program on the real process, then ends the process. */
export async function runProcess(): Promise<void> {
  const words = process.argv.slice(2);
  hideTokenFromProcessList(words);
  const outputs = openOutputs();
  const io: Io = {
    arguments: words,
    environment: process.env,
    get stdin() {
      return process.stdin;
    },
    stdout: outputs.stdout,
    stderr: outputs.stderr,
    clock: systemClock,
    random: Math.random,
    signal: listenForSignals(),
    secrets: new Set(),
    knownNumbers: new Set(),
    doneLines: [],
    ...(await languagesOf(words, process.env, {
      shell: shellInUse(process.platform, process.env),
      setting: () => settingLanguage(words, process.env),
    })),
  };
  const reportAndExit = (error: unknown): void => {
    void reportBug(error, io)
      .catch(() => EXIT_CODES.defect)
      .then((code) => process.exit(code));
  };
  process.on('uncaughtException', reportAndExit);
  process.on('unhandledRejection', reportAndExit);
  let code: ExitCode;
  try {
    code = await main(io);
  } catch (error) {
    code = await reportBug(error, io);
  }
  await outputs.stdout.flushed();
  if (outputs.lost !== undefined) {
    const lines = [io.words.screens.standardOutput.lost(outputs.lost), ...io.doneLines];
    outputs.stderr.write(linesOf(lines));
  }
  await outputs.stderr.flushed();
  process.exit(outputs.lost !== undefined && code === EXIT_CODES.done ? EXIT_CODES.defect : code);
}

function hideTokenFromProcessList(words: readonly string[]): void {
  if (words.some((word) => word === '--token' || word.startsWith('--token='))) {
    process.title = 'metrika-calls';
  }
}

/**
 * Opens the standard streams. If a reader closes the pipe, it needs no more output, so no output is
 * lost. After any other error of standard output, such as a full disk, output is lost.
 */
function openOutputs(): {
  readonly stdout: StandardOutput;
  readonly stderr: StandardOutput;
  /** The reason why output was lost; `undefined` if none was lost. */
  readonly lost: string | undefined;
} {
  let lost: string | undefined;
  const stderr = standardOutput(
    2,
    () => process.stderr,
    () => undefined,
  );
  const stdout = standardOutput(
    1,
    () => process.stdout,
    (error) => {
      const code = systemErrorCode(error);
      if (code !== 'EPIPE') lost ??= code ?? error.message;
    },
  );
  return {
    stdout,
    stderr,
    get lost() {
      return lost;
    },
  };
}

function listenForSignals(): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  const onSignal = (): void => {
    const now = performance.now();
    if (controller.signal.aborted) {
      if (now - first > SAME_SIGNAL) endAtOnce();
      return;
    }
    first = now;
    controller.abort(new Interruption());
    setTimeout(endAtOnce, LAST_WORDS_TIME).unref();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  return controller.signal;
}

function endAtOnce(): never {
  showCursor(process.stderr);
  process.exit(EXIT_CODES.interrupted);
}

/** Tells the user about a bug of the program, and writes a report without secrets. */
async function reportBug(error: unknown, io: Io): Promise<ExitCode> {
  const { platform, release, arch, tmpdir } = process.getBuiltinModule('node:os');
  const system = `metrika-calls ${VERSION}, Node ${process.versions.node}, ${platform()} ${release()} ${arch()}`;
  const said = io.words.screens.bug;
  const trace = withoutSecrets(
    error instanceof Error ? (error.stack ?? error.message) : String(error),
    io,
  );
  const lines = [said.head, `  ${system}`, `  ${said.page(PROBLEMS_PAGE)}`];
  const report = join(tmpdir(), `metrika-calls-defect-${String(process.pid)}.txt`);
  try {
    writeFileSync(report, `${system}\n\n${trace}\n`, { mode: 0o600, flag: 'wx' });
    lines.push(`  ${said.report(report)}`);
  } catch {
    lines.push(`  ${said.noReport}`);
  }
  const { format, settings } = outputByWords(io.arguments);
  if (settings.verbose) lines.push(trace);
  io.stderr.write(linesOf(lines));
  if (format === 'json') {
    const output = await Output.open(io, settings);
    const { reporter } = await FORMATS.json();
    reporter(output, io).failed(new Failure('defect', { system, page: PROBLEMS_PAGE }));
  }
  return EXIT_CODES.defect;
}

function withoutSecrets(text: string, io: Io): string {
  // Any word of the command line may be a misplaced secret, except the name of a command.
  const words = io.arguments.filter((word) => commandNamed(word) === undefined);
  return redactSecrets(text, [...io.secrets, ...words])
    .split('\n')
    .map((line) => {
      // Line and column numbers in a stack trace may have many digits. They are not secrets, so
      // they are cut off before the masking, and added again after it.
      const [place = ''] = /:\d+:\d+\)?$/.exec(line) ?? [];
      const at = /^\s+at /.test(line) ? place : '';
      return maskedWithin(line.slice(0, line.length - at.length)) + at;
    })
    .join('\n');
}

function linesOf(lines: readonly string[]): Shown<'terminal'> {
  return joinedLines([...lines.flatMap((line) => line.split('\n')), ''].map(forTerminal));
}
