import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingIn } from '../../src/calls/findings/finding.ts';
import { en } from '../../src/words/en.ts';
import { check, found, NOW, sent } from '../support/check.ts';
import { encode } from '../support/encode.ts';
import { runs } from '../support/runs.ts';

const YOUNG = String(NOW - 3600);

/**
 * Returns a file with one record. The record has a good DateTime and these values. If the values
 * have no Yclid and no UserId, the record also has a good ClientId.
 */
function withValues(values: Readonly<Record<string, string>>): string {
  const identifier = 'Yclid' in values || 'UserId' in values ? {} : { ClientId: '1481718166123' };
  const record: Record<string, string> = { ...identifier, DateTime: YOUNG, ...values };
  const names = Object.keys(record);
  return `${names.join(',')}\n${names.map((name) => record[name]).join(',')}\n`;
}

describe('a value', () => {
  const bad: [column: string, value: string, code: string, shown: string][] = [
    ['DateTime', ` ${YOUNG}`, 'value-blanks', ` ${YOUNG}`],
    ['DateTime', '46343.5', 'datetime-written', '46343.5'],
    ['ClientId', 'abc-def', 'client-id-invalid', 'ab••••f'],
    ['ClientId', '123456789012345678901', 'client-id-invalid', '12345••••••••••••••01'],
    ['ClientId', '1.6E+18', 'identifier-scientific', '1.6E+18'],
    ['ClientId', '"1,48172E+18"', 'identifier-scientific', '1,48172E+18'],
    ['UserId', '1.481718166123457e+18', 'identifier-scientific', '1.481••••••••••••••18'],
    ['UserId', '"1,48172E+18"', 'identifier-scientific', '1,48172E+18'],
    ['UserId', '1E+18', 'identifier-scientific', '1E+18'],
    ['Yclid', '12 34', 'yclid-invalid', '12•••'],
    ['Yclid', '4.3E+15', 'identifier-scientific', '4.3E+15'],
    ['DateTime', '', 'datetime-missing', ''],
    ['DateTime', '1794999999000', 'datetime-milliseconds', '1794999999000'],
    ['DateTime', '2026-11-18 10:00:00', 'datetime-written', '2026-11-18 10:00:00'],
    ['DateTime', '18.11.2026 10:00', 'datetime-written', '18.11.2026 10:00'],
    ['DateTime', '2026-11-18T10:00:00+03:00', 'datetime-written', '2026-11-18T10:00:00+03:00'],
    ['DateTime', String(NOW + 1), 'datetime-future', String(NOW + 1)],
    ['DateTime', '1794999999.5', 'datetime-invalid', '17949•••••.5'],
    ['DateTime', '-5', 'datetime-invalid', '-5'],
    ['DateTime', '+79161234567', 'datetime-invalid', '+7916•••••67'],
    ['DateTime', '89161234567', 'datetime-future', '8916••••••7'],
    ['StaticCall', '2', 'flag-invalid', '2'],
    ['CallMissed', 'yes', 'flag-invalid', 'yes'],
    ['FirstTimeCaller', 'да', 'flag-invalid', 'да'],
    ['Price', '"1250,50"', 'decimal-comma', '1250,50'],
    ['Price', '"1 250,50"', 'decimal-comma', '1 250,50'],
    ['Price', '12 руб', 'price-invalid', '12 руб'],
    ['Price', '1e3', 'price-invalid', '1e3'],
    ['PhoneNumber', '8 (916) 123-45-67', 'phone-invalid', '8 (91••••••••••67'],
    ['PhoneNumber', '79161234567', 'phone-invalid', '7916••••••7'],
    ['TalkDuration', '2:16', 'duration-written', '2:16'],
    ['HoldDuration', '-1', 'duration-invalid', '-1'],
    ['TalkDuration', '1.5', 'duration-invalid', '1.5'],
    ['URL', '/page', 'url-invalid', '/page'],
    ['URL', 'ftp://shop.example', 'url-invalid', 'ftp://shop.example'],
    ['CallTrackerURL', 'http://', 'url-invalid', 'http://'],
    ['URL', 'shop.example/?phone=79161234567', 'url-invalid', 'shop.example/?phone=7916••••••7'],
  ];
  it.each(bad)(
    'in %s: %s has the finding %s, and is shown as %s',
    async (column, value, code, shown) => {
      expect(await found(withValues({ Currency: 'RUB', [column]: value }))).toEqual([
        [code, 2, 1, column, shown],
      ]);
    },
  );

  it('in Currency must be a code of ISO 4217', async () => {
    expect(await found(withValues({ Currency: 'rub' }))).toEqual([
      ['currency-invalid', 2, 1, 'Currency', 'rub'],
    ]);
    expect(await found(withValues({ Currency: 'XQX' }))).toHaveLength(1);
  });

  it.each([
    ['2026-11-25T06:12:33Z', true],
    ['25.11.2026 9:12', true],
    ['11/25/2026, 9:12:33 AM', true],
    ['Fri, 20 Nov 2026 09:12:33 +0300', true],
    ['1795587153', true],
    ['1795587153123', true],
    ['202611200912', true],
    ['1795587153.123', false],
    ['25.11.2026', false],
    ['9:12', false],
    ['74950000011', false],
    ['8 (495) 000-00-11', false],
    ['495-00-0011', false],
    ['10.0.0.1:5060', false],
  ])('%s is a possible time in a file without DateTime: %s', async (value, isTime) => {
    const { validation } = await check(`ClientId,begin\n1,"${value}"\n2,\n`);
    const missing = validation.findings.find(({ code }) => code === 'datetime-column-missing');
    expect(missing).toMatchObject({ line: 1, parameters: { candidates: isTime ? ['begin'] : [] } });
  });

  it('is shown unmasked if the user asks for that', async () => {
    const file = withValues({ PhoneNumber: '8 (916) 123-45-67' });
    expect(await found(file, { showValues: true })).toEqual([
      ['phone-invalid', 2, 1, 'PhoneNumber', '8 (916) 123-45-67'],
    ]);
  });

  it.each([
    { ClientId: '12345678901234567890' },
    { Yclid: '01' },
    { UserId: 'анна@shop' },
    { UserId: '5e3' },
    { UserId: '1.5' },
    { UserId: '1e+18a' },
    { DateTime: String(NOW) },
    { StaticCall: '' },
    { Price: '12', Currency: 'USD' },
    { Price: '12.50', Currency: 'RUB' },
    { PhoneNumber: '+70123456789' },
    { TalkDuration: '0', HoldDuration: '86400' },
    { Tag: '=SUM(A1)' },
    { URL: 'https://магазин.рф/страница?a=1#b' },
    { CallTrackerURL: 'HTTP://127.0.0.1:8080' },
  ])('has no error if it follows its rule: %j', async (values) => {
    const { validation } = await check(withValues(values));
    expect(validation.errors).toBe(0);
  });
});

describe('a record', () => {
  const cases: [name: string, file: string, expected: (string | number | null)[][]][] = [
    [
      'a dynamic call without identifier',
      `ClientId,DateTime,StaticCall\n,${YOUNG},0\n`,
      [['identifier-missing', 2, 1, null, null]],
    ],
    [
      'a static call without identifier',
      `ClientId,DateTime,StaticCall\n,${YOUNG},1\n5,${YOUNG},0\n`,
      [['static-without-identifier', 2, 1, null, null]],
    ],
    ['too few fields', `ClientId,DateTime,Tag\n5,${YOUNG}\n`, [['field-count', 2, 1, null, null]]],
    ['too many fields', `ClientId,DateTime\n5,${YOUNG},x,y\n`, [['field-count', 2, 1, null, null]]],
    [
      'an old call',
      `ClientId,DateTime\n5,${String(NOW - 22 * 86_400)}\n`,
      [['call-too-old', 2, 1, 'DateTime', String(NOW - 22 * 86_400)]],
    ],
    [
      'a price without currency',
      `ClientId,DateTime,Price\n5,${YOUNG},7\n`,
      [['price-without-currency', 2, 1, 'Price', '7']],
    ],
    [
      'a missed call with talk time',
      `ClientId,DateTime,CallMissed,TalkDuration\n5,${YOUNG},1,9\n`,
      [['missed-with-talk-time', 2, 1, 'TalkDuration', '9']],
    ],
    [
      'a duration over a day',
      `ClientId,DateTime,HoldDuration\n5,${YOUNG},86401\n`,
      [['duration-over-day', 2, 1, 'HoldDuration', '86401']],
    ],
    [
      'the same record twice',
      `ClientId,DateTime\n5,${YOUNG}\n6,${YOUNG}\n5,${YOUNG}\n`,
      [['record-twice', 4, 3, null, null]],
    ],
    [
      'a blank line between calls',
      `ClientId,DateTime\n5,${YOUNG}\n\n6,${YOUNG}\n`,
      [['blank-line', 3, null, null, null]],
    ],
    [
      'an error after a value with line breaks',
      `ClientId,Tag,DateTime\n5,"two\r\nlines",${YOUNG}\n6,x,soon\n`,
      [['datetime-invalid', 4, 2, 'DateTime', 'soon']],
    ],
    [
      'an error on a later line of its record',
      `ClientId,Tag,DateTime\n5,"two\nlines",soon\n`,
      [['datetime-invalid', 3, 1, 'DateTime', 'soon']],
    ],
    [
      'malformed quotes',
      `ClientId,DateTime,Tag\n5,${YOUNG},"a"b"\n6,${YOUNG},x\n`,
      [['quote-malformed', 2, 1, null, null]],
    ],
    [
      'an unclosed quote',
      `ClientId,DateTime,Tag\n5,${YOUNG},"a\n6,${YOUNG},x\n`,
      [['quote-unclosed', 2, null, null, null]],
    ],
    ['a NUL byte', `ClientId,DateTime,Tag\n5,${YOUNG},a\0b\n`, [['nul-byte', 2, 1, 'Tag', 'a\0b']]],
  ];
  it.each(cases)('has the expected findings with %s', async (_, file, expected) => {
    expect(await found(file)).toEqual(expected);
  });

  it('with bytes that are not UTF-8 has a finding with the line and the column', async () => {
    const file = Buffer.concat([
      Buffer.from(`ClientId,DateTime,Tag\n5,${YOUNG},Заявка\n6,${YOUNG},x`),
      Buffer.from([0xff]),
      Buffer.from('y\n'),
    ]);
    const [finding, ...others] = await found(file);
    expect(finding?.slice(0, 4)).toEqual(['bytes-undecodable', 3, 2, 'Tag']);
    expect(others).toEqual([]);
  });
});

describe('a file', () => {
  const cases: [name: string, file: string, codes: string[]][] = [
    ['that is empty', '', ['file-empty']],
    ['of blank lines', '\n\n', ['file-empty']],
    ['with a header only', 'ClientId,DateTime\n', ['header-only']],
    ['without DateTime', 'ClientId,Tag\n5,x\n', ['datetime-column-missing']],
    ['without identifiers', `DateTime,Tag\n${YOUNG},x\n`, ['identifier-column-missing']],
    ['with a column twice', `ClientId,DateTime,ClientId\n5,${YOUNG},5\n`, ['column-twice']],
    [
      'with a column twice in another case',
      `ClientId,DateTime,clientid\n5,${YOUNG},5\n`,
      ['column-twice', 'header-case'],
    ],
    ['without a header', `5,${YOUNG}\n6,${YOUNG}\n`, ['header-missing']],
    [
      'with a malformed quote in its header',
      `ClientId,DateTime,"My "Tag""\n5,${YOUNG},x\n6,${YOUNG},"y"\n`,
      ['quote-malformed'],
    ],
    ['with a __proto__ column', `ClientId,DateTime,__proto__\n5,${YOUNG},x\n`, ['column-unknown']],
    [
      'with several identifier types',
      `ClientId,Yclid,DateTime\n5,,${YOUNG}\n,6,${YOUNG}\n`,
      ['identifier-types-mixed'],
    ],
    [
      'with several currencies',
      `ClientId,DateTime,Price,Currency\n5,${YOUNG},1,RUB\n6,${YOUNG},1,USD\n`,
      ['currencies-mixed'],
    ],
    [
      'with identifiers that a spreadsheet rounded',
      `ClientId,DateTime\n${[1, 2, 3, 4].map((at) => `148171816612${String(at)}450000,${YOUNG}`).join('\n')}\n`,
      ['identifier-rounded'],
    ],
    ['with days instead of seconds', 'ClientId,DateTime\n1,46344\n', ['datetime-serial']],
    [
      'with text after a closing quote and no quote after it',
      `ClientId,DateTime,Tag\n1,${YOUNG},"north" office\n2,${YOUNG},x\n`,
      ['quote-malformed'],
    ],
    ['of static calls only', `ClientId,DateTime,StaticCall\n5,${YOUNG},1\n`, ['static-only']],
  ];
  it.each(cases)('has the expected findings: %s', async (_, file, codes) => {
    expect((await found(file)).map(([code]) => code)).toEqual(codes);
  });

  it('with an unknown column has a finding with the most similar known name', async () => {
    const { validation } = await check(`ClientId,DateTime,phone_number\n5,${YOUNG},x\n`);
    expect(validation.findings[0]).toMatchObject({
      code: 'column-unknown',
      column: 'phone_number',
    });
    const [finding] = validation.findings;
    expect(finding && findingIn(en, finding).message).toContain('PhoneNumber');
  });

  it('whose header is a row of data has findings without phone numbers', async () => {
    const { validation } = await check(`+79161234567,Anna,x\n+79161234567,Anna,x\n`);
    expect(JSON.stringify(validation)).not.toContain('79161234567');
  });

  it('has complete counts, and a limited list of findings with the worst first', async () => {
    const rows = Array.from({ length: 500 }, (_, at) => `5,${String(1_000_000 + at)}000000,7`);
    const file = `ClientId,DateTime,Price\n${rows.join('\n')}\n`;
    const { validation, counts } = await check(file, { maxFindings: 3 });
    expect(counts).toMatchObject({ records: 500, invalid: 500 });
    expect(validation).toMatchObject({ errors: 500, warnings: 500 });
    expect(validation.findings.map(({ severity, line }) => [severity, line])).toEqual([
      ['error', 2],
      ['error', 3],
      ['error', 4],
    ]);
    expect(validation.groups.map(({ count }) => count)).toEqual([500, 500]);
    expect((await check(file, { maxFindings: 0 })).validation).toMatchObject({
      errors: 500,
      findings: [],
    });
  });
});

describe('changes before sending', () => {
  const plain = `ClientId,DateTime,Tag\n5,${YOUNG},Заявка\n6,${YOUNG},"a;b, ""c""\r\nd"\n`;
  const semicolons = plain.replaceAll(',', ';').replace('"a;b; ""c""', '"a;b, ""c""');

  const forms: [name: string, file: Uint8Array, conversions: string[]][] = [
    ['nothing', Buffer.from(plain), []],
    ['a byte-order mark', Buffer.from(`\ufeff${plain}`), ['byte-order-mark']],
    ['UTF-16 LE with mark', encode(`\ufeff${plain}`, 'utf-16le'), ['encoding-not-utf8']],
    ['UTF-16 BE with mark', encode(`\ufeff${plain}`, 'utf-16be'), ['encoding-not-utf8']],
    ['UTF-16 LE without mark', encode(plain, 'utf-16le'), ['encoding-not-utf8']],
    ['windows-1251', encode(plain, 'windows-1251'), ['encoding-not-utf8']],
    ['semicolons', Buffer.from(semicolons), ['delimiter-not-comma']],
    [
      'a line sep=;',
      Buffer.from(`sep=;\n${semicolons}`),
      ['delimiter-not-comma', 'separator-line'],
    ],
    [
      'CRLF',
      Buffer.from(plain.replaceAll('\n', '\r\n').replace('\r\r', '\r')),
      ['line-ends-not-lf'],
    ],
    ['CR', Buffer.from(plain.replaceAll('\n', '\r').replace('\r\r', '\r\n')), ['line-ends-not-lf']],
    ['mixed line ends', Buffer.from(plain.replace('\n', '\r\n')), ['line-ends-not-lf']],
    ['blank lines at the end', Buffer.from(`${plain}\n,,\n  \n`), ['blank-lines-at-end']],
    [
      'spaces in the header',
      Buffer.from(plain.replace(',DateTime,', ', DateTime ,')),
      ['header-blanks'],
    ],
    [
      'another case in the header',
      Buffer.from(plain.replace('ClientId', 'clientid')),
      ['header-case'],
    ],
  ];
  it.each(forms)('for %s are notes, lose nothing, and can be refused', async (_, file, codes) => {
    for (const step of [1 << 20, 3]) {
      const { validation } = await check(file, {}, step);
      expect(validation.errors).toBe(0);
      expect(validation.findings.map(({ code, severity }) => [code, severity])).toEqual(
        codes.map((code) => [code, 'note']),
      );
      expect((await sent(file, step)).toString()).toBe(plain);
    }
    const refused = await check(file, { convert: false });
    expect(refused.validation.errors).toBe(codes.length);
  });

  it.each([
    ['a title', 'Звонки за ноябрь\n\nClientId;DateTime\n', 3],
    ['a period that looks like data', '01.11.2026 10:00,,\nClientId,DateTime,Tag\n', 2],
    ['thirty titles', `${'Звонки,,\n'.repeat(30)}ClientId,DateTime,Tag\n`, 31],
    ['titles of two cells', `Звонки\n${'Период,ноябрь\n'.repeat(30)}ClientId,DateTime,Tag\n`, 32],
    ['names of other columns', 'Кто,Когда\n"Client, so to say",x\nclientid , DATETIME\n', 3],
  ])('do not hide the line of the column names below %s', async (_, head, line) => {
    const { validation } = await check(`${head}5,${YOUNG}\nClientId,DateTime\n`);
    const at = validation.findings.filter(({ code }) => code === 'header-not-first');
    expect(at).toMatchObject([{ line, record: null, severity: 'error' }]);
  });

  it('keep the line ends inside malformed quotes, and report the right line ends of the file', async () => {
    const { validation, form } = await check(
      `ClientId,DateTime,Tag\n5,${YOUNG},"Ltd "Daisy""\n6,${YOUNG},",\r\nb"\n`,
    );
    expect(validation.findings.map(({ code }) => code)).toEqual(['quote-malformed']);
    expect(form?.lineEnds).toEqual({ lf: true, crlf: false, cr: false });
  });

  it('take no more time for each record if all records are malformed', async () => {
    const records = 200_000;
    const { validation, counts } = await check(`ClientId;DateTime\n${'"a"b;1\n'.repeat(records)}`);
    expect(counts.records).toBe(records);
    expect(validation.errors).toBe(records);
  });

  it('need no search for column names if the first line has some', async () => {
    const { validation } = await check(`ClientId,Tag\n5,x\nClientId,DateTime\n`);
    expect(validation.findings.map(({ code }) => code)).not.toContain('header-not-first');
  });

  it('are right if the first Cyrillic letter of windows-1251 comes late in the file', async () => {
    const rows = Array.from({ length: 8000 }, (_, at) => `${String(at + 1)},${YOUNG},plain`).join(
      '\n',
    );
    const file = `ClientId,DateTime,Tag\n${rows}\n5,${YOUNG},Повторная заявка\n`;
    expect((await sent(encode(file, 'windows-1251'))).toString()).toBe(file);
  });

  it('are right if only the last line has Cyrillic letters of windows-1251, and has no line end', async () => {
    for (const tag of ['Повторная заявка', 'Повторная заявка '.repeat(5000)]) {
      const file = `ClientId,DateTime,Tag\n4,${YOUNG},plain\n5,${YOUNG},${tag}`;
      for (const step of [50, 1 << 20]) {
        expect((await sent(encode(file, 'windows-1251'), step)).toString()).toBe(file);
      }
    }
  });
});

describe('the checker', () => {
  it('reads any bytes without an exception', async () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
      fc
        .constantFrom(
          'ClientId,DateTime\n',
          'ClientId;DateTime;Tag\r\n',
          '"',
          ',',
          '\n',
          '\r',
          `5,${YOUNG}`,
          '\0',
          'я',
        )
        .map((text) => Buffer.from(text)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 12 }),
        fc.integer({ min: 1, max: 9 }),
        async (pieces, step) => {
          const file = Buffer.concat(pieces);
          const report = await check(file, {}, step);
          expect(report.bytes).toBe(file.length);
          if (report.validation.errors === 0) await sent(file, step);
        },
      ),
      runs(1500),
    );
  });
});
