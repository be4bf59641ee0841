import { describe, expect, it } from 'vitest';
import { check, found, NOW, sent } from '../support/check.ts';

const YOUNG = String(NOW);

describe('a word for a missing value', () => {
  it.each(['0-', '00-0', '0-0-0', '0a', '-0'])(
    'is not %s, because that may identify a visitor',
    async (id) => {
      const file = `UserId,DateTime\n${id},${YOUNG}\n`;
      expect((await sent(file)).toString()).toBe(file);
    },
  );

  it.each(['NULL', 'null', 'None', 'undefined', 'nan', '-', '#N/A', '(not set)', ' NULL '])(
    'is sent as an empty cell, and counted: %s',
    async (word) => {
      const tag = word.trim();
      const file = `ClientId,UserId,DateTime,Price,Tag\n1,${word},${YOUNG},${word},${tag}\n`;
      const { validation } = await check(file);
      expect(validation.errors).toBe(0);
      expect(validation.groups.map(({ code }) => code)).toContain('stand-ins');
      expect((await sent(file)).toString()).toBe(
        `ClientId,UserId,DateTime,Price,Tag\n1,,${YOUNG},,${tag}\n`,
      );
      expect((await check(file, { convert: false })).validation.errors).toBe(1);
    },
  );

  it.each(['0', '000', '00000000-0000-0000-0000-000000000000'])(
    'is not an identifier: %s',
    async (zeros) => {
      const codes = (await found(`UserId,DateTime\n${zeros},${YOUNG}\n`)).map(([code]) => code);
      expect(codes).toContain('identifier-missing');
    },
  );

  it('does not change if it is only a part of a value', async () => {
    const file = `UserId,DateTime\nnull-1,${YOUNG}\n0001,${YOUNG}\nnone of them,${YOUNG}\n`;
    expect((await sent(file)).toString()).toBe(file);
  });
});
