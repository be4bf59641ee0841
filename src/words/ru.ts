/** All sentences of the program in Russian, with the terms of Metrica's own pages. */
import type { Words } from './en.ts';
import { failureMeanings } from './ru/failure-meanings.ts';
import { failures } from './ru/failures.ts';
import { findingMeanings } from './ru/finding-meanings.ts';
import { changeSummaries, findings, namelessColumn, refusedChange } from './ru/findings.ts';
import { formatNumber, timeSpan } from './ru/format.ts';
import { help } from './ru/help.ts';
import { screens } from './ru/screens.ts';
import { situations } from './ru/situations.ts';
import { functionNotation } from './said.ts';

export const ru: Words = {
  get failures() {
    return failures();
  },
  get findings() {
    return findings();
  },
  get screens() {
    return screens();
  },
  get meanings() {
    return { findings: findingMeanings, failures: failureMeanings, situations: situations() };
  },
  placeholders: { file: 'ФАЙЛ', column: 'СТОЛБЕЦ', value: 'ЗНАЧЕНИЕ' },
  notation: functionNotation,
  language: 'ru',
  formatNumber,
  timeSpan,
  changeSummaries,
  namelessColumn,
  refusedChange,
  help,
};
