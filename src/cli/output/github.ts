/** The format for GitHub Actions: findings as annotations, and a table on the page of the run. */
import type { Failure } from '../../failure.ts';
import type { ValidatedFile } from '../../library/validate-calls.ts';
import type { UploadResult } from '../../upload/upload-file.ts';
import type { Io } from '../io/io.ts';
import { writeStepSummary } from './github-summary.ts';
import type { Line } from './layout.ts';
import type { Output } from './output.ts';
import { annotations, type CheckedForGithub, failureCommand } from './render/annotations.ts';
import type { ConvertedFile, ReporterIo, ReporterModule, UploadRun } from './reporter.ts';
import { TextReporter } from './text.ts';

class GithubReporter extends TextReporter {
  readonly #environment: Io['environment'];
  readonly #files: CheckedForGithub[] = [];

  constructor(output: Output, io: ReporterIo) {
    super(output, io);
    this.#environment = io.environment;
  }

  override validated(checked: ValidatedFile): void {
    const { file, rows, validation, passed } = checked;
    const said = this.output.words.screens.github;
    this.#files.push({ file, rows, validation, outcome: passed ? said.passed : said.notPassed });
    if (!passed || !this.output.settings.quiet) this.output.result(...this.head(checked));
  }

  override converted(converted: ConvertedFile): void {
    const { file, rows, validation, passed } = converted;
    const said = this.output.words.screens.github;
    this.#files.push({ file, rows, validation, outcome: passed ? said.passed : said.notPassed });
    super.converted(converted);
  }

  /** Returns no lines, because annotations show the findings. */
  protected override convertedFindings(): Line[] {
    return [];
  }

  override uploaded(results: readonly UploadResult[], run: UploadRun): void {
    this.#files.push(...results.map((result, at) => this.#checked(result, at === 0)));
    super.uploaded(results, run);
  }

  override failed(failure: Failure): void {
    this.output.resultAs(failureCommand(failure, this.output.words));
  }

  override async finish(): Promise<void> {
    await super.finish();
    if (this.#files.length === 0) return;
    const workspace = this.#environment['GITHUB_WORKSPACE'] || process.cwd();
    for (const line of annotations(this.#files, workspace, this.output.words)) {
      this.output.resultAs(line);
    }
    await writeStepSummary(this.#files, this.#environment['GITHUB_STEP_SUMMARY'], this.output);
  }

  /** Writes nothing, because annotations show the findings. */
  protected override findings(): void {
    return;
  }

  protected override resultFailed(failure: Failure, { file }: UploadResult): void {
    this.output.resultAs(failureCommand(failure, this.output.words, file));
  }

  /**
   * Returns the data of one result for annotations and for the summary.
   *
   * @param isFirst whether this is the first portion of a file; only that portion shows the
   *   findings
   */
  #checked(result: UploadResult, isFirst: boolean): CheckedForGithub {
    const { file, rows, validation, outcome, uploading, portion } = result;
    const { upload, files } = this.output.words.screens;
    const ended = upload.outcomes[outcome];
    const words = uploading === undefined ? ended : upload.outcomeAs(ended, uploading.id);
    const part = portion === undefined ? '' : ` (${files.portion(portion)})`;
    const said = isFirst
      ? validation
      : { ...validation, errors: 0, warnings: 0, notes: 0, findings: [] };
    return { file, rows: rows ?? 0, validation: said, outcome: words + part };
  }
}

export const reporter: ReporterModule['reporter'] = (output, io) => new GithubReporter(output, io);
