import { FINDING_KINDS, type FindingCode, type Severity } from './finding-catalogue.ts';

/** One thing that was found in a file, ready to be shown. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** The physical line as an editor counts it, from 1; `null` when it concerns the whole file. */
  readonly line: number | null;
  /** The record's number without the header, from 1; `null` when it concerns no record. */
  readonly record: number | null;
  readonly column: string | null;
  /** The value as far as it may be shown. */
  readonly value: string | null;
  /** How many characters stand before the value in its line; `null` when there is no value. */
  readonly offset: number | null;
  readonly message: string;
  readonly hint: string;
}

/** All findings of one kind in one column. */
export interface FindingGroup {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly title: string;
  readonly count: number;
  /** The first ones, in the order of the file; never more than were asked for. */
  readonly first: readonly Finding[];
}

/** Everything that was found in a file. Counts are complete, lists are cut. */
export interface Validation {
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  /** The findings to list: errors first, then warnings, then notes, each in the file's order. */
  readonly findings: readonly Finding[];
  readonly groups: readonly FindingGroup[];
}

/** Where a finding stands and what its words draw on. */
export interface FindingPlace {
  readonly line?: number;
  readonly record?: number;
  readonly column?: string;
  readonly value?: string;
  readonly offset?: number;
  readonly detail?: string;
}

interface OpenGroup {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly title: string;
  count: number;
  readonly first: Finding[];
}

const WEIGHT: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

/** How a collector works. */
export interface CollectorSettings {
  /** How many findings to list at most. */
  readonly listed: number;
  /** Whether a change on the way, a note otherwise, is refused. */
  readonly changesAreErrors?: boolean;
  /** Is told every finding, also those that are not listed. */
  readonly onFinding?: ((finding: Finding) => void) | undefined;
}

/** Collects what is found in one file, in memory bounded by the number of findings to list. */
export class FindingCollector {
  readonly #settings: CollectorSettings;
  readonly #groups = new Map<string, OpenGroup>();
  readonly #counts: Record<Severity, number> = { error: 0, warning: 0, note: 0 };

  constructor(settings: CollectorSettings) {
    this.#settings = settings;
  }

  get errors(): number {
    return this.#counts.error;
  }

  get warnings(): number {
    return this.#counts.warning;
  }

  /**
   * @param code the kind of finding
   * @param place where it stands; the value must already be fit to be shown
   */
  add(code: FindingCode, place: FindingPlace = {}): void {
    const severity = this.#severityOf(code);
    this.#counts[severity] += 1;
    const key = `${code} ${place.column ?? ''}`;
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = { code, severity, title: FINDING_KINDS[code].title(place), count: 0, first: [] };
      this.#groups.set(key, group);
    }
    group.count += 1;
    const { listed, onFinding } = this.#settings;
    const wanted = group.first.length < Math.max(1, listed);
    if (!wanted && onFinding === undefined) return;
    const finding = describe(code, severity, place);
    if (wanted) group.first.push(finding);
    onFinding?.(finding);
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
      .slice(0, this.#settings.listed);
    return {
      errors: this.#counts.error,
      warnings: this.#counts.warning,
      notes: this.#counts.note,
      findings,
      groups,
    };
  }

  #severityOf(code: FindingCode): Severity {
    const { severity } = FINDING_KINDS[code];
    return severity === 'note' && this.#settings.changesAreErrors === true ? 'error' : severity;
  }
}

function describe(code: FindingCode, severity: Severity, place: FindingPlace): Finding {
  const kind = FINDING_KINDS[code];
  const refusedChange = severity === 'error' && kind.severity === 'note';
  return {
    code,
    severity,
    line: place.line ?? null,
    record: place.record ?? null,
    column: place.column ?? null,
    value: place.value ?? null,
    offset: place.offset ?? null,
    message: kind.message(place),
    hint: refusedChange
      ? 'Leave out --no-convert to have it changed on the way, or change the file.'
      : kind.hint(place),
  };
}

function lineOf(finding: Finding | undefined): number {
  return finding?.line ?? 0;
}
