/** Defines the events of an upload. */
import type { Finding, Validation } from '../calls/findings/finding.ts';
import type { Failure } from '../failure.ts';
import type { RequestFailure } from '../metrika/request-failure.ts';
import type { RetryNotice } from '../metrika/retry.ts';
import type { CallUploading } from '../metrika/schemas.ts';
import type { PortionName } from './portions.ts';

/** An event during the sending or the processing of one portion. Sizes are in bytes. */
export type PortionEvent =
  | { readonly kind: 'sending'; readonly attempt: number; readonly total: number }
  /** @property bytes the number of bytes already sent in this attempt */
  | { readonly kind: 'transferred'; readonly bytes: number; readonly total: number }
  /** @property patience the longest wait for the answer, in milliseconds */
  | { readonly kind: 'body-sent'; readonly patience: number }
  | { readonly kind: 'retrying'; readonly notice: RetryNotice }
  /** It is unknown whether the file arrived. The program searches the list of uploads. */
  | { readonly kind: 'searching'; readonly failure: RequestFailure }
  /** The list shows that the file arrived. */
  | { readonly kind: 'found'; readonly uploading: CallUploading }
  /** The counter already had the content. */
  | { readonly kind: 'existing'; readonly uploading: CallUploading }
  /** The service shows the new upload, with the mark in its comment or without the mark. */
  | { readonly kind: 'mark-kept' | 'mark-lost'; readonly uploading: CallUploading }
  /** The list could not be read, so nobody knows whether the counter has the content already. */
  | { readonly kind: 'not-looked'; readonly failure: Failure }
  /** Somebody else sent the same content. */
  | {
      readonly kind: 'sent-by-another';
      readonly uploading: CallUploading;
      readonly others: readonly CallUploading[];
    }
  /** A status request failed and will be repeated later. */
  | {
      readonly kind: 'wait-goes-on';
      readonly failure: RequestFailure;
      readonly uploading: CallUploading;
    }
  | { readonly kind: 'uploaded' | 'waiting'; readonly uploading: CallUploading };

/** Receives the events of one portion. */
export type OnPortionEvent = (event: PortionEvent) => void;

/** An event during the upload of one file. */
export type UploadEvent =
  | { readonly kind: 'checking'; readonly total: number }
  | { readonly kind: 'checked'; readonly validation: Validation; readonly records: number }
  /** Records with errors are left out. */
  | {
      readonly kind: 'left-out';
      readonly records: number;
      /** The path of the rejects file. */
      readonly rejects: string | undefined;
    }
  /** Many calls are at night, so their time zone is probably wrong. */
  | { readonly kind: 'at-night'; readonly finding: Finding }
  /** The file is sent in several portions. */
  | { readonly kind: 'split'; readonly portions: readonly PortionName[] }
  | {
      readonly kind: 'portion';
      /** `undefined` when the complete file is one portion. */
      readonly portion: PortionName | undefined;
      readonly event: PortionEvent;
    };
