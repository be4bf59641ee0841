/** Finds the records in a JSON document. */
import type { JsonReceiver } from './json-tokens.ts';

/** An array of objects in a JSON document. */
export interface RecordArray {
  /** The keys that lead to the array, such as `result.data`. */
  readonly path: string;
  /** The number of objects in the array. */
  readonly records: number;
  /** The number of different expected column names in the first objects of the array. */
  readonly names: number;
}

/** What the program expects in a JSON file. */
export interface SurveyCriteria {
  /** The path of the array that is looked for; `undefined` if it is not known. */
  readonly sought: string | undefined;
  /** Says whether a key is the name of an expected column. */
  readonly isKnownName: (name: string) => boolean;
  /** Whether to examine all documents, not only the first one. */
  readonly isWhole: boolean;
}

/** The largest number of arrays of objects to list. */
const MOST_ARRAYS = 100;

/** In each array, this number of objects at the beginning is searched for column names. */
const FIRST_RECORDS = 20;

/**
 * Looks for the records: the elements of the outer array, several objects one after the other, or
 * the objects of an array inside one object.
 */
export class JsonSurvey implements JsonReceiver {
  /** The number of documents. In a file of JSON lines, each line is a document. */
  documents = 0;
  /** Whether the first document is an array. */
  isArray = false;
  /** Whether at least one array has no elements. */
  hasEmptyArray = false;
  /** Whether the array that is looked for is there, even if it is empty. */
  hasSought = false;
  readonly #criteria: SurveyCriteria;
  readonly #arrays = new Map<string, { records: number; readonly names: Set<string> }>();
  /** The names of expected columns in the first document, outside arrays. */
  readonly #names = new Set<string>();
  /** The key of each open container, from the outermost; `undefined` for an element of an array. */
  readonly #keys: (string | undefined)[] = [];
  readonly #kinds: ('object' | 'array')[] = [];
  /** The depth of the array whose objects are counted; 0 outside such an array. */
  #arrayDepth = 0;
  #key: string | undefined;
  /** Whether an array has just begun. */
  #isEmpty = false;
  /** The array whose objects are counted, with the expected column names in these objects. */
  #array: { records: number; readonly names: Set<string> } | undefined;

  constructor(criteria: SurveyCriteria) {
    this.#criteria = criteria;
  }

  /** Whether the rest of the file cannot change the answer. */
  get isDone(): boolean {
    return !this.#criteria.isWhole && (this.isArray || this.documents > 1);
  }

  /** The arrays with objects, in the order of the file. Arrays inside an array are left out. */
  get arrays(): readonly RecordArray[] {
    return [...this.#arrays].map(([path, { records, names }]) => ({
      path,
      records,
      names: names.size,
    }));
  }

  /** The number of different expected column names in the first document, outside arrays. */
  get names(): number {
    return this.#names.size;
  }

  begin(container: 'object' | 'array'): void {
    const depth = this.#kinds.length;
    if (depth === 0) {
      this.documents += 1;
      if (this.documents === 1) this.isArray = container === 'array';
    }
    this.#isEmpty = container === 'array';
    if (this.#isExamined) {
      this.#countRecord(container);
      if (container === 'array') this.#compareSought();
    }
    this.#keys.push(depth === 0 ? undefined : this.#key);
    this.#kinds.push(container);
    this.#key = undefined;
  }

  end(): void {
    this.hasEmptyArray ||= this.#isEmpty;
    this.#isEmpty = false;
    if (this.#kinds.length === this.#arrayDepth) this.#arrayDepth = 0;
    this.#kinds.pop();
    this.#key = this.#keys.pop();
  }

  key(name: string): void {
    this.#key = name;
    if (this.#isExamined) this.#takeName(name);
  }

  value(): void {
    this.#isEmpty = false;
    if (this.#kinds.length === 0) this.documents += 1;
  }

  /** Whether the current document is examined. Only the first one is, unless `isWhole` is set. */
  get #isExamined(): boolean {
    return this.#criteria.isWhole || this.documents === 1;
  }

  /** Remembers the column name that ends with this key, if the column is expected. */
  #takeName(name: string): void {
    const { isKnownName } = this.#criteria;
    const isRecord = this.#arrayDepth > 0;
    const found = isRecord ? this.#array?.names : this.#names;
    if (found === undefined) return;
    if (isRecord ? (this.#array?.records ?? 0) > FIRST_RECORDS : this.documents > 1) return;
    // Among the open containers, `outer` is the index of the record, or of the document. The name
    // of a column begins with a key of that container.
    const outer = isRecord ? this.#arrayDepth : 0;
    if (this.#kinds.includes('array', outer)) return;
    const column = [...this.#keys.slice(outer + 1), name].join('.').trim();
    if (isKnownName(column)) found.add(column);
  }

  /** Checks whether the array that has just begun is the one that is looked for. */
  #compareSought(): void {
    const { sought } = this.#criteria;
    if (sought === undefined || this.hasSought || this.#kinds.includes('array')) return;
    const isOuter = this.#kinds.length === 0;
    const path = isOuter ? '' : [...this.#keys.slice(1), this.#key].join('.');
    this.hasSought = path === sought;
  }

  /** Counts an object that is an element of an array, unless this array is inside another array. */
  #countRecord(container: 'object' | 'array'): void {
    if (container !== 'object' || this.#kinds.at(-1) !== 'array') return;
    const depth = this.#kinds.length;
    if (this.#arrayDepth === 0 && !this.#kinds.slice(0, -1).includes('array')) {
      this.#arrayDepth = depth;
    }
    if (this.#arrayDepth !== depth) return;
    const path = this.#keys.slice(1).join('.');
    this.#array = this.#arrays.get(path);
    if (this.#array === undefined) {
      if (this.#arrays.size >= MOST_ARRAYS) return;
      this.#array = { records: 0, names: new Set() };
      this.#arrays.set(path, this.#array);
    }
    this.#array.records += 1;
  }
}
