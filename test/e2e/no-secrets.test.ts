import { describe, expect, it } from 'vitest';
import { FakeClock } from '../support/fake-clock.ts';
import { CASES, expectHarmless } from '../support/hostile-runs.ts';
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

describe('every command, with every fault, in every format', () => {
  it('shows no secret and commands nothing', async () => {
    // All combinations take a minute. Every fifth case still covers each command, fault and format.
    const chosen = isLong ? CASES : CASES.filter((_, at) => at % 5 === 0);
    for (const one of chosen) {
      await expectHarmless(one, (words, env) =>
        run(words, { env, clock: new FakeClock(Date.now()) }),
      );
    }
    expect(chosen.length).toBeGreaterThan(200);
  });
});

describe('a look at an output', () => {
  it('sees each secret, each command and each formula', () => {
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
