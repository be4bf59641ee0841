/**
 * The names that the user's own files hold, for completion: counters and profiles. Nothing here uses
 * the network, and whatever cannot be read or trusted is left out without a word.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { LARGEST_COUNTER } from '../../limits.ts';
import { UNSEEN } from '../../safe-text/visible.ts';
import type { Environment } from '../io/io.ts';
import { userFolder } from '../io/user-folder.ts';
import type { KnownName } from '../output/reporter.ts';
import { foundSettings } from '../settings/found-settings.ts';
import { placeOfProcess } from '../settings/settings-files.ts';

/** The kinds of names, with the functions that read them. */
const READERS = {
  counters: keptCounters,
  profiles: profileNames,
} as const satisfies Readonly<Record<string, NameReader>>;

type NameReader = (
  environment: Environment,
) => readonly KnownName[] | Promise<readonly KnownName[]>;

/** A kind of names from the user's own files. */
export type KnownKind = keyof typeof READERS;

export const KNOWN_KINDS = Object.keys(READERS) as KnownKind[];

/** Returns the names of a kind. It never fails: what cannot be read has no names. */
export async function knownNames(
  kind: KnownKind,
  environment: Environment,
): Promise<readonly KnownName[]> {
  try {
    const names = await READERS[kind](environment);
    return names.map(({ name, text }) => ({
      name: oneLine(name),
      text: oneLine(text).slice(0, LONGEST_TEXT),
    }));
  } catch {
    return [];
  }
}

/** The longest text beside a name, in UTF-16 units. */
const LONGEST_TEXT = 80;

/** The largest file of kept counters, in bytes. */
const LARGEST_FILE = 4_000_000;

const FOR_OTHERS = 0o077;

const KEPT_COUNTERS = z.object({
  counters: z.array(
    z.object({
      id: z.int().check(z.minimum(1), z.maximum(LARGEST_COUNTER)),
      name: z.optional(z.string()),
      site: z.optional(z.string()),
    }),
  ),
});

/**
 * Returns the counters that an earlier run kept in the user's folder.
 *
 * @throws any error of the system, or of zod, if the file cannot be used
 */
function keptCounters(environment: Environment): KnownName[] {
  const text = privateFile(join(userFolder(environment), 'counters.json'));
  if (text === undefined) return [];
  const { counters } = KEPT_COUNTERS.parse(JSON.parse(text));
  return counters.map(({ id, name, site }) => ({
    name: String(id),
    text: [name, site].filter(Boolean).join(' '),
  }));
}

/**
 * Returns the profiles of the settings files.
 *
 * @throws Failure if a settings file has an error
 */
async function profileNames(environment: Environment): Promise<KnownName[]> {
  const { METRIKA_CONFIG: named } = environment;
  const files = await foundSettings(named || undefined, placeOfProcess(environment));
  const names = new Set(files.flatMap(({ profiles }) => profiles));
  return [...names].map((name) => ({ name, text: '' }));
}

/**
 * Reads a file that only the user can read.
 *
 * @returns `undefined` if the file is no regular file, is too large, or can be read by others
 */
function privateFile(path: string): string | undefined {
  // A pipe in the place of the file must not hold up the shell. Windows has no such flag, and a
  // missing flag counts as 0.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const { mode, size, uid } = fstatSync(file);
    const isRegular = (mode & constants.S_IFMT) === constants.S_IFREG;
    const isOwn =
      process.getuid === undefined || (uid === process.getuid() && (mode & FOR_OTHERS) === 0);
    return isRegular && isOwn && size <= LARGEST_FILE ? readFileSync(file, 'utf8') : undefined;
  } finally {
    closeSync(file);
  }
}

/** Removes everything from a text that could command a shell or a terminal. */
function oneLine(text: string): string {
  return text.replace(UNSEEN, ' ').replace(/\s+/g, ' ').trim();
}
