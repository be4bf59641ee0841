import { Output } from '../../src/cli/output.ts';
import type { OutputStream } from '../../src/cli/terminal.ts';

/** Both outputs of a run on one stream, without colours. */
export async function outputOn(stream: OutputStream): Promise<Output> {
  const settings = {
    format: 'text',
    quiet: false,
    verbose: false,
    color: false,
    progress: true,
  } as const;
  const streams = { stdout: stream, stderr: stream };
  return await Output.open(streams, { TERM: 'xterm' }, settings, new Set());
}
