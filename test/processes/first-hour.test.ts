import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { run } from '../support/process.ts';
import { temporaryFolder } from '../support/run.ts';

describe.each([
  ['README.md', 'without an account'],
  ['README.ru.md', 'без аккаунта'],
])('the first hour in %s', (page, heading) => {
  it('is four commands, which work one after the other in a new home', async () => {
    const [, after = ''] = readFileSync(page, 'utf8').split(`, ${heading}\n`);
    const [, block = ''] = /```sh\n(.*?)```/s.exec(after) ?? [];
    const lines = block.trim().split('\n');
    expect(lines).toHaveLength(4);

    const home = temporaryFolder();
    writeCalls(home, 'calls.csv', goodCalls(3));
    const said: string[] = [];
    for (const line of lines) {
      const [, ...words] = line.split(' ');
      const ended = await run(words, { cwd: home, env: { HOME: home } });
      expect(ended.code, `${line}\n${ended.stderr}`).toBe(0);
      said.push(ended.stdout + ended.stderr);
    }
    expect(said[1]).toContain('2215573');
    expect(said[3]).toContain('processed');
    const settings = readFileSync(`${home}/.config/metrika-calls/settings.json`, 'utf8');
    expect(settings).toContain('"counter": 2215573');
  });
});
