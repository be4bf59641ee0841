import { readFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { recently, writeCalls } from '../support/calls.ts';
import { run, temporaryFolder } from '../support/run.ts';
import { answerJson, onlyPart, TestService } from '../support/test-service.ts';

const env = { METRIKA_TOKEN: 'y0_some_token_0123456789' };

const TIME = recently();

type Row = readonly ExcelJS.CellValue[];

/** Returns a typical Excel workbook, with another sheet before the sheet of calls. */
async function workbook(rows: readonly Row[], name = 'Calls'): Promise<Buffer> {
  const made = new ExcelJS.Workbook();
  made.addWorksheet('Read me').addRow(['Calls of November']);
  const sheet = made.addWorksheet(name);
  for (const row of rows) sheet.addRow([...row]);
  sheet.eachRow((row) => {
    row.eachCell((cell) => {
      if (cell.value instanceof Date) cell.numFmt = 'dd.mm.yyyy hh:mm:ss';
    });
  });
  return Buffer.from(await made.xlsx.writeBuffer());
}

const GOOD: readonly Row[] = [
  ['ClientId', 'DateTime', 'PhoneNumber', 'Price', 'Currency', 'Tag'],
  ['1633024800123456789', TIME, '+70123456789', 1.1, 'RUB', 'line one\nline two'],
  [],
  ['1633024800123456790', TIME - 60, '+70123456790', 12, 'RUB', 'a, b'],
];

const AS_CSV = `ClientId,DateTime,PhoneNumber,Price,Currency,Tag
1633024800123456789,${String(TIME)},+70123456789,1.1,RUB,"line one
line two"
1633024800123456790,${String(TIME - 60)},+70123456790,12,RUB,"a, b"
`;

describe('a workbook', () => {
  it('is sent as CSV, and the output says so', async () => {
    const service = await TestService.start((_, response) => {
      answerJson(response, 200, '{"uploading":{"id":1,"status":"UPLOADED"}}');
    });
    const path = writeCalls(temporaryFolder(), 'звонки.xlsx', await workbook(GOOD));
    const ended = await run(['upload', '--json', ...service.target, path], { env });
    expect(ended.code, ended.stdout).toBe(0);
    const [result] = (JSON.parse(ended.stdout) as { results: { conversions: string[] }[] }).results;
    expect(result).toMatchObject({ conversions: ['workbook'], rows: 2 });
    const [post] = service.posts();
    if (post === undefined) throw new Error('no request came');
    const part = onlyPart(post);
    expect(part.content.toString()).toBe(AS_CSV);
    expect(part.headers).toContain('.csv"');
    expect(part.headers).not.toContain('.xlsx');
  });

  it('has its sheet in the command to paste, and no phone number in a sheet name is shown', async () => {
    const made = new ExcelJS.Workbook();
    for (const name of ['Иванов +79123456789', 'Петров +79123456788']) {
      const sheet = made.addWorksheet(name);
      sheet.addRow(['Дата звонка', 'Телефон', 'ClientID Метрики']);
      sheet.addRow(['20.11.2026 09:12:33', '+79123456701', '1633024800123456789']);
    }
    const bytes = Buffer.from(await made.xlsx.writeBuffer());
    const path = writeCalls(temporaryFolder(), 'two.xlsx', bytes);
    for (const words of [[], ['--sheet', '2'], ['--sheet', 'x']]) {
      for (const format of [[], ['--json'], ['--format', 'github']]) {
        const { stdout, stderr } = await run(['validate', ...words, ...format, path], { env });
        expect(stdout + stderr).not.toContain('7912345678');
      }
    }
    const second = await run(['validate', '--sheet', '2', path], { env });
    expect(second.stdout).toContain('two.xlsx --sheet 2 --auto');
  });

  it('passes the same check from standard input, and is refused with --no-convert', async () => {
    const bytes = await workbook(GOOD);
    const ended = await run(['validate', '-'], { input: bytes });
    expect(ended.code, ended.stdout).toBe(0);
    expect(ended.stdout).toContain('workbook, sheet "Calls" → CSV');
    const refused = await run(['validate', '--no-convert', '-'], { input: bytes });
    expect(refused.code).toBe(3);
    expect(refused.stdout).toContain('from-workbook');
  });

  it('has findings with sheet, row and cell', async () => {
    const folder = temporaryFolder();
    const rows: Row[] = [
      ['ClientId', 'DateTime', 'CallMissed', 'Tag'],
      ['1', TIME, 0, 'one\ntwo\nthree'],
      [Number('1633024800123456789'), new Date(Date.UTC(2026, 10, 20, 9, 12)), true, ''],
    ];
    writeCalls(folder, 'calls.xlsx', await workbook(rows, 'Мои звонки'));
    const words = ['calls.xlsx', '--report', 'report.csv'];
    const ended = await run(['validate', '--json', ...words], { cwd: folder });
    expect(ended.code).toBe(3);
    const { results } = JSON.parse(ended.stdout) as {
      results: { validation: { findings: Record<string, unknown>[] } }[];
    };
    const findings = results[0]?.validation.findings ?? [];
    const sheet = 'Мои звонки';
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'datetime-written', sheet, cell: 'B3', line: 3, record: 2 }),
    );
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'identifier-scientific', cell: 'A3' }),
    );
    expect(findings).toContainEqual(expect.objectContaining({ code: 'flag-invalid', cell: 'C3' }));
    expect(findings).toContainEqual(expect.objectContaining({ code: 'identifier-rounded' }));
    const shown = await run(['validate', 'calls.xlsx'], { cwd: folder });
    expect(shown.stdout).toContain(`'Мои звонки'!B3`);
    const github = await run(['validate', '--format', 'github', 'calls.xlsx'], { cwd: folder });
    expect(github.stdout).toMatch(/line=3,title=datetime-written::'Мои звонки'!B3: /);
    expect(readFileSync(`${folder}/report.csv`, 'utf8')).toContain(`'Мои звонки'!B3`);
  });

  it('has dates, which `convert` reads in the zone from the options', async () => {
    const rows: Row[] = [
      ['ClientId', 'Дата', 'Телефон', 'Длительность'],
      ['1633024800123456789', new Date(Date.UTC(2026, 10, 20, 9, 12)), 79161234567, 136],
      ['1633024800123456790', 'soon', 79161234568, 5],
    ];
    const path = writeCalls(temporaryFolder(), 'calls.xlsx', await workbook(rows));
    const words = [
      ...['--map', 'Дата=DateTime', '--map', 'Телефон=PhoneNumber'],
      ...['--map', 'Длительность=TalkDuration'],
      ...['--timezone', 'Europe/Moscow', '--default-region', 'RU'],
    ];
    const ended = await run(['convert', path, ...words, '--skip-invalid']);
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stdout).toBe(
      'ClientId,DateTime,PhoneNumber,TalkDuration\n1633024800123456789,1795155120,+79161234567,136\n',
    );
    const refused = await run(['convert', path, ...words, '--json', '-o', `${path}.csv`]);
    expect(refused.code).toBe(3);
    expect(refused.stdout).toContain('"cell": "B3"');
  });

  it('has its rejected rows written as CSV, which can be sent again', async () => {
    const folder = temporaryFolder();
    const rows = [...GOOD, ['x', TIME, '', '', '', 'three\nfour'], ['5', TIME - 5]];
    const path = writeCalls(folder, 'calls.xlsx', await workbook(rows));
    const words = ['--skip-invalid', '--rejects', `${folder}/rejects.csv`];
    const ended = await run(['upload', '--sandbox', ...words, path]);
    expect(ended.code, ended.stderr).toBe(0);
    expect(readFileSync(`${folder}/rejects.csv`, 'utf8')).toBe(
      `RejectReason,ClientId,DateTime,PhoneNumber,Price,Currency,Tag\nclient-id-invalid,x,${String(TIME)},,,,"three\nfour"\n`,
    );
  });

  it('can be joined and inspected', async () => {
    const folder = temporaryFolder();
    const crm: Row[] = [
      ['Phone', 'ClientId'],
      ['8 916 123-45-67', '1633024800123456789'],
    ];
    writeCalls(folder, 'crm.xlsx', await workbook(crm));
    writeCalls(folder, 'calls.csv', `DateTime,PhoneNumber\n${String(TIME)},+79161234567\n`);
    const words = [
      '--join',
      'crm.xlsx',
      '--join-map',
      'Phone=PhoneNumber',
      '--default-region',
      'RU',
    ];
    const joined = await run(['convert', 'calls.csv', ...words], { cwd: folder });
    expect(joined.code, joined.stderr).toBe(0);
    expect(joined.stdout).toContain('1633024800123456789');
    writeCalls(folder, 'calls.xlsx', await workbook(GOOD));
    const inspected = await run(['inspect', '--json', 'calls.xlsx'], { cwd: folder });
    expect(JSON.parse(inspected.stdout)).toMatchObject({ ok: true });
    expect(inspected.stdout).toContain('"rows": 2');
  });

  it('is read from the sheet that --sheet names, and from no other sheet', async () => {
    const folder = temporaryFolder();
    writeCalls(folder, 'calls.xlsx', await workbook(GOOD));
    writeCalls(folder, 'calls.csv', AS_CSV);
    const named = await run(['validate', '--sheet', '2', 'calls.xlsx'], { cwd: folder });
    expect(named.code).toBe(0);
    const other = await run(['validate', '--sheet', 'Read me', 'calls.xlsx'], { cwd: folder });
    expect(other.code).toBe(3);
    for (const command of ['validate', 'inspect', 'convert']) {
      const missing = await run([command, '--sheet', 'May', 'calls.xlsx'], { cwd: folder });
      expect(missing.code, command).toBe(2);
      expect(missing.stderr).toContain('Read me, Calls');
      const none = await run([command, '--sheet', '1', 'calls.csv'], { cwd: folder });
      expect(none.code, command).toBe(2);
      expect(none.stderr).toContain('--sheet');
    }
    const upload = await run(['upload', '--sandbox', '--sheet', 'May', 'calls.xlsx'], {
      cwd: folder,
    });
    expect(upload.code).toBe(2);
  });
});

describe('a file with the name or the bytes of a workbook', () => {
  it.each([
    ['calls.gsheet', '{"url":"https://docs.google.com/open?id=1","doc_id":"1"}', 'Google'],
    ['calls.gsheet', '{"": "WARNING! DO NOT EDIT THIS FILE!", "doc_id": "1"}', 'Google'],
    ['calls.xls', '<html><table><tr><td>1</td></tr></table></html>', 'HTML'],
  ])('is refused if %s has the content %s', async (name, content, word) => {
    const ended = await run(['validate', writeCalls(temporaryFolder(), name, content)]);
    expect(ended.code).toBe(3);
    expect(ended.stdout).toContain(word);
  });
});

describe('a file packed in another way', () => {
  it.each([
    ['a damaged archive', Buffer.from('PK\u0003\u0004and more', 'latin1'), 'zip-damaged'],
    [
      'an old workbook that is cut off',
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      'workbook-damaged',
    ],
  ])('is recognized: %s', async (_, bytes, code) => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', bytes);
    const ended = await run(['validate', path]);
    expect(ended.code).toBe(3);
    expect(ended.stdout).toContain(code);
  });
});
