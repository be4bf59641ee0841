/** The output files of a run: none is an input of it, and what killed runs left of them is found. */
import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Failure } from '../../failure.ts';
import { leftOversOf } from '../../files/left-overs.ts';
import { longFlag } from '../arguments/option.ts';
import { OPTIONS } from '../arguments/options.ts';

/** The options that name files to write. */
const OUTPUTS = ['report', 'rejects', 'output', 'saveMapping', 'html'] as const;

/** The options that name files to read. */
const INPUTS = ['mapping', 'join', 'tokenFile', 'caFile'] as const;

/** Variables of the environment that name files to read. */
const INPUT_VARIABLES = ['METRIKA_TOKEN_FILE', 'NODE_EXTRA_CA_CERTS'] as const;

/** What a run reads and writes, as far as its command line says. */
export interface FilesOfRun {
  readonly options: object;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The files of calls, as the command line names them or as a pattern matches them. */
  readonly operands: readonly string[];
}

/**
 * Refuses an output that is an input of the same run, by whatever name or link, before anything is opened.
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

/** The unfinished files that killed runs have left beside the outputs of this one. */
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

/** Whether two names lead to one file, by whatever link. */
export function isSameFile(one: string, other: string): boolean {
  if (one === '-' || other === '-') return false;
  try {
    if (realpathSync(one) === realpathSync(other)) return true;
    const [first, second] = [statSync(one, { bigint: true }), statSync(other, { bigint: true })];
    // Of a device the same may be read and written.
    return first.isFile() && first.dev === second.dev && first.ino === second.ino;
  } catch {
    // What is not there yet may be written under one name twice.
    return placeOf(one) === placeOf(other);
  }
}

/** Where a file is or would be, with the links of its folder followed. */
function placeOf(path: string): string {
  const whole = resolve(path);
  try {
    return join(realpathSync(dirname(whole)), basename(whole));
  } catch {
    return whole;
  }
}
