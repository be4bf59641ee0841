/** All sentences of the program in English. Other languages have the same type. */
import { failureMeanings } from './en/failure-meanings.ts';
import { failures } from './en/failures.ts';
import { findingMeanings } from './en/finding-meanings.ts';
import { changeSummaries, findings, namelessColumn, refusedChange } from './en/findings.ts';
import { help } from './en/help.ts';
import { screens } from './en/screens.ts';
import { type Situation, type SituationCode, situations } from './en/situations.ts';
import { formatNumber, timeSpan } from './format.ts';
import { functionNotation, type Notation } from './said.ts';

export const en = {
  get failures() {
    return failures();
  },
  get findings() {
    return findings();
  },
  get screens() {
    return screens();
  },
  /** The meanings of codes, for `explain`. */
  get meanings() {
    return {
      findings: findingMeanings(),
      failures: failureMeanings(),
      situations: situations() as Readonly<Record<SituationCode, Situation>>,
    };
  },
  /** The placeholders in commands to paste. The reader replaces them. */
  placeholders: { file: 'FILE', column: 'COLUMN', value: 'VALUE' },
  /** How sentences write options and commands. The default is the notation of the library. */
  notation: functionNotation,
  /** The code of the language. */
  language: 'en' as 'en' | 'ru',
  formatNumber,
  timeSpan,
  changeSummaries,
  namelessColumn,
  refusedChange,
  help,
};

/**
 * The sentences of one language. A language with a missing or an extra sentence does not compile.
 */
export type Words = typeof en;

/** Returns the same sentences, but `notation` writes their options and commands. */
export function wordsFor(notation: Notation, words: Words): Words {
  // Copying the object would call all getters, and build many sentences that are not needed.
  return Object.create(words, { notation: { value: notation, enumerable: true } }) as Words;
}
