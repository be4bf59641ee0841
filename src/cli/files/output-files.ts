/** Refuses outputs that are inputs of the same run, and finds unfinished files of killed runs. */
import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Failure } from '../../failure.ts';
import { leftOversOf } from '../../files/left-overs.ts';
import { longFlag } from '../arguments/option.ts';
import { OPTIONS } from '../arguments/options.ts';

/** The options that name files to write. */
export const OUTPUTS = ['report', 'rejects', 'output', 'saveMapping', 'html'] as const;

/** The options that name files to read. */
export const INPUTS = ['mapping', 'join', 'tokenFile', 'caFile'] as const;

/** The environment variables that name files to read. */
const INPUT_VARIABLES = ['METRIKA_TOKEN_FILE', 'NODE_EXTRA_CA_CERTS'] as const;

/** The files that a command line reads and writes. */
export interface FilesOfRun {
  readonly options: object;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The files of calls, as named or as the matches of patterns, and other files that are read. */
  readonly operands: readonly string[];
}

/**
 * Refuses an output file that the same run also reads, or that is named for two outputs. Links to
 * the same file are refused too. Call this function before any file is opened.
 *
 * @throws Failure `output-is-input` (exit 2)
 */
export function refuseOverwriting({ options, environment, operands }: FilesOfRun): void {
  const inputs = [
    ...operands,
    ...INPUTS.flatMap((name) => named(options, name)),
    ...INPUT_VARIABLES.flatMap((name) => environment[name] ?? []),
  ];
  const outputs = outputsOf(options);
  for (const [at, { name, path }] of outputs.entries()) {
    const others = outputs.slice(0, at).map((one) => one.path);
    if ([...inputs, ...others].some((input) => isSameFile(input, path))) {
      throw new Failure('output-is-input', { flag: longFlag(OPTIONS[name].flags), path });
    }
  }
}

/** Returns the unfinished output files that earlier, killed runs have left. */
export function leftOvers(options: object): string[] {
  return outputsOf(options).flatMap(({ path }) => leftOversOf(path));
}

function outputsOf(options: object): { name: (typeof OUTPUTS)[number]; path: string }[] {
  return OUTPUTS.flatMap((name) => named(options, name).map((path) => ({ name, path })));
}

function named(options: object, name: string): string[] {
  const value: unknown = Object.entries(options).find(([key]) => key === name)?.[1];
  return typeof value === 'string' && value !== '-' ? [value] : [];
}

/** Says whether two paths lead to the same file, directly or through links. */
export function isSameFile(one: string, other: string): boolean {
  if (one === '-' || other === '-') return false;
  try {
    if (realpathSync(one) === realpathSync(other)) return true;
    const [first, second] = [statSync(one, { bigint: true }), statSync(other, { bigint: true })];
    // A device with two paths may be both an input and an output. So inodes are compared only if
    // the first path is a regular file.
    return first.isFile() && first.dev === second.dev && first.ino === second.ino;
  } catch {
    // Even if a file does not exist yet, two different paths can lead to it.
    return placeOf(one) === placeOf(other);
  }
}

/** Returns an absolute path, with the links of its folder resolved. The file need not exist. */
function placeOf(path: string): string {
  const whole = resolve(path);
  try {
    return join(realpathSync(dirname(whole)), basename(whole));
  } catch {
    return whole;
  }
}
