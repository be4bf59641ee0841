import type { OutputStream } from '../../src/cli/io/io.ts';
import { Output } from '../../src/cli/output/output.ts';
import { en } from '../../src/words/en.ts';

/** Creates an output that writes both standard streams to one stream, without colours. */
export async function outputOn(stream: OutputStream): Promise<Output> {
  const settings = {
    quiet: false,
    verbose: false,
    color: false,
    progress: true,
  } as const;
  return await Output.open(
    {
      stdout: stream,
      stderr: stream,
      environment: { TERM: 'xterm' },
      secrets: new Set(),
      knownNumbers: new Set(),
      words: en,
    },
    settings,
  );
}
