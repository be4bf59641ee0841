/**
 * Changes one value in the text of a settings file. Everything else keeps its place: comments, the
 * order of keys, blank lines and line endings.
 */
import { createScanner, findNodeAtLocation } from 'jsonc-parser';
import type { SettingValue } from './read-settings.ts';
import type { SettingsDocument, SettingsNode } from './settings-document.ts';

/** The path of a key: `['counter']` or `['profiles', 'north', 'counter']`. */
export type KeyPath = readonly [string, ...string[]];

/** The text of a new settings file. */
export const EMPTY_SETTINGS = '{\n}\n';

/** A piece of a JSON text that is not white space. */
interface Token {
  readonly kind: 'comma' | 'comment' | 'other';
  readonly from: number;
  /** The offset after the last character. */
  readonly to: number;
}

/** A replacement of a part of a text. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const LINE_END = /\r\n|\r|\n/;

const COMMA = 5;
const LINE_COMMENT = 12;
const BLOCK_COMMENT = 13;
const SPACE: readonly number[] = [14, 15];
const END = 17;

/**
 * Returns the text with a value at a key. A new key is added below the last key of its object.
 *
 * @returns `undefined` if the path leads through a value that is not an object
 */
export function withValue(
  document: SettingsDocument,
  path: KeyPath,
  value: SettingValue,
): string | undefined {
  const found = findNodeAtLocation(document.root, [...path]);
  if (found !== undefined) {
    const edit = { from: found.offset, to: found.offset + found.length, text: valueText(value) };
    return edited(document.text, [edit]);
  }
  // The nearest object that exists gets the new key. Objects that are missing become its value.
  for (let depth = path.length - 1; depth >= 0; depth -= 1) {
    const parent =
      depth === 0 ? document.root : findNodeAtLocation(document.root, path.slice(0, depth));
    if (parent === undefined) continue;
    if (parent.type !== 'object') return undefined;
    return edited(document.text, added(document.text, parent, path.slice(depth), value));
  }
  return undefined;
}

/**
 * Returns the text without a key. The comments above the key and on its line are removed too,
 * because they are about the key. A blank line separates a comment from the key below it.
 *
 * @returns `undefined` if the key is not there
 */
export function withoutValue(document: SettingsDocument, path: KeyPath): string | undefined {
  const property = findNodeAtLocation(document.root, [...path])?.parent;
  if (property?.type !== 'property') return undefined;
  return edited(document.text, removed(document.text, property));
}

function added(
  text: string,
  parent: SettingsNode,
  keys: readonly string[],
  value: SettingValue,
): readonly Edit[] {
  const last = parent.children?.at(-1);
  const end = parent.offset + parent.length - 1;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const isOneLine = last !== undefined && !LINE_END.test(text.slice(parent.offset, end));
  const indent =
    last === undefined ? `${indentAt(text, parent.offset)}  ` : indentAt(text, last.offset);
  const written = propertyText(keys, value, { indent, lineEnd: isOneLine ? undefined : lineEnd });
  if (last === undefined) {
    const between = text.slice(parent.offset + 1, end).trimEnd();
    const line = `${between}${lineEnd}${indent}${written}${lineEnd}${indentAt(text, parent.offset)}`;
    return [{ from: parent.offset + 1, to: end, text: line }];
  }
  const after = last.offset + last.length;
  const comma = nextComma(text, after, end);
  const place = comma ?? after;
  const separator: readonly Edit[] =
    comma === undefined ? [{ from: after, to: after, text: ',' }] : [];
  const own = comma === undefined ? written : `${written},`;
  if (isOneLine) return [...separator, { from: place, to: place, text: ` ${own}` }];
  const lineOfLast = endOfLine(text, place, end);
  return [...separator, { from: lineOfLast, to: lineOfLast, text: `${lineEnd}${indent}${own}` }];
}

/** Returns the end of the line, with its comments, but not after the end of the object. */
function endOfLine(text: string, from: number, end: number): number {
  let at = from;
  for (const { kind, from: start, to } of tokensOf(text)) {
    if (start < from) continue;
    if (kind !== 'comment' || start >= end || LINE_END.test(text.slice(at, start))) break;
    at = to;
  }
  return at;
}

/** Returns the offset after a comma that follows, before `end`. */
function nextComma(text: string, from: number, end: number): number | undefined {
  const next = tokensOf(text).find((token) => token.from >= from && token.kind !== 'comment');
  return next?.kind === 'comma' && next.from < end ? next.to : undefined;
}

function removed(text: string, property: SettingsNode): readonly Edit[] {
  const tokens = tokensOf(text);
  const end = property.offset + property.length;
  const before = tokens.findLast(({ from, kind }) => from < property.offset && kind !== 'comment');
  const comma = nextComma(text, end, text.length);
  const from = startWithComments(text, tokens, { property, before });
  const to = endWithComment(text, comma ?? end);
  // The last key has no comma after it, so the comma before it goes.
  const isLast = comma === undefined && before?.kind === 'comma';
  const commaBefore = isLast ? [{ from: before.from, to: before.to, text: '' }] : [];
  return [...commaBefore, { ...wholeLines(text, from, to), text: '' }];
}

/** Returns the start of a key, or of the comments that are directly above it. */
function startWithComments(
  text: string,
  tokens: readonly Token[],
  { property, before }: { property: SettingsNode; before: Token | undefined },
): number {
  let start = property.offset;
  const comments = tokens.filter(
    ({ kind, from }) =>
      kind === 'comment' && from > (before?.to ?? 0) - 1 && from < property.offset,
  );
  for (const { from, to } of comments.reverse()) {
    const lines = text.slice(to, start).split(LINE_END).length - 1;
    const isOnLineBefore = before !== undefined && !LINE_END.test(text.slice(before.to, from));
    // A comment on the line of the key before is about that key.
    const isOwn = lines <= 1 && !(isOnLineBefore && lines > 0);
    if (!isOwn) break;
    start = from;
  }
  return start;
}

/** Returns the end of a key with the comment behind it, if no other key follows on the line. */
function endWithComment(text: string, end: number): number {
  let at = end;
  for (const { kind, from, to } of tokensOf(text)) {
    if (from < end) continue;
    if (LINE_END.test(text.slice(at, from))) return at;
    if (kind !== 'comment') return isClosing(text, from) ? at : end;
    at = to;
  }
  return at;
}

function isClosing(text: string, at: number): boolean {
  return text[at] === '}';
}

/** Extends a part of a text to whole lines, if nothing else is on these lines. */
function wholeLines(text: string, from: number, to: number): { from: number; to: number } {
  const lineStart = text.lastIndexOf('\n', from - 1) + 1;
  const [rest = ''] = /^[ \t]*(?:\r?\n)?/.exec(text.slice(to)) ?? [];
  const isAlone = text.slice(lineStart, from).trim() === '' && rest.endsWith('\n');
  if (isAlone) return { from: lineStart, to: to + rest.length };
  const [spaces = ''] = /^[ \t]*/.exec(text.slice(to)) ?? [];
  // The last key of a line leaves no spaces before it, the others leave none behind it.
  const isLast = /^[ \t]*[}\r\n]/.test(text.slice(to));
  const lead = text.slice(lineStart, from);
  const before = isLast ? lead.length - lead.trimEnd().length : 0;
  return { from: from - before, to: isLast ? to : to + spaces.length };
}

function tokensOf(text: string): readonly Token[] {
  const scanner = createScanner(text, false);
  const tokens: Token[] = [];
  for (let kind: number = scanner.scan(); kind !== END; kind = scanner.scan()) {
    if (SPACE.includes(kind)) continue;
    const from = scanner.getTokenOffset();
    const isComment = kind === LINE_COMMENT || kind === BLOCK_COMMENT;
    tokens.push({
      kind: kind === COMMA ? 'comma' : isComment ? 'comment' : 'other',
      from,
      to: from + scanner.getTokenLength(),
    });
  }
  return tokens;
}

/** Returns the spaces at the beginning of the line of an offset. */
function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** Writes keys and a value: `"counter": 1`, or objects in objects if there are several keys. */
function propertyText(
  [key = '', ...rest]: readonly string[],
  value: SettingValue,
  layout: { readonly indent: string; readonly lineEnd: string | undefined },
): string {
  const name = JSON.stringify(key);
  if (rest.length === 0) return `${name}: ${valueText(value)}`;
  const { indent, lineEnd } = layout;
  const inner = propertyText(rest, value, { indent: `${indent}  `, lineEnd });
  if (lineEnd === undefined) return `${name}: { ${inner} }`;
  return `${name}: {${lineEnd}${indent}  ${inner}${lineEnd}${indent}}`;
}

function valueText(value: SettingValue): string {
  if (typeof value !== 'object') return JSON.stringify(value);
  return `[${value.map((one) => JSON.stringify(one)).join(', ')}]`;
}

function edited(text: string, edits: readonly Edit[]): string {
  // The edits are made from the end of the text. Of two at one place, the second is made first.
  return [...edits]
    .reverse()
    .sort((one, other) => other.from - one.from)
    .reduce((now, edit) => now.slice(0, edit.from) + edit.text + now.slice(edit.to), text);
}
