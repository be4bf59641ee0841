import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { globSync } from 'tinyglobby';
import { describe, expect, it } from 'vitest';

/** The rows of the table. Each has a path or a pattern of sources, and the paths of tests. */
const rows = [
  ...readFileSync('docs/testing.md', 'utf8').matchAll(/^\| `(src\/[^`]+)` +\| (.+) \|$/gm),
].map(([, pattern = '', why = '']) => ({
  pattern,
  tests: [...why.matchAll(/`(test\/[^`]+)`/g)].flatMap(([, path]) => path ?? []),
}));

/** Says whether a path matches a pattern. A star matches any text without a slash. */
function fits(path: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.]/g, '\\.'));
  return new RegExp(`^${parts.join('[^/]*')}$`).test(path);
}

const sources = globSync('src/**/*.ts').filter((path) => !path.endsWith('.d.ts'));

/** The source files that the tests import. */
const reached = new Set(
  globSync('test/**/*.ts').flatMap((test) =>
    [...readFileSync(test, 'utf8').matchAll(/(?:from|import\() ?'((?:\.\.\/)+src\/[^']+)'/g)].map(
      ([, path = '']) => normalize(join(dirname(test), path)),
    ),
  ),
);

describe('docs/testing.md', () => {
  it('names the tests that reach each file without a test of its own', () => {
    const unsaid = sources.filter(
      (path) => !reached.has(path) && !rows.some(({ pattern }) => fits(path, pattern)),
    );
    expect(unsaid).toEqual([]);
  });

  it('has no row for any other file', () => {
    const idle = rows.filter(
      ({ pattern }) => !sources.some((path) => !reached.has(path) && fits(path, pattern)),
    );
    expect(idle).toEqual([]);
  });

  it('names only tests that exist', () => {
    const named = rows.flatMap(({ tests }) => tests);
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((path) => !existsSync(path))).toEqual([]);
  });
});
