/** The CSV file with every finding, for people and their spreadsheets. */
import Papa from 'papaparse';
import { type Finding, findingIn } from '../../calls/findings/finding.ts';
import { Failure } from '../../failure.ts';
import { DraftFile } from '../../files/draft-file.ts';
import type { Words } from '../../words/en.ts';
import { cellPlace } from './render/cell-place.ts';
import { forSpreadsheet } from './shown.ts';

/** A report of one run; a value that a spreadsheet would take for a formula gets an apostrophe before it. */
export class FindingReport {
  readonly #draft: DraftFile;
  readonly #words: Words;

  /** @throws Failure `report-unwritable` (exit 2) */
  constructor(path: string, words: Words) {
    this.#draft = new DraftFile(
      path,
      (reason) => new Failure('output-unwritable', { path, reason }),
    );
    this.#words = words;
    this.#draft.write(row(words.screens.report.columns));
    this.#draft.keep();
  }

  /** A file's check begins; what an earlier reading of the same file found is forgotten. */
  begin(): void {
    this.#draft.rewind();
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

  /** A file's check is done. */
  end(): void {
    this.#draft.keep();
  }

  /** Puts the report into its place. */
  finish(): void {
    this.#draft.finish();
  }

  /** Takes away what was written so far. */
  discard(): void {
    this.#draft.discard();
  }
}

function row(cells: readonly (string | number | null)[]): string {
  const shown = cells.map((cell) => (typeof cell === 'string' ? forSpreadsheet(cell) : cell));
  return `${Papa.unparse([shown], { newline: '\n' })}\n`;
}
