/** Reads the values of a settings file: each key must be known, and each value must be valid. */
import { Failure } from '../../failure.ts';
import { nearestKey } from '../../library/options/nearest-key.ts';
import { isAddress } from '../../safe-text/address-text.ts';
import { quoted } from '../../safe-text/quoted.ts';
import { shownColumn } from '../../safe-text/shown-value.ts';
import type { Wanted } from '../../words/failure-parameters.ts';
import type { Option } from '../arguments/option.ts';
import { OPTIONS } from '../arguments/options.ts';
import { mayBeInProject, SETTING_NAMES, type SettingName } from './setting-keys.ts';
import { placeWords, type SettingPlace } from './setting-place.ts';
import {
  entriesOf,
  type SettingsDocument,
  type SettingsEntry,
  type SettingsNode,
} from './settings-document.ts';

/** Who a settings file belongs to. */
export type SettingOwner = 'project' | 'config' | 'user';

/** A valid value in a settings file. */
export type SettingValue = boolean | number | string | readonly string[];

/** One key of a settings file, with its value. */
export interface Setting {
  readonly name: SettingName;
  readonly value: SettingValue;
  readonly owner: SettingOwner;
  /** The name of the profile; `undefined` for a key outside of all profiles. */
  readonly profile: string | undefined;
  /** The place of the value. */
  readonly place: SettingPlace;
}

/** The content of a settings file. */
export interface ReadSettings {
  readonly settings: readonly Setting[];
  /** The names of all profiles, also of empty ones. */
  readonly profiles: readonly string[];
}

/** The keys that are not names of options, besides `files`. */
const SCHEMA = '$schema';
const PROFILES = 'profiles';

/**
 * Reads a settings file.
 *
 * @throws Failure (exit 2) with file, line and column: `settings-key-unknown`,
 *   `settings-key-refused`, `setting-invalid` or `settings-damaged`
 */
export function readSettings(document: SettingsDocument, owner: SettingOwner): ReadSettings {
  const reader = new SettingsReader(document, owner);
  const settings: Setting[] = [];
  const profiles: string[] = [];
  for (const entry of entriesOf(document, document.root)) {
    if (entry.key === SCHEMA) continue;
    if (entry.key !== PROFILES) {
      settings.push(reader.setting(entry, undefined));
      continue;
    }
    for (const profile of reader.entries(entry)) {
      profiles.push(profile.key);
      settings.push(...reader.entries(profile).map((one) => reader.setting(one, profile.key)));
    }
  }
  return { settings, profiles };
}

class SettingsReader {
  readonly #document: SettingsDocument;
  readonly #owner: SettingOwner;

  constructor(document: SettingsDocument, owner: SettingOwner) {
    this.#document = document;
    this.#owner = owner;
  }

  /** Returns the entries of a value that must be an object. */
  entries({ key, value }: SettingsEntry): readonly SettingsEntry[] {
    if (value.type === 'object') return entriesOf(this.#document, value);
    throw this.#wrong(key, value, { kind: 'type', type: 'object' });
  }

  /** Returns one setting. */
  setting({ key, keyNode, value }: SettingsEntry, profile: string | undefined): Setting {
    const name = SETTING_NAMES.find((one) => one === key);
    if (name === undefined) {
      throw new Failure('settings-key-unknown', {
        place: placeWords(this.#place(keyNode)),
        key: shownColumn(key),
        near: nearestKey(key, keysOf(profile)),
        isToken: key === 'token',
      });
    }
    if (this.#owner === 'project' && !mayBeInProject(name)) {
      const place = placeWords(this.#place(keyNode));
      throw new Failure('settings-key-refused', { place, key: name });
    }
    const read = this.#value(name, value);
    return { name, value: read, owner: this.#owner, profile, place: this.#place(value) };
  }

  #value(name: SettingName, node: SettingsNode): SettingValue {
    const raw = this.#plainValue(node);
    const read = raw === undefined ? undefined : readValue(name, raw);
    if (read !== undefined) return read;
    throw this.#wrong(name, node, wantedOf(name));
  }

  /** Returns the value; a number as it is written, so that it is read as an option is. */
  #plainValue(node: SettingsNode): boolean | string | readonly string[] | undefined {
    const value: unknown = node.value;
    if (node.type === 'number') return this.#text(node);
    if (typeof value === 'string' || typeof value === 'boolean') return value;
    if (node.type !== 'array') return undefined;
    const items = (node.children ?? []).map((child): unknown => child.value);
    return items.every((item) => typeof item === 'string') ? items : undefined;
  }

  #wrong(key: string, node: SettingsNode, wanted: Wanted): Failure {
    const source = `${placeWords(this.#place(node))}: ${shownColumn(key)}`;
    const shown =
      typeof node.value === 'string'
        ? quoted(node.value)
        : SHOWN_KINDS[node.type](this.#text(node));
    return new Failure('setting-invalid', { source, wanted, shown });
  }

  #text({ offset, length }: SettingsNode): string {
    return this.#document.text.slice(offset, offset + length);
  }

  #place({ offset }: SettingsNode): SettingPlace {
    return this.#document.placeOf(offset);
  }
}

/** What messages show for a value that is not a text. */
const SHOWN_KINDS: Readonly<
  Record<SettingsNode['type'], (text: string) => ReturnType<typeof quoted>>
> = {
  object: () => 'an object',
  array: () => 'a list',
  string: quoted,
  number: quoted,
  boolean: (text) => text,
  null: (text) => text,
  property: quoted,
};

function keysOf(profile: string | undefined): readonly string[] {
  return profile === undefined ? [...SETTING_NAMES, PROFILES] : SETTING_NAMES;
}

/**
 * Checks a value.
 *
 * @param raw the value in the file; a number is a text
 * @returns the value; `undefined` if it is not valid
 */
export function readValue(
  name: SettingName,
  raw: boolean | string | readonly string[],
): SettingValue | undefined {
  if (name === 'files') return listOf(raw, 1);
  const row: Option<unknown> = OPTIONS[name];
  switch (row.kind) {
    case 'flag':
    case 'negation':
      return typeof raw === 'boolean' ? raw : undefined;
    case 'list':
      return listOf(raw, 0);
    case 'value': {
      const text = textOf(name, raw);
      if (text === undefined || row.parser?.read(text) === undefined) return undefined;
      if (isWebAddress(name) && !isAddress(text)) return undefined;
      return isNumeric(row) && /^\d{1,15}$/.test(text) ? Number(text) : text;
    }
  }
}

/** Returns the text of a value as an option would have it. The names of columns may be a list. */
function textOf(name: SettingName, raw: boolean | string | readonly string[]): string | undefined {
  if (typeof raw === 'string') return raw;
  if (typeof raw === 'boolean' || name !== 'columns') return undefined;
  return raw.some((one) => one.includes(',')) ? undefined : raw.join(',');
}

function listOf(
  raw: boolean | string | readonly string[],
  fewest: number,
): SettingValue | undefined {
  if (typeof raw === 'boolean') return undefined;
  const list = typeof raw === 'string' ? [raw] : raw;
  const isFilled = list.every((one) => one.trim() !== '');
  return isFilled && list.length >= fewest ? list : undefined;
}

/** Says whether a value is a number, so that `config set` writes it without quotes. */
function isNumeric({ parser }: Option<unknown>): boolean {
  const kind = parser?.wanted.kind;
  return kind === 'whole-number' || kind === 'seconds' || kind === 'number-or-share';
}

/** Says whether a setting must be a web address. Which hosts are allowed is checked later. */
function isWebAddress(name: SettingName): boolean {
  return name === 'apiUrl' || name === 'oauthUrl';
}

/** Describes the valid values of a setting. */
export function wantedOf(name: SettingName): Wanted {
  if (name === 'files') return { kind: 'type', type: 'texts' };
  if (name === 'timezone') return { kind: 'time-zone' };
  if (isWebAddress(name)) return { kind: 'web-address' };
  const row: Option<unknown> = OPTIONS[name];
  if (row.kind === 'list') return { kind: 'type', type: 'texts' };
  return row.parser?.wanted ?? { kind: 'type', type: 'boolean' };
}
