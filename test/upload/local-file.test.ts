import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { LocalFile } from '../../src/files/local-file.ts';
import { writeCalls } from '../support/calls.ts';
import { temporaryFolder } from '../support/run.ts';

describe('a file in blocks', () => {
  it.each([0, 1, 1000, 384 * 1024, 384 * 1024 + 1, 1_000_000])(
    'is complete if it has %i bytes',
    async (length) => {
      const content = Buffer.from(Array.from({ length }, (_, at) => (at * 7919) >> 5));
      const file = LocalFile.open(writeCalls(temporaryFolder(), 'calls.csv', content));
      const copies: Buffer[] = [];
      for await (const block of file.blocks()) copies.push(Buffer.from(block));
      file.close();
      expect(Buffer.concat(copies).equals(content)).toBe(true);
    },
  );

  it('needs memory for two blocks, however many blocks there are', async () => {
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
  it('while an earlier block is used is reported with the next block', async () => {
    const broken = (...words: unknown[]): void => {
      const done = words.at(-1) as (error: Error) => void;
      setImmediate(done, Object.assign(new Error('i/o error'), { code: 'EIO', syscall: 'read' }));
    };
    const reading = vi.spyOn(fs, 'read').mockImplementationOnce(broken);
    // Makes the mock visible to modules that have imported the function by its name.
    syncBuiltinESMExports();
    onTestFinished(() => {
      reading.mockRestore();
      syncBuiltinESMExports();
    });
    const path = writeCalls(temporaryFolder(), 'calls.csv', 'x'.repeat(2_000_000));
    const file = LocalFile.open(path);
    const blocks = file.blocks()[Symbol.asyncIterator]();
    expect((await blocks.next()).done).toBe(false);
    // The read error occurs before the test requests the next block. An error that nothing handles
    // would end the process.
    for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
    await expect(blocks.next()).rejects.toMatchObject({ code: 'file-unreadable', exitCode: 3 });
    file.close();
  });
});
