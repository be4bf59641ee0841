/** English: failures while sending a file, and what to do next. */
import { byKind, failure, isAboutKind, once } from '../entries.ts';
import type { Inner, InterruptedState, KnownOfFate, NotPassed } from '../failure-parameters.ts';
import { byteSize, formatNumber, partOf, plural, timeSpan } from '../format.ts';
import { type CommandReference, forReader, nextStep, option, type Text, text } from '../said.ts';

const next = nextStep((variable) => ` (${variable} must hold the token)`);

/** The sentence that replaces the next command if the sandbox of the run has ended. */
const NOTHING_LEFT = 'The sandbox of this run is gone, so there is nothing to look at.';
const LOOK_FIRST = 'Look before you send it again';
const RUN_AGAIN = forReader('Run the same command again.', 'Call it again.');
// The service documents that a row is replaced, but not which columns identify the row.
const OVERWRITE =
  'A row that is sent again replaces the earlier one, but by which columns is not known';

const knownOfFate = byKind<KnownOfFate>({
  'repeat-forbidden':
    'The list of uploads does not show it so far, and it may not be sent again without being asked for.',
  'no-mark':
    'The list of uploads does not show it so far, and without a mark it could not be told from others.',
  'not-listed': 'The list of uploads does not show it, but a list can lag behind.',
  'list-unreadable': ({ why }) => `The list of uploads could not be read either. ${why.message}`,
  candidates: ({ ids }) =>
    ids.length === 1
      ? `The list shows one upload that may be it: ${ids.join()}.`
      : `The list shows ${String(ids.length)} uploads that may be it: ${ids.join(', ')}.`,
  'unreadable-entries': ({ count }) =>
    `The list has ${formatNumber(count)} ${count === 1 ? 'entry' : 'entries'} without a usable id, which may be it.`,
});

const interruptedMessage = byKind<InterruptedState>({
  'nothing-sent': 'Interrupted. Nothing was sent.',
  sending: ({ sent, total }) =>
    `Interrupted. ${partOf(byteSize(sent), byteSize(total), ' of ')} had been sent. An incomplete request is discarded by the service.`,
  sent: 'Interrupted. The whole file had been sent, and it is not known whether it arrived.',
  uploaded: ({ id, status }) =>
    `Interrupted. The file was uploaded as ${id}, status ${status ?? 'unknown'}.`,
  watched: ({ id, status }) =>
    status === undefined
      ? `Interrupted. The status of upload ${id} is not known yet.`
      : `Interrupted. The status of upload ${id} is ${status}.`,
});

const interruptedHint = byKind<InterruptedState>({
  'nothing-sent': RUN_AGAIN,
  sending: ({ command }) => next(text`${RUN_AGAIN} To be certain, look first`, command, RUN_AGAIN),
  sent: ({ command }) => next(LOOK_FIRST, command, NOTHING_LEFT),
  uploaded: ({ command }) => next('Continue with', command, NOTHING_LEFT),
  watched: ({ command }) => next('Continue with', command, NOTHING_LEFT),
});

const FIX_ERRORS = forReader(
  'Fix the errors listed above and run the command again',
  'Fix the errors in validation.findings and call it again',
);

const NOT_PASSED_HINTS: Readonly<Record<NotPassed['cause'], Text>> = {
  'record-errors': text`${FIX_ERRORS}; ${option('skipInvalid', true)} sends the other records.`,
  'file-errors': text`${FIX_ERRORS}.`,
  'nothing-to-skip': text`Some errors concern the whole file, or no record is left, so nothing can be skipped. ${FIX_ERRORS}.`,
  'too-many-invalid': text`More records have errors than ${option('maxInvalid')} allows. Fix them, or check that this is the right file.`,
  warnings: text`Fix the warnings${forReader(' listed above', '')}, or leave out ${option('strict')} to send the file with them.`,
};

export const sending = once(() => ({
  'comment-too-long': failure(
    'Comment too long',
    ({ room }: { room: number }) =>
      `The comment can have at most ${String(room)} characters here, because a mark, and the number of a part where there are several, are added to it.`,
    text`Shorten the comment; ${option('mark', false)} leaves the mark out.`,
  ),
  'fate-unknown': failure(
    'Sent, but it is not known whether it arrived',
    ({ why, known }: { why: Inner; known: KnownOfFate; command: CommandReference | undefined }) =>
      text`The file was sent, but it is not known whether it arrived. ${why.message} ${knownOfFate(known)}`,
    (parameters) =>
      isAboutKind(parameters)
        ? 'Look at the list of uploads before you send it again.'
        : next(LOOK_FIRST, parameters.command, NOTHING_LEFT),
  ),
  declined: failure(
    'The question was answered with no',
    'This file was not sent, because you answered no.',
    text`Correct the times and run the command again; ${option('yes')} sends the file without a question.`,
  ),
  'existing-smaller': failure(
    'An upload of this file has fewer records',
    ({ id, counted, sent }: { id: string; counted: number; sent: number }) =>
      `This counter has an upload of this file, ${id}, but the service counts ${formatNumber(counted)} of its ${plural(sent, 'record')}. The file was not sent.`,
    text`Look at that upload. ${option('again', true)} sends the file all the same.`,
  ),
  'existing-uncounted': failure(
    'An upload of this file has no count yet',
    ({ id }: { id: string }) =>
      `This counter has an upload of this file, ${id}, but the service does not say how many records it has. The file was not sent.`,
    text`Try again later. ${option('again', true)} sends the file all the same.`,
  ),
  'sent-twice': failure(
    'The file is there twice',
    ({ ids }: { ids: readonly string[] }) =>
      `The service has the file twice, as uploads ${ids.join(' and ')}: an earlier attempt arrived late.`,
    forReader(
      `${OVERWRITE}. Do not send the file again. More about it: metrika-calls explain sent-wrong`,
      `${OVERWRITE}. Do not send the file again.`,
    ),
  ),
  'repeat-unchecked': failure(
    'An earlier attempt may have arrived',
    ({ id }: { id: string; command: CommandReference | undefined }) =>
      `The file was uploaded as ${id}, but the list of uploads could not be read, so it is not known whether an earlier attempt arrived as well.`,
    (parameters) =>
      isAboutKind(parameters)
        ? `${OVERWRITE}. To be certain, look at the list of uploads.`
        : next(`${OVERWRITE}. To be certain, look`, parameters.command, NOTHING_LEFT),
  ),
  'file-changed': failure(
    'The file changed after it was checked',
    'The file changed after it was checked. The request was broken off, so the file was not uploaded.',
    'Wait until the program that writes the file is done, then try again.',
  ),
  'validation-failed': failure(
    'The file does not pass the check',
    ({ errors, warnings, cause }: NotPassed) =>
      cause === 'warnings'
        ? `The file has ${plural(warnings, 'warning')}, which strict mode counts as errors, so this file was not sent.`
        : `The file has ${plural(errors, 'error')}, so this file was not sent.`,
    ({ cause = 'record-errors' }) => NOT_PASSED_HINTS[cause],
  ),
  'portion-not-sent': failure(
    'A later part was not sent',
    'It was not sent, because an earlier part of this file failed.',
    text`${forReader('Run the same command again', 'Call it again')}: only what is not there yet is sent.`,
  ),
  'lines-missing': failure(
    'Not all records arrived',
    ({ id, counted, sent }: { id: string; counted: number; sent: number }) =>
      `Upload ${id}: the service counts ${formatNumber(counted)} of the ${plural(sent, 'record')} that were sent.`,
    text`Not all of the file arrived. Send it again with ${option('again', true)}. ${OVERWRITE}.`,
  ),
  'lines-refused': failure(
    'The service accepted fewer lines',
    ({ id, accepted, sent }: { id: string; accepted: number; sent: number }) =>
      `Upload ${id}: the service accepted ${formatNumber(accepted)} of ${formatNumber(sent)} lines.`,
    `The service does not say which lines it left out. Compare the call reports with the file, fix the file and send it again. ${OVERWRITE}.`,
  ),
  'linkage-failure': failure(
    'Processing ended without linkage',
    ({ id }: { id: string }) =>
      `Upload ${id} ended as LINKAGE_FAILURE: no visitor was found for its dynamic calls.`,
    'Check that the identifiers come from this counter and that the visits are not older than 21 days.',
  ),
  'wait-timeout': failure(
    'Processing is not finished',
    ({
      id,
      status,
      waited,
    }: {
      id: string;
      status: string | undefined;
      waited: number;
      command: CommandReference | undefined;
    }) => `Upload ${id} is still ${status ?? 'without a status'} after ${timeSpan(waited)}.`,
    ({ command }) =>
      next(
        'Processing can take two hours. Continue waiting with',
        command,
        'Processing can take two hours. Wait again.',
      ),
  ),
  'wait-ended': failure(
    'The waiting ended before processing',
    ({
      id,
      status,
      why,
    }: {
      id: string;
      status: string | undefined;
      why: Inner;
      command: CommandReference | undefined;
    }) => `Upload ${id} was ${status ?? 'without a status'} when the waiting ended. ${why.message}`,
    ({ why, command }) =>
      why === undefined
        ? 'Follow the hint of the reason, then wait again.'
        : next(`${why.hint} Then continue with`, command, why.hint),
  ),
  interrupted: failure(
    'Interrupted',
    ({ state }: { state: InterruptedState }) => interruptedMessage(state),
    ({ state }) =>
      state === undefined ? 'Follow the command that is printed.' : interruptedHint(state),
  ),
}));
