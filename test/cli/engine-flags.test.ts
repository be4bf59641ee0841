import { describe, expect, it, vi } from 'vitest';

describe('the flags of the engine', () => {
  it('are set only once, even if a run has several large files', async () => {
    // Loads the module again, as in a process that has not set any flags yet.
    vi.resetModules();
    const { setEngineFlags } = await import('../../src/cli/io/engine-flags.ts');
    const before = process.listenerCount('exit');
    for (let file = 0; file < 12; file += 1) await setEngineFlags('smallHeap');
    expect(process.listenerCount('exit')).toBe(before + 1);
  });

  // Optimizing the parser of HTTP responses takes 20 to 35 MB, also in a run with a large file.
  it('for requests are set after those for large files', async () => {
    vi.resetModules();
    const { setEngineFlags } = await import('../../src/cli/io/engine-flags.ts');
    const before = process.listenerCount('exit');
    await setEngineFlags('smallHeap');
    await setEngineFlags('plainWebAssembly');
    expect(process.listenerCount('exit')).toBe(before + 2);
  });
});
