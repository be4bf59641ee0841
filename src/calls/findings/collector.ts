/** Collects the findings of one file. Its memory is limited by the number of findings to list. */
import type { FindingParameters } from '../../words/en/findings.ts';
import { columnLetters } from '../../workbook/cell-reference.ts';
import type { Finding, Validation } from './finding.ts';
import { FINDING_SEVERITIES, type FindingCode, type Severity } from './kinds.ts';

/** The position of a finding. The value must already be safe to show. */
export interface FindingPlace {
  /** The file, if it is not the one that is checked. */
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
  /** Whether changes before sending are refused. Then they are errors instead of notes. */
  readonly changesAreErrors?: boolean;
  /** Called with every finding, also with those that are not listed. */
  readonly onFinding?: ((finding: Finding) => void) | undefined;
  /** The sheet of the workbook, if the records are its rows. */
  readonly sheet?: string | undefined;
  /** Called with the code of every error. */
  readonly onError?: ((code: FindingCode) => void) | undefined;
}

/** The findings of one file. */
export class FindingCollector {
  readonly #options: CollectorOptions;
  readonly #groups = new Map<string, OpenGroup>();
  readonly #counts: Record<Severity, number> = { error: 0, warning: 0, note: 0 };

  /** The index of each column in a row, from 0. */
  #columnPlaces: ReadonlyMap<string, number> = new Map();

  constructor(options: CollectorOptions) {
    this.#options = options;
  }

  /**
   * @param places the index of each column in a row of the sheet, from 0, by the name that findings
   *   use
   */
  placeColumns(places: ReadonlyMap<string, number>): void {
    this.#columnPlaces = places;
  }

  get errors(): number {
    return this.#counts.error;
  }

  get warnings(): number {
    return this.#counts.warning;
  }

  /**
   * Counts a finding that would not be listed. This saves the caller from describing it.
   *
   * @returns `false` if it was not counted and must be added
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
   * @param code the kind of finding
   * @param place the position of the finding
   * @param parameters the parameters of its sentences
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
    const finding: Finding = {
      ...(place.file === undefined ? this.#cellOf(place) : { file: place.file }),
      code,
      severity,
      line: place.line ?? null,
      record: place.record ?? null,
      column: place.column ?? null,
      value: place.value ?? null,
      offset: place.offset ?? null,
      parameters,
    };
    if (isListed) group.first.push(finding);
    onFinding?.(finding);
  }

  /**
   * Replaces all findings of one kind with a single finding that is their common cause.
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

  /** Removes all findings, because another one is their cause. */
  clear(): void {
    this.#groups.clear();
    for (const severity of ['error', 'warning', 'note'] as const) this.#counts[severity] = 0;
  }

  /** @returns everything found so far, sorted */
  result(): Validation {
    const groups = [...this.#groups.values()].sort(
      (left, right) =>
        WEIGHT[left.severity] - WEIGHT[right.severity] ||
        lineOf(left.first[0]) - lineOf(right.first[0]),
    );
    const findings = groups
      .flatMap((group) => group.first)
      .sort(
        (left, right) =>
          WEIGHT[left.severity] - WEIGHT[right.severity] || lineOf(left) - lineOf(right),
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

function lineOf(finding: Finding | undefined): number {
  return finding?.line ?? 0;
}
