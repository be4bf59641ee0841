/** One finding as a value, and what a check collects of them. */
import type { FindingParameters } from '../../words/en/findings.ts';
import { type FindingEntry, say, titled } from '../../words/entries.ts';
import type { Door, Text } from '../../words/said.ts';
import { FINDING_SEVERITIES, type FindingCode, type Severity } from './kinds.ts';

/** One thing that was found in a file. Its words are looked up where it is shown: {@link findingIn}. */
export interface Finding {
  /** The file it stands in, where that is not the one that is checked. */
  readonly file?: string | undefined;
  readonly code: FindingCode;
  readonly severity: Severity;
  /** The sheet of a workbook that it stands on; the line is a row of it then. */
  readonly sheet?: string | undefined;
  /** The cell on that sheet, for example `C7`; `null` when it concerns no single cell. */
  readonly cell?: string | null | undefined;
  /** The physical line as an editor counts it, from 1; `null` when it concerns the whole file. */
  readonly line: number | null;
  /** The record's number without the header, from 1; `null` when it concerns no record. */
  readonly record: number | null;
  readonly column: string | null;
  /** The value as far as it may be shown. */
  readonly value: string | null;
  /** How many characters stand before the value in its line; `null` when there is no value. */
  readonly offset: number | null;
  /** What its sentences are made of. */
  readonly parameters: FindingParameters[FindingCode];
}

/** All findings of one kind in one column. */
export interface FindingGroup {
  readonly code: FindingCode;
  readonly severity: Severity;
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

/** The sentences about findings in one language. */
export interface FindingWords {
  readonly findings: { readonly [Code in FindingCode]: FindingEntry<FindingParameters[Code]> };
  readonly refusedChange: Text;
  /** A column without a name, in place of its name. */
  readonly namelessColumn: string;
  /** How options and commands are written in them. */
  readonly door: Door;
}

/** A finding in the words of one language. */
export interface FindingSaid {
  readonly title: string;
  readonly message: string;
  readonly hint: string;
}

/** @returns what a finding says in a language */
export function findingIn(words: FindingWords, finding: Finding): FindingSaid {
  const entry = entryOf(words, finding.code);
  const parameters = withNamedColumn(finding.parameters, words);
  const isRefusedChange =
    finding.severity === 'error' && FINDING_SEVERITIES[finding.code] === 'note';
  return {
    title: titled(entry.title, parameters),
    message: say(entry.message, parameters, words.door),
    hint: say(isRefusedChange ? words.refusedChange : entry.hint, parameters, words.door),
  };
}

/** @returns what is said of a kind of finding where no file is at hand */
export function findingKindIn(
  words: FindingWords,
  code: FindingCode,
): Pick<FindingSaid, 'title' | 'hint'> {
  const entry = entryOf(words, code);
  return { title: titled(entry.title, {}), hint: say(entry.hint, {}, words.door) };
}

/** The parameters of a sentence, in which a column without a name has words for that. */
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
  // The entry of a code takes the parameters of that code, which the compiler cannot follow here.
  return words.findings[code] as FindingEntry<FindingParameters[FindingCode]>;
}
