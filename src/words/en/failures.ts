/** English: all kinds of failures, and what to do next. */
import { failure, once, type ParametersOf } from '../entries.ts';
import { command, text } from '../said.ts';
import { fileProblems } from './file-problems.ts';
import { sending } from './sending-failures.ts';
import { network, service } from './service-failures.ts';
import { settings } from './settings-failures.ts';
import { usage } from './usage-failures.ts';

/** All kinds of failures by code. */
export const failures = once(() => ({
  ...service(),
  ...network(),
  ...sending(),
  ...fileProblems(),
  ...usage(),
  ...settings(),
  'not-calls': failure(
    'Nothing to inspect',
    'The file has no column DateTime, or no calls, so there is nothing to show.',
    text`${command('validate')} says what is wrong; ${command('convert')} turns an export into a calls file.`,
  ),
}));

/** The sentences about all kinds of failures. */
export type FailureWords = ReturnType<typeof failures>;

/** The parameters of each kind of failure. */
export type FailureParameters = {
  readonly [Code in keyof FailureWords]: ParametersOf<FailureWords[Code]>;
};
