import { describe, expect, it } from 'vitest';
import { FakeClock } from '../support/fake-clock.ts';
import { CASES, everyFifth, expectHarmless, NAMES } from '../support/hostile-runs.ts';
import {
  commandsIn,
  EMAIL,
  formulasIn,
  HOSTILE,
  leaksIn,
  PHONES,
  TOKEN,
} from '../support/marked.ts';
import { run } from '../support/run.ts';
import { isLong } from '../support/runs.ts';

const chosen = isLong ? CASES : everyFifth(CASES);

describe.each(NAMES)('%s', (name) => {
  it('shows no secret and no command, with every fault, in every format', async () => {
    const cases = chosen.filter((one) => one.name === name);
    expect(cases.length).toBeGreaterThan(0);
    for (const one of cases) {
      await expectHarmless(one, (words, env) =>
        run(words, { env, clock: new FakeClock(Date.now()) }),
      );
    }
  });
});

describe('the check of an output', () => {
  it('finds each secret, each command and each formula', () => {
    const said = (stdout: string): Parameters<typeof commandsIn>[0] => ({
      stdout,
      stderr: '',
      format: 'text',
      colored: false,
    });
    for (const text of [
      TOKEN.toUpperCase(),
      Array.from(TOKEN).join('-'),
      ...PHONES,
      EMAIL,
      Buffer.from(TOKEN).toString('base64'),
    ]) {
      expect(leaksIn(`x ${text} x`), text).not.toEqual([]);
    }
    for (const text of HOSTILE.slice(0, 25)) {
      const commands = text.startsWith('\r')
        ? commandsIn(said(`x${text}`))
        : commandsIn(said(text));
      expect(commands, JSON.stringify(text)).not.toEqual([]);
    }
    expect(formulasIn('a,b\nx;=1+1,c\n')).not.toEqual([]);
  });
});
