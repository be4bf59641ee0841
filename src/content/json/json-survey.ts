/** Finds the records in a JSON document. */
import type { JsonReceiver } from './json-tokens.ts';

/** An array of objects in a JSON document. */
export interface RecordArray {
  /** The keys that lead to the array, such as `result.data`. */
  readonly path: string;
  /** The number of objects in the array. */
  readonly records: number;
}

/** The largest number of arrays of objects to list. */
const MOST_ARRAYS = 100;

/**
 * Looks for the records: the elements of the outer array, several objects one after the other, or
 * the objects of an array inside one object.
 */
export class JsonSurvey implements JsonReceiver {
  /** The number of documents. In a file of JSON lines, each line is a document. */
  documents = 0;
  /** Whether the first document is an array. */
  isArray = false;
  /** Whether an array has no elements. */
  hasEmptyArray = false;
  readonly #arrays = new Map<string, number>();
  /** The key of each open container, from the outermost; `undefined` for an element of an array. */
  readonly #keys: (string | undefined)[] = [];
  readonly #kinds: ('object' | 'array')[] = [];
  /** The depth of the array whose objects are counted; 0 outside such an array. */
  #arrayDepth = 0;
  #key: string | undefined;
  /** Whether an array has just begun. */
  #isEmpty = false;

  /** Whether the rest of the file cannot change the answer. */
  get isDone(): boolean {
    return this.isArray || this.documents > 1;
  }

  /** The arrays of objects that are not inside another such array, in the order of the file. */
  get arrays(): readonly RecordArray[] {
    return [...this.#arrays].map(([path, records]) => ({ path, records }));
  }

  begin(container: 'object' | 'array'): void {
    const depth = this.#kinds.length;
    if (depth === 0) {
      this.documents += 1;
      if (this.documents === 1) this.isArray = container === 'array';
    }
    this.#isEmpty = container === 'array';
    this.#countRecord(container);
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
  }

  value(): void {
    this.#isEmpty = false;
    if (this.#kinds.length === 0) this.documents += 1;
  }

  /** Counts an object that is an element of an array, unless it is inside another record. */
  #countRecord(container: 'object' | 'array'): void {
    if (container !== 'object' || this.#kinds.at(-1) !== 'array') return;
    const depth = this.#kinds.length;
    if (this.#arrayDepth === 0 && !this.#kinds.slice(0, -1).includes('array')) {
      this.#arrayDepth = depth;
    }
    if (this.#arrayDepth !== depth) return;
    const path = this.#keys.slice(1).join('.');
    const records = this.#arrays.get(path) ?? 0;
    if (records > 0 || this.#arrays.size < MOST_ARRAYS) this.#arrays.set(path, records + 1);
  }
}
