import { describe, expect, it } from 'vitest';
import { CASES, expectHarmless, SLOW_FAULTS } from '../support/hostile-runs.ts';
import { run } from '../support/process.ts';
import { isLong } from '../support/runs.ts';

describe('every command, with every fault, in every format', () => {
  it('shows no secret and commands nothing as a process', async () => {
    const quick = CASES.filter(({ fault }) => !SLOW_FAULTS.has(fault));
    const step = isLong ? 1 : Math.ceil(quick.length / 200);
    const chosen = quick.filter((_, at) => at % step === 0);
    const next = chosen.values();
    const worker = async (): Promise<void> => {
      for (const one of next) {
        await expectHarmless(one, (words, env, folder) =>
          run(words, { env: { ...env, TMPDIR: folder } }),
        );
      }
    };
    await Promise.all([worker(), worker(), worker()]);
    expect(chosen.length).toBeGreaterThan(150);
  });
});
