import { describe, expect, it } from 'vitest';
import { convert } from '../support/convert-here.ts';

describe('a column that an export has twice', () => {
  const twice = 'ClientId;DateTime;Phone;Phone\n1481718166123456789;1794809553;+70120000001;x\n';

  it('is an error if it is used for calls', async () => {
    expect(await convert(twice, ['--map', 'Phone=PhoneNumber'])).toEqual({
      code: 3,
      errors: ['column-twice 1'],
    });
    const { code, errors } = await convert('ClientId,DateTime,ClientId\n1,1794809553,2\n', []);
    expect([code, errors]).toEqual([3, ['column-twice 1']]);
  });

  it('is left out with the other columns if it is not used', async () => {
    expect((await convert(twice, [])).code).toBe(0);
  });
});
