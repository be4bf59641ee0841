import { read } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { LocalFile } from '../../src/upload/local-file.ts';
import { writeCalls } from '../support/calls.ts';
import { temporaryFolder } from '../support/run.ts';

vi.mock('node:fs', async (original) => {
  const real = await original<{ read: typeof read }>();
  return { ...real, read: vi.fn(real.read) };
});

describe('a disk that fails', () => {
  it('while a block before is worked on is told when the next is asked for', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', 'x'.repeat(300_000));
    const file = await LocalFile.open(path);
    const blocks = file.blocks()[Symbol.asyncIterator]();
    const { read: realRead } = await vi.importActual<{ read: typeof read }>('node:fs');
    let reads = 0;
    vi.mocked(read).mockImplementation((...words: Parameters<typeof read>) => {
      reads += 1;
      if (reads === 1) {
        realRead(...words);
        return;
      }
      const failure = Object.assign(new Error('i/o error'), { code: 'EIO', syscall: 'read' });
      setImmediate(() => {
        const told = (words as unknown[])[5] as (error: Error) => void;
        told(failure);
      });
    });
    expect((await blocks.next()).done).toBe(false);
    // The failure is there before it is asked for, and would end the process if nobody minded it.
    for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
    await expect(blocks.next()).rejects.toMatchObject({ code: 'file-unreadable', exitCode: 3 });
    await file.close();
  });
});
