import { describe, expect, it } from 'vitest';
import { CASES, everyFifth, expectHarmless, NAMES } from '../support/hostile-runs.ts';
import { run } from '../support/process.ts';
import { isLong } from '../support/runs.ts';

// In some cases, a run searches for a lost upload. In a separate process, this search takes real
// time. So these tests leave out the cases with a search.
const quick = CASES.filter(({ looksForAnswer }) => !looksForAnswer);
const chosen = isLong ? quick : everyFifth(quick);

describe.each(NAMES)('%s as a process', (name) => {
  it('shows no secret and no command, with every fault, in every format', async () => {
    const cases = chosen.filter((one) => one.name === name);
    expect(cases.length).toBeGreaterThan(0);
    const next = cases.values();
    const worker = async (): Promise<void> => {
      for (const one of next) {
        await expectHarmless(one, (words, env, folder) =>
          run(words, { env: { ...env, TMPDIR: folder } }),
        );
      }
    };
    await Promise.all([worker(), worker(), worker()]);
  });
});
