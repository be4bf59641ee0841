/** Finds and reads all settings files of a run. */
import { lstatSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { Failure } from '../../failure.ts';
import type { ReadSettings, SettingOwner } from './read-settings.ts';
import {
  projectFile,
  refuseStranger,
  type RunPlace,
  textOfSettings,
  userSettingsPath,
} from './settings-files.ts';

/** A settings file and its content. */
export interface SettingsFile extends ReadSettings {
  readonly owner: SettingOwner;
  readonly path: string;
}

/** The path of a settings file of a run. */
export interface SettingsPath {
  readonly owner: SettingOwner;
  /** The path, from the working folder if it is below that folder. */
  readonly path: string;
}

/**
 * Finds the settings files of a run, the strongest first.
 *
 * @param named the file of `--config` or METRIKA_CONFIG, which replaces the project's file
 * @returns the file of `named` even if it does not exist; other files only if they exist
 */
export function settingsPaths(named: string | undefined, place: RunPlace): readonly SettingsPath[] {
  const project = named === undefined ? projectFile(place) : undefined;
  const first: readonly SettingsPath[] =
    named !== undefined
      ? [{ owner: 'config', path: named }]
      : project !== undefined
        ? [{ owner: 'project', path: shortPath(project, place) }]
        : [];
  return [...first, { owner: 'user', path: userSettingsPath(place.environment) }];
}

/** Returns a path from the working folder if it is below that folder. */
export function shortPath(path: string, { folder }: RunPlace): string {
  if (folder === undefined) return path;
  const way = relative(folder, resolve(folder, path));
  return way === '' || way === '..' || way.startsWith(`..${sep}`) ? path : way;
}

/**
 * Reads the settings files of a run, the strongest first.
 *
 * @throws Failure (exit 2) if a file cannot be read, has a wrong key or value, or may be a
 *   stranger's
 */
export async function foundSettings(
  named: string | undefined,
  place: RunPlace,
): Promise<readonly SettingsFile[]> {
  const files: SettingsFile[] = [];
  for (const { owner, path } of settingsPaths(named, place)) {
    if (owner === 'project') refuseStranger(path, place);
    const text = textOfSettings(path);
    if (text !== undefined) files.push({ owner, path, ...(await contentOf(path, text, owner)) });
    else if (owner !== 'user' || isLink(path)) {
      throw new Failure('settings-unreadable', { path, reason: 'ENOENT' });
    }
  }
  return files;
}

/** Says whether a path is a link. A link to a file that is gone is an error, and not "no file". */
function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}

/** The last content of each file. A run reads the settings twice: first only for the language. */
const known = new Map<string, { readonly text: string; readonly content: ReadSettings }>();

async function contentOf(path: string, text: string, owner: SettingOwner): Promise<ReadSettings> {
  const key = `${owner}:${path}`;
  const before = known.get(key);
  if (before?.text === text) return before.content;
  const content = await readContent(path, text, owner);
  known.set(key, { text, content });
  return content;
}

async function readContent(path: string, text: string, owner: SettingOwner): Promise<ReadSettings> {
  // Most runs have no settings file, so the parser is loaded only if there is one.
  const { parseSettings } = await import('./settings-document.ts');
  const { readSettings } = await import('./read-settings.ts');
  return readSettings(parseSettings(path, withoutMark(text)), owner);
}

/** Returns a text without its byte-order mark, which some editors on Windows write. */
function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
