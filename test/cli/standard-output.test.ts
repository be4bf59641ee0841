import { writeSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { forFile, forTerminal } from '../../src/cli/output/shown.ts';
import { standardOutput } from '../../src/cli/output/standard-output.ts';

vi.mock('node:fs', async (original) => ({
  ...(await original<object>()),
  fstatSync: () => ({ isCharacterDevice: () => false }),
  writeSync: vi.fn(),
}));

let atOnce = '';

/** Makes `writeSync` accept this number of bytes, and then fail. */
function descriptorThatTakes(bytes: number, code: string): void {
  let room = bytes;
  vi.mocked(writeSync).mockImplementation(((_: number, given: Uint8Array, from: number) => {
    if (room === 0) throw Object.assign(new Error(code), { code, syscall: 'write' });
    const taken = Math.min(room, given.length - from);
    room -= taken;
    atOnce += Buffer.from(given.subarray(from, from + taken)).toString('latin1');
    return taken;
  }) as typeof writeSync);
}

beforeEach(() => {
  atOnce = '';
});

describe.skipIf(process.platform === 'win32')('an output that is not a terminal', () => {
  it('passes text to the stream if a full pipe has no room for it, in order and without loss', async () => {
    for (const room of [0, 3, 7, 20]) {
      atOnce = '';
      descriptorThatTakes(room, 'EAGAIN');
      const stream = new PassThrough();
      const output = standardOutput(
        1,
        () => stream as unknown as NodeJS.WriteStream,
        () => undefined,
      );
      for (const word of ['one ', 'two ', 'three ', 'four ']) output.write(forTerminal(word));
      await output.flushed();
      stream.end();
      expect(atOnce + (await textOf(stream))).toBe('one two three four ');
    }
  });

  it('does not block the run if there is much text', async () => {
    descriptorThatTakes(Infinity, '');
    const stream = new PassThrough({ highWaterMark: 1 << 20 });
    const output = standardOutput(
      1,
      () => stream as unknown as NodeJS.WriteStream,
      () => undefined,
    );
    const page = `${'x'.repeat(9999)}\n`;
    for (let at = 0; at < 20; at += 1) output.write(forFile(page));
    stream.end();
    expect(atOnce + (await textOf(stream))).toBe(page.repeat(20));
    expect(atOnce.length).toBeLessThanOrEqual(16 * 1024);
  });

  it('reports once why text was lost, and writes nothing more', () => {
    descriptorThatTakes(2, 'ENOSPC');
    const stream = vi.fn();
    const errors: unknown[] = [];
    const output = standardOutput(1, stream, (error) => errors.push(error));
    output.write(forTerminal('one'));
    output.write(forTerminal('two'));
    expect(errors).toMatchObject([{ code: 'ENOSPC' }]);
    expect(stream).not.toHaveBeenCalled();
  });
});
