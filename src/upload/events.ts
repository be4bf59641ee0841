/** What happens during an upload, as it happens: one type for all who watch. */
import type { Validation } from '../calls/findings/finding.ts';
import type { RequestFailure } from '../metrika/request-failure.ts';
import type { RetryNotice } from '../metrika/retry.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import type { PortionName } from './portions.ts';

/** What happens while one portion is sent and waited for. Sizes are in bytes. */
export type PortionEvent =
  | { readonly kind: 'sending'; readonly attempt: number; readonly total: number }
  /** @property bytes handed over so far in this attempt */
  | { readonly kind: 'transferred'; readonly bytes: number; readonly total: number }
  /** @property patience milliseconds for which the answer is waited for */
  | { readonly kind: 'body-sent'; readonly patience: number }
  | { readonly kind: 'retrying'; readonly notice: RetryNotice }
  /** It is not known whether the file arrived, so the list of uploads is read. */
  | { readonly kind: 'searching'; readonly failure: RequestFailure }
  /** The list shows that the file arrived. */
  | { readonly kind: 'found'; readonly uploading: CallUploading }
  /** The counter had the content before. */
  | { readonly kind: 'existing'; readonly uploading: CallUploading }
  /** The service shows our own upload without the mark in its comment. */
  | { readonly kind: 'mark-lost'; readonly uploading: CallUploading }
  /** Somebody else sent the same content. */
  | {
      readonly kind: 'sent-by-another';
      readonly uploading: CallUploading;
      readonly others: readonly CallUploading[];
    }
  /** The service could not be asked just now, so it will be asked later. */
  | {
      readonly kind: 'wait-goes-on';
      readonly failure: RequestFailure;
      readonly uploading: CallUploading;
    }
  | { readonly kind: 'uploaded' | 'waiting'; readonly uploading: CallUploading };

/** Gets the events of one portion. */
export type OnPortionEvent = (event: PortionEvent) => void;

/** What happens while one file is uploaded. */
export type UploadEvent =
  | { readonly kind: 'checking'; readonly total: number }
  | { readonly kind: 'checked'; readonly validation: Validation; readonly records: number }
  /** Records with errors are not sent. */
  | {
      readonly kind: 'left-out';
      readonly records: number;
      /** The file they are kept in. */
      readonly rejects: string | undefined;
    }
  /** The file goes in several portions. */
  | { readonly kind: 'split'; readonly portions: readonly PortionName[] }
  | {
      readonly kind: 'portion';
      /** `undefined` when the file goes whole. */
      readonly portion: PortionName | undefined;
      readonly event: PortionEvent;
    };
