/** Before a run sends a file with many calls at night, the run asks the user on a terminal. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KeepingService } from '../support/keeping-service.ts';
import { nightFile, sixty } from '../support/night.ts';
import { conversation, HAS_TERMINAL } from '../support/terminal.ts';

const [ENTER, UP, CTRL_C] = ['\r', '\u001b[A', '\u0003'];
const env = { METRIKA_TOKEN: 'y0_some_token_0123456789' };

describe.runIf(HAS_TERMINAL)('a file with many calls at night, on a terminal', () => {
  it.each([
    ['no, which is selected at first', ENTER, 3, 0],
    ['yes', `${UP}${ENTER}`, 0, 1],
    ['Ctrl-C', CTRL_C, 130, 0],
  ])('is asked about, and the answer is %s', async (_, keys, exitCode, posts) => {
    const service = await KeepingService.start();
    const { folder, path, mapping } = nightFile(sixty(20));
    const words = ['upload', ...service.target, '--mapping', mapping, path];
    const { screen, code } = await conversation(words, [['all the same?', keys]], folder, env);
    expect([code, service.posts()], screen).toEqual([exitCode, posts]);
  });

  it('asks no more after Ctrl-C, and sends none of the other files', async () => {
    const service = await KeepingService.start();
    const { folder, path, mapping } = nightFile(sixty(20));
    const others = ['night', 'day'].map((name, at) => {
      const other = join(folder, `${name}.csv`);
      const hours = at === 0 ? sixty(21) : sixty(0);
      copyFileSync(nightFile(hours).path, other);
      return other;
    });
    for (const more of [[], ['--concurrency', '3']]) {
      const words = ['upload', ...service.target, ...more, '--mapping', mapping, path, ...others];
      const { screen, code } = await conversation(words, [['all the same?', CTRL_C]], folder, env);
      expect(code, screen).toBe(130);
      if (more.length === 0) expect(service.posts(), screen).toBe(0);
      expect(screen.match(/Send \S+ all the same\?/g)?.length, screen).toBeGreaterThan(0);
    }
  });

  it.each([['--yes'], ['-q'], ['--json']])('is sent without a question with %s', async (option) => {
    const service = await KeepingService.start();
    const { folder, path, mapping } = nightFile(sixty(20));
    const words = ['upload', option, ...service.target, '--mapping', mapping, path];
    const { screen, code } = await conversation(words, [], folder, env);
    expect([code, service.posts()], screen).toEqual([0, 1]);
    expect(screen).not.toContain('all the same?');
  });

  it('is not asked about if the counter already has it', async () => {
    const service = await KeepingService.start();
    const { folder, path, mapping } = nightFile(sixty(20));
    const words = ['upload', ...service.target, '--mapping', mapping, path];
    await conversation([...words, '--yes'], [], folder, env);
    const { screen, code } = await conversation(words, [], folder, env);
    expect([code, service.posts()], screen).toEqual([0, 1]);
    expect(screen).toContain('already uploaded as 1001');
  });
});
