import { describe, expect, it } from 'vitest';
import { check, found, NOW, sent } from '../support/check.ts';

const YOUNG = String(NOW);

/** The only error of a file. */
async function onlyError(content: string | Uint8Array): Promise<string | undefined> {
  const { validation } = await check(content);
  const errors = validation.groups.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ code }) => code)).toHaveLength(1);
  return errors[0]?.code;
}

describe('a file that is no CSV', () => {
  it.each([
    ['html', '<!DOCTYPE html>\n<html><body><table><tr><td>1</td></tr></table>'],
    ['html', '  <table border=1><tr><td>ClientId</td></tr></table>'],
    ['html', '<?xml version="1.0"?><html xmlns="x"><body/></html>'],
    [
      'workbook-xml',
      '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
    ],
    ['xml', '<?xml version="1.0"?><calls><call id="1"/></calls>'],
    ['xml', '<calls><call id="1"/></calls>'],
    ['json', '[{"ClientId":1,"DateTime":2}]'],
    ['json', '{\n  "calls": []\n}'],
    ['json', '[]'],
    ['json-lines', '{"ClientId":1}\n{"ClientId":2}\n'],
  ])('is named as %s: %s', async (kind, content) => {
    const { validation } = await check(content);
    expect(validation.findings).toMatchObject([{ code: 'file-not-csv', parameters: { kind } }]);
  });

  it.each(['[Call],DateTime\n1,2\n', '<b>,DateTime\n1,2\n', '{id},DateTime\n'])(
    'is not seen in a header such as %j',
    async (content) => {
      const { validation } = await check(content);
      expect(validation.findings.map(({ code }) => code)).not.toContain('file-not-csv');
    },
  );

  it('is UTF-32, with a mark and without', async () => {
    const utf32 = (text: string): Buffer =>
      Buffer.concat([...text].map((one) => Buffer.from([one.charCodeAt(0), 0, 0, 0])));
    expect(await onlyError(utf32('ClientId,DateTime\n1,2\n'))).toBe('encoding-utf-32');
    const big = utf32('ClientId,DateTime\n').swap32();
    expect(await onlyError(big)).toBe('encoding-utf-32');
    expect(await onlyError(Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), utf32('a')]))).toBe(
      'encoding-utf-32',
    );
  });
});

describe('a cause that all records share', () => {
  it('is a delimiter at every end', async () => {
    expect(await onlyError(`ClientId,DateTime\n1,${YOUNG},\n2,${YOUNG},\n`)).toBe(
      'delimiter-at-every-end',
    );
  });

  it('is another list of columns', async () => {
    expect(await onlyError(`ClientId,DateTime\n1,${YOUNG},a\n2,${YOUNG},b\n`)).toBe(
      'field-count-of-all',
    );
    expect(await onlyError(`ClientId,DateTime\n1,${YOUNG},a\n2,${YOUNG}\n`)).toBe('field-count');
  });

  it('is a header below a title', async () => {
    expect(await onlyError(`Calls in November\n\nClientId,DateTime\n1,${YOUNG}\n`)).toBe(
      'header-not-first',
    );
  });

  it.each(['Итого', 'Итого: 1', 'TOTAL', 'Всего:'])('is a line of totals: %s', async (word) => {
    expect(await onlyError(`ClientId,DateTime\n1,${YOUNG}\n${word},\n`)).toBe('totals-line');
  });

  it('is a header of too many columns, however many records follow', async () => {
    const columns = (count: number): string =>
      Array.from({ length: count }, (_, at) => `c${String(at)}`).join(',');
    expect(await onlyError(`${columns(20_000)}\n1\n2\n`)).toBe('header-too-wide');
    const { validation } = await check(`ClientId,DateTime,${columns(1022)}\n`);
    expect(validation.findings.map(({ code }) => code)).not.toContain('header-too-wide');
  });
});

describe('what stands for no value', () => {
  it.each(['0-', '00-0', '0-0-0', '0a', '-0'])('is not %s, which may be a visitor', async (id) => {
    const file = `UserId,DateTime\n${id},${YOUNG}\n`;
    expect((await sent(file)).toString()).toBe(file);
  });

  it.each(['NULL', 'null', 'None', 'undefined', 'nan', '-', '#N/A', '(not set)', ' NULL '])(
    'is sent empty and counted: %s',
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
    'is no identifier: %s',
    async (zeros) => {
      const codes = (await found(`UserId,DateTime\n${zeros},${YOUNG}\n`)).map(([code]) => code);
      expect(codes).toContain('identifier-missing');
    },
  );

  it('is left alone where it is part of a value', async () => {
    const file = `UserId,DateTime\nnull-1,${YOUNG}\n0001,${YOUNG}\nnone of them,${YOUNG}\n`;
    expect((await sent(file)).toString()).toBe(file);
  });
});

describe('quotes', () => {
  it.each(['"1" ,', '"1"\t,', '"1"x,', '"1"",'])('that go on are malformed: %j', async (cell) => {
    const codes = (await found(`ClientId,DateTime\n${cell}${YOUNG}\n`)).map(([code]) => code);
    expect(codes[0]).toMatch(/quote-(malformed|unclosed)/);
  });
});
