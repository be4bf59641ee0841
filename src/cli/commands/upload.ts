/** `metrika-calls upload`: checks files, sends them, and reports the results. */
import { basename } from 'node:path';
import pLimit from 'p-limit';
import { type ExitCode, worstExitCode } from '../../exit-codes.ts';
import { Failure } from '../../failure.ts';
import { uploadOptionsFrom } from '../../library/upload-options.ts';
import { requireRoomForMark } from '../../upload/comment.ts';
import { Interruption } from '../../upload/interruption.ts';
import { Journal } from '../../upload/journal.ts';
import {
  type FollowFile,
  sendFile,
  type UploadOptions,
  type UploadResult,
} from '../../upload/upload-file.ts';
import { type ContextOf, defineCommand } from '../arguments/command.ts';
import { throughFrontDoor } from '../arguments/front-door.ts';
import { longFlag } from '../arguments/option.ts';
import { CHECKING, OPTIONS, OUTPUT, REMOTE, WAITING } from '../arguments/options.ts';
import { type Connection, withConnection } from '../connection/connection.ts';
import { checkerOf, reporting, withFindingReport } from '../files/check-files.ts';
import { type InputFile, inputFiles } from '../files/input-files.ts';
import type { FindingReport } from '../output/finding-report.ts';
import type { Output } from '../output/output.ts';
import { Progress } from '../output/progress.ts';
import { shownName } from '../output/render/shown-name.ts';
import { resultName } from '../output/render/upload-result.ts';
import { showEvents } from '../output/upload-progress.ts';

export const upload = defineCommand({
  operands: '<file...>',
  options: [
    ...REMOTE,
    'comment',
    'goalName',
    'dryRun',
    'skipExisting',
    'again',
    'yes',
    'splitById',
    'partSize',
    'split',
    'concurrency',
    'skipInvalid',
    'rejects',
    'maxInvalid',
    'allowEmpty',
    'mark',
    'repeat',
    'mapping',
    'preset',
    'timezone',
    ...CHECKING,
    'convert',
    ...WAITING,
    ...OUTPUT,
  ],
  examples: [
    'metrika-calls upload --counter 2215573 calls.csv',
    'metrika-calls upload --sandbox --wait calls.csv',
    'metrika-calls upload -c 2215573 -m "November" --json calls.csv',
    'metrika-calls upload -c 2215573 --again calls.csv',
    'metrika-calls upload -c 2215573 --timezone Europe/Moscow --yes calls.csv',
    'metrika-calls upload -c 2215573 --mapping recipe.json cdr.csv',
    'uis-export | metrika-calls upload -c 2215573 --preset uis -',
    'some-export | metrika-calls upload -c 2215573 -',
  ],
});

type Context = ContextOf<typeof upload>;

/**
 * Sends the files, one at a time or several at once. With `--wait`, then waits until the service
 * has processed them.
 */
export async function run(context: Context): Promise<ExitCode> {
  const { io, options, sources, operands, output } = context;
  const inputs = await inputFiles(operands, context.options.allowEmpty, context);
  const checked = throughFrontDoor('uploadCalls', options, sources);
  if (options.rejects !== undefined && inputs.length > 1) throw new Failure('rejects-of-many', {});
  const checker = await checkerOf(options, context.openFile);
  const atOnce = pLimit(options.concurrency);
  return await withConnection(context, async (connection) => {
    const upload = uploadOptionsFrom(
      {
        ...checked,
        pollInterval: sources.pollInterval === undefined ? undefined : options.pollInterval,
      },
      connection.settings.counter,
      checker,
    );
    warnOfComment(options.comment, output);
    const progress = await Progress.start(output, io.clock);
    const asking = pLimit(1);
    const ending = new AbortController();
    const signal = AbortSignal.any([io.signal, ending.signal]);
    /** Asks one question at a time. Ctrl-C at a question ends the run, and with it all files. */
    const ask = async (file: string): Promise<boolean> => {
      signal.throwIfAborted();
      try {
        return await progress.whileAsking(() => askAbout(file, context));
      } catch (error) {
        if (error instanceof Interruption) ending.abort(error);
        throw error;
      }
    };
    const session: Session = {
      context,
      signal,
      connection,
      options: upload,
      progress,
      journal: new Journal(),
      files: inputs.length,
      confirm: canAsk(context) ? (file) => asking(() => ask(file)) : undefined,
    };
    return await withFindingReport(options.report, output, async (report) => {
      const toSend = inputs.map((input) => ({ input, options: optionsOf(input, session) }));
      const followed = toSend.map((file) => atOnce(() => sendOne(file, report, session)));
      const all: UploadResult[] = [];
      // `follow` may look at the list of uploads, and may wait. The list must have the uploads of
      // all files, so `follow` is called only after the last file is sent.
      const waits = (await Promise.all(followed)).map((follow) => follow());
      for (const [at, wait] of waits.entries()) {
        all.push(...reported(await wait, { ...session, options: toSend[at]?.options ?? upload }));
      }
      return worstExitCode(all.map(({ exitCode }) => exitCode));
    }).finally(() => {
      progress.stop();
    });
  });
}

/** The objects that all files of one run share. */
interface Session {
  readonly context: Context;
  /** Aborts when the user interrupts the run, also at a question. */
  readonly signal: AbortSignal;
  readonly connection: Connection;
  readonly options: UploadOptions;
  readonly progress: Progress;
  readonly journal: Journal;
  /** The number of files that the run sends. */
  readonly files: number;
  /** Asks whether to send a file; `undefined` if nobody can answer. */
  readonly confirm: ((file: string) => Promise<boolean>) | undefined;
}

/** A file, and the options for sending it. */
interface FileToSend {
  readonly input: InputFile;
  readonly options: UploadOptions;
}

/**
 * Returns the options for one file. A comment from the settings may have the name of the file.
 *
 * @throws Failure `comment-too-long` (exit 2)
 */
function optionsOf({ name }: InputFile, { context, options }: Session): UploadOptions {
  const { parameters, marks } = options;
  const isSetting = context.sources.comment !== longFlag(OPTIONS.comment.flags);
  if (!isSetting || parameters.comment?.includes(FILE) !== true) return options;
  const comment = parameters.comment.replaceAll(FILE, () => basename(name));
  if (marks) requireRoomForMark(comment);
  return { ...options, parameters: { ...parameters, comment } };
}

/** The placeholder for the name of the file, in the setting `comment`. */
const FILE = '{file}';

/** Says whether a person can answer a question, and wants to. */
function canAsk({ io, options }: Context): boolean {
  const { quiet, json, format, yes } = options;
  const isTerminal = io.stdin.isTTY === true && io.stderr.isTTY === true;
  return isTerminal && !quiet && !json && format === 'text' && !yes;
}

/** Asks whether to send a file although its time zone is doubtful. */
async function askAbout(file: string, { io }: Context): Promise<boolean> {
  const { terminalInterviewer } = await import('../init/interviewer.ts');
  const interviewer = await terminalInterviewer(io);
  const question = io.words.screens.upload.sendAtNight(shownName(file, io));
  return await interviewer.confirm(question, false);
}

/**
 * Sends one file.
 *
 * @returns a function that waits for the end of the upload, and returns the results
 */
async function sendOne(
  { input, options }: FileToSend,
  report: FindingReport | undefined,
  { context, signal, connection, progress, journal, confirm }: Session,
): Promise<FollowFile> {
  const { io, output } = context;
  const { client, commands } = connection;
  const track = progress.track();
  const check = {
    ...options.check,
    names: { file: input.name, sheet: options.check.sheet, records: options.check.records },
    ...reporting(report, input.name),
  };
  const onEvent = showEvents({ file: input.name, options }, track, output, () => report?.end());
  const run = {
    client,
    clock: io.clock,
    random: io.random,
    signal,
    journal,
    commands,
    onEvent,
    confirm: confirm && (() => confirm(input.name)),
  };
  const follow = await sendFile(input.open, input.name, { ...options, check }, run);
  return async () =>
    await follow().finally(() => {
      track.end();
    });
}

/** Reports the results of one file. */
function reported(
  results: UploadResult[],
  { context, connection, options, files }: Session,
): UploadResult[] {
  const { io, reporter } = context;
  const { commands, settings, address } = connection;
  for (const { uploading, file, portion } of results) {
    if (uploading === undefined) continue;
    const name = resultName({ file, portion }, io);
    io.doneLines.push(io.words.screens.standardOutput.wasSent(name, uploading.id));
  }
  const { origins } = settings;
  const commandForStatus = commands.status;
  reporter.uploaded(results, { options, files, address, origins, commandForStatus });
  return results;
}

function warnOfComment(comment: string | undefined, output: Output): void {
  if (comment === undefined || hasPromisedCharacters(comment)) return;
  output.remark(output.words.screens.upload.oddComment);
}

function hasPromisedCharacters(comment: string): boolean {
  // Compiling this regular expression takes time. Inside this function, the expression is compiled
  // only if the upload has a comment.
  return /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Nd}\p{P}\p{Sc}\p{Sm} ]*$/u.test(comment);
}
