/** Writes the CSV file of `--report`, which lists every finding. */
import Papa from 'papaparse';
import { type Finding, findingIn } from '../../calls/findings/finding.ts';
import { Failure } from '../../failure.ts';
import { DraftFile } from '../../files/draft-file.ts';
import type { Words } from '../../words/en.ts';
import { cellPlace } from './render/cell-place.ts';
import { forSpreadsheet } from './shown.ts';

/** The report of one run. Values that a spreadsheet would read as formulas get an apostrophe. */
export class FindingReport {
  readonly #draft: DraftFile;
  readonly #words: Words;
  #hasHeader = false;
  /** Whether the check of at least one file has ended. */
  #hasContent = false;

  /** @throws Failure `output-unwritable` (exit 2) */
  constructor(path: string, words: Words) {
    this.#draft = new DraftFile(
      path,
      (reason) => new Failure('output-unwritable', { path, reason }),
    );
    this.#words = words;
  }

  /**
   * Begins the check of a file. Drops the findings of an unfinished check of the same file.
   *
   * @throws Failure `output-unwritable` (exit 2)
   */
  begin(): void {
    this.#draft.rewind();
    if (this.#hasHeader) return;
    this.#draft.write(row(this.#words.screens.report.columns));
    this.#draft.keep();
    this.#hasHeader = true;
  }

  add(file: string, finding: Finding): void {
    const { line, record, column, severity, code, value } = finding;
    const { message, hint } = findingIn(this.#words, finding);
    this.#draft.write(
      row([
        ...[finding.file ?? file, line, record, column, severity, code, value, message, hint],
        cellPlace(finding) ?? null,
      ]),
    );
  }

  /** Ends the check of a file, and keeps its findings. */
  end(): void {
    this.#draft.keep();
    this.#hasContent = true;
  }

  /**
   * Moves the report to its final path. If no file could be read, an earlier report at this path is
   * better than an empty one, so nothing is moved.
   */
  finish(): void {
    if (this.#hasContent) this.#draft.finish();
    else this.discard();
  }

  /** Deletes the unfinished report. */
  discard(): void {
    this.#draft.discard();
  }
}

function row(cells: readonly (string | number | null)[]): string {
  const shown = cells.map((cell) => (typeof cell === 'string' ? forSpreadsheet(cell) : cell));
  return `${Papa.unparse([shown], { newline: '\n' })}\n`;
}
