import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import Papa from 'papaparse';
import type { Finding } from '../calls/findings.ts';
import { type Failure, systemErrorCode } from '../failure.ts';
import { NO_FILE, placeOfFile, unwritableFile } from '../file-place.ts';

const COLUMNS = [
  'File',
  'Line',
  'Record',
  'Column',
  'Severity',
  'Code',
  'Value',
  'Message',
  'Hint',
];
const HELD_BYTES = 256 * 1024;

/**
 * A CSV file with every finding. It is for people and their spreadsheets, so a value that a
 * spreadsheet would take for a formula gets an apostrophe before it.
 */
export class FindingReport {
  readonly #path: string;
  readonly #descriptor: number;
  readonly #isFile: boolean;
  #held = '';
  #position = 0;
  #startOfFile = 0;

  private constructor(path: string, descriptor: number, isFile: boolean) {
    this.#path = path;
    this.#descriptor = descriptor;
    this.#isFile = isFile;
    this.#held = rows([COLUMNS]);
    this.end();
  }

  /** @throws Failure `report-unwritable` (exit 2) */
  static open(path: string): FindingReport {
    try {
      const { kind } = placeOfFile(path);
      if (kind === 'other') throw notWritten(path, NO_FILE);
      return new FindingReport(path, openSync(path, 'w', 0o600), kind === 'file');
    } catch (error) {
      throw unwritable(path, error);
    }
  }

  /** A file's check begins; what an earlier reading of the same file found is forgotten. */
  begin(): void {
    this.#held = '';
    this.#position = this.#startOfFile;
    // What a device took it keeps.
    if (this.#isFile) ftruncateSync(this.#descriptor, this.#position);
  }

  add(file: string, finding: Finding): void {
    const { line, record, column, severity, code, value, message, hint } = finding;
    this.#held += rows([[file, line, record, column, severity, code, value, message, hint]]);
    if (this.#held.length > HELD_BYTES) this.#flush();
  }

  /** A file's check is done. */
  end(): void {
    this.#flush();
    this.#startOfFile = this.#position;
  }

  close(): void {
    this.#flush();
    closeSync(this.#descriptor);
  }

  #flush(): void {
    const bytes = Buffer.from(this.#held, 'utf8');
    this.#held = '';
    try {
      for (let written = 0; written < bytes.length;) {
        const count = writeSync(
          this.#descriptor,
          bytes,
          written,
          bytes.length - written,
          this.#position,
        );
        written += count;
        this.#position += count;
      }
    } catch (error) {
      throw unwritable(this.#path, error);
    }
  }
}

function rows(cells: (string | number | null)[][]): string {
  return `${Papa.unparse(cells, { newline: '\n', escapeFormulae: true })}\n`;
}

function unwritable(path: string, error: unknown): unknown {
  const code = systemErrorCode(error);
  return code === undefined ? error : notWritten(path, code);
}

function notWritten(path: string, why: string): Failure {
  return unwritableFile('report-unwritable', `The report ${path} cannot be written (${why}).`);
}
