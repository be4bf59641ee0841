import { appendFile, stat } from 'node:fs/promises';
import { systemErrorCode } from '../failure.ts';
import type { Io } from './io.ts';
import type { Output } from './output.ts';
import { annotations, type CheckedForGithub, stepSummary } from './render/github.ts';

/** A step summary holds so many bytes. */
const LARGEST_SUMMARY = 1024 * 1024;

/** Writes the annotations of a step and, where the runner wants one, its summary. */
export async function reportToGithub(
  files: readonly CheckedForGithub[],
  io: Io,
  output: Output,
): Promise<void> {
  const workspace = io.environment['GITHUB_WORKSPACE'] || process.cwd();
  for (const line of annotations(files, workspace)) output.result(line);
  const path = io.environment['GITHUB_STEP_SUMMARY'];
  if (!path) return;
  try {
    const summary = output.redact(stepSummary(files));
    const { size } = await stat(path).catch(() => ({ size: 0 }));
    if (size + Buffer.byteLength(summary) <= LARGEST_SUMMARY) await appendFile(path, summary);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    output.complain(`The step summary could not be written (${code}).`);
  }
}
