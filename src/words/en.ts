/** Every sentence of the program in English. Other languages have the same shape. */
import { failureMeanings } from './en/failure-meanings.ts';
import { failures } from './en/failures.ts';
import { findingMeanings } from './en/finding-meanings.ts';
import { changeSummaries, findings, namelessColumn, refusedChange } from './en/findings.ts';
import { help } from './en/help.ts';
import { screens } from './en/screens.ts';
import { formatNumber, timeSpan } from './format.ts';
import { type Door, functionDoor } from './said.ts';

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
  /** What codes mean, for explain. */
  get meanings() {
    return { findings: findingMeanings(), failures: failureMeanings() };
  },
  /** What commands to paste hold where the reader has to put something. */
  placeholders: { file: 'FILE', column: 'COLUMN', value: 'VALUE' },
  /** How options and commands are written; the command line has its own. */
  door: functionDoor,
  /** The code of the language. */
  language: 'en' as 'en' | 'ru',
  formatNumber,
  timeSpan,
  changeSummaries,
  namelessColumn,
  refusedChange,
  help,
};

/** The sentences of one language. A language that lacks one, or has one too many, does not compile. */
export type Words = typeof en;

/** The same sentences for another kind of reader. */
export function wordsFor(door: Door, words: Words): Words {
  // What is behind a getter is made when it is first read, so that it is not copied here.
  return Object.create(words, { door: { value: door, enumerable: true } }) as Words;
}
