/** Checks a file of calls and uploads it, for programs. */
import { LosslessNumber } from 'lossless-json';
import type { StopSignal } from '../abortable.ts';
import type { InvalidLimit } from '../calls/check/check-file.ts';
import { systemClock } from '../clock.ts';
import { worstExitCode } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import {
  LARGEST_COUNTER,
  LARGEST_FILE,
  LONGEST_COMMENT,
  RETRY_TIME,
  SANDBOX_COUNTER,
} from '../limits.ts';
import { apiAddress, DEFAULT_API_URL, isLoopback } from '../metrika/api-address.ts';
import { MetrikaClient } from '../metrika/client.ts';
import type { Fetch } from '../metrika/fetch.ts';
import { ApiToken } from '../metrika/token.ts';
import { openConnections, type ProxyEnvironment } from '../metrika/undici-fetch.ts';
import { maskedWithinReport } from '../safe-text/masking.ts';
import { quoted } from '../safe-text/quoted.ts';
import { startSandbox } from '../sandbox/server.ts';
import { requireRoomForMark } from '../upload/comment.ts';
import { Interruption } from '../upload/interruption.ts';
import { Journal } from '../upload/journal.ts';
import type { NextCommands } from '../upload/run.ts';
import { sendFile, type UploadOptions } from '../upload/upload-file.ts';
import { en } from '../words/en.ts';
import type { CommandLine } from '../words/en/failures.ts';
import { type UploadedCalls, uploadedDocument } from './documents.ts';
import { type CheckingOptions, checkOptionsFrom } from './options.ts';
import { checkerFor, type MappingOptions } from './recipe.ts';
import { type CallsSource, openable } from './source.ts';
import { type UploadProgress, uploadProgress } from './upload-progress.ts';

/** How to upload a file, with the defaults of the command. */
export interface UploadCallsOptions extends CheckingOptions, MappingOptions {
  /** The number of the counter; a sandbox needs none. */
  readonly counter?: number | undefined;
  /** The OAuth token; a sandbox needs none. */
  readonly token?: string | undefined;
  /** Starts a sandbox for this one upload and uses it. */
  readonly sandbox?: boolean | undefined;
  /** Another base address of the service. */
  readonly apiUrl?: string | undefined;
  /** A host that may get the token though it is not known to be Metrica's. */
  readonly trustApiHost?: string | undefined;
  /** At most 255 characters. */
  readonly comment?: string | undefined;
  /** The goal to make for the calls if there is none of this name. */
  readonly goalName?: string | undefined;
  /** Checks everything and sends nothing. */
  readonly dryRun?: boolean | undefined;
  /** Does not send a content that the counter has already. */
  readonly skipExisting?: boolean | undefined;
  /** One upload for each kind of identifier that the file fills. */
  readonly splitById?: boolean | undefined;
  /** The longest part of a file, in bytes; 1 GiB by default. */
  readonly partSize?: number | undefined;
  /** `false` refuses a file that is longer than a part. */
  readonly split?: boolean | undefined;
  /** Sends the records without errors, and leaves the others out. */
  readonly skipInvalid?: boolean | undefined;
  /** How many records may be left out: a number, or a share from 0 to 1 of all. */
  readonly maxInvalid?: InvalidLimit | undefined;
  /** Whether a file without calls is no error; nothing is sent then. */
  readonly allowEmpty?: boolean | undefined;
  /** Where to keep the records that are left out. */
  readonly rejects?: string | undefined;
  /** `false` makes errors of the changes before sending. */
  readonly convert?: boolean | undefined;
  /** Seconds without progress after which a request is given up; 60 by default. */
  readonly timeout?: number | undefined;
  /** How often a request is repeated at most; 5 by default. */
  readonly retries?: number | undefined;
  /** `false` leaves out the mark at the end of the comment, by which a lost upload is known again. */
  readonly mark?: boolean | undefined;
  /** `false` sends nothing again when it is not known whether it arrived. */
  readonly repeat?: boolean | undefined;
  /** Waits until processing finishes. */
  readonly wait?: boolean | undefined;
  /** Seconds after which the waiting ends; two hours by default. */
  readonly waitTimeout?: number | undefined;
  /** Seconds between two looks while waiting; 30 by default. */
  readonly pollInterval?: number | undefined;
  /** Certificate authorities to trust, in PEM, when not those of the platform. */
  readonly authorities?: readonly string[] | undefined;
  /** Where proxies are named; `process.env` by default. */
  readonly environment?: ProxyEnvironment | undefined;
  /** What sends the requests, when not connections of its own. */
  readonly fetch?: Fetch | undefined;
  /** A number from 0 to 1, for the spreading of retries. */
  readonly random?: (() => number) | undefined;
  /** Is called as the upload goes on. */
  readonly onProgress?: ((progress: UploadProgress) => void) | undefined;
}

/** What became of a file. One that went in several portions has a result for each. */
export interface UploadedFile extends UploadedCalls {
  readonly portions?: readonly UploadedCalls[];
}

const SECOND = 1000;
const TIMEOUT_SECONDS = 60;
const RETRIES = 5;
const WAIT_SECONDS = 7200;
const POLL_SECONDS = 30;
/** The service takes hours, a sandbox a second. */
const SANDBOX_POLL_SECONDS = 0.3;
const SANDBOX_STAGE_TIME = 250;

/**
 * Checks a file and uploads it, as `metrika-calls upload` does. What the file, the network and the service
 * do is in the result; so is an abort, with what is known of the file by then.
 *
 * @param source a path, or a stream of bytes, which is kept in a temporary file until it is sent
 * @returns the result; with `portions` when the file went in several, and the worst of them decides
 * @throws Failure (exit 2) for options that are missing or wrong
 * @see https://yandex.com/dev/metrika/en/management/openapi/calls/uploadCalls
 */
export async function uploadCalls(
  source: CallsSource,
  options: UploadCallsOptions,
): Promise<UploadedFile> {
  const { clock = systemClock, random = Math.random, onProgress } = options;
  const upload = { ...uploadOptionsFrom(options), checker: await checkerFor(options) };
  const token = tokenFrom(options);
  const address = options.sandbox === true ? undefined : addressFrom(options);
  if (address !== undefined && !isLoopback(new URL(address).hostname)) token.refuseShort();
  const stop = interruptedBy(options.signal);
  const sandbox =
    address === undefined
      ? await startSandbox({ port: 0, stageTime: SANDBOX_STAGE_TIME, now: clock.now })
      : undefined;
  const base = address ?? sandbox?.address ?? '';
  const timeout = (options.timeout ?? TIMEOUT_SECONDS) * SECOND;
  const connections = openConnections({
    address: base,
    connectTimeout: timeout,
    environment: options.environment ?? process.env,
    authorities: options.authorities,
  });
  const { name, open } = openable(source, stop.signal);
  try {
    const client = new MetrikaClient({
      address: base,
      token,
      fetch: options.fetch ?? connections.fetch,
      clock,
      random,
      timeout,
      retry: upload.retry,
      mask:
        options.showValues === true
          ? undefined
          : (text) => maskedWithinReport(text, new Set([String(upload.counter)])),
    });
    const follow = await sendFile(open, name, upload, {
      client,
      clock,
      random,
      signal: stop.signal,
      journal: new Journal(),
      commands: sandbox === undefined ? commandsFor(upload.counter) : NO_COMMANDS,
      onEvent: onProgress === undefined ? () => undefined : uploadProgress(onProgress),
    });
    const results = await follow();
    return together(
      results.map((result) => {
        const document = uploadedDocument(result, en);
        const { uploading, candidates, duplicates } = document;
        return { ...document, ...withPlainNumbers({ uploading, candidates, duplicates }) };
      }),
    );
  } finally {
    stop.release();
    await connections.close();
    await sandbox?.close();
  }
}

function together(results: readonly UploadedCalls[]): UploadedFile {
  const exitCode = worstExitCode(results.map(({ exit_code }) => exit_code));
  const decisive = results.find(({ exit_code }) => exit_code === exitCode);
  if (decisive === undefined) throw new Error('an upload without a result');
  return results.length === 1 ? decisive : { ...decisive, portions: results };
}

/** Numbers that JavaScript would round become text, so that a result can be written as JSON. */
function withPlainNumbers<Value>(value: Value): Value {
  if (typeof value === 'bigint') return String(value) as Value;
  if (value instanceof LosslessNumber) return value.value as Value;
  if (Array.isArray(value)) return value.map(withPlainNumbers) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]: [string, unknown]) => [key, withPlainNumbers(part)]),
  ) as Value;
}

function uploadOptionsFrom(options: UploadCallsOptions): UploadOptions {
  const { sandbox = false, comment, goalName: newGoalName, skipExisting = false } = options;
  const { rejects, skipInvalid = false, retries = RETRIES } = options;
  const counter = options.counter ?? (sandbox ? SANDBOX_COUNTER : undefined);
  if (counter === undefined) throw new Failure('counter-missing', {});
  requireWhole('counter', counter, 1, LARGEST_COUNTER);
  requireWhole('retries', retries, 0, 100);
  const partSize = options.partSize ?? LARGEST_FILE;
  requireWhole('partSize', partSize, 1, LARGEST_FILE);
  for (const key of ['timeout', 'waitTimeout', 'pollInterval'] as const) {
    requireSeconds(key, options[key]);
  }
  if (comment !== undefined && [...comment].length > LONGEST_COMMENT) {
    throw new Failure('setting-invalid', {
      source: 'options.comment',
      wanted: { kind: 'characters' },
      shown: quoted(comment),
    });
  }
  const marks = options.mark ?? true;
  if (marks) requireRoomForMark(comment);
  else if (skipExisting) throw new Failure('mark-needed', {});
  if (rejects !== undefined && !skipInvalid) throw new Failure('rejects-without-skipping', {});
  const interval = options.pollInterval ?? (sandbox ? SANDBOX_POLL_SECONDS : POLL_SECONDS);
  const waitTimeout = options.waitTimeout ?? WAIT_SECONDS;
  return {
    counter,
    parameters: { comment, newGoalName },
    check: checkOptionsFrom(options),
    portions: {
      largest: partSize,
      mayCut: options.split ?? true,
      byIdentifier: options.splitById ?? false,
    },
    rejectsPath: rejects,
    dryRun: options.dryRun ?? false,
    wait:
      options.wait === true
        ? { interval: interval * SECOND, timeout: waitTimeout * SECOND }
        : undefined,
    marks,
    repeat: options.repeat ?? true,
    skipExisting,
    retry: { retries, totalTime: RETRY_TIME },
  };
}

function requireWhole(key: string, value: number, from: number, to: number): void {
  if (Number.isInteger(value) && value >= from && value <= to) return;
  throw new Failure('setting-invalid', {
    source: `options.${key}`,
    wanted: { kind: 'whole-number', from, to },
    shown: quoted(String(value)),
  });
}

function requireSeconds(key: string, value: number | undefined): void {
  if (value === undefined || (Number.isFinite(value) && value > 0)) return;
  throw new Failure('setting-invalid', {
    source: `options.${key}`,
    wanted: { kind: 'seconds' },
    shown: quoted(String(value)),
  });
}

function tokenFrom({ token, sandbox = false }: UploadCallsOptions): ApiToken {
  // A sandbox takes any token, and must never see a real one.
  if (sandbox) return new ApiToken('sandbox', 'options.sandbox');
  if (token === undefined) throw new Failure('token-missing', {});
  return new ApiToken(token, 'options.token');
}

function addressFrom(options: UploadCallsOptions): string {
  const { apiUrl = DEFAULT_API_URL, trustApiHost, environment = process.env } = options;
  const address = apiAddress(apiUrl, trustApiHost);
  if (environment['NODE_TLS_REJECT_UNAUTHORIZED'] === '0' && address.startsWith('https:')) {
    throw new Failure('certificate-check-off', {});
  }
  return address;
}

function commandLine(line: string): CommandLine {
  return { line, tokenIn: 'METRIKA_TOKEN' };
}

function commandsFor(counter: number): NextCommands {
  return {
    status: (id) => commandLine(`metrika-calls status --counter ${String(counter)} --wait ${id}`),
    list: () => commandLine(`metrika-calls list --counter ${String(counter)}`),
  };
}

/** A sandbox of one upload is gone when that is over. */
const NO_COMMANDS: NextCommands = { status: () => undefined, list: () => undefined };

/** A signal that is aborted with the program's own reason when that of the caller is. */
function interruptedBy(outer: StopSignal | undefined): {
  readonly signal: StopSignal;
  release(): void;
} {
  const controller = new AbortController();
  const onAbort = (): void => {
    controller.abort(new Interruption());
  };
  if (outer?.aborted === true) onAbort();
  outer?.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    release: () => {
      outer?.removeEventListener('abort', onAbort);
    },
  };
}
