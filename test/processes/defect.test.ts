import { describe, expect, it } from 'vitest';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { BIN, run } from '../support/process.ts';
import { temporaryFolder } from '../support/run.ts';

describe('a bug', () => {
  it('is reported as a bug, and shows no phone number in the stack trace of -v', async () => {
    // No user input makes the clock throw. So an error that the clock throws is treated as a bug.
    const hook = 'Date.now=()=>{throw new Error("broken clock 79161112233")}';
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const env = {
      NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(hook)}`,
      TMPDIR: temporaryFolder(),
    };
    const ended = await run(['validate', path], { env });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('This is a bug in metrika-calls');
    expect(ended.stderr).toContain(`Node ${process.versions.node}`);
    expect(ended.stderr).not.toMatch(/\n\s+at /);
    expect(BIN).toContain('metrika-calls');
    const traced = await run(['validate', '-v', path], { env });
    expect(traced.stderr).toMatch(/\n\s+at .*program\.cjs:\d+:\d+/);
    expect(traced.stderr).not.toContain('79161112233');
  });

  it('is reported in a JSON document with --json', async () => {
    const hook = 'Date.now=()=>{throw new Error("broken clock")}';
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = await run(['validate', '--json', path], {
      env: {
        NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(hook)}`,
        TMPDIR: temporaryFolder(),
      },
    });
    expect(ended.code).toBe(1);
    expect(JSON.parse(ended.stdout)).toMatchObject({
      ok: false,
      error: { code: 'defect', exit_code: 1 },
    });
  });

  it('is reported as a bug, and has a stack trace only with -v', async () => {
    const folder = temporaryFolder();
    const path = writeCalls(folder, 'calls.csv', goodCalls(1));
    const hook = writeCalls(
      folder,
      'hook.cjs',
      `Object.defineProperty(Date, 'now', { value: () => { throw new TypeError('broken on purpose'); } });`,
    );
    const more = { NODE_OPTIONS: `--require ${hook}`, TMPDIR: folder };
    const plain = await run(['validate', path], { env: more });
    expect(plain.code).toBe(1);
    expect(plain.stderr).toMatch(/bug in metrika-calls/);
    expect(plain.stderr).not.toMatch(/\n +at /);
    const verbose = await run(['validate', '-v', path], { env: more });
    expect(verbose.stderr).toMatch(/\n +at |broken on purpose/);
  });
});
