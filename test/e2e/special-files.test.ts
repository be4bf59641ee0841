import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { temporaryPathFor } from '../../src/files/left-overs.ts';
import { goodCalls, recently, writeCalls } from '../support/calls.ts';
import { run, temporaryFolder } from '../support/run.ts';

const someBad = `ClientId,DateTime\n1,${String(recently())}\nx,1\n`;

function fifoIn(folder: string): string {
  const path = `${folder}/fifo`;
  execFileSync('mkfifo', [path]);
  return path;
}

describe.skipIf(process.platform === 'win32')('a file that is to be written', () => {
  it('is put where a link leads, and the link stays', async () => {
    const folder = temporaryFolder();
    const path = writeCalls(folder, 'calls.csv', goodCalls(2));
    const bad = writeCalls(folder, 'bad.csv', someBad);
    for (const [link, words] of [
      ['out', ['convert', path, '-o', `${folder}/out`]],
      ['rejects', ['upload', '--sandbox', '--skip-invalid', '--rejects', `${folder}/rejects`, bad]],
    ] as const) {
      writeFileSync(`${folder}/${link}.csv`, '');
      symlinkSync(`${folder}/${link}.csv`, `${folder}/${link}`);
      const ended = await run(words);
      expect(ended.code, ended.stderr).toBe(0);
      expect(lstatSync(`${folder}/${link}`).isSymbolicLink()).toBe(true);
      expect(readFileSync(`${folder}/${link}.csv`, 'utf8')).toContain('ClientId,DateTime');
    }
  });

  it('may be a pipe that somebody reads, which is not replaced', async () => {
    const folder = temporaryFolder();
    const bad = writeCalls(folder, 'bad.csv', someBad);
    const good = writeCalls(folder, 'calls.csv', goodCalls(2));
    for (const [words, expected] of [
      [['convert', good, '-o'], 'ClientId,DateTime'],
      [['validate', bad, '--report'], 'client-id-invalid'],
      [['upload', '--sandbox', '--skip-invalid', bad, '--rejects'], 'RejectReason'],
    ] as const) {
      const fifo = fifoIn(temporaryFolder());
      const reader = spawn('cat', [fifo], { stdio: ['ignore', 'pipe', 'inherit'] });
      const read = text(reader.stdout);
      const ended = await run([...words, fifo]);
      expect(ended.code, ended.stderr).toBe(words[0] === 'validate' ? 3 : 0);
      expect(await read).toContain(expected);
      expect(lstatSync(fifo).isFIFO()).toBe(true);
    }
  });

  it('is named when a killed run has left it, and is left alone', async () => {
    const folder = temporaryFolder();
    const good = writeCalls(folder, 'calls.csv', goodCalls(2));
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const output = `${folder}/out.csv`;
    const own = temporaryPathFor(output);
    const left = own.replace(`.${process.pid.toString(36)}-`, `.${pid.toString(36)}-`);
    for (const path of [own, left, `${output}.part`]) writeFileSync(path, 'x');
    const ended = await run(['convert', good, '-o', output]);
    expect(ended.code).toBe(0);
    expect(ended.stderr.split('\n').filter((line) => line.includes('.part'))).toEqual([
      expect.stringContaining(left) as string,
    ]);
    expect(existsSync(left)).toBe(true);
  });

  it('is refused where a pipe is that nobody reads', async () => {
    const folder = temporaryFolder();
    const bad = writeCalls(folder, 'bad.csv', someBad);
    const good = writeCalls(folder, 'calls.csv', goodCalls(2));
    const fifo = fifoIn(folder);
    const upload = ['upload', '--sandbox', '--json', '--skip-invalid', '--rejects', fifo, bad];
    for (const [code, words] of [
      ['output-unwritable', upload],
      ['output-unwritable', ['convert', '--json', '-o', fifo, good]],
      ['output-unwritable', ['validate', '--json', '--report', fifo, bad]],
    ] as const) {
      const ended = await run(words);
      expect(ended.code).toBe(2);
      expect(ended.stdout).toContain(`"${code}"`);
      expect(lstatSync(fifo).isFIFO()).toBe(true);
    }
  });

  it('may be a report for the device that throws everything away', async () => {
    const bad = writeCalls(temporaryFolder(), 'bad.csv', someBad);
    const ended = await run(['validate', '--report', '/dev/null', bad]);
    expect(ended.code, ended.stderr).toBe(3);
  });
});
