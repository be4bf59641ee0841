/** Collects the findings of one file. A limit on the listed findings also limits the memory. */
import type { LineInJson } from '../../csv/table-form.ts';
import type { FindingParameters } from '../../words/en/findings.ts';
import { columnLetters } from '../../workbook/cell-reference.ts';
import type { Finding, Validation } from './finding.ts';
import { FINDING_SEVERITIES, type FindingCode, type Severity } from './kinds.ts';

/** The position of a finding, and the value. The value must already be masked if necessary. */
export interface FindingPlace {
  /** The file, if it is not the checked file. */
  readonly file?: string | undefined;
  readonly line?: number;
  readonly record?: number;
  readonly column?: string;
  readonly value?: string;
  readonly offset?: number;
}

interface OpenGroup {
  readonly code: FindingCode;
  readonly severity: Severity;
  count: number;
  readonly first: Finding[];
}

const WEIGHT: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

/** Options of a collector. */
export interface CollectorOptions {
  /** The maximum number of findings to list. */
  readonly listed: number;
  /**
   * Whether the user refuses every change of the file before it is sent. If so, each necessary
   * change is an error instead of a note.
   */
  readonly changesAreErrors?: boolean;
  /** Called with every finding, including findings that are not listed. */
  readonly onFinding?: ((finding: Finding) => void) | undefined;
  /** The sheet, if the records are rows of a workbook. */
  readonly sheet?: string | undefined;
  /** Returns the line in the JSON file for a line of the table, if the records come from JSON. */
  readonly lineInJson?: LineInJson | undefined;
  /** Called with the code of every error. */
  readonly onError?: ((code: FindingCode) => void) | undefined;
}

/** The findings of one file. */
export class FindingCollector {
  readonly #options: CollectorOptions;
  readonly #groups = new Map<string, OpenGroup>();
  readonly #counts: Record<Severity, number> = { error: 0, warning: 0, note: 0 };

  /**
   * The index of each column in a row of the sheet, from 0. The keys are the names that findings
   * use for the columns.
   */
  #columnPlaces: ReadonlyMap<string, number> = new Map();

  constructor(options: CollectorOptions) {
    this.#options = options;
  }

  /**
   * Sets the columns of a sheet. Then findings can name their cells.
   *
   * @param places the index of each column in a row of the sheet, from 0; the keys are the names
   *   that findings use for the columns
   */
  placeColumns(places: ReadonlyMap<string, number>): void {
    this.#columnPlaces = places;
  }

  /** Returns the line that findings show for a line of the table. Both count from 1. */
  lineInFile(line: number): number {
    return this.#options.lineInJson?.(line) ?? line;
  }

  get errors(): number {
    return this.#counts.error;
  }

  get warnings(): number {
    return this.#counts.warning;
  }

  /**
   * Counts a finding without its details, if the details are not needed. They are not needed if the
   * list of findings with this code and column is full, and there is no `onFinding`.
   *
   * @returns whether the finding was counted; if not, add it with {@link add}
   */
  count(code: FindingCode, column: string): boolean {
    const group = this.#groups.get(`${code} ${column} `);
    const { listed, onFinding, onError } = this.#options;
    if (group === undefined || onFinding !== undefined) return false;
    if (group.first.length < Math.max(1, listed)) return false;
    this.#counts[group.severity] += 1;
    group.count += 1;
    if (group.severity === 'error') onError?.(code);
    return true;
  }

  /**
   * Counts a finding, and adds it to the list if there is room.
   *
   * @param code the kind of finding
   * @param place the position of the finding
   * @param parameters the parameters of the finding's sentences
   */
  add<Code extends FindingCode>(
    code: Code,
    place: FindingPlace,
    parameters: FindingParameters[Code],
  ): void {
    const severity = this.#severityOf(code);
    this.#counts[severity] += 1;
    const key = `${code} ${place.column ?? ''} ${place.file ?? ''}`;
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = { code, severity, count: 0, first: [] };
      this.#groups.set(key, group);
    }
    group.count += 1;
    const { listed, onFinding, onError } = this.#options;
    if (severity === 'error') onError?.(code);
    const isListed = group.first.length < Math.max(1, listed);
    if (!isListed && onFinding === undefined) return;
    const { lineInJson } = this.#options;
    const lineOf = (line: number): number =>
      place.file === undefined ? this.lineInFile(line) : line;
    const finding: Finding = {
      ...(place.file === undefined ? this.#cellOf(place) : { file: place.file }),
      code,
      severity,
      line: place.line === undefined ? null : lineOf(place.line),
      record: place.record ?? null,
      column: place.column ?? null,
      value: place.value ?? null,
      // The text of a record in JSON differs from its line in the table, so an offset is useless.
      offset: lineInJson === undefined ? (place.offset ?? null) : null,
      parameters: withLines(parameters, lineOf),
    };
    if (isListed) group.first.push(finding);
    onFinding?.(finding);
  }

  /**
   * Replaces all findings of one kind with a single finding about their common cause.
   *
   * @param replaced the kind to remove
   */
  replace<Code extends FindingCode>(
    replaced: FindingCode,
    ...finding: [code: Code, place: FindingPlace, parameters: FindingParameters[Code]]
  ): void {
    for (const [key, { code, severity, count }] of this.#groups) {
      if (code !== replaced) continue;
      this.#counts[severity] -= count;
      this.#groups.delete(key);
    }
    this.add(...finding);
  }

  /** Removes all findings. Use it before one finding about their common cause is added. */
  clear(): void {
    this.#groups.clear();
    for (const severity of ['error', 'warning', 'note'] as const) this.#counts[severity] = 0;
  }

  /** @returns all findings up to now, sorted */
  result(): Validation {
    const groups = [...this.#groups.values()].sort(
      (left, right) =>
        WEIGHT[left.severity] - WEIGHT[right.severity] ||
        placedLine(left.first[0]) - placedLine(right.first[0]),
    );
    const findings = groups
      .flatMap((group) => group.first)
      .sort(
        (left, right) =>
          WEIGHT[left.severity] - WEIGHT[right.severity] || placedLine(left) - placedLine(right),
      )
      .slice(0, this.#options.listed);
    return {
      errors: this.#counts.error,
      warnings: this.#counts.warning,
      notes: this.#counts.note,
      findings,
      groups,
    };
  }

  #cellOf({ line, column = '' }: FindingPlace): Pick<Finding, 'sheet' | 'cell'> {
    const { sheet } = this.#options;
    if (sheet === undefined || line === undefined) return {};
    const at = this.#columnPlaces.get(column);
    return { sheet, cell: at === undefined ? null : `${columnLetters(at)}${String(line)}` };
  }

  #severityOf(code: FindingCode): Severity {
    const severity = FINDING_SEVERITIES[code];
    return severity === 'note' && this.#options.changesAreErrors === true ? 'error' : severity;
  }
}

function placedLine(finding: Finding | undefined): number {
  return finding?.line ?? 0;
}

/** The names of the parameters whose values are line numbers. */
const LINE_PARAMETERS = ['firstLine', 'calledAt', 'dayFirst', 'monthFirst'] as const;

/** Returns the parameters of a finding. `lineOf` replaces each line number. */
function withLines<Parameters extends object>(
  parameters: Parameters,
  lineOf: (line: number) => number,
): Parameters {
  const lines = new Map<string, unknown>(Object.entries(parameters));
  const placed = LINE_PARAMETERS.flatMap((name) => {
    const line = lines.get(name);
    return typeof line === 'number' ? [[name, lineOf(line)] as const] : [];
  });
  return placed.length === 0 ? parameters : { ...parameters, ...Object.fromEntries(placed) };
}
