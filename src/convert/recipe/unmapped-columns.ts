/** Warns about unused columns that show which records are outgoing calls, missed calls or legs. */
import type { FindingCollector } from '../../calls/findings/collector.ts';
import { RecordFields } from '../../csv/record-fields.ts';
import { shownColumn } from '../../safe-text/shown-value.ts';
import type { OpenCodes } from '../../words/commands.ts';
import { isPlain, proposedDirection, saysOutgoing } from '../cells/direction-words.ts';
import { KeyHasher, SeenKeys } from '../cells/seen-keys.ts';
import { CallColumns } from './call-columns.ts';
import type { Recipe } from './recipe.ts';

/**
 * Names of columns that may connect the legs of one call, in lower case without punctuation: a word
 * for a call and a word for its key, or a word for both.
 */
const CALL_WORD =
  'call(?!er|ee|ed|ing)|звонк|вызов|дзвінк|session|сесси|linked|uniq|leg|entry|appeal|обращени|conversation|разговор|запис|bridge|cdr|interaction|correlation|parent|master';
const KEY_WORD = 'id|uuid|guid|sid|key|ref|ид|идентификатор|код';
const LEG_NAMES = new RegExp(
  `^(?:id|uid|uuid|guid|uniq|ид|уид|.*(?:${CALL_WORD}).*(?:${KEY_WORD})|(?:${KEY_WORD}).*(?:${CALL_WORD}).*)$`,
);
/** Names of columns with the key of something that has many calls. */
const NO_LEG_NAMES =
  /visit|посе|client|клиент|user|польз|employee|сотруд|agent|operator|оператор|queue|group|campaign|кампани|cent(?:er|re)|site|сайт|track|scheme|схем/;

/** Words in the names of columns that tell what a record is about, in several languages. */
const CODE_WORDS = new Set(
  (
    'direction dir calldirection calltype type kind state status callstatus disposition result callresult outcome category ' +
    'flow ' +
    'тип вид направление статус состояние результат итог исход ' +
    'тып напрямок тыпзвонка стан результат напрям бағыт күй ' +
    'typ richtung anrufart art ergebnis zustand sens statut résultat tipo dirección direccion estado resultado direção ' +
    'direcao direzione esito stato kierunek rodzaj stan wynik yön tür durum sonuç směr stav'
  ).split(' '),
);
/** Whole names of such columns, in lower case without punctuation. */
const CODE_NAMES = /^(?:call)?(?:(?:hangup)?(?:reason|cause)|failedcode|accountcode|причина)$/;
/** Words in the names of columns with codes of something other than a call. */
const OF_OTHER_THINGS =
  /^(?:client|customer|клиент|покупат|deal|сделк|lead|лид|payment|оплат|device|устройств|user|пользоват|source|источник|traffic|трафик|utm|crm|заказ|order|content|media|file|файл|record|запис|domestic|number|номер|agent|оператор|сотрудник|employee|city|город)/;

/** Says whether the name of a column says that it has codes of directions or outcomes. */
function isOfCodes(name: string, key: string): boolean {
  if (CODE_NAMES.test(key)) return true;
  const words = name
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u);
  return (
    words.some((word) => CODE_WORDS.has(word)) && !words.some((word) => OF_OTHER_THINGS.test(word))
  );
}

/** Names of columns with yes or no for how a call ended, in lower case without punctuation. */
const ENDING_NAMES =
  /^(?:is|was|call)?(?:answered|missed|lost|success|successful|отвечен|отвечено|отвеченный|принят|принято|успешный|успешно|пропущен|пропущенный|потерян|потерянный)(?:call|звонок|вызов)?$/;

/** The maximum number of different codes in a column. With more values, the values are no codes. */
const MOST_CODES = 30;
const LONGEST_CODE = 40;

interface Watched {
  readonly name: string;
  readonly at: number;
  /**
   * What the name of the column says: its codes may be directions and endings (`code`), or only
   * endings (`ending`).
   */
  readonly named: 'code' | 'ending' | undefined;
  /** The number of records by value; `undefined` if the values are no codes. */
  codes: Map<string, number> | undefined;
  outgoing: string | undefined;
  before: string;
  /** The values so far; `undefined` if the column cannot connect legs. */
  readonly keys: SeenKeys | undefined;
  /** Whether a record with a value is a later leg of the call with that value. */
  readonly isParent: boolean;
  /** The number of records that have the value of an earlier record. */
  repeats: number;
}

/** Watches the values of columns that are not used for calls. */
export class UnmappedColumns {
  readonly #watched: Watched[];
  readonly #hasher = new KeyHasher();
  #records = 0;

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
      const mayBeLeg =
        preset?.legOf === undefined && LEG_NAMES.test(key) && !NO_LEG_NAMES.test(key);
      const isSettled = direction === 'all' || isFiltered;
      if (isSettled && !mayBeLeg) return [];
      const named = isOfCodes(name, key) ? 'code' : ENDING_NAMES.test(key) ? 'ending' : undefined;
      const codes = isSettled ? undefined : new Map<string, number>();
      const keys = mayBeLeg ? new SeenKeys() : undefined;
      // Such a column has a value only in the later legs of a call.
      const isParent = key.startsWith('parent');
      return [
        { name, at, named, codes, outgoing: undefined, before: '', keys, isParent, repeats: 0 },
      ];
    });
  }

  /** Watches one record of the export. */
  add(record: RecordFields): void {
    this.#records += 1;
    for (const column of this.#watched) this.#watch(column, record.text(column.at));
  }

  /**
   * The columns with codes that do not certainly mean an incoming or an answered call. These are
   * columns with the name of a direction or an outcome, and columns with a word for outgoing calls
   * under any name.
   */
  get open(): readonly OpenCodes[] {
    return this.#openOf(({ named, outgoing }) => named === 'code' || outgoing !== undefined);
  }

  #openOf(isWanted: (column: Watched) => boolean): readonly OpenCodes[] {
    return this.#watched.filter(isWanted).flatMap(({ name, codes }) => {
      const open = [...(codes?.keys() ?? [])].filter((code) => !isPlain(code));
      if (codes === undefined || open.length === 0) return [];
      const counts = [...codes].map(([code, count]) => ({
        code,
        count,
        meaning: proposedDirection(code),
      }));
      return [{ column: name, codes: counts, open }];
    });
  }

  report(found: FindingCollector): void {
    const open = this.#openOf(
      ({ named, outgoing }) => named !== undefined || outgoing !== undefined,
    );
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
export function shownCodes({ column, codes, open }: OpenCodes): OpenCodes {
  return {
    column: shownColumn(column),
    codes: codes.map(({ code, ...rest }) => ({ ...rest, code: shownColumn(code) })),
    open: open.map(shownColumn),
  };
}

function watchCodes(column: Watched, cell: string): void {
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
