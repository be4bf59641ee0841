import type * as fs from 'node:fs';
import { read } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LocalFile } from '../../src/files/local-file.ts';
import { writeCalls } from '../support/calls.ts';
import { temporaryFolder } from '../support/run.ts';

vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  return { ...real, read: vi.fn(real.read) };
});

afterEach(() => {
  vi.mocked(read).mockClear();
});

describe('a file in blocks', () => {
  it.each([0, 1, 1000, 384 * 1024, 384 * 1024 + 1, 1_000_000])(
    'is whole when it has %i bytes',
    async (length) => {
      const content = Buffer.from(Array.from({ length }, (_, at) => (at * 7919) >> 5));
      const file = LocalFile.open(writeCalls(temporaryFolder(), 'calls.csv', content));
      const copies: Buffer[] = [];
      for await (const block of file.blocks()) copies.push(Buffer.from(block));
      file.close();
      expect(Buffer.concat(copies).equals(content)).toBe(true);
    },
  );

  it('takes memory for two blocks, however many there are', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', Buffer.alloc(3_000_000, 'x'));
    const file = LocalFile.open(path);
    const memory = new Set<ArrayBufferLike>();
    let blocks = 0;
    for await (const block of file.blocks()) {
      memory.add(block.buffer);
      blocks += 1;
    }
    file.close();
    expect(blocks).toBeGreaterThan(5);
    expect(memory.size).toBe(2);
  });
});

describe('a disk that fails', () => {
  it('while a block before is worked on is told when the next is asked for', async () => {
    const broken = (...words: unknown[]): void => {
      const done = words.at(-1) as (error: Error) => void;
      setImmediate(done, Object.assign(new Error('i/o error'), { code: 'EIO', syscall: 'read' }));
    };
    vi.mocked(read).mockImplementationOnce(broken);
    const path = writeCalls(temporaryFolder(), 'calls.csv', 'x'.repeat(2_000_000));
    const file = LocalFile.open(path);
    const blocks = file.blocks()[Symbol.asyncIterator]();
    expect((await blocks.next()).done).toBe(false);
    // The failure is there before it is asked for, and would end the process if nobody minded it.
    for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
    await expect(blocks.next()).rejects.toMatchObject({ code: 'file-unreadable', exitCode: 3 });
    file.close();
  });
});
