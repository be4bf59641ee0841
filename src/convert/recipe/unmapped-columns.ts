/** Warns about unmapped columns that show which records are outgoing calls, missed calls or legs. */
import type { FindingCollector } from '../../calls/findings/collector.ts';
import { RecordFields } from '../../csv/record-fields.ts';
import { shownColumn } from '../../safe-text/shown-value.ts';
import type { OpenCodes } from '../../words/commands.ts';
import {
  directionOfHeading,
  directionWithin,
  isPlain,
  proposedDirection,
  saysMissed,
  saysNoCall,
  saysOutgoing,
  YES_NO,
} from '../cells/direction-words.ts';
import { KeyHasher, SeenKeys } from '../cells/seen-keys.ts';
import { CallColumns } from './call-columns.ts';
import { endingOfYes, isOfCodes, isOfLegs } from './column-kinds.ts';
import type { Recipe } from './recipe.ts';

/**
 * The maximum number of distinct codes to count in a column. If a column has more distinct values,
 * or a value longer than `LONGEST_CODE`, the values are probably not codes. They are still treated
 * as codes if the name of the column suggests codes.
 */
const MOST_CODES = 30;
const LONGEST_CODE = 40;
const LONGEST_NAMED_CODE = 200;
/**
 * A shorter word, such as the letter `O`, has no certain meaning unless the name of its column
 * suggests codes.
 */
const SHORTEST_WORD = 3;

interface Watched {
  readonly name: string;
  readonly at: number;
  /** Whether the name of the column suggests that its values are directions or outcomes. */
  readonly isNamed: boolean;
  /** What a yes in the column means; `undefined` if that is unknown. */
  readonly ending: 'missed' | 'answered' | undefined;
  /** The number of records with each value; `undefined` if the values are not codes. */
  codes: Map<string, number> | undefined;
  /**
   * The number of records whose code is not in `codes`, because `codes` is full or the code is too
   * long.
   */
  more: number;
  outgoing: string | undefined;
  before: string;
  /** The values seen so far; `undefined` if the column cannot connect legs. */
  readonly keys: SeenKeys | undefined;
  /** Whether every record with a value in this column is a later leg of a call. */
  readonly isParent: boolean;
  /** The number of records that seem to be later legs of a call. */
  repeats: number;
}

/** Watches the values of columns that are not used for calls. */
export class UnmappedColumns {
  readonly #watched: Watched[];
  readonly #hasher = new KeyHasher();
  readonly #hasMissed: boolean;
  #records = 0;

  /** @param header the columns of the export */
  constructor(
    { leftOut, sources }: Pick<CallColumns, 'leftOut' | 'sources'>,
    header: readonly string[],
    { preset, only, skip, direction }: Recipe,
  ) {
    this.#hasMissed = sources.some(({ name }) => name === 'CallMissed');
    const names = new Set(leftOut.map((name) => name.toLowerCase()));
    const skipped = new Set(skip.map(({ column }) => column.toLowerCase()));
    // If rules or the preset already select the records, a warning about codes is not necessary.
    const isFiltered = only.length > 0 || preset?.direction !== undefined;
    this.#watched = header.flatMap((cell, at): Watched[] => {
      const name = cell.trim();
      const lower = name.toLowerCase();
      const key = lower.replaceAll(/[\s_.-]/g, '');
      if (!names.has(lower) && !skipped.has(lower)) return [];
      const mayBeLeg = preset?.legOf === undefined && isOfLegs(key);
      const isSettled = direction === 'all' || isFiltered;
      if (isSettled && !mayBeLeg) return [];
      const ending = endingOfYes(key);
      const isNamed = ending !== undefined || isOfCodes(name, key);
      const codes = isSettled ? undefined : new Map<string, number>();
      const keys = mayBeLeg ? new SeenKeys() : undefined;
      // A column such as `ParentId` has a value only in the later legs of a call.
      const isParent = key.startsWith('parent');
      return [
        {
          name,
          at,
          isNamed,
          ending,
          codes,
          more: 0,
          outgoing: undefined,
          before: '',
          keys,
          isParent,
          repeats: 0,
        },
      ];
    });
  }

  /** Watches one record of the export. */
  add(record: RecordFields): void {
    this.#records += 1;
    for (const column of this.#watched) this.#watch(column, record.text(column.at));
  }

  /**
   * The columns with codes that may mean something other than an incoming or an answered call.
   * Either the name of the column suggests directions or outcomes, or the column has a word for
   * outgoing calls or for contacts that are not phone calls.
   */
  get open(): readonly OpenCodes<string>[] {
    return this.#openOf(({ isNamed, outgoing }) => isNamed || outgoing !== undefined);
  }

  #openOf(isWanted: (column: Watched) => boolean): readonly OpenCodes<string>[] {
    return this.#watched.filter(isWanted).flatMap((column) => {
      const { name, codes, more } = column;
      if (codes === undefined || isEmpty(codes)) return [];
      const isDirection = directionOfHeading(name) !== undefined;
      const open = [...codes.keys()].filter((code) => !isPlain(code));
      if (open.length === 0 && more === 0) return [];
      const { ending } = column;
      // The calls already have a column that says which of them were missed.
      if (ending !== undefined && this.#hasMissed) return [];
      const isOutcome = !this.#hasMissed && areOutcomes([...codes.keys()], ending);
      const counts = [...codes].map(([code, count]) => ({
        code,
        count,
        meaning: isOutcome ? missedBy(code, ending) : proposedDirection(code, name),
      }));
      if (!isDirection) return [{ column: name, codes: counts, open, more, isOutcome }];
      // In a column such as `Outgoing`, yes and no are directions.
      const outside = counts.filter(({ meaning }) => meaning !== 'in').map(({ code }) => code);
      if (outside.length === 0 && more === 0) return [];
      return [{ column: name, codes: counts, open: outside, more, isOutcome }];
    });
  }

  report(found: FindingCollector): void {
    const open = this.#openOf(({ isNamed, outgoing }) => isNamed || outgoing !== undefined);
    for (const { name, outgoing, keys, repeats, codes } of this.#watched) {
      const column = shownColumn(name);
      const words = open.find((one) => one.column === name);
      const isKnown = words?.open.every(saysOutgoing) === true;
      if (codes !== undefined && words !== undefined && !isKnown) {
        found.add('codes-left-out', { column }, shownCodes(words));
      } else if (outgoing !== undefined) {
        found.add('direction-left-out', { column }, { column, value: outgoing });
      } else if (keys !== undefined && repeats > 0) {
        found.add('legs-left-out', { column }, { column, count: repeats });
      }
    }
  }

  #watch(column: Watched, cell: string): void {
    const { keys } = column;
    if (keys === undefined) {
      watchCodes(column, cell);
      return;
    }
    const key = cell.trim();
    if (key === '') return;
    this.#hasher.hash(key);
    const isRepeated = keys.see(this.#hasher, this.#records) !== undefined;
    if (isRepeated || column.isParent) column.repeats += 1;
  }
}

/** Masks personal data in a column of codes, for messages. */
export function shownCodes({ column, codes, open, ...rest }: OpenCodes<string>): OpenCodes {
  return {
    ...rest,
    column: shownColumn(column),
    codes: codes.map(({ code, ...one }) => ({ ...one, code: shownColumn(code) })),
    open: open.map(shownColumn),
  };
}

function watchCodes(column: Watched, cell: string): void {
  const text = cell.trim();
  if (column.codes !== undefined) count(column, text);
  if (column.outgoing === undefined && cell !== column.before && cell.length < LONGEST_CODE) {
    const isWord = text.length >= SHORTEST_WORD || column.isNamed;
    if (isWord && (saysOutgoing(text) || saysNoCall(text))) column.outgoing = text;
    column.before = cell;
  }
}

function count(column: Watched, text: string): void {
  const { codes, isNamed } = column;
  // An empty cell is a code only in a column of directions or outcomes.
  if (codes === undefined || (text === '' && !isNamed)) return;
  const before = codes.get(text);
  const longest = isNamed ? LONGEST_NAMED_CODE : LONGEST_CODE;
  const isCode = text.length <= longest && (before !== undefined || codes.size < MOST_CODES);
  if (isCode) codes.set(text, (before ?? 0) + 1);
  else if (isNamed) column.more += 1;
  else column.codes = undefined;
}

function isEmpty(codes: ReadonlyMap<string, number>): boolean {
  return codes.size === 0 || (codes.size === 1 && codes.has(''));
}

/** Says whether codes are words for answered and missed calls, and not for directions. */
function areOutcomes(codes: readonly string[], ending: Watched['ending']): boolean {
  return (
    codes.some((code) => saysMissed(code) !== undefined || isYesOrNo(code, ending)) &&
    codes.every((code) => directionWithin(code) === undefined)
  );
}

function isYesOrNo(code: string, ending: Watched['ending']): boolean {
  return ending !== undefined && YES_NO.has(code.toLowerCase());
}

/** Returns the value of `CallMissed` to propose for a word. A person must check it. */
function missedBy(code: string, ending: Watched['ending']): '0' | '1' {
  const yes = YES_NO.get(code.toLowerCase());
  if (yes !== undefined && ending !== undefined)
    return (yes === '1') === (ending === 'missed') ? '1' : '0';
  return saysMissed(code) === false ? '0' : '1';
}

/**
 * Reads the first records of an export. Returns the columns with open codes, as
 * {@link UnmappedColumns.open} does.
 *
 * @param header the columns of the export
 */
export function openCodes(
  header: readonly string[],
  records: readonly (readonly string[])[],
  recipe: Recipe,
): readonly OpenCodes<string>[] {
  const columns = new CallColumns(header, recipe, false);
  const watched = new UnmappedColumns(columns, header, recipe);
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
