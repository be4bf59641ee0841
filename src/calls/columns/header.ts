/** Reads the header of a file, and reports its mistakes. */
import { distance } from 'fastest-levenshtein';
import { shownColumn } from '../../safe-text/shown-value.ts';
import type { KnownSystem, SourceNames } from '../../words/commands.ts';
import type { FindingCollector } from '../findings/collector.ts';
import { CALL_COLUMNS, type ColumnName, columnNamed, IDENTIFIER_COLUMNS } from './columns.ts';
import { headingNamed, type Meaning, saysUtc } from './headings.ts';

/** The name of the column with error codes. The program adds this column to a file of rejects. */
export const REJECT_REASON = 'RejectReason';

/** The contents of a header. */
export interface Header {
  /** The names to send: known names in the service's spelling, other names trimmed. */
  readonly names: readonly string[];
  /** The column at each index of a record; `undefined` for an unknown column. */
  readonly columns: readonly (ColumnName | undefined)[];
  /**
   * The indexes of columns named `RejectReason`, from an earlier file of rejects. They are not
   * sent.
   */
  readonly reasonPlaces: readonly number[];
  /** Whether a name has spaces around it. */
  readonly hasSpaces: boolean;
  /** Whether a known name is not in the service's letter case. */
  readonly hasOtherCase: boolean;
  /** Whether the header allows a check of the records below it. */
  readonly usable: boolean;
}

/** What is known about the file that the header belongs to. */
interface HeaderContext {
  /**
   * The file, and the sheet or the JSON list in the file, as the user named them. Messages put
   * these names into commands that can be pasted.
   */
  readonly source?: SourceNames | undefined;
  /** Finds the system of an export by its column names. */
  readonly systemOf?: ((header: readonly string[]) => KnownSystem | undefined) | undefined;
}

/**
 * Reads the header record and reports its mistakes.
 *
 * @param cells the header record
 * @param line the physical line where the header starts
 */
export function readHeader(
  cells: readonly string[],
  line: number,
  found: FindingCollector,
  { source, systemOf }: HeaderContext = {},
): Header {
  const trimmed = cells.map((cell) => cell.trim());
  const known = trimmed.map((name) => columnNamed(name)?.name);
  const names = trimmed.map((name, index) => known[index] ?? name);

  const reasonPlaces = trimmed.flatMap((name, index) =>
    name.toLowerCase() === REJECT_REASON.toLowerCase() ? [index] : [],
  );
  const hasSpaces = cells.some((cell, index) => cell !== trimmed[index]);
  const hasOtherCase = trimmed.some((name, index) => name !== names[index]);

  if (known.every((name) => name === undefined) && trimmed.some(looksLikeData)) {
    found.add('header-missing', { line }, {});
    return { names, columns: known, reasonPlaces, hasSpaces, hasOtherCase, usable: false };
  }

  const foreign = foreignHeadings(trimmed, known);
  const system = known.includes('DateTime') ? undefined : systemOf?.(trimmed);
  if (foreign.length > 0 || system !== undefined) {
    const columns = foreign.map(({ heading, means }) => ({ heading: shownColumn(heading), means }));
    found.add(
      'header-foreign',
      { line },
      { columns, system, ...source, isUtc: trimmed.some(saysUtc) },
    );
    return { names, columns: known, reasonPlaces, hasSpaces, hasOtherCase, usable: false };
  }

  if (reasonPlaces.length > 0) found.add('reject-reason', { line }, {});
  if (hasSpaces) found.add('header-blanks', { line }, {});
  if (hasOtherCase) found.add('header-case', { line }, {});

  const columns = known.map((name, index) => {
    if (name !== undefined && known.indexOf(name) !== index) return undefined;
    return name;
  });
  const seen = new Set<string>();
  const reported = new Set<string>();
  names.forEach((name, index) => {
    if (reasonPlaces.includes(index)) return;
    if (seen.has(name) && name !== '' && !reported.has(name)) {
      reported.add(name);
      const column = shownColumn(name);
      found.add('column-twice', { line, column }, { column });
    } else if (known[index] === undefined && !seen.has(name)) {
      reportUnknownColumn(name, line, known, found);
    }
    seen.add(name);
  });
  if (!IDENTIFIER_COLUMNS.some((name) => known.includes(name))) {
    found.add('identifier-column-missing', { line }, {});
  }
  return { names, columns, reasonPlaces, hasSpaces, hasOtherCase, usable: true };
}

/**
 * Reports a column that the service does not know, with the column that its name probably means.
 *
 * @param line the physical line where the header starts
 * @param present the columns that the file already has
 */
export function reportUnknownColumn(
  name: string,
  line: number,
  present: readonly (ColumnName | undefined)[],
  found: FindingCollector,
): void {
  const column = shownColumn(name);
  if (OF_CONVERSIONS.has(name.toLowerCase())) {
    found.add('column-of-conversions', { line, column }, { column });
    return;
  }
  const near = nearestColumn(name, present);
  found.add('column-unknown', { line, column }, near === undefined ? { column } : { column, near });
}

/**
 * Returns the headings of another system. A header is foreign if it has a heading of another system
 * for the time or the identifier of a call, but lacks the service's column for the same value. The
 * header must also have at least two cells with a known meaning.
 *
 * @returns the headings of dates, and those with the same meaning in every system; none if the
 *   header is not foreign
 */
export function foreignHeadings(
  cells: readonly string[],
  known: readonly (ColumnName | undefined)[],
): readonly { readonly heading: string; readonly means: Meaning }[] {
  const all = cells.flatMap((heading, at) => {
    const named = known[at] === undefined ? headingNamed(heading) : undefined;
    return named === undefined ? [] : [{ heading, ...named }];
  });
  const hasTime = known.includes('DateTime');
  const hasIdentifier = IDENTIFIER_COLUMNS.some((name) => known.includes(name));
  const isForeign = all.some(
    ({ means, isSure }) =>
      (!hasTime && (means === 'Date' || (means === 'DateTime' && isSure))) ||
      (!hasIdentifier && isSure && IDENTIFIER_COLUMNS.some((name) => name === means)),
  );
  const said = all.filter(({ means, isSure }) => means !== 'Other' && (isSure || means === 'Date'));
  return isForeign && said.length + known.filter((name) => name !== undefined).length >= 2
    ? said
    : [];
}

/** Returns the header of a file whose first record cannot be read. */
export function unreadableHeader(cells: readonly string[]): Header {
  return {
    names: cells,
    columns: [],
    reasonPlaces: [],
    hasSpaces: false,
    hasOtherCase: false,
    usable: false,
  };
}

/**
 * The names of columns that only files of offline conversions have, in lower case. The service has
 * another method for such files.
 */
const OF_CONVERSIONS = new Set(['target', 'purchaseid']);

const DATA = /^[+\d][\d\s():.,/-]{3,}$|^https?:\/\//;

/** Says whether a cell is probably a value and not the name of a column. */
function looksLikeData(cell: string): boolean {
  return DATA.test(cell);
}

/**
 * Returns the column that a misspelled name probably means. This is never a column that the file
 * already has.
 */
function nearestColumn(
  name: string,
  present: readonly (ColumnName | undefined)[],
): ColumnName | undefined {
  const plain = name.toLowerCase().replace(/[\s_-]/g, '');
  if (plain === '') return undefined;
  const heading = headingNamed(name);
  // A heading that may mean several things names no column. For example, "cost" may be a price or a
  // telephone bill.
  if (heading?.isSure === false) return undefined;
  const meant = columnNamed(heading?.means ?? '')?.name;
  if (meant !== undefined && !present.includes(meant)) return meant;
  let nearest: ColumnName | undefined;
  let nearestDistance = Number.POSITIVE_INFINITY;
  for (const column of CALL_COLUMNS) {
    if (present.includes(column.name)) continue;
    const steps = distance(plain, column.name.toLowerCase());
    if (steps < nearestDistance) {
      nearest = column.name;
      nearestDistance = steps;
    }
  }
  return nearest !== undefined && nearestDistance <= Math.max(1, nearest.length / 3)
    ? nearest
    : undefined;
}
