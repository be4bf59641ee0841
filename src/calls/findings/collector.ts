/** Collects what is found in one file, in memory bounded by the number of findings to list. */
import type { FindingParameters } from '../../words/en/findings.ts';
import { columnLetters } from '../../workbook/cell-reference.ts';
import type { Finding, Validation } from './finding.ts';
import { FINDING_SEVERITIES, type FindingCode, type Severity } from './kinds.ts';

/** Where a finding stands; the value must already be fit to be shown. */
export interface FindingPlace {
  /** A file other than the one that is checked. */
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

/** How a collector works. */
export interface CollectorOptions {
  /** How many findings to list at most. */
  readonly listed: number;
  /** Whether a change before sending, a note otherwise, is refused. */
  readonly changesAreErrors?: boolean;
  /** Is called with every finding, also those that are not listed. */
  readonly onFinding?: ((finding: Finding) => void) | undefined;
  /** The sheet of a workbook that the records are rows of. */
  readonly sheet?: string | undefined;
  /** Is called with the code of every error. */
  readonly onError?: ((code: FindingCode) => void) | undefined;
}

/** The findings of one file. */
export class FindingCollector {
  readonly #options: CollectorOptions;
  readonly #groups = new Map<string, OpenGroup>();
  readonly #counts: Record<Severity, number> = { error: 0, warning: 0, note: 0 };

  /** Where the columns stand in a row, from 0. */
  #columnPlaces: ReadonlyMap<string, number> = new Map();

  constructor(options: CollectorOptions) {
    this.#options = options;
  }

  /** @param places where each column stands in a row of the sheet, from 0, by the names that findings have */
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
   * Counts a finding of which enough are listed already, so that nobody has to say what it is.
   *
   * @returns whether it was counted; else it must be added
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
   * @param place where it stands
   * @param parameters what the sentences of the kind are made of
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
   * Puts one finding in the place of all of another kind, whose common cause it is.
   *
   * @param replaced the kind that is taken away
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

  /** Takes all findings away, when another one is their cause. */
  clear(): void {
    this.#groups.clear();
    for (const severity of ['error', 'warning', 'note'] as const) this.#counts[severity] = 0;
  }

  /** @returns all that was found so far, sorted */
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
