/** Russian: all kinds of failures, and what to do next. */
import type { FailureWords } from '../en/failures.ts';
import { failure, once } from '../entries.ts';
import { command, text } from '../said.ts';
import { fileProblems } from './file-problems.ts';
import { sending } from './sending-failures.ts';
import { network, service } from './service-failures.ts';
import { settings } from './settings-failures.ts';
import { usage } from './usage-failures.ts';

/** All kinds of failures by code. */
export const failures: () => FailureWords = once(() => ({
  ...service(),
  ...network(),
  ...sending(),
  ...fileProblems(),
  ...usage(),
  ...settings(),
  'not-calls': failure(
    'Показать нечего',
    'В файле нет столбца DateTime или нет звонков, поэтому показать нечего.',
    text`${command('validate')} скажет, что не так; ${command('convert')} превращает выгрузку в файл звонков.`,
  ),
}));
