/** Warns of columns that nothing is made of and that tell whether a record is a call at all. */
import type { FindingCollector } from '../../calls/findings/collector.ts';
import { shownColumn } from '../../safe-text/shown-value.ts';
import { saysOutgoing } from '../cells/direction-words.ts';
import type { Recipe } from './recipe.ts';

/** Names of columns that tell one call of several records, in lower case and without signs. */
const LEG_NAMES =
  /^(?:linkedid|uniqueid|uniqid|callid|callsid|parentcallsid|entryid|sessionid|calluuid|uuid|idзвонка|idвызова|идентификаторзвонка|идентификаторвызова)$/;

interface Watched {
  readonly name: string;
  readonly at: number;
  readonly mayBeLeg: boolean;
  outgoing: string | undefined;
  before: string;
  repeats: number;
}

/** The columns that are left out, while the records are read. */
export class UnmappedColumns {
  readonly #watched: Watched[];

  /** @param leftOut the names of the columns that nothing is made of */
  constructor(
    leftOut: readonly string[],
    header: readonly string[],
    { preset, only, skip }: Recipe,
  ) {
    const isFiltered = only.length + skip.length > 0 || preset?.direction !== undefined;
    const names = new Set(leftOut.map((name) => name.toLowerCase()));
    this.#watched = header.flatMap((name, at) => {
      const lower = name.trim().toLowerCase();
      if (!names.has(lower)) return [];
      const mayBeLeg = preset?.legOf === undefined && LEG_NAMES.test(lower.replace(/[\s_.-]/g, ''));
      // Who says which records are calls needs no reminder.
      if (isFiltered && !mayBeLeg) return [];
      return [{ name: name.trim(), at, mayBeLeg, outgoing: undefined, before: '', repeats: 0 }];
    });
  }

  add(fields: readonly string[]): void {
    for (const column of this.#watched) look(column, fields[column.at] ?? '');
  }

  /** The columns that are looked at, each by itself. */
  get watched(): { readonly at: number; add(cell: string): void }[] {
    return this.#watched.map((column) => ({
      at: column.at,
      add: (cell) => {
        look(column, cell);
      },
    }));
  }

  report(found: FindingCollector): void {
    for (const { name, outgoing, mayBeLeg, repeats } of this.#watched) {
      const column = shownColumn(name);
      if (outgoing !== undefined) {
        found.add('direction-left-out', { column }, { column, value: outgoing });
      } else if (mayBeLeg && repeats > 0) {
        found.add('legs-left-out', { column }, { column, count: repeats });
      }
    }
  }
}

function look(column: Watched, cell: string): void {
  if (column.mayBeLeg) {
    if (cell !== '' && cell === column.before) column.repeats += 1;
    column.before = cell;
  } else if (column.outgoing === undefined && cell.length < 20 && saysOutgoing(cell)) {
    column.outgoing = cell.trim();
  }
}
