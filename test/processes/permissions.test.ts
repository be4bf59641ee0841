import { describe, expect, it } from 'vitest';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { READ_ONLY, run } from '../support/process.ts';
import { temporaryFolder } from '../support/run.ts';

describe('a file of many blocks', () => {
  it('is checked even if threads and writing are forbidden', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(200_000));
    const { stdout } = await run(['validate', '--json', path], {
      env: { NODE_OPTIONS: READ_ONLY },
    });
    const document: unknown = JSON.parse(stdout);
    expect(document).toMatchObject({ results: [{ rows: 200_000, validation: { findings: [] } }] });
  });
});
