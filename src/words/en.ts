/** Every sentence of the program in English. Other languages have the same shape. */
import { failures } from './en/failures.ts';
import { changeSummaries, findings, namelessColumn, refusedChange } from './en/findings.ts';
import { help } from './en/help.ts';
import { screens } from './en/screens.ts';

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
  changeSummaries,
  namelessColumn,
  refusedChange,
  help,
};

/** The sentences of one language. A language that lacks one, or has one too many, does not compile. */
export type Words = typeof en;
