import { spawnSync } from 'node:child_process';
import { globSync } from 'tinyglobby';
import { describe, expect, it } from 'vitest';
import { isSkipped } from '../support/shells.ts';

const pages = globSync('man/**/*.1').sort();

/** Runs a program on a page. */
function read(program: string, ...words: string[]): { shown: string; complaints: string } {
  const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8', MANWIDTH: '80' };
  const { stdout, stderr } = spawnSync(program, words, { encoding: 'utf8', env });
  return { shown: stdout, complaints: stderr };
}

describe('the manual pages', () => {
  it('are there in both languages', () => {
    expect(pages.length).toBeGreaterThan(20);
    expect(pages).toContain('man/ru/man1/metrika-calls-upload.1');
  });

  it.skipIf(isSkipped('man'))('are shown by man without a warning', () => {
    for (const page of pages) {
      const { shown, complaints } = read('man', '--warnings', '-l', page);
      expect(complaints, page).toBe('');
      expect(shown).toMatch(/^METRIKA-CALLS/);
      expect(shown).toContain('--format');
      const isRussian = page.startsWith('man/ru/');
      expect(shown).toContain(isRussian ? 'КОДЫ ВЫХОДА' : 'EXIT STATUS');
      expect(shown).toContain(isRussian ? 'как писать результаты' : 'how results are written');
    }
  });

  it.skipIf(isSkipped('mandoc'))('are shown by mandoc, which has no complaint', () => {
    for (const page of pages) {
      const lint = read('mandoc', '-T', 'lint', '-W', 'warning', page);
      expect(lint.shown + lint.complaints, page).toBe('');
      expect(read('mandoc', '-T', 'utf8', page).shown).toContain('--format');
    }
  });
});
