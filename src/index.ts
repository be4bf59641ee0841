/**
 * metrika-calls for programs. Four functions do what the commands do: {@link validateCalls},
 * {@link convertCalls}, {@link inspectCalls} and {@link uploadCalls}. Below them are the parts that they
 * are made of.
 */
export type { StopSignal } from './abortable.ts';
export type { ByteSource, CheckReport } from './calls/check/check-calls.ts';
export { checkCalls } from './calls/check/check-calls.ts';
export type { InvalidLimit } from './calls/check/check-file.ts';
export type { CheckOptions } from './calls/check/check-options.ts';
export type { CallColumn, ColumnName } from './calls/columns/columns.ts';
export { CALL_COLUMNS } from './calls/columns/columns.ts';
export type { Finding, FindingGroup, FindingSaid, Validation } from './calls/findings/finding.ts';
export { findingIn } from './calls/findings/finding.ts';
export type { FindingCode, Severity } from './calls/findings/kinds.ts';
export type { Clock } from './clock.ts';
export { systemClock } from './clock.ts';
export type { SavedRecipe } from './convert/recipe/saved-recipe.ts';
export type { ExitCode } from './exit-codes.ts';
export { EXIT_CODES } from './exit-codes.ts';
export type { FailureCode, FailureSaid } from './failure.ts';
export { Failure, failureIn } from './failure.ts';
export { LocalFile } from './files/local-file.ts';
export type { ConvertCallsOptions } from './library/convert-calls.ts';
export { convertCalls } from './library/convert-calls.ts';
export type {
  ConvertedCalls,
  FailureDocument,
  FindingDocument,
  InspectedCalls,
  PortionDocument,
  UploadedCalls,
  UploadingDocument,
  ValidatedCalls,
  ValidationDocument,
} from './library/documents.ts';
export type { InspectCallsOptions } from './library/inspect-calls.ts';
export { inspectCalls } from './library/inspect-calls.ts';
export type { CheckingOptions, ReadingOptions } from './library/options.ts';
export type { CallsSource } from './library/source.ts';
export type { UploadCallsOptions, UploadedFile } from './library/upload-calls.ts';
export { uploadCalls } from './library/upload-calls.ts';
export type { UploadProgress } from './library/upload-progress.ts';
export type { ValidateCallsOptions } from './library/validate-calls.ts';
export { validateCalls } from './library/validate-calls.ts';
export { apiAddress, DEFAULT_API_URL } from './metrika/api-address.ts';
export type { CallsFile, ClientOptions, Listing } from './metrika/client.ts';
export { MetrikaClient } from './metrika/client.ts';
export type { Fetch, FetchAnswer, FetchInit } from './metrika/fetch.ts';
export type { UploadParameters } from './metrika/paths.ts';
export { RequestFailure } from './metrika/request-failure.ts';
export type { RetryOptions as RetryPolicy } from './metrika/retry.ts';
export type { CallUploading } from './metrika/schemas.ts';
export { ApiToken } from './metrika/token.ts';
export type { ConnectionOptions, Connections } from './metrika/undici-fetch.ts';
export { openConnections } from './metrika/undici-fetch.ts';
export type { Sandbox, SandboxOptions as SandboxSettings } from './sandbox/server.ts';
export { startSandbox } from './sandbox/server.ts';
export type { PortionEvent, UploadEvent } from './upload/events.ts';
export { Journal } from './upload/journal.ts';
export type { PortionName, PortionOptions as PortionRules } from './upload/portions.ts';
export type { NextCommands, RunContext as Run } from './upload/run.ts';
export type { SendingOptions } from './upload/send-portion.ts';
export type { UploadContext, UploadOptions, UploadResult } from './upload/upload-file.ts';
export { sendFile } from './upload/upload-file.ts';
export type { Words } from './words/en.ts';
export { en } from './words/en.ts';
