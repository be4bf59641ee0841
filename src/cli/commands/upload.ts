import { type ExitCode, worstExitCode } from '../../exit-codes.ts';
import { usageFailure } from '../../failure.ts';
import { uploadPath, uploadQuery, queryString } from '../../metrika/client.ts';
import { writeJson } from '../../metrika/lossless-json.ts';
import { RETRY_TIME } from '../../metrika/retry.ts';
import type { CallUploading } from '../../metrika/schemas.ts';
import { requireRoomForFingerprint } from '../../upload/fingerprint.ts';
import {
  uploadFile,
  type UploadResult,
  type UploadSettings,
  type UploadWatcher,
} from '../../upload/upload-file.ts';
import { checkOptions, reporting, withFindingReport } from '../check-options.ts';
import type { CommandContext } from '../command.ts';
import { type Connection, retryLine, withConnection } from '../connection.ts';
import { inputFiles, shownName } from '../input-files.ts';
import type { Output } from '../output.ts';
import type { RawOptions } from '../raw-options.ts';
import { Progress } from '../progress.ts';
import { failureFields, renderFailure } from '../render/failure.ts';
import { type CheckedForGithub, failureCommand } from '../render/github.ts';
import { renderCounts, renderFindings, validationFields } from '../render/findings.ts';
import { renderUploading } from '../render/uploading.ts';
import { POLL_INTERVAL, uploadParameters, waitSettings } from '../settings.ts';
import { withoutControls } from '../terminal.ts';
import { byteSize, counted } from '../words.ts';

/** The service takes hours, a sandbox a second; in milliseconds. */
const SANDBOX_POLL_INTERVAL = 300;

/** `metrika-calls upload`: check, send, and say what became of it. */
export async function runUpload(context: CommandContext): Promise<ExitCode> {
  const { io, options, operands, output } = context;
  const inputs = inputFiles(operands, io);
  const parameters = uploadParameters(options);
  if (options.flag('skip-existing')) requireRoomForFingerprint(parameters.comment);
  const check = checkOptions(options);
  const rejects = rejectsPath(options, inputs.length);
  const interval = options.flag('sandbox') ? SANDBOX_POLL_INTERVAL : POLL_INTERVAL;
  const wait = waitSettings(options, interval);

  return await withConnection(context, async (connection) => {
    const { retries, counter } = connection.settings;
    const settings: UploadSettings = {
      counter,
      parameters,
      check,
      rejectsPath: rejects,
      dryRun: options.flag('dry-run'),
      wait: options.flag('wait') ? wait : undefined,
      repeat: options.notRefused('repeat'),
      skipExisting: options.flag('skip-existing'),
      retry: { retries, totalTime: RETRY_TIME },
    };
    if (parameters.comment !== undefined) warnOfComment(parameters.comment, output);
    const progress = await Progress.start(output, io.clock);
    const results: UploadResult[] = [];
    const taken = new Set<string>();
    const sent = new Map<string, CallUploading>();
    await withFindingReport(options, async (findingReport) => {
      for (const input of inputs) {
        const checkOfFile = { ...check, ...reporting(findingReport, input.name) };
        const result = await uploadFile(
          input.open,
          input.name,
          { ...settings, check: checkOfFile },
          {
            client: connection.client,
            clock: io.clock,
            random: io.random,
            taken,
            sent,
            signal: io.signal,
            watcher: watch(shownName(input.name), settings, progress, output),
            commands: connection.commands,
          },
        );
        progress.stop();
        findingReport?.end();
        results.push(result);
        if (!output.json) tell(result, settings, connection, output);
      }
    }).finally(() => {
      progress.stop();
    });
    const worst = worstExitCode(results.map(({ exitCode }) => exitCode));
    if (output.json) {
      const documents = results.map((result) => resultFields(result, settings, connection));
      output.result(writeJson({ ok: worst === 0, results: documents }, 2));
    }
    if (output.github) {
      const { reportToGithub } = await import('../github-output.ts');
      await reportToGithub(results.map(forGithub), io, output);
    }
    return worst;
  });
}

function rejectsPath(options: RawOptions, files: number): string | undefined {
  const path = options.text('rejects');
  if (path === undefined) return undefined;
  if (!options.flag('skip-invalid')) {
    throw usageFailure(
      'rejects-without-skipping',
      '--rejects keeps what --skip-invalid leaves out, and --skip-invalid is not given.',
      'Add --skip-invalid, or leave --rejects out.',
    );
  }
  if (files > 1) {
    throw usageFailure(
      'rejects-of-many',
      '--rejects names one file, and several files are to be sent.',
      'Send each file with a --rejects of its own.',
    );
  }
  return path;
}

function watch(
  name: string,
  settings: UploadSettings,
  progress: Progress,
  output: Output,
): UploadWatcher {
  const { counter, rejectsPath: rejects } = settings;
  return {
    checking: (total) => {
      progress.step(`${name}: checking ${byteSize(total)}`);
    },
    checked: (validation, records) => {
      progress.step(`${name}: ${counted(records, 'call')}, ${renderCounts(validation)}`);
    },
    leftOut: (records) => {
      const kept =
        rejects === undefined ? '; --rejects keeps them' : `, kept in ${withoutControls(rejects)}`;
      output.say(`${name}: ${counted(records, 'call')} with errors left out${kept}`);
    },
    sending: (attempt, total) => {
      const again = attempt > 1 ? `, attempt ${String(attempt)}` : '';
      progress.step(`${name}: sending ${byteSize(total)} to counter ${String(counter)}${again}`);
    },
    transferred: (bytes, total) => {
      progress.transferred(bytes, total);
    },
    retrying: (notice) => {
      output.say(retryLine(notice));
    },
    looking: (failure) => {
      output.say(withoutControls(failure.message));
      progress.step(`${name}: looking whether it arrived`);
    },
    adopted: (uploading) => {
      output.say(`${name}: it did arrive, as uploading ${uploading.id}`);
    },
    existing: (uploading) => {
      output.say(
        `${name}: the counter has this content already, as uploading ${uploading.id}; not sent again`,
      );
    },
    twins: (uploading, others) => {
      const ids = [uploading, ...others].map(({ id }) => id).join(', ');
      output.complain(
        `${name}: another run sent the same content at the same time; the uploadings are ${ids}`,
      );
    },
    uploaded: (uploading) => {
      progress.step(`${name}: uploading ${uploading.id}, status ${uploading.status ?? 'unknown'}`);
    },
    waiting: (uploading) => {
      progress.step(`${name}: uploading ${uploading.id}, status ${uploading.status ?? 'unknown'}`);
    },
  };
}

const PROMISED_CHARACTERS = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Nd}\p{P}\p{Sc}\p{Sm} ]*$/u;

function warnOfComment(comment: string, output: Output): void {
  if (PROMISED_CHARACTERS.test(comment)) return;
  output.say(
    'The comment has characters beyond letters, digits and punctuation; the service may change or refuse them.',
  );
}

function tell(
  result: UploadResult,
  settings: UploadSettings,
  connection: Connection,
  output: Output,
): void {
  const { failure, uploading, validation, outcome } = result;
  const name = shownName(result.file);
  const findings =
    result.rows === undefined || output.github ? [] : renderFindings(validation, output.messages);
  if (findings.length > 0) {
    const lines = [`${name}:`, ...findings].join('\n');
    if (failure?.code === 'validation-failed') output.complain(lines);
    else output.say(lines);
  }
  if (outcome === 'dry-run' && !output.settings.quiet) {
    output.result(dryRunLines(result, settings, connection, output).join('\n'));
  }
  if (uploading !== undefined && !output.settings.quiet) {
    const [head = '', ...facts] = renderUploading(uploading, output.results);
    output.result([`${name}: ${head}`, ...facts].join('\n'));
  }
  if (failure === undefined) return;
  if (output.github) output.result(failureCommand(failure, result.file));
  else output.complain(renderFailure(failure, output.messages, name));
}

function dryRunLines(
  result: UploadResult,
  settings: UploadSettings,
  connection: Connection,
  output: Output,
): string[] {
  const { paint } = output.results;
  const row = (name: string, value: string): string =>
    `  ${paint.dim(name.padEnd(9))}  ${withoutControls(value)}`;
  return [
    `${shownName(result.file)}: nothing sent (dry run)`,
    row('request', `POST ${requestUrl(settings, connection)}`),
    row('file', `${counted(result.rows ?? 0, 'call')}, ${counted(result.bytes ?? 0, 'byte')}`),
    row('sha256', result.sha256 ?? ''),
    row('changes', result.conversions.length === 0 ? 'none' : result.conversions.join(', ')),
    ...connection.settings.origins.map(({ name, value, source }) =>
      row(name, `${value} (${source})`),
    ),
  ];
}

function requestUrl({ counter, parameters }: UploadSettings, { address }: Connection): string {
  return `${address}${uploadPath(counter)}${queryString(uploadQuery(parameters))}`;
}

function resultFields(
  result: UploadResult,
  settings: UploadSettings,
  connection: Connection,
): Record<string, unknown> {
  return {
    file: result.file,
    ok: result.exitCode === 0,
    exit_code: result.exitCode,
    outcome: result.outcome,
    sha256: result.sha256 ?? null,
    bytes: result.bytes ?? null,
    rows: result.rows ?? null,
    rejected_rows: result.rejectedRows ?? null,
    conversions: result.conversions,
    uploading: result.uploading?.asSent ?? null,
    validation: validationFields(result.validation),
    ...(result.failure === undefined ? {} : { error: failureFields(result.failure) }),
    ...(result.outcome === 'dry-run'
      ? {
          request: { method: 'POST', url: requestUrl(settings, connection) },
          settings: connection.settings.origins,
        }
      : {}),
  };
}

function forGithub({ file, rows, validation, outcome, uploading }: UploadResult): CheckedForGithub {
  const words = uploading === undefined ? outcome : `${outcome} as ${uploading.id}`;
  return { file, rows: rows ?? 0, validation, outcome: words };
}
