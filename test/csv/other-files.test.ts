import { describe, expect, it } from 'vitest';
import { check, onlyError } from '../support/check.ts';

describe('a file of another format', () => {
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
  ])('is recognized as %s: %s', async (kind, content) => {
    const { validation } = await check(content);
    expect(validation.findings).toMatchObject([{ code: 'file-not-csv', parameters: { kind } }]);
  });

  it.each(['[Call],DateTime\n1,2\n', '<b>,DateTime\n1,2\n', '{id},DateTime\n'])(
    'is not recognized in a header such as %j',
    async (content) => {
      const { validation } = await check(content);
      expect(validation.findings.map(({ code }) => code)).not.toContain('file-not-csv');
    },
  );

  it('may be UTF-32, with and without a mark', async () => {
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
