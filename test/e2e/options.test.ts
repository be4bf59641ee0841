import { describe, expect, it } from 'vitest';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { run, temporaryFolder } from '../support/run.ts';

describe('options', () => {
  it('work before and after the command', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const before = await run(['--json', '--max-errors', '5', 'validate', path]);
    expect(before.code).toBe(0);
    expect(before.stdout).toBe(
      (await run(['validate', path, '--max-errors', '5', '--json'])).stdout,
    );
  });

  it('are refused if they belong to another command', async () => {
    const ended = await run(['validate', '--wait', 'calls.csv']);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('--wait');
  });
});
