/** Writes the page of `--html` to a file or to standard output. */
import { Failure } from '../../failure.ts';
import { DraftFile } from '../../files/draft-file.ts';
import type { Output } from './output.ts';

/** The file name that means standard output. */
export const STANDARD_OUTPUT = '-';

/**
 * Refuses a command line that would write both the page and another result to standard output.
 *
 * @throws Failure `html-with-document` (exit 2)
 */
export function refuseTwoDocuments(options: {
  readonly html: string | undefined;
  readonly json: boolean;
  readonly format: string;
}): void {
  const isDocument = options.json || options.format !== 'text';
  if (options.html === STANDARD_OUTPUT && isDocument) throw new Failure('html-with-document', {});
}

/**
 * Writes a page to a file, or to standard output.
 *
 * @throws Failure `output-unwritable` (exit 2)
 */
export async function writePage(path: string, html: string, output: Output): Promise<void> {
  if (path === STANDARD_OUTPUT) {
    await output.resultChunk(html);
    return;
  }
  const draft = new DraftFile(path, (reason) => new Failure('output-unwritable', { path, reason }));
  try {
    draft.write(html);
    draft.finish();
  } finally {
    draft.discard();
  }
}
