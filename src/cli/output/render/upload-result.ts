/** Renders the results of `upload`: result lines, dry runs, and a table of several results. */
import { EXIT_CODES } from '../../../exit-codes.ts';
import { shownText } from '../../../safe-text/shown-value.ts';
import { visible } from '../../../safe-text/visible.ts';
import { requestUrl } from '../../../upload/request-url.ts';
import type { UploadResult } from '../../../upload/upload-file.ts';
import { isAtEnd } from '../../../upload/verdict.ts';
import { written } from '../../../words/said.ts';
import { flowed, hangingIndent, type Line, type Part, table, toned, wrapped } from '../layout.ts';
import type { Style } from '../output.ts';
import type { UploadRun } from '../reporter.ts';
import { type Naming, shownName } from './shown-name.ts';
import { tonedStatus, toneOf, uploadFacts } from './upload.ts';

/**
 * Returns the name of a result for a sentence: the file, and the portion if the file has several.
 */
export function resultName(
  { file, portion }: Pick<UploadResult, 'file' | 'portion'>,
  naming: Naming,
): string {
  const name = shownName(file, naming);
  return portion === undefined ? name : `${name} (${naming.words.screens.files.portion(portion)})`;
}

/** Renders the result of a file that arrived, in one line. Returns no line for other files. */
export function renderArrival(result: UploadResult, style: Style): Line[] {
  const { uploading, outcome, failure } = result;
  if (uploading === undefined) return [];
  const said = style.words.screens.upload;
  const as = outcome === 'existing' ? said.existsAs : said.uploadedAs;
  const mark = failure === undefined ? toned.good(style.tick) : toned.warn('!');
  const head = ` ${resultName(result, style)}: ${as(uploading.id)}, `;
  return flowed([mark, head, tonedStatus(uploading.status, style)], style.abilities.room, 2);
}

/** Renders a file that arrived: its result, the facts from the service, and the next command. */
export function renderUploaded(result: UploadResult, run: UploadRun, style: Style): Line[] {
  const { uploading, failure } = result;
  if (uploading === undefined) return [];
  const { columns } = style.abilities;
  const said = style.words.screens.upload;
  const command = run.commandForStatus(uploading.id);
  return [
    ...renderArrival(result, style),
    ...uploadFacts(uploading, style),
    // No next command is shown after a failure, or if the sandbox ends with the run.
    ...(command === undefined || failure !== undefined
      ? []
      : isAtEnd(uploading)
        ? wrapped('  ', said.seenIn, columns)
        : hangingIndent(
            '  ',
            written(said.processing(command), style.words.notation),
            columns,
            'info',
          )),
  ];
}

/** Renders the dry run of one file: the requests that would be sent, and the run's settings. */
export function renderDryRun(
  results: readonly UploadResult[],
  run: UploadRun,
  style: Style,
): Line[] {
  const said = style.words.screens.dryRun;
  const { room } = style.abilities;
  const { showValues } = run.options.check;
  const shown = (text: string): string => shownText(text, showValues);
  const row = (name: string, value: string): Line[] =>
    flowed(['  ', toned.quiet(name.padEnd(9)), `  ${value}`], room, ROW_HEAD);
  return [
    ...results.flatMap((result) => [
      ...wrapped('', `${resultName(result, style)}: ${said.head}`, room),
      ...row(
        said.request,
        `POST ${requestUrl(result, run.options, { address: run.address, shown })}`,
      ),
      ...row(said.file, said.size(result.rows ?? 0, result.bytes ?? 0)),
      ...row(said.sha256, result.sha256 ?? ''),
      ...row(
        said.changes,
        result.conversions.length === 0 ? said.none : result.conversions.join(', '),
      ),
    ]),
    ...run.origins.flatMap(({ name, value, source }) => row(name, said.setting(value, source))),
  ];
}

/** The width of the name before the value of a row, with its spaces, in characters. */
const ROW_HEAD = 13;

/** Renders the table of several results, one per line. */
export function renderSummary(results: readonly UploadResult[], style: Style): Line[] {
  const said = style.words.screens.upload;
  const rows = results.map((result): Part[] => {
    const { failure, exitCode, uploading } = result;
    const outcome = said.outcomes[result.outcome];
    const tone = failure === undefined ? 'good' : uploading === undefined ? 'bad' : 'warn';
    return [
      visible(resultName(result, style)),
      { text: exitCode === EXIT_CODES.done ? outcome : said.withExit(outcome, exitCode), tone },
      result.rows === undefined ? '' : style.words.formatNumber(result.rows),
      uploading?.id ?? '',
      uploading === undefined
        ? toned.bad(failure?.code ?? '')
        : { text: visible(uploading.status ?? ''), tone: toneOf(uploading.status) },
    ];
  });
  return table(said.table, rows, style.abilities.room);
}
