import { goodCalls, writeCalls } from './calls.ts';
import { FakeClock } from './fake-clock.ts';
import { temporaryFolder } from './run.ts';
import { runHere } from './run-here.ts';

/** The output of `upload --json`. */
export interface UploadDocument {
  readonly ok: boolean;
  readonly results: readonly {
    readonly file: string;
    readonly ok: boolean;
    readonly exit_code: number;
    readonly outcome: string;
    readonly sha256: string | null;
    readonly bytes: number | null;
    readonly rows: number | null;
    readonly conversions: readonly string[];
    readonly uploading: Record<string, unknown> | null;
    readonly validation: { errors: number; warnings: number; findings: { code: string }[] };
    readonly error?: { code: string; exit_code: number; message: string; hint: string };
  }[];
}

/** What `upload --json` prints about one file. */
interface Result {
  readonly outcome: string;
  readonly exit_code: number;
  readonly uploading: { readonly id: number } | null;
  readonly mark: string | null;
  readonly mark_kept?: false;
  readonly candidates: readonly { readonly id: number }[];
  readonly duplicates: readonly { readonly id: number }[];
  readonly error?: { readonly code: string; readonly message: string; readonly hint: string };
}

/** The result of a run of `upload`: its exit code, and what it printed about its first file. */
interface Sent extends Result {
  readonly code: number | null;
  readonly stderr: string;
}

/** Runs `upload --json` with a token and a fake clock. */
export async function upload(words: readonly string[], clock = now()): Promise<Sent> {
  const { code, stdout, stderr } = await runHere(['upload', '--json', ...words], {
    env: { METRIKA_TOKEN: 'y0_some_token_0123456789' },
    clock,
  });
  const { results } = JSON.parse(stdout) as { results: Result[] };
  const [result] = results;
  if (result === undefined) throw new Error(stdout);
  return { ...result, code, stderr };
}

/** Returns a fake clock that starts at the current time. On this clock, waiting takes no time. */
export function now(): FakeClock {
  return new FakeClock(Date.now());
}

/** Writes a file of calls, and returns its path. */
export function calls(rows = 5, tag = 'north'): string {
  return writeCalls(temporaryFolder(), 'calls.csv', goodCalls(rows, tag));
}
