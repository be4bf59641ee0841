/**
 * The parts of metrika-calls for programs: check a file of calls, send it so that it arrives once,
 * and ask the service about uploads.
 */
export { checkCalls } from './calls/check/check-calls.ts';
export type { ByteSource, CheckReport } from './calls/check/check-calls.ts';
export type { CheckOptions } from './calls/check/check-options.ts';
export { CALL_COLUMNS } from './calls/columns/columns.ts';
export type { CallColumn, ColumnName } from './calls/columns/columns.ts';
export { findingIn } from './calls/findings/finding.ts';
export type { Finding, FindingGroup, FindingSaid, Validation } from './calls/findings/finding.ts';
export type { FindingCode, Severity } from './calls/findings/kinds.ts';
export { systemClock } from './clock.ts';
export type { Clock } from './clock.ts';
export { EXIT_CODES } from './exit-codes.ts';
export type { ExitCode } from './exit-codes.ts';
export { Failure, failureIn } from './failure.ts';
export type { FailureCode, FailureSaid } from './failure.ts';
export { LocalFile } from './files/local-file.ts';
export { apiAddress, DEFAULT_API_URL } from './metrika/api-address.ts';
export { MetrikaClient } from './metrika/client.ts';
export type { CallsFile, ClientOptions, Listing } from './metrika/client.ts';
export type { Fetch, FetchAnswer, FetchInit } from './metrika/fetch.ts';
export type { UploadParameters } from './metrika/paths.ts';
export { RequestFailure } from './metrika/request-failure.ts';
export type { RetryPolicy } from './metrika/retry.ts';
export type { CallUploading } from './metrika/schemas.ts';
export { ApiToken } from './metrika/token.ts';
export { openConnections } from './metrika/undici-fetch.ts';
export type { Connections, ConnectionOptions } from './metrika/undici-fetch.ts';
export { startSandbox } from './sandbox/server.ts';
export type { Sandbox, SandboxSettings } from './sandbox/server.ts';
export type { PortionEvent, UploadEvent } from './upload/events.ts';
export { Journal } from './upload/journal.ts';
export type { PortionName, PortionRules } from './upload/portions.ts';
export type { NextCommands, Run } from './upload/run.ts';
export type { SendingOptions } from './upload/send-portion.ts';
export { uploadFile } from './upload/upload-file.ts';
export type { UploadContext, UploadOptions, UploadResult } from './upload/upload-file.ts';
export { en } from './words/en.ts';
export type { Words } from './words/en.ts';
