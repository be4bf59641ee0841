import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shellWord } from '../../src/words/shell.ts';
import { shellText } from '../support/shell-text.ts';

describe('a word of a command to paste', () => {
  it.each(['posix', 'unknown'] as const)('comes out of bash unchanged, for %s', (shell) => {
    const words = fc.sample(shellText, { numRuns: 300, seed: 27 });
    const pairs = words.flatMap((word) => {
      const quoted = shellWord(word, shell);
      return quoted === undefined ? [] : [[word, quoted] as const];
    });
    expect(pairs.length).toBeGreaterThan(shell === 'posix' ? 150 : 75);
    const script = `printf '%s\\0' ${pairs.map(([, quoted]) => quoted).join(' ')}`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout.split('\0').slice(0, -1)).toEqual(pairs.map(([word]) => word));
  });
});
