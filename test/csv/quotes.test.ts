import { describe, expect, it } from 'vitest';
import { found, NOW } from '../support/check.ts';

const YOUNG = String(NOW);

describe('quotes', () => {
  it.each(['"1" ,', '"1"\t,', '"1"x,', '"1"",'])(
    'are malformed if other text follows them: %j',
    async (cell) => {
      const codes = (await found(`ClientId,DateTime\n${cell}${YOUNG}\n`)).map(([code]) => code);
      expect(codes[0]).toMatch(/quote-(malformed|unclosed)/);
    },
  );
});
