/** Parses the text of a settings file: JSON with comments, and the place of each value. */
import { createScanner, type Node, type ParseError, parseTree } from 'jsonc-parser';
import { Failure } from '../../failure.ts';
import type { SettingsDamage } from '../../words/failure-parameters.ts';
import { placesIn, placeWords, type SettingPlace } from './setting-place.ts';

/** A JSON object or value in a settings file. */
export type SettingsNode = Node;

/** A settings file that is JSON. */
export interface SettingsDocument {
  readonly path: string;
  /** The text without a byte-order mark. */
  readonly text: string;
  readonly root: SettingsNode;
  /** Finds the place of an offset in the text. */
  readonly placeOf: (offset: number) => SettingPlace;
}

/** One key of an object, with its value. */
export interface SettingsEntry {
  readonly key: string;
  readonly keyNode: SettingsNode;
  readonly value: SettingsNode;
}

/** The largest nesting of objects and lists. Settings need four levels. */
const DEEPEST = 20;

/** The beginnings and ends of objects and lists: `{`, `}`, `[` and `]`. */
const OPENING: readonly number[] = [1, 3];
const CLOSING: readonly number[] = [2, 4];
const END_OF_TEXT = 17;

/**
 * Parses a settings file. Comments and a comma after the last entry are allowed.
 *
 * @throws Failure `settings-damaged` (exit 2) with file, line and column
 */
export function parseSettings(path: string, text: string): SettingsDocument {
  const placeOf = placesIn(path, text);
  const damaged = (offset: number, problem: SettingsDamage): Failure =>
    new Failure('settings-damaged', { place: placeWords(placeOf(offset)), problem });
  const deep = tooDeep(text);
  if (deep !== undefined) throw damaged(deep, 'nested');
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (root === undefined || first !== undefined) {
    throw damaged(first?.offset ?? text.length, 'not-json');
  }
  if (root.type !== 'object') throw damaged(root.offset, 'not-object');
  return { path, text, root, placeOf };
}

/**
 * Returns the offset at which the nesting is too deep. The parser calls itself for each level, so a
 * deep file would end the program.
 */
function tooDeep(text: string): number | undefined {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (let kind: number = scanner.scan(); kind !== END_OF_TEXT; kind = scanner.scan()) {
    if (OPENING.includes(kind)) depth += 1;
    if (CLOSING.includes(kind)) depth -= 1;
    if (depth > DEEPEST) return scanner.getTokenOffset();
  }
  return undefined;
}

/**
 * Returns the entries of an object.
 *
 * @throws Failure `settings-damaged` (exit 2) if a key is there twice
 */
export function entriesOf(
  { placeOf }: Pick<SettingsDocument, 'placeOf'>,
  object: SettingsNode,
): readonly SettingsEntry[] {
  const seen = new Set<string>();
  return (object.children ?? []).flatMap(({ children }) => {
    const [keyNode, value] = children ?? [];
    if (keyNode === undefined || value === undefined) return [];
    const key = String(keyNode.value);
    if (seen.has(key)) {
      const place = placeWords(placeOf(keyNode.offset));
      throw new Failure('settings-damaged', { place, problem: 'key-twice' });
    }
    seen.add(key);
    return [{ key, keyNode, value }];
  });
}
