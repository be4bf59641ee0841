import { open } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import { LocalFile } from '../../src/upload/local-file.ts';
import { writeCalls } from '../support/calls.ts';
import { temporaryFolder } from '../support/run.ts';

vi.mock('node:fs/promises', async (original) => {
  const real = await original<{ open: typeof open }>();
  return { ...real, open: vi.fn(real.open) };
});

describe('a disk that fails', () => {
  it('while a block before is worked on is told when the next is asked for', async () => {
    const { open: realOpen } = await vi.importActual<{ open: typeof open }>('node:fs/promises');
    vi.mocked(open).mockImplementationOnce(async (...args) => {
      const handle = await realOpen(...args);
      const read = handle.read.bind(handle) as (...words: unknown[]) => Promise<unknown>;
      let reads = 0;
      const failing = async (...words: unknown[]): Promise<unknown> => {
        reads += 1;
        if (reads === 1) return await read(...words);
        throw Object.assign(new Error('i/o error'), { code: 'EIO', syscall: 'read' });
      };
      return Object.assign(handle, { read: failing });
    });
    const path = writeCalls(temporaryFolder(), 'calls.csv', 'x'.repeat(1_000_000));
    const file = LocalFile.open(path);
    const blocks = file.blocks()[Symbol.asyncIterator]();
    expect((await blocks.next()).done).toBe(false);
    // The failure is there before it is asked for, and would end the process if nobody minded it.
    for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
    await expect(blocks.next()).rejects.toMatchObject({ code: 'file-unreadable', exitCode: 3 });
    file.close();
  });
});
