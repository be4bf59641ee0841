import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { temporaryPathFor } from '../../src/files/left-overs.ts';
import { goodCalls, recently, writeCalls } from '../support/calls.ts';
import { run } from '../support/process.ts';
import { temporaryFolder } from '../support/run.ts';

const someBad = `ClientId,DateTime\n1,${String(recently())}\nx,1\n`;

function fifoIn(folder: string): string {
  const path = `${folder}/fifo`;
  execFileSync('mkfifo', [path]);
  return path;
}

const onLinux = it.runIf(process.platform === 'linux');

describe.skipIf(process.platform === 'win32')('an output file', () => {
  it('may be a pipe with a reader; a file does not replace the pipe', async () => {
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

  it('is written if a killed run has left a draft file, and that draft file is reported and kept', async () => {
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

  it('is refused if it is a pipe without a reader', async () => {
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
});

describe('special files', () => {
  onLinux('have a different finding for each reason why they cannot be read', async () => {
    const folder = temporaryFolder();
    execFileSync('mkfifo', [`${folder}/pipe`]);
    const closed = writeCalls(folder, 'closed.csv', goodCalls(1));
    execFileSync('chmod', ['000', closed]);
    const codes: Record<string, string> = {
      [`${folder}/pipe`]: 'file-not-regular',
      [folder]: 'file-is-directory',
      [`${folder}/nothing.csv`]: 'file-not-found',
    };
    // The superuser may read any file.
    if (process.getuid?.() !== 0) codes[closed] = 'file-unreadable';
    for (const [path, code] of Object.entries(codes)) {
      const ended = await run(['validate', path]);
      expect(ended.code).toBe(3);
      expect(ended.stdout).toContain(code);
    }
  });
});

describe.each(['en', 'ru'])('input in %s', (METRIKA_LANG) => {
  it('has a different sentence for each reason why it cannot be read', async () => {
    const folder = temporaryFolder();
    const pipe = join(folder, 'pipe');
    const closed = writeCalls(folder, 'closed.csv', goodCalls(1));
    chmodSync(closed, 0o000);
    mkdirSync(join(folder, 'folder'));
    const cases = [
      [join(folder, 'folder'), 'file-is-directory'],
      [join(folder, 'missing.csv'), 'file-not-found'],
      ...(process.platform === 'linux' ? [[pipe, 'file-not-regular'] as const] : []),
      // The superuser may read any file.
      ...(process.getuid?.() === 0 ? [] : [[closed, 'file-unreadable'] as const]),
    ] as const;
    if (process.platform === 'linux') execFileSync('mkfifo', [pipe]);
    const sentences = new Set<string>();
    for (const [path, code] of cases) {
      const ended = await run(['validate', path], { env: { METRIKA_LANG } });
      expect(ended.code).toBe(3);
      expect(ended.stdout + ended.stderr).toContain(`[${code}]`);
      sentences.add(ended.stdout.replace(path, ''));
    }
    expect(sentences.size).toBe(cases.length);
  });
});
