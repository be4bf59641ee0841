/** Turns the records of JSON into rows of a table. */
import { UnreadableFile } from '../../files/unreadable-file.ts';
import { MOST_COLUMNS } from '../../limits.ts';
import { shownColumn } from '../../safe-text/shown-value.ts';
import type { JsonReceiver } from './json-tokens.ts';

/** Where the records are: each document is a record, or the elements of an array are records. */
export type RecordsAt =
  | { readonly kind: 'documents' }
  | {
      readonly kind: 'array';
      /** The keys that lead to the array, such as `result.data`; empty for the outer array. */
      readonly path: string;
    };

/** The maximum length of the values of a record together, in UTF-16 code units. */
const LONGEST_RECORD = 1024 * 1024;

/** The maximum number of different keys. A file with more keys is refused. */
const MOST_KEYS = 16 * 1024;

/** Text between the values of a list. */
const BETWEEN_VALUES = '; ';

/**
 * Receives one record, and the line where it begins, from 1. The cells are valid until the function
 * returns.
 */
export type OnRow = (cells: readonly string[], line: number) => void;

/**
 * A key, in a tree of the keys of all records. Its children are the keys of the nested objects that
 * any record has as the value of this key.
 */
interface KeyNode {
  /** The name of the column, for example `from.number`. */
  readonly column: string;
  readonly keys: Map<string, KeyNode>;
  /** The index of the column in a row; `undefined` as long as the key has had no value. */
  at: number | undefined;
  /** The number of the last object that had this key. Objects in records are numbered from 1. */
  object: number;
}

/**
 * Makes a row of each record. The columns are all keys of all records, in the order of their first
 * value. The values of a nested object have columns such as `from.number`.
 */
export class JsonRecords implements JsonReceiver {
  /** The names of the columns that have been found. */
  readonly columns: string[] = [];
  /** The number of records. */
  records = 0;
  readonly #path: string | undefined;
  readonly #lineNow: () => number;
  readonly #onRow: OnRow;
  readonly #columnPlaces = new Map<string, number>();
  readonly #root = newNode('');
  #nodes = 0;
  #objects = 0;
  /** The open containers outside records, from the outermost. */
  readonly #outside: Outside[] = [];
  #outsideKey: string | undefined;
  /** The line of the current document, and whether the list of records was in it. */
  #document = { line: 0, hasList: false };
  /** The open objects of the record; empty outside a record. */
  readonly #inside: { readonly node: KeyNode; readonly object: number }[] = [];
  /** The key of the next value of the record. */
  #next: KeyNode | undefined;
  /** The current list inside the record. The list becomes the text of one cell. */
  #list: ListText | undefined;
  #cells: string[] = [];
  #isFilled: boolean[] = [];
  #length = 0;
  #line = 0;

  /**
   * @param lineNow returns the line of the part that was received last, from 1
   * @param onRow receives the cells of a record, one for each column that has been found
   */
  constructor(at: RecordsAt, lineNow: () => number, onRow: OnRow) {
    this.#path = at.kind === 'documents' ? undefined : at.path;
    this.#lineNow = lineNow;
    this.#onRow = onRow;
  }

  begin(container: 'object' | 'array'): void {
    if (this.#list !== undefined) {
      this.#list.begin(container);
      this.#boundList();
    } else if (this.#inside.length > 0) {
      if (container === 'array') this.#list = new ListText();
      else this.#enter(this.#next ?? this.#root);
    } else if (this.#isRecordHere()) {
      if (container === 'array') throw this.#noObject();
      this.#line = this.#lineNow();
      this.#length = 0;
      this.#cells.fill('');
      this.#isFilled.fill(false);
      this.#enter(this.#root);
    } else this.#enterOutside(container);
  }

  end(): void {
    if (this.#list !== undefined) {
      if (!this.#list.end()) return;
      const text = this.#list.text;
      this.#list = undefined;
      this.#fill(text);
    } else if (this.#inside.length > 0) {
      this.#inside.pop();
      if (this.#inside.length > 0) return;
      this.records += 1;
      this.#onRow(this.#cells, this.#line);
    } else {
      this.#outside.pop();
      if (this.#outside.length > 0 || this.#document.hasList) return;
      throw this.#outsideList(this.#document.line);
    }
  }

  key(name: string): void {
    if (this.#list !== undefined) {
      this.#list.key(name);
      this.#boundList();
      return;
    }
    const open = this.#inside.at(-1);
    if (open === undefined) {
      this.#outsideKey = name;
      const keys = this.#outside.at(-1)?.keys;
      if (keys?.has(name) === true) throw this.#twice(name);
      keys?.add(name);
      if ((keys?.size ?? 0) > MOST_KEYS) throw this.#excess('keys', MOST_KEYS);
      return;
    }
    let node = open.node.keys.get(name);
    if (node === undefined) {
      node = newNode(open.node === this.#root ? name : `${open.node.column}.${name}`);
      this.#nodes += 1;
      if (this.#nodes > MOST_KEYS) throw this.#excess('keys', MOST_KEYS);
      open.node.keys.set(name, node);
    }
    if (node.object === open.object) throw this.#twice(node.column);
    node.object = open.object;
    this.#next = node;
  }

  value(text: string, kind: 'string' | 'number' | 'word' | 'null'): void {
    if (this.#list !== undefined) {
      this.#list.value(text, kind);
      this.#boundList();
    } else if (this.#inside.length > 0) {
      if (kind !== 'null') this.#fill(text);
      else if (this.#next !== undefined) this.#placeOf(this.#next);
    } else if (this.#isRecordHere()) throw this.#noObject();
    else if (this.#outside.length === 0) throw this.#outsideList(this.#lineNow());
    else if (this.#outsidePath() === this.#path) this.#valueForList(kind);
  }

  /** Receives a single value where the list of records should be. */
  #valueForList(kind: 'string' | 'number' | 'word' | 'null'): void {
    // Some systems write `null` for an empty list.
    if (kind !== 'null') throw this.#outsideList(this.#lineNow());
    this.#findList();
  }

  #findList(): void {
    // The key `a.b` and the key `b` of an object `a` lead to the same place.
    if (this.#document.hasList) throw this.#twice(this.#path ?? '');
    this.#document.hasList = true;
  }

  /** Enters a container that is not in a record. */
  #enterOutside(container: 'object' | 'array'): void {
    if (this.#outside.length === 0) this.#document = { line: this.#lineNow(), hasList: false };
    const path = this.#outsidePath();
    if (path === this.#path) {
      if (container === 'array') this.#findList();
      // An object here must not be ignored. The object may be one more call. Or its values may be
      // calls, and its keys the ids of these calls.
      else throw this.#outsideList(this.#lineNow());
    }
    this.#outside.push({ container, path, keys: new Set() });
    this.#outsideKey = undefined;
  }

  /** Says whether a value at the current place is a record. */
  #isRecordHere(): boolean {
    const open = this.#outside.at(-1);
    if (this.#path === undefined) return open === undefined;
    return open?.container === 'array' && open.path === this.#path;
  }

  /**
   * Returns the path of the next value outside the records: its keys, joined with dots; `''` for the
   * outermost value; `undefined` for a value inside an array.
   */
  #outsidePath(): string | undefined {
    const open = this.#outside.at(-1);
    if (open === undefined) return '';
    // No path leads to an element of an array.
    if (open.container === 'array') return undefined;
    if (open.path === undefined || this.#outsideKey === undefined) return undefined;
    return open.path === '' ? this.#outsideKey : `${open.path}.${this.#outsideKey}`;
  }

  #boundList(): void {
    if ((this.#list?.length ?? 0) > LONGEST_RECORD) throw this.#excess('value', LONGEST_RECORD);
  }

  #enter(node: KeyNode): void {
    this.#objects += 1;
    this.#inside.push({ node, object: this.#objects });
  }

  #fill(text: string): void {
    const node = this.#next;
    if (node === undefined) return;
    const at = this.#placeOf(node);
    // The key `a.b` and the key `b` of an object `a` have the same column.
    if (this.#isFilled[at] === true) throw this.#twice(node.column);
    this.#isFilled[at] = true;
    this.#cells[at] = text;
    this.#length += text.length;
    if (this.#length > LONGEST_RECORD) throw this.#excess('value', LONGEST_RECORD);
  }

  #placeOf(node: KeyNode): number {
    if (node.at !== undefined) return node.at;
    const known = this.#columnPlaces.get(node.column);
    node.at = known ?? this.columns.length;
    if (known !== undefined) return known;
    this.#columnPlaces.set(node.column, node.at);
    this.columns.push(node.column);
    this.#cells.push('');
    this.#isFilled.push(false);
    if (this.columns.length > MOST_COLUMNS) {
      const columns = this.columns.length;
      throw new UnreadableFile('header-too-wide', { columns, most: MOST_COLUMNS });
    }
    return node.at;
  }

  #twice(key: string): UnreadableFile {
    return new UnreadableFile('json-key-twice', { line: this.#lineNow(), key: shownColumn(key) });
  }

  #noObject(): UnreadableFile {
    return new UnreadableFile('json-not-objects', { line: this.#lineNow() });
  }

  #outsideList(line: number): UnreadableFile {
    return new UnreadableFile('json-outside-list', { line });
  }

  #excess(what: 'value' | 'keys', most: number): UnreadableFile {
    return new UnreadableFile('json-excess', { line: this.#lineNow(), what, most });
  }
}

/** A container outside the records. */
interface Outside {
  readonly container: 'object' | 'array';
  /** The keys that lead to this container; `undefined` inside an array. */
  readonly path: string | undefined;
  readonly keys: Set<string>;
}

function newNode(column: string): KeyNode {
  return { column, keys: new Map(), at: undefined, object: 0 };
}

/**
 * Writes a list as one text: its values with `; ` between them. If the list contains objects or
 * other lists, the text is its JSON.
 */
class ListText {
  #json = '[';
  readonly #values: string[] = [];
  /** The open containers in the list. */
  readonly #open: ('object' | 'array')[] = [];
  #hasContainers = false;
  #needsComma = false;

  /** The text of the list. */
  get text(): string {
    return this.#hasContainers ? `${this.#json}]` : this.#values.join(BETWEEN_VALUES);
  }

  /** The length of the JSON up to now, in UTF-16 code units. */
  get length(): number {
    return this.#json.length;
  }

  begin(container: 'object' | 'array'): void {
    this.#hasContainers = true;
    this.#separate();
    this.#json += container === 'object' ? '{' : '[';
    this.#open.push(container);
    this.#needsComma = false;
  }

  /** @returns whether the list itself has ended */
  end(): boolean {
    const container = this.#open.pop();
    if (container === undefined) return true;
    this.#json += container === 'object' ? '}' : ']';
    this.#needsComma = true;
    return false;
  }

  key(name: string): void {
    this.#separate();
    this.#json += `${JSON.stringify(name)}:`;
    this.#needsComma = false;
  }

  value(text: string, kind: 'string' | 'number' | 'word' | 'null'): void {
    this.#separate();
    this.#json += kind === 'string' ? JSON.stringify(text) : kind === 'null' ? 'null' : text;
    this.#needsComma = true;
    if (this.#open.length === 0 && kind !== 'null') this.#values.push(text);
  }

  #separate(): void {
    if (this.#needsComma) this.#json += ',';
  }
}
