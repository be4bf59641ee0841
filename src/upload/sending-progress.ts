/** Tracks the sending of one portion, and creates the failure for an interruption. */
import { Failure } from '../failure.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import type { PortionEvent } from './events.ts';
import type { NextCommands } from './run.ts';

/** The present state of sending a portion. */
export interface SendingProgress {
  readonly phase: 'before' | 'sending' | 'sent';
  /** Whether an attempt ended with an unknown fate. */
  readonly isDoubtful: boolean;
  /** The number of bytes sent in the current attempt. */
  readonly transferred: number;
  readonly uploading: CallUploading | undefined;
}

/** The progress before the first event. */
export const NOT_STARTED: SendingProgress = {
  phase: 'before',
  isDoubtful: false,
  transferred: 0,
  uploading: undefined,
};

/** @returns the progress after an event */
export function progressAfter(progress: SendingProgress, event: PortionEvent): SendingProgress {
  switch (event.kind) {
    case 'sending':
      return { ...progress, phase: progress.isDoubtful ? 'sent' : 'sending', transferred: 0 };
    case 'transferred':
      return { ...progress, transferred: event.bytes };
    case 'body-sent':
      return { ...progress, phase: 'sent' };
    case 'not-looked':
      return progress;
    case 'retrying':
      // If every failed attempt has a known fate, the portion has certainly not arrived yet.
      return progress.isDoubtful ? progress : { ...progress, phase: 'before' };
    case 'searching':
      return { ...progress, phase: 'sent', isDoubtful: true };
    case 'found':
    case 'existing':
    case 'sent-by-another':
    case 'mark-kept':
    case 'mark-lost':
    case 'wait-goes-on':
    case 'uploaded':
    case 'waiting':
      return { ...progress, uploading: event.uploading };
  }
}

/**
 * Creates the failure for a portion after an interruption during its sending (exit 130).
 *
 * @param total the length of the portion, in bytes
 */
export function interruptedSending(
  { phase, transferred, uploading }: SendingProgress,
  total: number,
  commands: NextCommands,
): Failure {
  if (uploading !== undefined) return interruptedAfter(uploading, commands);
  switch (phase) {
    case 'before':
      return interruptedBefore();
    case 'sending': {
      const state = {
        kind: 'sending',
        sent: transferred,
        total,
        command: commands.list(),
      } as const;
      return new Failure('interrupted', { state });
    }
    case 'sent':
      return new Failure('interrupted', { state: { kind: 'sent', command: commands.list() } });
  }
}

/** Creates the failure for an interruption before anything was sent. */
export function interruptedBefore(): Failure {
  return new Failure('interrupted', { state: { kind: 'nothing-sent' } });
}

/** Creates the failure for an interruption after the upload arrived. */
export function interruptedAfter({ id, status }: CallUploading, commands: NextCommands): Failure {
  const state = { kind: 'uploaded', id, status, command: commands.status(id) } as const;
  return new Failure('interrupted', { state });
}
