import { describe, expect, it } from 'vitest';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { KeepingService } from '../support/keeping-service.ts';
import { run, start } from '../support/process.ts';
import { temporaryFolder } from '../support/run.ts';
import { isLong } from '../support/runs.ts';

const env = { METRIKA_TOKEN: 'y0_some_token_0123456789' };

describe('--skip-existing', () => {
  it('leaves one upload if a run is killed at any moment and started again', async () => {
    const rounds = isLong ? 40 : 8;
    for (let round = 0; round < rounds; round += 1) {
      const service = await KeepingService.start();
      const path = writeCalls(
        temporaryFolder(),
        'calls.csv',
        goodCalls(3, `round ${String(round)}`),
      );
      const words = ['upload', '--skip-existing', ...service.target, path];
      const { child, ended } = start(words, { env });
      // Each round kills the run at another moment. A run takes about 200 ms.
      await new Promise<void>((resolve) => setTimeout(resolve, 90 + (round * 160) / rounds));
      child.kill('SIGKILL');
      await ended;
      expect((await run(words, { env })).code).toBe(0);
      expect(service.kept).toHaveLength(1);
      await service.service.close();
    }
  });
});
