import { describe, expect, it } from 'vitest';
import { validateCalls } from '../../src/index.ts';
import { maskedAddress, secretsIn, sourceName } from '../../src/safe-text/address-text.ts';
import { goodCalls } from '../support/calls.ts';
import { runHere } from '../support/run-here.ts';
import { TestService } from '../support/test-service.ts';

const SECRET = 'y0_SECRETTOKENabcdefghijklmnop';

describe('the name of an address', () => {
  it.each([
    [`https://a.example/x#access_token=${SECRET}`, 'https://a.example/x#access_token=[token]'],
    [`https://a.example/x#a=1&token=abc/d?e`, 'https://a.example/x#a=1&token=[token]'],
    [`https://a.example/x#/page?token=abcd`, 'https://a.example/x#/page?token=[token]'],
    [`https://a.example/x#!token=abcd`, 'https://a.example/x#!token=[token]'],
    [`https://a.example/x#/page/${SECRET}`, 'https://a.example/x#/page/[token]'],
    [`https://a.example/x;token=${SECRET}/x.csv`, 'https://a.example/x;token=[token]/x.csv'],
    [`https://a.example/x;a=1;sid=abcd;b=2`, 'https://a.example/x;a=1;sid=[token];b=2'],
    [`https://a.example/${SECRET}.csv`, 'https://a.example/[token]'],
    [`https://a.example/calls_${SECRET}.csv`, 'https://a.example/[token]'],
    [`https://a.example/y0%5FSECRETTOKENabcdefghijklmnop`, 'https://a.example/[token]'],
    [`https://a.example/y0%255FSECRETTOKENabcdefghijklmnop`, 'https://a.example/[token]'],
    [`https://a.example/?a=1;token=abcd;efgh`, 'https://a.example/?a=1;token=[token]'],
    [`https://a.example/?api%6Bey=abcd`, 'https://a.example/?api%6Bey=[token]'],
    [`https://a.example/?q=x ${SECRET}`, 'https://a.example/?q=[token]'],
    [`https://a.example/?${SECRET}`, 'https://a.example/?[token]'],
    [`https://a.example/?${SECRET}=1`, 'https://a.example/?[token]=[token]'],
    [
      `https://a.example/?u=${encodeURIComponent('https://b.example/?token=abcd')}`,
      'https://a.example/?u=[token]',
    ],
    [`https://me:${SECRET}@a.example/`, 'https://[token]@a.example/'],
    [`https://[bad/x?token=${SECRET}`, 'https://[bad/x?token=[token]'],
    [`https://me:${SECRET}@[bad/x`, 'https://[token]@[bad/x'],
  ])('%s shows no secret', (address, shown) => {
    expect(sourceName(address)).toBe(shown);
    expect(maskedAddress(address, (text) => text)).toBe(shown);
  });

  it.each([
    [
      'https://docs.google.com/spreadsheets/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms/edit#gid=0',
    ],
    ['https://a.example/x?page=2&a[]=1#part-2'],
    ['https://a.example/date=2026-11-28/calls;v=1.csv'],
    ['https://a.example/100%.csv'],
    ['https://a.example/?u=https%3A%2F%2Fb.example%2Fc'],
  ])('%s stays as it is', (address) => {
    expect(sourceName(address)).toBe(address);
    expect(secretsIn(address)).toEqual([]);
  });

  it('of many addresses in one another is made in time, and ends hidden', () => {
    const address = 'https://a.example/?u='.repeat(5000);
    expect(sourceName(`${address}token`)).toBe('https://a.example/?u=[token]');
  });

  it.each([[`#access_token=${SECRET}`], [`;token=${SECRET}/x.csv`], [`?u=${SECRET}.csv`]])(
    'with %s is the same in every format, and in the library',
    async (end) => {
      const files = await TestService.start((_, response) => {
        response.writeHead(200).end(goodCalls(2).replace('ClientId', 'Wrong'));
      });
      for (const words of [[], ['--json'], ['--format', 'github'], ['-v']]) {
        const ended = await runHere(['validate', ...words, `${files.url}/ok${end}`]);
        const all = ended.stdout + ended.stderr;
        expect(all).toContain('[token]');
        expect(all).not.toMatch(/SECRETTOKEN/i);
      }
      const result = await validateCalls(`${files.url}/ok${end}`, { environment: {} });
      expect(JSON.stringify(result)).not.toMatch(/SECRETTOKEN/i);
    },
  );
});

describe('the secrets of an address', () => {
  it.each([
    ['http://user:pw@a.example/', []],
    ['http://name:password@a.example/', []],
    ['http://name:address-forbidden@a.example/', []],
    ['https://a.example/?key=date&code=file&token=message', []],
    ['https://a.example/?key=2026-11-28', []],
    ['http://name:s3cretpass@a.example/', ['s3cretpass']],
    ['https://a.example/?sig=deadbeefdeadbeef', ['deadbeefdeadbeef']],
    ['https://a.example/?key=a%2Fb12345', ['a%2Fb12345', 'a/b12345']],
    [`https://a.example/#token=${SECRET}`, [SECRET]],
  ])('%s are hidden everywhere: %j', (address, secrets) => {
    expect(secretsIn(address)).toEqual(secrets);
  });

  it.each([['user:pw'], ['name:password'], ['address:forbidden'], ['error:message']])(
    'do not change the words of the message about %s',
    async (user) => {
      const json = await runHere(['validate', '--json', `http://${user}@127.0.0.1:1/ok`]);
      expect(JSON.parse(json.stdout)).toMatchObject({
        error: {
          code: 'address-forbidden',
          message: 'The address on 127.0.0.1:1 contains a user name or password, and is not read.',
        },
      });
      const text = await runHere(['validate', `http://${user}@127.0.0.1:1/ok`]);
      expect(text.stderr).not.toContain('[token]');
    },
  );
});
