/** Finds and opens the files that the command line names. */
import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { allowedAddress } from '../../addresses/file-address.ts';
import { Failure } from '../../failure.ts';
import type { LocalFile } from '../../files/local-file.ts';
import { targetBelow } from '../../files/path-below.ts';
import { spooled } from '../../files/spooled-file.ts';
import { UnreadableFile } from '../../files/unreadable-file.ts';
import { isAddress, sourceName } from '../../safe-text/address-text.ts';
import type { CommandContext } from '../arguments/command.ts';
import { setEngineFlags } from '../io/engine-flags.ts';
import { refuseOverwriting } from './output-files.ts';

/** A file that the command line names. */
export interface InputFile {
  /** The name as the user wrote it. */
  readonly name: string;
  /** @throws UnreadableFile */
  readonly open: () => Promise<LocalFile>;
}

/** The file name of standard input in an upload. */
const STDIN_FILE_NAME = 'calls.csv';

/**
 * Returns the files of a command line. `-` is standard input. Some shells do not expand a pattern
 * such as `calls-*.csv`. Then this function returns the matching files, sorted by name. If the name
 * of a file is exactly the pattern, only that file is returned.
 *
 * @param mayMatchNothing whether to skip patterns without matches; the user sees a remark for each
 *   skipped pattern
 * @throws Failure (exit 2) if a file is named twice, if standard input is a terminal, or if a file
 *   of a project's settings is outside the project
 */
export async function inputFiles(
  operands: readonly string[],
  mayMatchNothing: boolean,
  context: Pick<CommandContext, 'io' | 'output' | 'openFile' | 'filesBelow'> & {
    readonly options: object;
  },
): Promise<InputFile[]> {
  const { io, output, options } = context;
  const matches = await Promise.all(operands.map(matching));
  const unmatched = new Set(operands.filter((_, at) => matches[at]?.length === 0));
  const names = operands.flatMap((operand, at) => {
    if (!unmatched.has(operand)) return matches[at] ?? [];
    if (!mayMatchNothing) return [operand];
    output.remark(output.words.screens.files.noneMatched(operand));
    return [];
  });
  refuseOverwriting({ options, environment: io.environment, operands: names });
  refuseOutside(names, context.filesBelow);
  const seen = new Set<string>();
  return names.map((name) => {
    const key = name === '-' || isAddress(name) ? name : resolve(name);
    if (seen.has(key)) {
      throw new Failure('file-twice', { name: sourceName(name) });
    }
    seen.add(key);
    return unmatched.has(name) ? nothingMatched(name) : withSmallHeap(inputFile(name, context));
  });
}

/**
 * Refuses files outside a folder, also those that a pattern matches, or that links lead to.
 *
 * @throws Failure `settings-file-outside` (exit 2)
 */
function refuseOutside(names: readonly string[], folder: string | undefined): void {
  if (folder === undefined) return;
  const outside = names.find(
    (name) => !isAddress(name) && targetBelow(folder, resolve(name)) === 'outside',
  );
  if (outside !== undefined) throw new Failure('settings-file-outside', { path: outside, folder });
}

/**
 * Limits the memory of the run if the file is large. The limit does no harm, because the check
 * reads bytes and needs little memory.
 */
function withSmallHeap({ name, open }: InputFile): InputFile {
  return { name, open: async () => await prepared(await open()) };
}

function nothingMatched(name: string): InputFile {
  return {
    name,
    open: () => Promise.reject(new UnreadableFile('file-not-found', { isPattern: true })),
  };
}

/**
 * Returns one file by its exact name or its web address. `-` is standard input.
 *
 * @throws Failure (exit 2) if standard input is a terminal, or the address must not be read
 */
export function inputFile(
  name: string,
  { io, openFile }: Pick<CommandContext, 'io' | 'openFile'>,
): InputFile {
  if (isAddress(name)) {
    allowedAddress(name);
    return { name: sourceName(name), open: () => openFile(name) };
  }
  if (name !== '-') return { name, open: () => openFile(name) };
  if (io.stdin.isTTY === true) {
    throw new Failure('stdin-is-terminal', {});
  }
  return { name, open: () => spooled(io.stdin, STDIN_FILE_NAME, io.signal) };
}

/**
 * The size above which a file is large, in bytes. Large files are read with special engine flags.
 */
const LARGE = 8_000_000;

async function prepared(file: LocalFile): Promise<LocalFile> {
  if (file.size > LARGE) await setEngineFlags('smallHeap');
  return file;
}

const PATTERN = /[*?[\]{}]/;

/**
 * @returns the files that match the operand; the operand itself if it is not a pattern, or if a
 *   file has exactly this name
 */
async function matching(operand: string): Promise<string[]> {
  // A question mark in an address begins the query of the address. It is not a pattern.
  if (isAddress(operand) || !PATTERN.test(operand) || existsSync(operand)) return [operand];
  const { glob } = await import('tinyglobby');
  const pattern = process.platform === 'win32' ? operand.replaceAll('\\', '/') : operand;
  const found = await glob(pattern, { expandDirectories: false, absolute: isAbsolute(operand) });
  return found.sort();
}
