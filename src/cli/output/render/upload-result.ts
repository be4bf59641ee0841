/** What became of the files of an upload: result lines, dry runs and the table of several. */
import { requestUrl } from '../../../upload/request-url.ts';
import type { UploadResult } from '../../../upload/upload-file.ts';
import { isAtEnd } from '../../../upload/verdict.ts';
import { hangingIndent, type Line, type Part, table, toned, wrapped } from '../layout.ts';
import type { Style } from '../output.ts';
import type { UploadRun } from '../reporter.ts';
import { visible } from '../shown.ts';
import { type Naming, shownName } from './shown-name.ts';
import { tonedStatus, toneOf, uploadFacts } from './upload.ts';

/** What a result is about, in a sentence: the file, and the portion where there are several. */
export function resultName(
  { file, portion }: Pick<UploadResult, 'file' | 'portion'>,
  naming: Naming,
): string {
  const name = shownName(file, naming);
  return portion === undefined ? name : `${name} (${naming.words.screens.files.portion(portion)})`;
}

/** A file that arrived: one line with the verdict, and under it what the service says. */
export function renderUploaded(result: UploadResult, run: UploadRun, style: Style): Line[] {
  const { uploading, outcome, failure } = result;
  if (uploading === undefined) return [];
  const { tick, words, abilities } = style;
  const said = words.screens.upload;
  const as = outcome === 'existing' ? said.existsAs : said.uploadedAs;
  const mark = failure === undefined ? toned.good(tick) : toned.warn('!');
  const command = isAtEnd(uploading) ? undefined : run.commandForStatus(uploading.id);
  return [
    [
      mark,
      ` ${resultName(result, style)}: ${as(uploading.id)}, `,
      tonedStatus(uploading.status, style),
    ],
    ...uploadFacts(uploading, style),
    ...(command === undefined || failure !== undefined
      ? []
      : hangingIndent('  ', said.processing(command), abilities.columns, 'info')),
    ...(isAtEnd(uploading) && failure === undefined && run.commandForStatus('1') !== undefined
      ? wrapped('  ', said.seenIn, abilities.columns)
      : []),
  ];
}

/** What a dry run shows of the requests for one file, and of the settings that they go with. */
export function renderDryRun(
  results: readonly UploadResult[],
  run: UploadRun,
  style: Style,
): Line[] {
  const said = style.words.screens.dryRun;
  const row = (name: string, value: string): Line => [
    '  ',
    toned.quiet(name.padEnd(9)),
    `  ${value}`,
  ];
  return [
    ...results.flatMap((result) => [
      `${resultName(result, style)}: ${said.head}`,
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
export function renderSummary(results: readonly UploadResult[], style: Style): Line[] {
  const said = style.words.screens.upload;
  const rows = results.map((result): Part[] => {
    const { failure, exitCode, uploading } = result;
    const outcome = said.outcomes[result.outcome];
    const tone = failure === undefined ? 'good' : uploading === undefined ? 'bad' : 'warn';
    return [
      visible(resultName(result, style)),
      { text: exitCode === 0 ? outcome : said.withExit(outcome, exitCode), tone },
      result.rows === undefined ? '' : style.words.formatNumber(result.rows),
      uploading?.id ?? '',
      uploading === undefined
        ? toned.bad(failure?.code ?? '')
        : { text: visible(uploading.status ?? ''), tone: toneOf(uploading.status) },
    ];
  });
  return table(said.table, rows, style.abilities.room);
}
