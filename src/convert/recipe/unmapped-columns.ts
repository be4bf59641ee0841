/** Warns about unused columns that show which records are outgoing calls, missed calls or legs. */
import type { FindingCollector } from '../../calls/findings/collector.ts';
import { RecordFields } from '../../csv/record-fields.ts';
import { shownColumn } from '../../safe-text/shown-value.ts';
import type { OpenCodes } from '../../words/commands.ts';
import { isPlain, proposedDirection, saysOutgoing } from '../cells/direction-words.ts';
import { CallColumns } from './call-columns.ts';
import type { Recipe } from './recipe.ts';

/** Names of columns that connect the legs of one call, in lower case without punctuation. */
const LEG_NAMES =
  /^(?:linkedid|uniqueid|uniqid|callid|callsid|parentcallsid|entryid|sessionid|callsessionid|callguid|globalcallid|bridgeuuid|calluuid|uuid|idзвонка|idвызова|idсессии|идентификаторзвонка|идентификаторвызова)$/;

/** Names of columns that tell what a record is about, in lower case without punctuation. */
const CODE_NAMES =
  /^(?:call|звонок|вызов)?(?:direction|dir|type|kind|state|status|disposition|result|outcome|category|hangupcause|reason|failedcode|типзвонка|типвызова|тип|вид|видзвонка|направление|направлениезвонка|статус|статусзвонка|состояние|результат|результатзвонка|итог|исход|тыпзвонка|типдзвінка|напрямок|статусдзвінка)(?:call|code|звонка|вызова)?$/;

/** The maximum number of different codes in a column. With more values, the values are no codes. */
const MOST_CODES = 12;
const LONGEST_CODE = 40;

interface Watched {
  readonly name: string;
  readonly at: number;
  readonly mayBeLeg: boolean;
  /** The number of records by value; `undefined` if the values are no codes. */
  codes: Map<string, number> | undefined;
  outgoing: string | undefined;
  before: string;
  repeats: number;
}

/** Watches the values of columns that are not used for calls. */
export class UnmappedColumns {
  readonly #watched: Watched[];

  /** @param leftOut the names of the columns that are not used for calls */
  constructor(
    leftOut: readonly string[],
    header: readonly string[],
    { preset, only, skip, direction }: Recipe,
  ) {
    const names = new Set(leftOut.map((name) => name.toLowerCase()));
    const skipped = new Set(skip.map(({ column }) => column.toLowerCase()));
    // Rules or the preset already select the records. Then a warning about codes is not necessary.
    const isFiltered = only.length > 0 || preset?.direction !== undefined;
    this.#watched = header.flatMap((cell, at): Watched[] => {
      const name = cell.trim();
      const lower = name.toLowerCase();
      const key = lower.replaceAll(/[\s_.-]/g, '');
      if (!names.has(lower) && !skipped.has(lower)) return [];
      const mayBeLeg = preset?.legOf === undefined && LEG_NAMES.test(key);
      const isSettled = direction === 'all' || isFiltered;
      if (isSettled && !mayBeLeg) return [];
      const codes = CODE_NAMES.test(key) ? new Map<string, number>() : undefined;
      return [{ name, at, mayBeLeg, codes, outgoing: undefined, before: '', repeats: 0 }];
    });
  }

  /** Watches one record of the export. */
  add(record: RecordFields): void {
    for (const column of this.#watched) watch(column, record.text(column.at));
  }

  /** The columns with codes that do not certainly mean an incoming or an answered call. */
  get open(): readonly OpenCodes[] {
    return this.#watched.flatMap(({ name, codes }) => {
      const open = [...(codes?.keys() ?? [])].filter((code) => !isPlain(code));
      if (codes === undefined || open.length === 0) return [];
      const counts = [...codes].map(([code, count]) => ({
        code: shownColumn(code),
        count,
        meaning: proposedDirection(code),
      }));
      return [{ column: shownColumn(name), codes: counts, open: open.map(shownColumn) }];
    });
  }

  report(found: FindingCollector): void {
    const { open } = this;
    for (const { name, outgoing, mayBeLeg, repeats, codes } of this.#watched) {
      const column = shownColumn(name);
      const words = open.find((one) => one.column === column);
      const isKnown = words?.open.every(saysOutgoing) === true;
      if (codes !== undefined && words !== undefined && !isKnown) {
        found.add('codes-left-out', { column }, words);
      } else if (outgoing !== undefined) {
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
    return;
  }
  if (column.codes !== undefined) count(column, cell.trim());
  if (column.outgoing === undefined && cell !== column.before && cell.length < LONGEST_CODE) {
    if (saysOutgoing(cell)) column.outgoing = cell.trim();
    column.before = cell;
  }
}

function count(column: Watched, code: string): void {
  const { codes } = column;
  if (codes === undefined || code === '') return;
  const before = codes.get(code);
  const isCode = code.length <= LONGEST_CODE && (before !== undefined || codes.size < MOST_CODES);
  if (isCode) codes.set(code, (before ?? 0) + 1);
  else column.codes = undefined;
}

/**
 * Finds the columns that have open codes in the first records.
 *
 * @param header the columns of the export
 */
export function openCodes(
  header: readonly string[],
  records: readonly (readonly string[])[],
  recipe: Recipe,
): readonly OpenCodes[] {
  const columns = new CallColumns(header, recipe, false);
  const watched = new UnmappedColumns(columns.leftOut, header, recipe);
  const fields = new RecordFields(',');
  for (const record of records) {
    fields.take(record);
    const { only, skip } = columns.rules;
    const isLeftOut =
      !only.every(({ rule, at }) => rule.values.has((record[at] ?? '').trim().toLowerCase())) ||
      skip.some(({ rule, at }) => rule.values.has((record[at] ?? '').trim().toLowerCase()));
    if (!isLeftOut) watched.add(fields);
  }
  return watched.open;
}
