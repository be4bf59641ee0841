import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pathWithoutTokens, tokensInPath } from '../../src/safe-text/path-tokens.ts';
import { temporaryFolder } from '../support/run.ts';

const TOKEN = 'y0_AgAAAAD-very-secret-0123456789';

describe('a path', () => {
  it.each([
    [`sub/${TOKEN}`, 'sub/[token]'],
    [`sub\\${TOKEN}.json`, 'sub\\[token].json'],
    [`calls_${TOKEN}.csv`, 'calls_[token].csv'],
    [`${TOKEN}/AbcdefghijKLMNOPQRstuvwxyz1234567890`, '[token]/[token]'],
    ['sub/calls.csv', 'sub/calls.csv'],
    ['exports/Calls-of-the-northern-Office-2026-11.csv', undefined],
    [`https://disk.example/${TOKEN}`, undefined],
  ])('is shown without tokens: %s', (path, shown = path) => {
    expect(pathWithoutTokens(path)).toBe(shown);
  });

  it('keeps the name of an existing folder', () => {
    const folder = join(temporaryFolder(), TOKEN);
    mkdirSync(folder);
    expect(tokensInPath(join(folder, 'none.csv'))).toEqual([]);
    expect(tokensInPath(join(folder, TOKEN))).toEqual([TOKEN]);
  });
});
