/** Writes the step summary, a table on the page of a GitHub Actions run. */
import { appendFile, stat } from 'node:fs/promises';
import { systemErrorCode } from '../../failure.ts';
import type { Output } from './output.ts';
import { type CheckedForGithub, stepSummary } from './render/annotations.ts';

/** The size limit of a step summary, in bytes. */
const LARGEST_SUMMARY = 1024 * 1024;

/**
 * Adds a table of the files to the step summary. Adds nothing if the step summary would become
 * larger than its limit.
 *
 * @param path the summary file that the runner names; without a path, nothing is written
 */
export async function writeStepSummary(
  files: readonly CheckedForGithub[],
  path: string | undefined,
  output: Output,
): Promise<void> {
  if (!path) return;
  try {
    const summary = output.redact(stepSummary(files, output.words));
    const { size } = await stat(path).catch(() => ({ size: 0 }));
    if (size + Buffer.byteLength(summary) <= LARGEST_SUMMARY) await appendFile(path, summary);
  } catch (error) {
    const reason = systemErrorCode(error);
    if (reason === undefined) throw error;
    output.warn(output.words.screens.github.summaryLost(reason));
  }
}
