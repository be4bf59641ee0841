/** Before sending, checks whether the counter already has the content. */
import { Failure, type FailureArguments } from '../failure.ts';
import { RequestFailure, settled } from '../metrika/request-failure.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import type { FailureParameters } from '../words/en/failures.ts';
import type { OnPortionEvent } from './events.ts';
import { PAUSES } from './listings.ts';
import { carries, fingerprintOf } from './mark.ts';
import type { Portion } from './portions.ts';
import type { RunContext } from './run.ts';
import { shortfall } from './verdict.ts';

type LookedFor = Pick<Portion, 'sha256' | 'records'>;

interface LookOptions {
  readonly counter: number;
  /** Whether the look must succeed. */
  readonly skipExisting: boolean;
  /** Whether to send content that the counter already has. */
  readonly again: boolean;
}

/** The counter already has an upload of the content, but this upload may lack some records. */
export class ExistingPart extends Failure {
  readonly candidate: CallUploading;

  constructor(
    ...[code, parameters, candidate]:
      | ['existing-smaller', FailureParameters['existing-smaller'], CallUploading]
      | ['existing-uncounted', FailureParameters['existing-uncounted'], CallUploading]
  ) {
    super(...([code, parameters] as FailureArguments));
    this.candidate = candidate;
  }
}

/**
 * Looks for the content in the list of uploads, which is read once for all files of the run.
 *
 * @returns `there`: the upload of the content; `before`: the ids of the listed uploads, if the list
 *   could be read
 * @throws ExistingPart, or RequestFailure if the list cannot be read and the look must succeed
 */
export async function lookBefore(
  portion: LookedFor,
  options: LookOptions,
  run: RunContext,
  onEvent: OnPortionEvent,
): Promise<{ readonly there?: CallUploading; readonly before?: ReadonlySet<string> }> {
  const { client, signal, journal } = run;
  const { counter, skipExisting } = options;
  const look = await journal.firstLook(() =>
    skipExisting
      ? client.findAllCallUploadings(counter, signal)
      : client.findAllCallUploadingsQuickly(counter, signal),
  );
  if (look instanceof RequestFailure) {
    if (skipExisting) throw look;
    if (journal.isFirstNotLooked()) onEvent({ kind: 'not-looked', failure: look });
    return {};
  }
  const before = new Set(look.uploadings.map(({ id }) => id));
  const fingerprint = fingerprintOf(portion.sha256);
  const newest = look.uploadings.find((one) => carries(one, fingerprint));
  if (newest === undefined || options.again) return { before };
  return { there: await counted(newest, portion, options, run), before };
}

/**
 * Checks that an upload of the same content has all records. The counts of the upload show this.
 *
 * @throws ExistingPart `existing-smaller` (exit 7) if the upload has fewer records;
 *   `existing-uncounted` (exit 8) if the service has not counted its lines
 */
async function counted(
  there: CallUploading,
  { records }: LookedFor,
  { counter }: Pick<LookOptions, 'counter'>,
  { client, clock, signal }: RunContext,
): Promise<CallUploading> {
  let shown = there;
  for (const pause of PAUSES) {
    if (pause > 0) {
      await clock.sleep(pause, signal);
      const asked = await settled(client.findCallUploading(counter, there.id, signal));
      // A failed request says nothing about the records of the upload.
      if (asked instanceof RequestFailure) continue;
      shown = asked;
    }
    const count = shown.sourceQuantity ?? 0;
    if (count === 0) continue;
    const { id, lineQuantity = count } = shown;
    const code = shortfall(shown, { records })?.code;
    if (code !== 'lines-missing' && code !== 'lines-refused') return shown;
    const smaller = code === 'lines-refused' ? lineQuantity : count;
    throw new ExistingPart('existing-smaller', { id, counted: smaller, sent: records }, shown);
  }
  throw new ExistingPart('existing-uncounted', { id: there.id }, shown);
}
