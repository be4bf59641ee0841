/** Findings as data, and functions that put findings into words. */
import type { FindingParameters } from '../../words/en/findings.ts';
import { type FindingEntry, say, titled } from '../../words/entries.ts';
import type { Notation, Text } from '../../words/said.ts';
import { FINDING_SEVERITIES, type FindingCode, type Severity } from './kinds.ts';

/** One finding about a file. {@link findingIn} puts it into words. */
export interface Finding {
  /** The file, if it is not the checked file. */
  readonly file?: string | undefined;
  readonly code: FindingCode;
  readonly severity: Severity;
  /** The sheet, if the file is a workbook. In this case, `line` is a row of the sheet. */
  readonly sheet?: string | undefined;
  /** The cell of the sheet, for example `C7`; `null` if the finding is not about a single cell. */
  readonly cell?: string | null | undefined;
  /**
   * The physical line as an editor counts it, from 1; `null` if the finding is about the whole
   * file.
   */
  readonly line: number | null;
  /**
   * The number of the record, from 1, without counting the header; `null` if the finding is not
   * about a record.
   */
  readonly record: number | null;
  readonly column: string | null;
  /** The value, masked if necessary. */
  readonly value: string | null;
  /**
   * The number of characters before the value on its line; `null` if there is no value, or if the
   * file is JSON.
   */
  readonly offset: number | null;
  /** The parameters of the finding's sentences. */
  readonly parameters: FindingParameters[FindingCode];
}

/** All findings of one kind in one column. */
export interface FindingGroup {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly count: number;
  /** The first findings, in the order of the file. Options limit how many there are. */
  readonly first: readonly Finding[];
}

/** The findings of a file. The counts include all findings; the lists are limited. */
export interface Validation {
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  /**
   * The listed findings: errors, then warnings, then notes. Findings of the same severity are in
   * the order of the file.
   */
  readonly findings: readonly Finding[];
  readonly groups: readonly FindingGroup[];
}

/** The sentences about findings, in one language. */
export interface FindingWords {
  readonly findings: { readonly [Code in FindingCode]: FindingEntry<FindingParameters[Code]> };
  readonly refusedChange: Text;
  /** The words for a column without a name. */
  readonly namelessColumn: string;
  /** How the sentences write options and commands. */
  readonly notation: Notation;
}

/** A finding in words. */
export interface FindingSaid {
  readonly title: string;
  readonly message: string;
  readonly hint: string;
}

/** @returns the finding in the words of a language */
export function findingIn(words: FindingWords, finding: Finding): FindingSaid {
  const entry = entryOf(words, finding.code);
  const parameters = withNamedColumn(finding.parameters, words);
  const isRefusedChange =
    finding.severity === 'error' && FINDING_SEVERITIES[finding.code] === 'note';
  return {
    title: titled(entry.title, parameters),
    message: say(entry.message, parameters, words.notation),
    hint: say(isRefusedChange ? words.refusedChange : entry.hint, parameters, words.notation),
  };
}

/** @returns the words about a kind of finding, without the details of a file */
export function findingKindIn(
  words: FindingWords,
  code: FindingCode,
): Pick<FindingSaid, 'title' | 'hint'> {
  const entry = entryOf(words, code);
  return { title: titled(entry.title, {}), hint: say(entry.hint, {}, words.notation) };
}

/** Returns the parameters of a sentence, with words for a column without a name. */
function withNamedColumn(
  parameters: Finding['parameters'],
  { namelessColumn }: FindingWords,
): Finding['parameters'] {
  return 'column' in parameters && parameters.column === ''
    ? { ...parameters, column: namelessColumn }
    : parameters;
}

function entryOf(
  words: FindingWords,
  code: FindingCode,
): FindingEntry<FindingParameters[FindingCode]> {
  // The entry of a code accepts the parameters of that code, but the compiler cannot prove it here.
  return words.findings[code] as FindingEntry<FindingParameters[FindingCode]>;
}
