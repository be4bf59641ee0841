import * as z from 'zod/mini';
import { usageFailure } from '../failure.ts';
import { quoted, type RawOptions } from './raw-options.ts';
import { apiAddress, DEFAULT_API_URL } from '../metrika/api-address.ts';
import { LONGEST_COMMENT } from '../upload/comment.ts';
import { LARGEST_FILE } from '../upload/portions.ts';
import type { Environment } from './terminal.ts';

/** A setting with the place it came from, for `--dry-run`. */
export interface SettingOrigin {
  readonly name: string;
  readonly value: string;
  readonly source: string;
}

/** Where to find the token; it is read only when it is needed. */
export type TokenSource =
  | { readonly kind: 'text'; readonly text: string; readonly origin: string }
  | { readonly kind: 'file'; readonly path: string; readonly origin: string }
  | { readonly kind: 'sandbox' };

/** The settings that every command needs that talks to the service. */
export interface RemoteSettings {
  readonly counter: number;
  readonly token: TokenSource;
  /** `undefined` when a sandbox is to be started for this run. */
  readonly address: string | undefined;
  /** Milliseconds without progress. */
  readonly timeout: number;
  readonly retries: number;
  readonly origins: readonly SettingOrigin[];
}

/** The counter that stands in when a sandbox is used. */
export const SANDBOX_COUNTER = 2_215_573;

const LARGEST_INT32 = 2_147_483_647;

const counterId = z.pipe(
  z.string().check(z.trim(), z.regex(/^\d{1,10}$/)),
  z.pipe(z.transform(Number), z.number().check(z.minimum(1), z.maximum(LARGEST_INT32))),
);
const seconds = z.pipe(
  z.string().check(z.regex(/^\d{1,6}(?:\.\d{1,3})?$/)),
  z.pipe(z.transform(Number), z.number().check(z.minimum(0.001), z.maximum(86_400))),
);
const retryCount = z.pipe(
  z.string().check(z.regex(/^\d{1,3}$/)),
  z.pipe(z.transform(Number), z.number().check(z.maximum(100))),
);
/** Timers of the platform end at 24 days. */
const LONGEST_SPAN = 20 * 86_400_000;
const UNIT_MILLISECONDS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const span = z.pipe(
  z.string().check(z.regex(/^\d{1,9}(?:\.\d{1,3})?(?:ms|s|m|h|d)?$/)),
  z.pipe(
    z.transform((text: string) => {
      const [, value = '', unit = 's'] = /^([\d.]+)([a-z]*)$/.exec(text) ?? [];
      return Number(value) * UNIT_MILLISECONDS[(unit || 's') as keyof typeof UNIT_MILLISECONDS];
    }),
    z.number().check(z.minimum(1), z.maximum(LONGEST_SPAN)),
  ),
);
const comment = z.string().check(z.refine((text) => [...text].length <= LONGEST_COMMENT));
const goalName = z.string().check(z.refine((text) => text.trim() !== ''));

/** A value as the schema makes it, or a usage failure that names the option and what it takes. */
function read<Output>(
  schema: z.ZodMiniType<Output>,
  given: Given | undefined,
  wanted: string,
): Output | undefined {
  if (given === undefined) return undefined;
  const parsed = schema.safeParse(given.text);
  if (parsed.success) return parsed.data;
  throw usageFailure(
    'setting-invalid',
    `${given.source} must be ${wanted}, not ${quoted(given.text)}.`,
    'Correct it and run the command again.',
  );
}

interface Given {
  readonly text: string;
  readonly source: string;
}

function given(
  options: RawOptions,
  flag: string,
  environment: Environment,
  variable?: string,
): Given | undefined {
  const value = options.text(flag);
  if (value !== undefined) return { text: value, source: `--${flag}` };
  const fromEnvironment = variable === undefined ? undefined : environment[variable];
  // An empty variable is how shells and CI systems say that there is none.
  return fromEnvironment === undefined || fromEnvironment === '' || variable === undefined
    ? undefined
    : { text: fromEnvironment, source: variable };
}

/**
 * Settles what a command needs to talk to the service: option, environment variable, default.
 *
 * @throws Failure (exit 2) that names the option or variable and what it takes
 */
export function remoteSettings(options: RawOptions, environment: Environment): RemoteSettings {
  const sandbox = options.flag('sandbox');
  if (sandbox && options.text('api-url') !== undefined) {
    throw usageFailure(
      'two-addresses',
      'Both --sandbox and --api-url are given, and only one of them can be used.',
      'Leave one of them out.',
    );
  }
  const counterGiven = given(options, 'counter', environment, 'METRIKA_COUNTER');
  const counter = read(
    counterId,
    counterGiven,
    `a whole number from 1 to ${String(LARGEST_INT32)}`,
  );
  if (counter === undefined && !sandbox) {
    throw usageFailure(
      'counter-missing',
      'No counter is given.',
      'Add --counter with the number of your counter, or set METRIKA_COUNTER. --sandbox needs none.',
    );
  }
  const address = sandbox ? undefined : settleAddress(options, environment);
  const token: TokenSource = sandbox ? { kind: 'sandbox' } : tokenSource(options, environment);
  const timeoutGiven = given(options, 'timeout', environment);
  const retriesGiven = given(options, 'retries', environment);
  const timeout = read(seconds, timeoutGiven, 'a number of seconds, as in 60') ?? 60;
  const retries = read(retryCount, retriesGiven, 'a whole number from 0 to 100') ?? 5;
  return {
    counter: counter ?? SANDBOX_COUNTER,
    token,
    address: address?.value,
    timeout: timeout * 1000,
    retries,
    origins: [
      {
        name: 'counter',
        value: String(counter ?? SANDBOX_COUNTER),
        source: counterGiven?.source ?? 'sandbox',
      },
      {
        name: 'token',
        value: '[token]',
        source: token.kind === 'sandbox' ? 'sandbox' : token.origin,
      },
      address ?? { name: 'api-url', value: 'a sandbox for this run', source: '--sandbox' },
      { name: 'timeout', value: `${String(timeout)} s`, source: timeoutGiven?.source ?? 'default' },
      { name: 'retries', value: String(retries), source: retriesGiven?.source ?? 'default' },
    ],
  };
}

function settleAddress(options: RawOptions, environment: Environment): SettingOrigin {
  const asked = given(options, 'api-url', environment, 'METRIKA_API_URL');
  const value = apiAddress(asked?.text ?? DEFAULT_API_URL, options.text('trust-api-host'));
  if (environment['NODE_TLS_REJECT_UNAUTHORIZED'] === '0' && value.startsWith('https:')) {
    throw usageFailure(
      'certificate-check-off',
      'NODE_TLS_REJECT_UNAUTHORIZED=0 switches the check of certificates off, so no token is sent.',
      'Unset it. If your network has a certificate authority of its own, name its file with --ca-file.',
    );
  }
  return { name: 'api-url', value, source: asked?.source ?? 'default' };
}

function tokenSource(options: RawOptions, environment: Environment): TokenSource {
  const text = options.text('token');
  const path = options.text('token-file');
  if (text !== undefined && path !== undefined) {
    throw usageFailure(
      'token-twice',
      'Both --token and --token-file are given.',
      'Leave one of them out; --token-file is the safer one.',
    );
  }
  if (text !== undefined) return { kind: 'text', text, origin: '--token' };
  if (path !== undefined) return { kind: 'file', path, origin: '--token-file' };
  const variable = environment['METRIKA_TOKEN'];
  if (variable !== undefined && variable !== '') {
    return { kind: 'text', text: variable, origin: 'METRIKA_TOKEN' };
  }
  const file = environment['METRIKA_TOKEN_FILE'];
  if (file !== undefined && file !== '') {
    return { kind: 'file', path: file, origin: 'METRIKA_TOKEN_FILE' };
  }
  throw usageFailure(
    'token-missing',
    'No OAuth token is given.',
    'Set METRIKA_TOKEN, or put the token into a file and name it with --token-file. --sandbox needs none.',
  );
}

/** What goes beside the file. */
export function uploadParameters(options: RawOptions): {
  comment: string | undefined;
  newGoalName: string | undefined;
} {
  return {
    comment: read(
      comment,
      given(options, 'comment', {}),
      `at most ${String(LONGEST_COMMENT)} characters`,
    ),
    newGoalName: read(goalName, given(options, 'goal-name', {}), 'a name that is not empty'),
  };
}

/** The pause between two looks when nobody asks for another, in milliseconds. */
export const POLL_INTERVAL = 30_000;

/**
 * How long and how often to wait, in milliseconds.
 *
 * @param interval the default pause between two looks, in milliseconds
 */
export function waitSettings(
  options: RawOptions,
  interval: number,
): { interval: number; timeout: number } {
  const wanted = 'a time from 1ms to 20d, as in 30s, 5m or 2h';
  return {
    interval: read(span, given(options, 'poll-interval', {}), wanted) ?? interval,
    timeout: read(span, given(options, 'wait-timeout', {}), wanted) ?? 2 * UNIT_MILLISECONDS.h,
  };
}

const UNIT_BYTES: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1000,
  m: 1000 ** 2,
  g: 1000 ** 3,
  kb: 1000,
  mb: 1000 ** 2,
  gb: 1000 ** 3,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
};

const size = z.pipe(
  z.string().check(z.regex(/^\s*\d{1,12}(?:\s*b?|(?:\.\d{1,3})?\s*[kmg](?:i?b)?)\s*$/i)),
  z.pipe(
    z.transform((text: string) => {
      const [, value = '', unit = ''] = /^\s*([\d.]+)\s*([a-z]*)/i.exec(text) ?? [];
      return Math.floor(Number(value) * (UNIT_BYTES[unit.toLowerCase()] ?? NaN));
    }),
    z.number().check(z.minimum(1), z.maximum(LARGEST_FILE)),
  ),
);

/**
 * How large a part of a file may be.
 *
 * @returns bytes; `undefined` when it is not given
 */
export function partSize(options: RawOptions): number | undefined {
  return read(
    size,
    given(options, 'part-size', {}),
    'a size up to 1 GB in B, kB, MB, GB, KiB, MiB or GiB, as in 500MB',
  );
}

/** How long each status of the sandbox lasts, in milliseconds. */
export function stageTime(options: RawOptions): number {
  return read(span, given(options, 'stage-time', {}), 'a time, as in 500ms, 5s or 30m') ?? 5000;
}
