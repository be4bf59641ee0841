import pLimit from 'p-limit';
import { type ExitCode, worstExitCode } from '../../exit-codes.ts';
import { writeJson } from '../../metrika/lossless-json.ts';
import { RunJournal } from '../../upload/run-journal.ts';
import { uploadFile, type UploadResult, type UploadSettings } from '../../upload/upload-file.ts';
import { reporting, withFindingReport } from '../check-options.ts';
import type { CommandContext } from '../command.ts';
import { type Connection, withConnection } from '../connection.ts';
import type { FindingReport } from '../finding-report.ts';
import { type InputFile, inputFiles, shownName } from '../input-files.ts';
import type { Output } from '../output.ts';
import { Progress } from '../progress.ts';
import { renderFailure } from '../render/failure.ts';
import { failureCommand } from '../render/github.ts';
import { renderFindings } from '../render/findings.ts';
import {
  dryRunLines,
  forGithub,
  renderSummary,
  resultFields,
  resultName,
} from '../render/upload-result.ts';
import { renderUploading } from '../render/uploading.ts';
import { concurrency, retryPolicy, uploadOptions } from '../upload-options.ts';
import { uploadWatcher } from '../upload-watch.ts';

/** `metrika-calls upload`: check, send, and say what became of it. */
export async function runUpload(context: CommandContext): Promise<ExitCode> {
  const { io, options, operands, output } = context;
  const inputs = await inputFiles(operands, io);
  const upload = uploadOptions(options, inputs.length);
  const atOnce = pLimit(concurrency(options));

  return await withConnection(context, async (connection) => {
    const { retries, counter } = connection.settings;
    const settings: UploadSettings = { ...upload, counter, retry: retryPolicy(retries) };
    warnOfComment(settings.parameters.comment, output);
    const progress = await Progress.start(output, io.clock);
    const run: Run = { context, connection, settings, progress, journal: new RunJournal() };
    const results = await withFindingReport(options, async (report) => {
      const all = await Promise.all(
        inputs.map((input) => atOnce(() => uploadOne(input, report, run))),
      );
      return all.flat();
    }).finally(() => {
      progress.stop();
    });
    return await conclude(results, run);
  });
}

/** What the files of one run share. */
interface Run {
  readonly context: CommandContext;
  readonly connection: Connection;
  readonly settings: UploadSettings;
  readonly progress: Progress;
  readonly journal: RunJournal;
}

async function uploadOne(
  input: InputFile,
  report: FindingReport | undefined,
  { context, connection, settings, progress, journal }: Run,
): Promise<UploadResult[]> {
  const { io, output } = context;
  const track = progress.track();
  const check = {
    ...settings.check,
    ...reporting(report, input.name),
  };
  const results = await uploadFile(
    input.open,
    input.name,
    { ...settings, check },
    {
      client: connection.client,
      clock: io.clock,
      random: io.random,
      journal,
      signal: io.signal,
      watcher: uploadWatcher(input.name, settings, track, output, () => report?.end()),
      commands: connection.commands,
    },
  ).finally(() => {
    track.end();
  });
  if (output.json) return results;
  tellFindings(results, output);
  if (results[0]?.outcome === 'dry-run' && !output.settings.quiet) {
    output.result(dryRunLines(results, settings, connection, output.results).join('\n'));
  }
  for (const result of results) tell(result, output);
  return results;
}

async function conclude(
  results: readonly UploadResult[],
  { context, settings, connection }: Run,
): Promise<ExitCode> {
  const { io, output } = context;
  const worst = worstExitCode(results.map(({ exitCode }) => exitCode));
  if (output.json) {
    const documents = results.map((result) => resultFields(result, settings, connection));
    output.result(writeJson({ ok: worst === 0, results: documents }, 2));
  } else if (results.length > 1 && !output.settings.quiet) {
    output.result(['', ...renderSummary(results, output.results)].join('\n'));
  }
  if (output.github) {
    const { reportToGithub } = await import('../github-output.ts');
    await reportToGithub(forGithub(results), io, output);
  }
  return worst;
}

function warnOfComment(comment: string | undefined, output: Output): void {
  if (comment === undefined || hasPromisedCharacters(comment)) return;
  output.say(
    'The comment has characters beyond letters, digits and punctuation; the service may change or refuse them.',
  );
}

function hasPromisedCharacters(comment: string): boolean {
  // The engine takes a while to make this expression, so it is made where it is needed.
  return /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Nd}\p{P}\p{Sc}\p{Sm} ]*$/u.test(comment);
}

/** The findings of a file, once, however many results it has. */
function tellFindings([result]: readonly UploadResult[], output: Output): void {
  if (result?.rows === undefined || output.github) return;
  const findings = renderFindings(result.validation, output.messages);
  if (findings.length === 0) return;
  const lines = [`${shownName(result.file)}:`, ...findings].join('\n');
  if (result.failure?.code === 'validation-failed') output.complain(lines);
  else output.say(lines);
}

function tell(result: UploadResult, output: Output): void {
  const { failure, uploading } = result;
  const name = resultName(result);
  if (uploading !== undefined && !output.settings.quiet) {
    const [head = '', ...facts] = renderUploading(uploading, output.results);
    output.result([`${name}: ${head}`, ...facts].join('\n'));
  }
  if (failure === undefined) return;
  if (output.github) output.result(failureCommand(failure, result.file));
  else output.complain(renderFailure(failure, output.messages, name));
}
