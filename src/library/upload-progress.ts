/** Reports the progress of an upload to programs that show it. */
import type { UploadEvent } from '../upload/events.ts';

/** One step of an upload. */
export interface UploadProgress {
  /**
   * The current step. `checking`: the file is checked. `sending`: the request is sent. `answering`:
   * the library waits for the response. `searching`: the library looks for the file in the list of
   * uploads. `retrying`: the library waits for the next attempt. `uploaded`: the id is known.
   * `waiting`: the library waits until processing finishes.
   */
  readonly step:
    'checking' | 'sending' | 'answering' | 'searching' | 'retrying' | 'uploaded' | 'waiting';
  /** The number of bytes sent in this attempt. */
  readonly sent: number;
  /** The number of bytes in this request. During the check, the number of bytes in the file. */
  readonly total: number;
  /** The id of the upload, once it is known. */
  readonly id?: string;
  /** The status of the upload, once it is known. */
  readonly status?: string;
}

/** @returns a listener of upload events that calls `onProgress` at each step */
export function uploadProgress(
  onProgress: (progress: UploadProgress) => void,
): (event: UploadEvent) => void {
  let sent = 0;
  let total = 0;
  const report = (step: UploadProgress['step'], more: Partial<UploadProgress> = {}): void => {
    onProgress({ step, sent, total, ...more });
  };
  return (event) => {
    if (event.kind === 'checking') {
      total = event.total;
      report('checking');
    }
    if (event.kind !== 'portion') return;
    const { event: step } = event;
    switch (step.kind) {
      case 'sending':
      case 'transferred':
        sent = step.kind === 'sending' ? 0 : step.bytes;
        total = step.total;
        report('sending');
        return;
      case 'body-sent':
        sent = total;
        report('answering');
        return;
      case 'searching':
      case 'retrying':
        report(step.kind);
        return;
      case 'uploaded':
      case 'waiting': {
        const { id, status } = step.uploading;
        report(step.kind, { id, ...(status === undefined ? {} : { status }) });
        return;
      }
      case 'found':
      case 'existing':
      case 'sent-by-another':
      case 'not-looked':
      case 'mark-kept':
      case 'mark-lost':
      case 'wait-goes-on':
        return;
    }
  };
}
