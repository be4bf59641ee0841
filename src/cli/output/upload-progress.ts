/** Shows the progress of uploading one file: turns events into sentences. */
import { basename } from 'node:path';
import { findingIn } from '../../calls/findings/finding.ts';
import { maskedName } from '../../safe-text/masking.ts';
import type { PortionEvent, UploadEvent } from '../../upload/events.ts';
import type { PortionName } from '../../upload/portions.ts';
import { timeOfSearch } from '../../upload/search-list.ts';
import type { UploadOptions } from '../../upload/upload-file.ts';
import type { Output } from './output.ts';
import type { Track } from './progress.ts';
import type { Naming } from './render/shown-name.ts';
import { resultName } from './render/upload-result.ts';
import type { SaidFailures } from './said-failures.ts';

/** The output about one event. */
interface EventShown {
  /** The text of a new step, next to the spinner or as a line. */
  readonly step?: string;
  /** A new step with a time limit, in milliseconds. */
  readonly countdown?: { readonly time: number; readonly text: (left: number) => string };
  /** A line that `--quiet` hides. */
  readonly line?: string;
  /** A line that is shown even with `--quiet`. */
  readonly warning?: string;
}

/** The facts about an upload that `eventShown` needs in addition to an event. */
export interface ShownUpload {
  /** The file as the user named it. */
  readonly file: string;
  readonly options: Pick<UploadOptions, 'counter' | 'rejectsPath' | 'dryRun'>;
  /** The number of records in the file; 0 before the check has ended. */
  readonly records: number;
}

/** How names are shown, and which sentences about failures were shown before. */
interface Shown {
  readonly naming: Naming;
  readonly failures: SaidFailures;
}

/** @returns the output about an event; empty for a transfer, because other code shows transfers */
function eventShown(event: UploadEvent, upload: ShownUpload, shown: Shown): EventShown {
  const { naming } = shown;
  const { files, upload: said } = naming.words.screens;
  const { file, options, records } = upload;
  const name = resultName({ file, portion: undefined }, naming);
  switch (event.kind) {
    case 'checking':
      return { step: `${name}: ${said.checking(event.total)}` };
    case 'checked': {
      const { errors, warnings } = event.validation;
      return { step: `${name}: ${files.calls(event.records)}, ${files.counts(errors, warnings)}` };
    }
    case 'left-out': {
      const { rejectsPath, dryRun } = options;
      const path = event.rejects ?? rejectsPath;
      const rejects = path === undefined ? undefined : maskedName(path, naming.knownNumbers);
      const kept = records - event.records;
      return {
        warning: `${name}: ${said.leftOut({ kept, all: records, invalid: event.records }, rejects, dryRun)}`,
      };
    }
    case 'at-night': {
      const { message, hint } = findingIn(naming.words, event.finding);
      return { line: `${name}: ${message} ${hint} [${event.finding.code}]` };
    }
    case 'split':
      return { line: `${name}: ${said.split(event.portions)}` };
    case 'portion':
      return portionEventShown(event.event, event.portion, upload, shown);
  }
}

/** A wait for a response is shown only if its time limit is at least this long, in milliseconds. */
const LONG_PATIENCE = 90_000;

function portionEventShown(
  event: PortionEvent,
  portion: PortionName | undefined,
  { file, options }: ShownUpload,
  { naming, failures }: Shown,
): EventShown {
  const { words } = naming;
  const said = words.screens.upload;
  const name = resultName({ file, portion }, naming);
  switch (event.kind) {
    case 'sending':
      return { step: `${name}: ${said.sending(event.total, options.counter, event.attempt)}` };
    case 'transferred':
    case 'mark-kept':
      return {};
    case 'body-sent':
      // A short wait is not worth showing.
      return event.patience < LONG_PATIENCE
        ? {}
        : {
            countdown: {
              time: event.patience,
              text: (left) => `${name}: ${said.answering(left)}`,
            },
          };
    case 'retrying':
      return { line: failures.retry(event.notice, name) };
    case 'searching': {
      const line = failures.sentence(event.failure);
      return {
        ...(line === undefined ? {} : { line }),
        countdown: {
          time: timeOfSearch(event.failure),
          text: (left) => `${name}: ${said.searching(left)}`,
        },
      };
    }
    case 'found':
      return { line: `${name}: ${said.found(event.uploading.id)}` };
    case 'existing':
      return { line: `${name}: ${said.existing(event.uploading.id, event.uploading.createTime)}` };
    case 'not-looked':
      return { line: said.notLooked(failures.sentenceOrTitle(event.failure)) };
    case 'sent-by-another': {
      const ids = [event.uploading, ...event.others].map(({ id }) => id);
      return { warning: `${name}: ${said.sentByAnother(ids)}` };
    }
    case 'mark-lost':
      return { warning: `${name}: ${said.markLost(event.uploading.id)}` };
    case 'wait-goes-on': {
      const why = failures.sentenceOrTitle(event.failure);
      return { line: `${name}: ${said.waitGoesOn(event.uploading.id, why)}` };
    }
    case 'uploaded':
    case 'waiting': {
      const { id, status } = event.uploading;
      return { step: `${name}: ${said.uploadedAs(id)}, ${said.status(status)}` };
    }
  }
}

/**
 * Returns a function that shows the events of one file as they happen.
 *
 * @param onChecked is called when the check of the file has ended
 */
export function showEvents(
  upload: Omit<ShownUpload, 'records'>,
  track: Track,
  output: Output,
  onChecked: () => void,
): (event: UploadEvent) => void {
  let records = 0;
  // The last step of each portion. All portions share a track, and a track knows only one step.
  const last = new Map<PortionName | undefined, string>();
  // For each portion, the message about its last status request, if the request failed. A long
  // outage is reported once.
  const trouble = new Map<PortionName | undefined, string | undefined>();
  const isKnownTrouble = (portion: PortionName | undefined, event: PortionEvent): boolean => {
    if (event.kind !== 'waiting' && event.kind !== 'wait-goes-on') return false;
    const last = trouble.get(portion);
    const now = event.kind === 'wait-goes-on' ? event.failure.message : undefined;
    trouble.set(portion, now);
    return now !== undefined && now === last;
  };
  return (event) => {
    if (event.kind === 'portion' && event.event.kind === 'transferred') {
      const { bytes, total } = event.event;
      const { portion } = event;
      // A full path would leave no room for the progress.
      const name = resultName({ file: basename(upload.file), portion }, output.messages);
      track.transferred(bytes, total, name);
      return;
    }
    if (event.kind === 'checked') {
      ({ records } = event);
      onChecked();
    }
    if (event.kind === 'portion' && isKnownTrouble(event.portion, event.event)) return;
    const { step, line, warning, countdown } = eventShown(
      event,
      { ...upload, records },
      { naming: output.messages, failures: output.failures },
    );
    if (line !== undefined) output.remark(line);
    if (warning !== undefined) output.warn(warning);
    if (countdown !== undefined) track.countdown(countdown.text, countdown.time);
    if (step === undefined) return;
    const portion = event.kind === 'portion' ? event.portion : undefined;
    if (event.kind === 'portion' && last.get(portion) === step) return;
    last.set(portion, step);
    track.step(step);
  };
}
