import { uploadPath, uploadQuery, queryString } from '../../metrika/client.ts';
import { fullComment } from '../../upload/comment.ts';
import { markOf } from '../../upload/send-portion.ts';
import type { PortionName } from '../../upload/portions.ts';
import type { UploadResult, UploadSettings } from '../../upload/upload-file.ts';
import type { Connection } from '../connection.ts';
import { shownName } from '../input-files.ts';
import type { Style } from '../output.ts';
import { withoutControls } from '../terminal.ts';
import { counted, number } from '../words.ts';
import { failureFields } from './failure.ts';
import { validationFields } from './findings.ts';
import type { CheckedForGithub } from './github.ts';
import { layTable } from './uploading.ts';

/** A portion in words, such as `ClientId, part 2 of 3`. */
export function portionWords({ identifier, part }: PortionName): string {
  return [
    ...(identifier === undefined ? [] : [identifier]),
    ...(part === undefined ? [] : [`part ${String(part.number)} of ${String(part.of)}`]),
  ].join(', ');
}

/** What a result is about, fit to be shown: the file, and the portion where there are several. */
export function resultName({ file, portion }: Pick<UploadResult, 'file' | 'portion'>): string {
  const name = shownName(file);
  return portion === undefined ? name : `${name} (${portionWords(portion)})`;
}

/** What a dry run shows of the requests for one file, and of the settings that they go with. */
export function dryRunLines(
  results: readonly UploadResult[],
  settings: UploadSettings,
  connection: Connection,
  { paint }: Style,
): string[] {
  const row = (name: string, value: string): string =>
    `  ${paint.dim(name.padEnd(9))}  ${withoutControls(value)}`;
  return [
    ...results.flatMap((result) => [
      `${resultName(result)}: nothing sent (dry run)`,
      row('request', `POST ${requestUrl(result, settings, connection)}`),
      row('file', `${counted(result.rows ?? 0, 'call')}, ${counted(result.bytes ?? 0, 'byte')}`),
      row('sha256', result.sha256 ?? ''),
      row('changes', result.conversions.length === 0 ? 'none' : result.conversions.join(', ')),
    ]),
    ...connection.settings.origins.map(({ name, value, source }) =>
      row(name, `${value} (${source})`),
    ),
  ];
}

function requestUrl(
  { portion, sha256 }: UploadResult,
  { counter, parameters, skipExisting }: UploadSettings,
  { address }: Connection,
): string {
  const fingerprint = markOf({ portion, sha256: sha256 ?? '' }, skipExisting);
  const comment = fullComment(parameters.comment, { portion, fingerprint });
  return `${address}${uploadPath(counter)}${queryString(uploadQuery({ ...parameters, comment }))}`;
}

/** A result as it stands in JSON. */
export function resultFields(
  result: UploadResult,
  settings: UploadSettings,
  connection: Connection,
): Record<string, unknown> {
  return {
    file: result.file,
    ...(result.portion === undefined ? {} : { portion: portionFields(result.portion) }),
    ok: result.exitCode === 0,
    exit_code: result.exitCode,
    outcome: result.outcome,
    sha256: result.sha256 ?? null,
    bytes: result.bytes ?? null,
    rows: result.rows ?? null,
    rejected_rows: result.rejectedRows ?? null,
    conversions: result.conversions,
    uploading: result.uploading?.asSent ?? null,
    validation: validationFields(result.validation),
    ...(result.failure === undefined ? {} : { error: failureFields(result.failure) }),
    ...(result.outcome === 'dry-run'
      ? {
          request: { method: 'POST', url: requestUrl(result, settings, connection) },
          settings: connection.settings.origins,
        }
      : {}),
  };
}

function portionFields({ identifier, part }: PortionName): Record<string, unknown> {
  return {
    ...(identifier === undefined ? {} : { identifier }),
    ...(part === undefined ? {} : { part: part.number, parts: part.of }),
  };
}

const COLUMNS = ['FILE', 'OUTCOME', 'CALLS', 'UPLOADING', 'STATUS'] as const;

/** All results of a run over several, a line each. */
export function renderSummary(results: readonly UploadResult[], style: Style): string[] {
  const rows = results.map((result) => [
    resultName(result),
    result.exitCode === 0 ? result.outcome : `${result.outcome}, exit ${String(result.exitCode)}`,
    result.rows === undefined ? '' : number(result.rows),
    result.uploading?.id ?? '',
    withoutControls(result.uploading?.status ?? ''),
  ]);
  return layTable(COLUMNS, rows, style);
}

/** The results as annotations and a step summary speak of them. */
export function forGithub(results: readonly UploadResult[]): CheckedForGithub[] {
  return results.map((result, at) => {
    const { file, rows, validation, outcome, uploading } = result;
    const words = uploading === undefined ? outcome : `${outcome} as ${uploading.id}`;
    // The findings of a file are said once, whatever it was divided into.
    const repeated = results.findIndex((other) => other.file === file) < at;
    const said = repeated
      ? { ...validation, errors: 0, warnings: 0, notes: 0, findings: [] }
      : validation;
    const part = result.portion === undefined ? '' : ` (${portionWords(result.portion)})`;
    return { file, rows: rows ?? 0, validation: said, outcome: words + part };
  });
}
