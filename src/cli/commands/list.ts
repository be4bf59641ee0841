/** `metrika-calls list`: the counter's uploads, newest first. */
import { EXIT_CODES, type ExitCode } from '../../exit-codes.ts';
import { newest } from '../../library/uploads.ts';
import { type ContextOf, defineCommand } from '../arguments/command.ts';
import { OUTPUT, REMOTE } from '../arguments/options.ts';
import { withConnection } from '../connection/connection.ts';
import { Progress } from '../output/progress.ts';

export const list = defineCommand({
  operands: '',
  options: [...REMOTE, 'limit', ...OUTPUT],
  examples: [
    'metrika-calls list --counter 2215573',
    'metrika-calls list -c 2215573 --limit 100 --json',
  ],
});

/** Reads the whole list and reports its newest entries. */
export async function run(context: ContextOf<typeof list>): Promise<ExitCode> {
  const { io, options, output, reporter } = context;
  return await withConnection(context, async ({ client, settings }) => {
    const { counter } = settings;
    const progress = await Progress.start(output, io.clock);
    progress.track().step(output.words.screens.list.reading(counter));
    const listing = await client.findAllCallUploadings(counter, io.signal).finally(() => {
      progress.stop();
    });
    const { shown, older } = newest(listing, options.limit);
    reporter.listed(shown);
    const said = output.words.screens.list;
    if (listing.unreadable > 0) output.remark(said.unreadable(listing.unreadable));
    if (shown.length === 0) output.remark(said.none);
    else if (older > 0) output.remark(said.older(older));
    return EXIT_CODES.done;
  });
}
