import { expect, it } from 'vitest';
import { setEngineFlags } from '../../src/cli/io/engine-flags.ts';

it('many large files of one run set the flags of the engine once', async () => {
  const before = process.listenerCount('exit');
  for (let file = 0; file < 12; file += 1) await setEngineFlags('smallHeap');
  expect(process.listenerCount('exit')).toBe(before + 1);
});
