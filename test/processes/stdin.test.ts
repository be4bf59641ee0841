import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { BIN, run, start } from '../support/process.ts';
import { temporaryFolder } from '../support/run.ts';

describe('standard input', () => {
  it('does not stop the other files if it cannot be stored', async () => {
    const good = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = await run(['validate', '--json', good, '-'], {
      input: goodCalls(2),
      // This path is a file, so not even the superuser can create a temporary file in it.
      env: { TMPDIR: good },
    });
    expect(ended.code).toBe(3);
    expect(ended.stdout).toContain('input-unkept');
    expect(ended.stdout).toContain('"ok": true');
  });

  it.runIf(process.platform === 'linux')(
    'is an error if the disk is full, and leaves no file',
    () => {
      const folder = temporaryFolder();
      // `ulimit -f` limits the size of files. A write over the limit fails as on a full disk, and
      // the process gets the signal SIGXFSZ. The hook catches this signal. Without the hook, the
      // signal would end the process.
      const hook = encodeURIComponent('process.on("SIGXFSZ",()=>undefined)');
      const command = `ulimit -f 100; exec "$0" "$@"`;
      const ended = spawnSync(
        'bash',
        ['-c', command, process.execPath, BIN, 'upload', '--sandbox', '--json', '-'],
        {
          input: goodCalls(50_000),
          env: {
            PATH: process.env['PATH'],
            TMPDIR: folder,
            NODE_OPTIONS: `--import data:text/javascript,${hook}`,
          },
        },
      );
      expect(ended.status).toBe(3);
      expect(String(ended.stdout)).toContain('"input-unkept"');
      expect(String(ended.stdout)).toContain('EFBIG');
      expect(readdirSync(folder)).toEqual([]);
    },
  );
});

describe('options', () => {
  it('never make a run wait for user input', async () => {
    const { child, ended } = start(['upload', '--sandbox', '-'], { input: '' });
    expect((await ended).code).toBe(3);
    expect(child.exitCode).toBe(3);
  });
});
