/** Warns about unused columns that show outgoing calls or the legs of one call. */
import type { FindingCollector } from '../../calls/findings/collector.ts';
import type { RecordFields } from '../../csv/record-fields.ts';
import { shownColumn } from '../../safe-text/shown-value.ts';
import { saysOutgoing } from '../cells/direction-words.ts';
import type { Recipe } from './recipe.ts';

/** Names of columns that connect the legs of one call, in lower case without punctuation. */
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

/** Watches the values of unused columns while the records are read. */
export class UnmappedColumns {
  readonly #watched: Watched[];

  /** @param leftOut the names of the columns that are not used for calls */
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
      // The user has already chosen which records become calls, so a reminder is unnecessary.
      if (isFiltered && !mayBeLeg) return [];
      return [{ name: name.trim(), at, mayBeLeg, outgoing: undefined, before: '', repeats: 0 }];
    });
  }

  /** Watches one record of the export. */
  add(record: RecordFields): void {
    for (const column of this.#watched) watch(column, record.text(column.at));
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

function watch(column: Watched, cell: string): void {
  if (column.mayBeLeg) {
    if (cell !== '' && cell === column.before) column.repeats += 1;
    column.before = cell;
  } else if (column.outgoing === undefined && cell !== column.before && cell.length < 20) {
    if (saysOutgoing(cell)) column.outgoing = cell.trim();
    column.before = cell;
  }
}
