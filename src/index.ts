/**
 * The parts of metrika-calls for programs: check a file of calls, send it so that it arrives once,
 * and ask the service about uploadings.
 */
export { checkCalls } from './calls/check-calls.ts';
export type { ByteSource, CheckReport, CheckSettings } from './calls/check-calls.ts';
export { CALL_COLUMNS } from './calls/columns.ts';
export type { CallColumn, ColumnName } from './calls/columns.ts';
export type { Finding, FindingGroup, Validation } from './calls/findings.ts';
export type { FindingCode, Severity } from './calls/finding-catalogue.ts';
export { systemClock } from './clock.ts';
export type { Clock } from './clock.ts';
export { EXIT_CODES } from './exit-codes.ts';
export type { ExitCode } from './exit-codes.ts';
export { Failure } from './failure.ts';
export { apiAddress, DEFAULT_API_URL } from './metrika/api-address.ts';
export { MetrikaClient } from './metrika/client.ts';
export type { CallsFile, ClientSettings, Listing, UploadParameters } from './metrika/client.ts';
export type { Fetch, FetchAnswer, FetchInit } from './metrika/fetch.ts';
export { RequestFailure } from './metrika/request-failure.ts';
export type { RetryPolicy } from './metrika/retry.ts';
export type { CallUploading } from './metrika/schemas.ts';
export { ApiToken } from './metrika/token.ts';
export { openConnections } from './metrika/undici-fetch.ts';
export type { Connections, ConnectionSettings } from './metrika/undici-fetch.ts';
export { startSandbox } from './sandbox/server.ts';
export type { Sandbox, SandboxSettings } from './sandbox/server.ts';
export { LocalFile } from './upload/local-file.ts';
export { RunJournal } from './upload/run-journal.ts';
export type { PortionName, PortionRules } from './upload/portions.ts';
export type {
  PortionWatcher,
  SendingSettings,
  SendingSurroundings,
} from './upload/send-portion.ts';
export { uploadFile } from './upload/upload-file.ts';
export type {
  UploadResult,
  UploadSettings,
  UploadSurroundings,
  UploadWatcher,
} from './upload/upload-file.ts';
