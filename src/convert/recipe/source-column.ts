/**
 * Finds columns of an export by name. `Phone#2` is the second column `Phone`. `Date+Time` means two
 * columns together.
 */
import { distance } from 'fastest-levenshtein';
import { shownColumn } from '../../safe-text/shown-value.ts';
import type { ShownName } from '../../words/shown-name.ts';

/** The columns of an export. */
export class SourceColumns {
  /** The column names, without spaces around them. */
  readonly names: readonly string[];
  readonly #places = new Map<string, number[]>();

  /** @param header the column names in the file */
  constructor(header: readonly string[]) {
    this.names = header.map((name) => name.trim());
    this.names.forEach((name, at) => {
      const key = name.toLowerCase();
      const places = this.#places.get(key);
      if (places === undefined) this.#places.set(key, [at]);
      else places.push(at);
    });
  }

  /** @returns the index of a column in a record; `undefined` if no column has this name */
  placeOf(name: string): number | undefined {
    const key = name.trim().toLowerCase();
    const exact = this.#places.get(key)?.[0];
    if (exact !== undefined) return exact;
    const [, bare = '', number = '0'] = /^(.*[^\s#])\s*#([1-9]\d?)$/.exec(key) ?? [];
    return this.#places.get(bare)?.[Number(number) - 1];
  }

  /**
   * Finds the index of one column, or the indexes of several columns joined by plus signs.
   *
   * @returns the indexes, or the name that was not found
   */
  placesOf(name: string): readonly number[] | { readonly missing: string } {
    const whole = this.placeOf(name);
    if (whole !== undefined) return [whole];
    const places: number[] = [];
    for (const part of name.split('+')) {
      const at = this.placeOf(part);
      if (at === undefined) return { missing: name.includes('+') ? part.trim() : name };
      places.push(at);
    }
    return places;
  }

  /**
   * Returns the name that options use for a column. If several columns have the name `Phone`, the
   * name of the second one is `Phone#2`.
   */
  optionName(at: number): string {
    const name = this.names[at] ?? '';
    const places = this.#places.get(name.toLowerCase()) ?? [];
    return places.length > 1 ? `${name}#${String(places.indexOf(at) + 1)}` : name;
  }

  /** Returns the columns with one of the names, each with the name that options use. */
  named(names: readonly string[]): readonly { readonly name: string; readonly at: number }[] {
    const wanted = new Set(names.map((name) => name.toLowerCase()));
    return this.names.flatMap((name, at) =>
      wanted.has(name.toLowerCase()) ? [{ name: this.optionName(at), at }] : [],
    );
  }

  /** The column names that are not empty, made safe for messages. */
  get shown(): readonly ShownName[] {
    return this.names.filter((name) => name !== '').map(shownColumn);
  }

  /** The names that several columns have, each listed once. */
  get repeated(): readonly string[] {
    return [...this.#places.values()]
      .filter((places) => places.length > 1)
      .map(([at = 0]) => this.names[at] ?? '')
      .filter((name) => name !== '');
  }

  /** Returns the most similar column name; `undefined` if no name is similar. */
  near(name: string): string | undefined {
    const wanted = plain(name);
    let [nearest, least]: [string | undefined, number] = [undefined, wanted.length / 3 + 1];
    for (const own of this.names) {
      const key = plain(own);
      if (key === '') continue;
      const steps = key.startsWith(wanted) || wanted.startsWith(key) ? 1 : distance(key, wanted);
      if (steps < least) [nearest, least] = [own, steps];
    }
    return nearest;
  }
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_.()-]/g, '');
}
