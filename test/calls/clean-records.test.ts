import Papa from 'papaparse';
import { describe, expect, it, vi } from 'vitest';
import { recently } from '../support/calls.ts';
import { check } from '../support/check.ts';

describe('a check', () => {
  it('decodes only a few records of a clean file', async () => {
    const time = String(recently());
    const rows = Array.from(
      { length: 20_000 },
      (_, at) => `${String(at)},${time},0,5,RUB,"a, ""b"" я",https://shop.example/${String(at)}`,
    );
    const content = `ClientId,DateTime,StaticCall,Price,Currency,Tag,URL\n${rows.join('\n')}\n`;
    let characters = 0;
    const { Parser } = Papa;
    vi.spyOn(Papa, 'Parser').mockImplementation(function (config) {
      const parser = new Parser(config) as unknown as {
        parse: (input: string, ...rest: unknown[]) => unknown;
      };
      const { parse } = parser;
      parser.parse = (input, ...rest) => {
        characters += input.length;
        return parse.call(parser, input, ...rest);
      };
      return parser as unknown as InstanceType<typeof Parser>;
    });
    try {
      const { counts } = await check(content, { now: recently() + 60 }, 128 * 1024);
      expect(counts.records).toBe(20_000);
      // Papa Parse read only the header, the first record, and the first record with a new
      // currency.
      expect(characters).toBeLessThan(2000);
      expect(characters).toBeGreaterThan(0);
    } finally {
      vi.restoreAllMocks();
    }
  });
});
