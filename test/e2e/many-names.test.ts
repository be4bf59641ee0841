import { describe, expect, it } from 'vitest';
import { writeCalls } from '../support/calls.ts';
import { run, temporaryFolder } from '../support/run.ts';

/** Writes a file with columns that no list of headings knows. */
function fileWith(heading: string, value: string): string {
  const columns = Array.from({ length: 100 }, (_, at) => `${heading}${String(at)}`);
  const lines = [columns.join(','), columns.map(() => value).join(',')];
  return writeCalls(temporaryFolder(), 'wide.csv', `${lines.join('\n')}\n`);
}

describe.each(['en', 'ru'])('the columns of a wide file (%s)', (lang) => {
  it.each([
    ['a column that is missing', 'Поле', 'x', ['convert', '--map', 'Нет=DateTime']],
    ['ignored columns', 'Поле', 'x', ['convert', '--auto', '--timezone', 'UTC']],
    ['unknown columns', 'Поле', 'x', ['validate', '--max-errors', '3']],
    ['columns of times', 'Дата', '01.11.2026 10:00', ['validate', '--max-errors', '3']],
    ['columns that may be meant', 'Дата', '01.11.2026 10:00', ['convert', '--auto']],
  ])('are named up to a limit, and then counted: %s', async (_, heading, value, words) => {
    const path = fileWith(heading, value);
    const { stdout, stderr } = await run([...words, path, '--lang', lang]);
    const named = `${stdout}${stderr}`.match(new RegExp(`${heading}\\d+`, 'g')) ?? [];
    expect(named.length).toBeGreaterThan(0);
    // A column with an example at the end of a hint may be one more.
    expect(new Set(named).size).toBeLessThanOrEqual(31);
    if (!words.includes('validate')) expect(stderr).toMatch(lang === 'en' ? /70 more/ : /ещё 70/);
  });
});
