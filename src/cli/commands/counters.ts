/** `metrika-calls counters`: lists the counters that the token may see. */
import { EXIT_CODES, type ExitCode } from '../../exit-codes.ts';
import { countersWith } from '../../library/list-counters.ts';
import type { Counter } from '../../metrika/counters.ts';
import { type ContextOf, defineCommand } from '../arguments/command.ts';
import { ACCOUNT, OUTPUT } from '../arguments/options.ts';
import { withAccount } from '../connection/connection.ts';
import { Progress } from '../output/progress.ts';

export const counters = defineCommand({
  operands: '[text]',
  options: [...ACCOUNT, ...OUTPUT],
  examples: ['metrika-calls counters', 'metrika-calls counters shop.example'],
});

/** Reads all counters, and reports those with the text in their number, name or site. */
export async function run(context: ContextOf<typeof counters>): Promise<ExitCode> {
  const { io, output, reporter, operands } = context;
  const [filter] = operands;
  return await withAccount(context, async ({ client, token }) => {
    const said = output.words.screens.counters;
    const progress = await Progress.start(output, io.clock);
    progress.track().step(said.reading);
    const listing = await client.findCounters(io.signal).finally(() => {
      progress.stop();
    });
    const found = countersWith(listing.counters, filter);
    reporter.countersListed(found);
    if (listing.unreadable > 0) output.remark(said.unreadable(listing.unreadable));
    const all = listing.counters.length + listing.unreadable;
    if (token?.stored !== undefined) await keepForCompletion(context, listing.counters);
    if (all === 0) output.remark(said.none);
    else if (found.length === 0 && filter !== undefined) output.remark(said.noneWith(all));
    return EXIT_CODES.done;
  });
}

/** Keeps the counters of the stored token, because completion never asks the service. */
async function keepForCompletion(
  context: ContextOf<typeof counters>,
  found: readonly Counter[],
): Promise<void> {
  const { io } = context;
  const { openStore } = await import('../connection/account-store.ts');
  const { keepCounters } = await import('../account/kept-counters.ts');
  await keepCounters(openStore(context), found, { clock: io.clock, signal: io.signal });
}
