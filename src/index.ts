/**
 * The library. {@link validateCalls}, {@link convertCalls}, {@link inspectCalls},
 * {@link uploadCalls}, {@link findUpload}, {@link waitForUpload}, {@link listUploads} and
 * {@link listCounters} do the same as the commands.
 */
export type { StopSignal } from './abortable.ts';
export type { InvalidLimit } from './calls/check/check-file.ts';
export type { FindingCode, Severity } from './calls/findings/kinds.ts';
export type { Clock } from './clock.ts';
export type { SavedRecipe } from './convert/recipe/recipe-keys.ts';
export type { ExitCode } from './exit-codes.ts';
export { EXIT_CODES } from './exit-codes.ts';
export type { FailureCode } from './failure.ts';
export { Failure } from './failure.ts';
export type { ConvertCallsOptions } from './library/convert-calls.ts';
export { convertCalls } from './library/convert-calls.ts';
export type {
  AccountDocument,
  ConvertedCalls,
  CounterDocument,
  FailureDocument,
  FindingDocument,
  FoundUpload,
  InspectedCalls,
  ListedCounters,
  ListedUploads,
  PortionDocument,
  UploadedCalls,
  UploadingDocument,
  ValidatedCalls,
  ValidationDocument,
} from './library/documents.ts';
export type { InspectCallsOptions } from './library/inspect-calls.ts';
export { inspectCalls } from './library/inspect-calls.ts';
export type { ListCountersOptions } from './library/list-counters.ts';
export { listCounters } from './library/list-counters.ts';
export type {
  CheckingOptions,
  ReadingOptions,
  ResultOptions,
  SkippingOptions,
} from './library/options/check-options.ts';
export type { MappingOptions } from './library/options/mapping-options.ts';
export type { AccountOptions, ServiceOptions } from './library/service-options.ts';
export type { CallsSource } from './library/source.ts';
export type { UploadCallsOptions, UploadedFile } from './library/upload-calls.ts';
export { uploadCalls } from './library/upload-calls.ts';
export type { SendingOptions } from './library/upload-options.ts';
export type { UploadProgress } from './library/upload-progress.ts';
export type { ListUploadsOptions, UploadId, WaitForUploadOptions } from './library/uploads.ts';
export { findUpload, listUploads, waitForUpload } from './library/uploads.ts';
export type { ValidateCallsOptions } from './library/validate-calls.ts';
export { validateCalls } from './library/validate-calls.ts';
export type { Fetch, FetchAnswer, FetchInit } from './metrika/fetch.ts';
