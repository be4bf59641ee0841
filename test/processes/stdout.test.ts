import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { BIN } from '../support/process.ts';
import { temporaryFolder } from '../support/run.ts';

const onLinux = it.runIf(process.platform === 'linux');

describe('standard output', () => {
  onLinux('may be closed by its reader without harm', () => {
    const path = writeCalls(
      temporaryFolder(),
      'calls.csv',
      'ClientId,DateTime\nx,1\n'.padEnd(9000, 'y,1\n'),
    );
    const words = `'${process.execPath}' '${BIN}' validate --max-errors 100000 '${path}' | head -1; echo "code \${PIPESTATUS[0]}"`;
    const ended = spawnSync('bash', ['-c', words], { encoding: 'utf8' });
    expect(ended.stderr).toBe('');
    expect(ended.stdout).toMatch(/code (0|3|141)\n$/);
  });

  onLinux('is reported if the disk is full', () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = spawnSync(
      'bash',
      ['-c', `'${process.execPath}' '${BIN}' validate '${path}' >/dev/full`],
      {
        encoding: 'utf8',
      },
    );
    expect(ended.status).not.toBe(0);
    expect(ended.stderr).toContain('no space left on device');
    const many = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(60_000));
    const converted = spawnSync(
      'bash',
      ['-c', `'${process.execPath}' '${BIN}' convert '${many}' >/dev/full`],
      { encoding: 'utf8' },
    );
    expect(converted.status).not.toBe(0);
    expect(converted.stderr).toContain('no space left on device');
    expect(converted.stderr).not.toContain('Warning');
  });

  onLinux('on a full disk does not hide which files were sent', () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = spawnSync(
      'bash',
      ['-c', `'${process.execPath}' '${BIN}' upload --sandbox '${path}' >/dev/full`],
      { encoding: 'utf8' },
    );
    expect(ended.status).not.toBe(0);
    expect(ended.stderr).toMatch(/calls\.csv WAS sent, as upload \d+\./);
  });
});

describe('standard error', () => {
  onLinux('may be closed at the start without harm', () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = spawnSync(
      'bash',
      ['-c', `'${process.execPath}' '${BIN}' upload --sandbox '${path}' 2>&-`],
      {
        encoding: 'utf8',
      },
    );
    expect(ended.status).toBe(0);
    expect(ended.stdout).toMatch(/status +PREPARED/);
  });
});

describe('an output', () => {
  it('causes no stack trace if it is closed early', async () => {
    const folder = temporaryFolder();
    const many = Array.from({ length: 40 }, (_, at) =>
      writeCalls(folder, `${String(at)}.csv`, goodCalls(1)),
    );
    const child = spawn(process.execPath, [BIN, 'validate', ...many], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const errors: Buffer[] = [];
    child.stderr.on('data', (piece: Buffer) => errors.push(piece));
    child.stdout.destroy();
    const [code] = (await once(child, 'close')) as [number | null];
    expect([0, 141]).toContain(code);
    expect(Buffer.concat(errors).toString()).not.toMatch(/at .*\.[cj]s|EPIPE/);
  });

  it('on a full disk is reported, and the run fails', async () => {
    if (!existsSync('/dev/full')) return;
    const good = writeCalls(temporaryFolder(), 'good.csv', goodCalls(3));
    const child = spawn(process.execPath, [BIN, 'validate', good], {
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
    });
    const errors: Buffer[] = [];
    child.stderr?.on('data', (piece: Buffer) => errors.push(piece));
    const [code] = (await once(child, 'close')) as [number | null];
    expect(code).not.toBe(0);
    expect(Buffer.concat(errors).toString()).toContain('no space left on device');
  });
});
