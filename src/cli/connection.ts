import { randomUUID } from 'node:crypto';
import { abortable } from '../abortable.ts';
import { maskedWithinReport } from '../calls/masking.ts';
import { Failure, systemErrorCode, usageFailure } from '../failure.ts';
import { type Exchange, MetrikaClient } from '../metrika/client.ts';
import { RETRY_TIME, type RetryNotice } from '../metrika/retry.ts';
import { ApiToken } from '../metrika/token.ts';
import { openConnections } from '../metrika/undici-fetch.ts';
import type { CommandContext } from './command.ts';
import { setEngineFlags } from './engine-flags.ts';
import type { RawOptions } from './raw-options.ts';
import { type RemoteSettings, remoteSettings, type TokenSource } from './settings.ts';
import { withoutControls } from './terminal.ts';
import { timeSpan } from './words.ts';

/** A command's way to the service, or to a sandbox that was started for it. */
export interface Connection {
  readonly client: MetrikaClient;
  readonly settings: RemoteSettings;
  /** The base address in use. */
  readonly address: string;
  /** Command lines that go on from here, for hints; they never hold the token. */
  readonly commands: { status(id: string): string; list(): string };
}

/** How long each status lasts in the sandbox of one run, in milliseconds. */
const SANDBOX_STAGE_TIME = 250;

/**
 * Settles the settings, reads the token and lends the connection to `use`; all is closed after.
 *
 * @throws Failure for settings that are missing or wrong, and whatever `use` throws
 */
export async function withConnection<Result>(
  context: CommandContext,
  use: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const { io, options, output } = context;
  const settings = remoteSettings(options, io.environment);
  const authorities = await readAuthorities(context);
  const token = await readToken(settings.token, context);
  const sandbox = settings.address === undefined ? await startOwnSandbox(io.clock.now) : undefined;
  const address = settings.address ?? sandbox?.address ?? '';
  const connections = openConnections({
    address,
    connectTimeout: settings.timeout,
    environment: io.environment,
    authorities,
  });
  const client = new MetrikaClient({
    address,
    token,
    fetch: async (url, init) => {
      // Only now: the check of a file before is WebAssembly that should be optimized.
      await setEngineFlags('plainWebAssembly');
      return await connections.fetch(url, init);
    },
    clock: io.clock,
    random: io.random,
    timeout: settings.timeout,
    retry: { retries: settings.retries, totalTime: RETRY_TIME },
    mask: options.flag('show-values') ? undefined : maskedWithinReport,
    onExchange: (exchange) => {
      output.trace(exchangeLine(exchange));
    },
    onRetry: (notice) => {
      output.say(retryLine(notice));
    },
  });
  try {
    return await use({ client, settings, address, commands: commandLines(settings, options) });
  } finally {
    await connections.close();
    await sandbox?.close();
  }
}

async function readAuthorities({
  io,
  options,
}: CommandContext): Promise<readonly string[] | undefined> {
  const path = options.text('ca-file');
  if (path === undefined) return undefined;
  const { certificateAuthorities } = await import('./certificate-authorities.ts');
  return certificateAuthorities(path, io.environment);
}

async function startOwnSandbox(
  now: () => number,
): Promise<{ address: string; close(): Promise<void> }> {
  const { startSandbox } = await import('../sandbox/server.ts');
  return await startSandbox({ port: 0, stageTime: SANDBOX_STAGE_TIME, now });
}

async function readToken(source: TokenSource, context: CommandContext): Promise<ApiToken> {
  if (source.kind === 'sandbox') return new ApiToken(randomUUID(), 'the sandbox');
  const { text, origin } =
    source.kind === 'text'
      ? source
      : { text: await readTokenFile(source.path, source.origin, context), origin: source.origin };
  const token = new ApiToken(text, origin);
  context.io.secrets.add(text.trim());
  return token;
}

async function readTokenFile(
  path: string,
  origin: string,
  context: CommandContext,
): Promise<string> {
  if (path === '-') return await readTokenFromStdin(context);
  const { readFile, stat } = await import('node:fs/promises');
  try {
    const { mode } = await stat(path);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      context.output.complain(
        `Others on this machine can read the token file; close it with: chmod 600 ${withoutControls(path)}`,
      );
    }
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    throw usageFailure(
      'token-file-unreadable',
      `The token file of ${origin} cannot be read: ${path} (${code}).`,
      'Check the path and that you may read the file.',
    );
  }
}

async function readTokenFromStdin({ io, operands }: CommandContext): Promise<string> {
  if (operands.includes('-')) {
    throw usageFailure(
      'stdin-twice',
      'Standard input cannot be both the token and the calls.',
      'Give the token by METRIKA_TOKEN or a file.',
    );
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of abortable(io.stdin, io.signal)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function exchangeLine({ method, url, status, duration, requestId }: Exchange): string {
  const outcome = status === undefined ? 'no answer' : `HTTP ${String(status)}`;
  const id = requestId === undefined ? '' : `, request id ${withoutControls(requestId)}`;
  return `${method} ${url}: ${outcome} after ${String(Math.round(duration))} ms${id}`;
}

/** One line about a retry: what happened, and when it is tried again. */
export function retryLine({ failure, wait, retry, retries }: RetryNotice): string {
  return `${withoutControls(failure.message)} Trying again in ${wait < 1000 ? 'less than a second' : timeSpan(wait)} (${String(retry)} of ${String(retries)}).`;
}

/** Command lines that work when they are copied; they name the place of the token, never the token. */
function commandLines(settings: RemoteSettings, options: RawOptions): Connection['commands'] {
  const repeated = ['api-url', 'trust-api-host', 'ca-file', 'token-file'].flatMap((name) => {
    const value = options.text(name);
    return value === undefined ? [] : [`--${name} ${shellWord(value)}`];
  });
  const target = [
    ...(settings.address === undefined ? ['--sandbox'] : []),
    `--counter ${String(settings.counter)}`,
    ...repeated,
  ].join(' ');
  return {
    status: (id) => `metrika-calls status ${target} --wait ${id}`,
    list: () => `metrika-calls list ${target}`,
  };
}

function shellWord(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** The failure of a run that was broken off while it only read. */
export function brokenOff(what: string, command: string): Failure {
  return new Failure({
    code: 'interrupted',
    exitCode: 130,
    message: `Interrupted: ${what}.`,
    hint: `Go on with: ${command}`,
  });
}
