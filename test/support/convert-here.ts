import { join } from 'node:path';
import { writeCalls } from './calls.ts';
import { temporaryFolder } from './run.ts';
import { runHere } from './run-here.ts';

/** The result of a run of `convert`. */
export interface Converted {
  readonly code: number | null;
  /** The codes and lines of the errors, or the code of the failure. */
  readonly errors: readonly string[];
}

/** Runs `convert` on an export inside this process. */
export async function convert(
  content: string | Uint8Array,
  words: readonly string[],
): Promise<Converted> {
  const folder = temporaryFolder();
  const path = writeCalls(folder, 'export.csv', content);
  const out = ['--json', '-o', join(folder, 'calls.csv')];
  const { code, stdout } = await runHere(['convert', path, ...words, ...out]);
  const { results, error } = JSON.parse(stdout) as {
    results?: { validation: { findings: { code: string; severity: string; line: number }[] } }[];
    error?: { code: string };
  };
  const findings = results?.[0]?.validation.findings ?? [];
  const errors = findings
    .filter(({ severity }) => severity === 'error')
    .map((one) => `${one.code} ${String(one.line)}`);
  return { code, errors: error === undefined ? errors : [error.code] };
}
