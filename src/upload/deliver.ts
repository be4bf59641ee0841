import type { Clock } from '../clock.ts';
import type { MetrikaClient, UploadParameters } from '../metrika/client.ts';
import { RequestFailure } from '../metrika/request-failure.ts';
import { type RetryNotice, type RetryPolicy, RetrySchedule } from '../metrika/retry.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import { hasFingerprint } from './fingerprint.ts';
import type { Portion } from './portions.ts';
import type { DeliveryTraits, Lane, RunJournal } from './run-journal.ts';
import { UnknownFate } from './unknown-fate.ts';

/** What the delivery of one file draws on. */
export interface DeliverySurroundings {
  readonly client: MetrikaClient;
  readonly clock: Clock;
  readonly random: () => number;
  readonly retry: RetryPolicy;
  /** Whether a file that did not arrive may be sent once more after its fate was unknown. */
  readonly repeat: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly watcher: DeliveryWatcher;
  /** The command line that shows the counter's uploadings. */
  readonly commandToLook: string;
  /** What the run knows of its other deliveries; this one's uploading is noted there. */
  readonly journal: RunJournal;
}

/** Is told what happens, as it happens. */
export interface DeliveryWatcher {
  sending(attempt: number): void;
  /** @param bytes handed over so far in this attempt */
  transferred(bytes: number): void;
  bodySent(): void;
  retrying(notice: RetryNotice): void;
  /** @param failure why it is not known whether the file arrived */
  looking(failure: RequestFailure): void;
  /** @param uploading the one that was found to be ours */
  adopted(uploading: CallUploading): void;
}

/** What is to be sent, with all that identifies its uploading in the service's list. */
export interface Delivery {
  readonly counter: number;
  readonly portion: Pick<Portion, 'fileName' | 'length' | 'records' | 'lines' | 'content'>;
  readonly parameters: UploadParameters;
}

/** A list may lag behind, so it is read again after these waits, in milliseconds. */
const LOOKS: readonly number[] = [0, 1000, 3000, 10_000];

/** How far a creation time may lie before our start and still be ours: `Date` shows whole seconds. */
const CLOCK_TOLERANCE = 2000;

/**
 * Sends a file so that it is listed once, whatever the line does.
 *
 * @returns the uploading, taken from the answer or found in the list
 * @throws UnknownFate; RequestFailure when it certainly is not listed; the failure of the file
 */
export async function deliver(
  delivery: Delivery,
  around: DeliverySurroundings,
): Promise<CallUploading> {
  const { client, clock, watcher, signal, journal } = around;
  const { portion, counter, parameters } = delivery;
  const comment = plainText(parameters.comment ?? '');
  const traits: DeliveryTraits = {
    comment,
    lineCounts: lineCountsOf(portion),
    started: clock.now(),
  };
  const lane = journal.lane(comment);
  const schedule = new RetrySchedule({
    clock,
    random: around.random,
    policy: around.retry,
    signal,
    onRetry: (notice) => {
      watcher.retrying(notice);
    },
  });
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await lane.whileSending(async () => {
        signal?.throwIfAborted();
        lane.inDoubt.delete(traits);
        watcher.sending(attempt);
        const { fileName: name, length } = portion;
        const file = { name, length, content: counted(portion.content(), watcher) };
        const uploading = await client
          .uploadCalls(counter, file, parameters, {
            ...(signal === undefined ? {} : { signal }),
            onBodySent: () => {
              watcher.bodySent();
            },
          })
          .catch((error: unknown) => {
            if (error instanceof RequestFailure && error.fate === 'unknown')
              lane.inDoubt.add(traits);
            throw error;
          });
        journal.note(uploading);
        return uploading;
      });
    } catch (error) {
      if (!(error instanceof RequestFailure)) throw error;
      if (error.fate === 'unknown') {
        watcher.looking(error);
        const ours = await lane.whileLooking(() =>
          lookForOurs(counter, traits, lane, error, around),
        );
        if (ours !== undefined) {
          watcher.adopted(ours);
          return ours;
        }
        if (!around.repeat) {
          throw new UnknownFate(
            error,
            [],
            'The list does not show it so far, and --no-repeat forbids sending it again.',
            around.commandToLook,
          );
        }
      } else if (!error.passing) {
        throw error;
      }
      if (!(await schedule.waitForNext(error))) {
        throw error.fate === 'unknown' ? notListed(error, around.commandToLook) : error;
      }
    }
  }
}

async function* counted(
  content: AsyncIterable<Uint8Array>,
  watcher: DeliveryWatcher,
): AsyncIterable<Uint8Array> {
  let bytes = 0;
  for await (const block of content) {
    yield block;
    bytes += block.length;
    watcher.transferred(bytes);
  }
}

/**
 * @returns our uploading, or `undefined` when the list certainly does not show it
 * @throws UnknownFate
 */
async function lookForOurs(
  counter: number,
  traits: DeliveryTraits,
  lane: Lane,
  why: RequestFailure,
  around: DeliverySurroundings,
): Promise<CallUploading | undefined> {
  const { client, clock, signal, journal, commandToLook } = around;
  let doubtful: readonly CallUploading[] = [];
  let unreadable = 0;
  for (const wait of LOOKS) {
    if (wait > 0) await clock.sleep(wait, signal);
    let listing;
    try {
      listing = await client.findAllCallUploadings(counter, signal);
    } catch (error) {
      if (!(error instanceof RequestFailure)) throw error;
      const known = `The list of uploadings could not be read either: ${error.message}`;
      throw new UnknownFate(why, doubtful, known, commandToLook);
    }
    const skew = listing.clockSkew ?? 0;
    const candidates = listing.uploadings
      .filter((uploading) => !journal.has(uploading))
      .map((uploading) => ({ uploading, likeness: likeness(uploading, traits, skew) }))
      .filter((candidate) => candidate.likeness !== 'other');
    const [first] = candidates;
    const alone = candidates.length === 1 && listing.unreadable === 0;
    if (
      alone &&
      first?.likeness === 'ours' &&
      !mayBeAnothers(first.uploading, traits, lane, skew)
    ) {
      journal.note(first.uploading);
      lane.inDoubt.delete(traits);
      return first.uploading;
    }
    doubtful = candidates.map(({ uploading }) => uploading);
    ({ unreadable } = listing);
    // Two that are certain stay two; what is doubtful may become clear with the next look.
    if (candidates.filter((candidate) => candidate.likeness === 'ours').length > 1) break;
  }
  if (doubtful.length === 0 && unreadable === 0) return undefined;
  throw new UnknownFate(why, doubtful, candidatesInWords(doubtful, unreadable), commandToLook);
}

/** Whether an uploading may have come of another delivery of this run whose fate is not known. */
function mayBeAnothers(
  uploading: CallUploading,
  traits: DeliveryTraits,
  lane: Lane,
  skew: number,
): boolean {
  return [...lane.inDoubt].some(
    (other) => other !== traits && likeness(uploading, other, skew) !== 'other',
  );
}

function candidatesInWords(candidates: readonly CallUploading[], unreadable: number): string {
  if (candidates.length === 0) {
    return `The list has ${String(unreadable)} entries without a usable id, which may be it.`;
  }
  const ids = candidates.map(({ id }) => id).join(', ');
  return candidates.length === 1
    ? `The list shows one uploading that may be it: ${ids}.`
    : `The list shows ${String(candidates.length)} uploadings that may be it: ${ids}.`;
}

/** The retries are used up, and the list showed after each that the file is not there. */
function notListed(failure: RequestFailure, commandToLook: string): RequestFailure {
  return new RequestFailure({
    code: failure.code,
    exitCode: failure.exitCode,
    message: `${failure.message} The list of uploadings does not show the file.`,
    hint: `${failure.hint} A list can lag, so look before you send it again: ${commandToLook}`,
    fate: failure.fate,
    passing: failure.passing,
    details: failure.details,
    cause: failure,
  });
}

/** An uploading a little before our start is doubtful: clocks of a service need not agree. */
const CLOCK_DOUBT = 10_000;

/**
 * The documentation says neither whether the header is a line nor whether a record with line breaks
 * is one or several.
 */
function lineCountsOf({ records, lines }: Delivery['portion']): ReadonlySet<number> {
  return new Set([records, records + 1, lines, lines + 1]);
}

/**
 * Whether a listed uploading is the one that a delivery made, as far as its fields tell.
 *
 * @param skew the service's clock minus ours, in milliseconds
 */
function likeness(
  uploading: CallUploading,
  { comment, lineCounts, started }: DeliveryTraits,
  skew: number,
): 'ours' | 'perhaps' | 'other' {
  const earliest = started + skew - CLOCK_TOLERANCE;
  const created = uploading.createTime === undefined ? NaN : zonedTime(uploading.createTime);
  if (created < earliest - CLOCK_DOUBT) return 'other';
  if (uploading.comment !== undefined && plainText(uploading.comment) !== comment) return 'other';
  // Lines may be counted only later.
  const lines = uploading.sourceQuantity === 0 ? undefined : uploading.sourceQuantity;
  // A fingerprint says more than a count.
  const marked = hasFingerprint(comment) && uploading.comment !== undefined;
  if (!marked && lines !== undefined && !lineCounts.has(lines)) return 'other';
  const certain =
    created >= earliest &&
    (lines !== undefined || marked) &&
    (uploading.comment !== undefined || comment === '');
  return certain ? 'ours' : 'perhaps';
}

/** A comment without what a service may do to blanks. */
function plainText(comment: string): string {
  return comment.replace(/\s+/g, ' ').trim();
}

/** @returns milliseconds since 1970-01-01 UTC; NaN when the time is unreadable or names no zone */
function zonedTime(text: string): number {
  return /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) ? Date.parse(text) : NaN;
}
