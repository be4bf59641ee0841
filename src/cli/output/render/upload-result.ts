/** What became of the files of an upload: result lines, dry runs and the table of several. */
import { requestUrl } from '../../../upload/request-url.ts';
import type { UploadResult } from '../../../upload/upload-file.ts';
import { isAtEnd } from '../../../upload/verdict.ts';
import type { Words } from '../../../words/en.ts';
import { formatNumber, hangingIndent } from '../../../words/format.ts';
import type { Style } from '../output.ts';
import type { UploadRun } from '../reporter.ts';
import { withoutControls } from '../terminal.ts';
import { shownName } from './shown-name.ts';
import { layTable, paintedStatus, uploadFacts } from './upload.ts';

/** What a result is about, fit to be shown: the file, and the portion where there are several. */
export function resultName(
  { file, portion }: Pick<UploadResult, 'file' | 'portion'>,
  words: Words,
): string {
  const name = shownName(file, words);
  return portion === undefined ? name : `${name} (${words.screens.files.portion(portion)})`;
}

/** A file that arrived: one line with the verdict, and under it what the service says. */
export function renderUploaded(result: UploadResult, run: UploadRun, style: Style): string[] {
  const { uploading, outcome, failure } = result;
  if (uploading === undefined) return [];
  const { paint, tick, words, abilities } = style;
  const said = words.screens.upload;
  const as = outcome === 'existing' ? said.existsAs : said.uploadedAs;
  const mark = failure === undefined ? paint.green(tick) : paint.yellow('!');
  const command = isAtEnd(uploading) ? undefined : run.commandForStatus(uploading.id);
  return [
    `${mark} ${resultName(result, words)}: ${as(paint.bold(uploading.id))}, ${paintedStatus(uploading.status, style)}`,
    ...uploadFacts(uploading, style),
    ...(command === undefined || failure !== undefined
      ? []
      : hangingIndent('  ', said.processing(command), abilities.columns)),
  ];
}

/** What a dry run shows of the requests for one file, and of the settings that they go with. */
export function renderDryRun(
  results: readonly UploadResult[],
  run: UploadRun,
  { paint, words }: Style,
): string[] {
  const said = words.screens.dryRun;
  const row = (name: string, value: string): string =>
    `  ${paint.dim(name.padEnd(9))}  ${withoutControls(value)}`;
  return [
    ...results.flatMap((result) => [
      `${resultName(result, words)}: ${said.head}`,
      row(said.request, `POST ${requestUrl(result, run.options, run.address)}`),
      row(said.file, said.size(result.rows ?? 0, result.bytes ?? 0)),
      row(said.sha256, result.sha256 ?? ''),
      row(
        said.changes,
        result.conversions.length === 0 ? said.none : result.conversions.join(', '),
      ),
    ]),
    ...run.origins.map(({ name, value, source }) => row(name, said.setting(value, source))),
  ];
}

/** All results of a run over several, a line each. */
export function renderSummary(results: readonly UploadResult[], style: Style): string[] {
  const said = style.words.screens.upload;
  const rows = results.map((result) => [
    resultName(result, style.words),
    result.exitCode === 0 ? result.outcome : said.withExit(result.outcome, result.exitCode),
    result.rows === undefined ? '' : formatNumber(result.rows),
    result.uploading?.id ?? '',
    withoutControls(result.uploading?.status ?? ''),
  ]);
  return layTable(said.table, rows, style);
}
