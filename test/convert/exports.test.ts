import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeCalls } from '../support/calls.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { converted, recipeOf } from '../support/recipes.ts';
import { temporaryFolder } from '../support/run.ts';
import { runHere } from '../support/run-here.ts';
import { runs } from '../support/runs.ts';

const NOW = Date.UTC(2026, 10, 25, 9, 0, 0);
const MOSCOW = ['--timezone', 'Europe/Moscow'];
const RUSSIAN = [...MOSCOW, '--default-region', 'RU'];

interface Made {
  readonly code: number | null;
  /** The lines of the output file. Empty if that file was not written. */
  readonly lines: readonly string[];
  /** The codes of all findings. After a failure, only the code of the failure. */
  readonly codes: readonly string[];
  readonly records: Readonly<Record<string, unknown>> | undefined;
  readonly document: string;
}

interface Document {
  readonly results?: readonly {
    readonly records: Readonly<Record<string, unknown>>;
    readonly validation: {
      readonly findings: readonly { readonly code: string; readonly file?: string }[];
    };
  }[];
  readonly error?: { readonly code: string };
}

/** Converts an export, optionally with a joined file. */
async function made(content: string, words: readonly string[], joined?: string): Promise<Made> {
  const folder = temporaryFolder();
  const path = writeCalls(folder, 'export.csv', content);
  const out = join(folder, 'calls.csv');
  const join_ = joined === undefined ? [] : ['--join', writeCalls(folder, 'crm.csv', joined)];
  const { code, stdout } = await runHere(
    ['convert', path, ...words, ...join_, '--json', '-o', out, '--max-errors', '100'],
    { clock: new FakeClock(NOW) },
  );
  const { results, error } = JSON.parse(stdout) as Document;
  const [result] = results ?? [];
  return {
    code,
    lines: existsSync(out) ? readFileSync(out, 'utf8').trimEnd().split('\n') : [],
    codes:
      error === undefined
        ? [...new Set(result?.validation.findings.map((finding) => finding.code))]
        : [error.code],
    records: result?.records,
    document: stdout,
  };
}

const FREEPBX =
  'calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition,amaflags,accountcode,uniqueid,userfield,did,cnum,cnam,outbound_cnum,outbound_cnam,dst_cnam,recordingfile,linkedid,peeraccount,sequence';

/** Returns a record of FreePBX. */
function cdr(time: string, cells: Readonly<Partial<Record<string, string>>>): string {
  const usual: Record<string, string> = {
    calldate: `2026-11-20 ${time}`,
    src: '70123456701',
    dst: '100',
    dcontext: 'ext-group',
    duration: '58',
    billsec: '41',
    disposition: 'ANSWERED',
    did: '70120000001',
    uniqueid: time,
    linkedid: time,
  };
  return FREEPBX.split(',')
    .map((name) => cells[name] ?? usual[name] ?? '')
    .join(',');
}

const preset = ['--preset', 'freepbx', ...RUSSIAN];
const CRM = 'PhoneNumber,ClientId\n+70123456701,1481718166123456789\n';
const FIRST = '1481718166123456789,1795155153';

describe('calls without identifier', () => {
  const two = `${FREEPBX}\n${cdr('09:12:33', {})}\n${cdr('09:40:02', { src: '70123456702' })}\n`;

  it('are errors, static or left out, and calls with an identifier never become static', async () => {
    expect(await made(two, preset, CRM)).toMatchObject({ code: 3, lines: [] });
    for (const words of [
      ['--unidentified', 'static'],
      ['--set', 'StaticCall=1'],
    ]) {
      const { code, lines } = await made(two, [...preset, ...words], CRM);
      expect(code).toBe(0);
      expect(lines.map((line) => line.split(',').slice(0, 4))).toEqual([
        ['ClientId', 'DateTime', 'StaticCall', 'PhoneNumber'],
        ['1481718166123456789', '1795155153', '', '+70123456701'],
        ['', '1795156802', '1', '+70123456702'],
      ]);
    }
    const skipped = await made(two, [...preset, '--unidentified', 'skip'], CRM);
    expect(skipped).toMatchObject({ code: 0, records: { total: 2, written: 1 } });
    expect(skipped.codes).toContain('calls-unidentified');
  });

  it('get an identifier column if the export has none', async () => {
    const { code, lines } = await made(two, [...preset, '--set', 'StaticCall=1']);
    expect(code).toBe(0);
    expect(lines[1]).toBe(',1795155153,1,+70123456701,41,17,0');
  });
});

describe('the direction of a call', () => {
  const content = [
    FREEPBX,
    cdr('09:12:33', {}),
    cdr('09:30:00', { src: '101', cnum: '101', dst: '70123456703', outbound_cnum: '70120000001' }),
    cdr('09:30:30', {
      src: '70120000001',
      cnum: '101',
      dst: '70123456703',
      dcontext: 'from-internal',
    }),
    cdr('09:31:00', { src: '101', cnum: '101', dst: '102', dcontext: 'from-internal' }),
    '',
  ].join('\n');

  it('is known to presets, which leave out outgoing and internal calls', async () => {
    const { code, lines, records, codes } = await made(content, preset, CRM);
    expect([code, lines.length]).toEqual([0, 2]);
    expect(records).toMatchObject({ total: 4, left_out: { outgoing: 2, internal: 1 } });
    expect(codes).toEqual(expect.arrayContaining(['calls-outgoing', 'calls-internal']));
  });

  it('is ignored if the user wants all calls: the number is then that of the other person', async () => {
    const words = [...preset, '--direction', 'all', '--unidentified', 'static', '--skip-invalid'];
    const { lines } = await made(content, words, CRM);
    expect(lines.filter((line) => line.includes('+70123456703'))).toHaveLength(2);
    expect(lines.join('\n')).not.toContain('+70120000001');
  });

  it.each([
    ['mango', '[];1795070402;1795070423;0;101;70120000001;;70123456703;1111;70120000001;;b'],
    ['megafon', '1,out,70123456703,me,70120000001,2026-11-20 09:12:33,5,10,'],
    [
      'freeswitch',
      '"a","101","70123456703","public","2026-11-20 09:12:33","","2026-11-20 09:12:40","7","0","X","u","","","",""',
    ],
  ])('is known to %s', async (name, line) => {
    const { records } = await made(`${line}\n`, [
      '--preset',
      name,
      ...RUSSIAN,
      '--set',
      'UserId=a',
    ]);
    expect(records).toMatchObject({ left_out: { outgoing: 1 } });
  });

  it('is missing if its column is left out, and the user gets a warning', async () => {
    const text = 'ClientId,DateTime,Тип\n1,1795155153,Входящий\n2,1795155154,Исходящий\n';
    const { code, codes, document } = await made(text, []);
    expect([code, codes]).toEqual([0, ['direction-left-out']]);
    expect(document).toContain('--skip \\"Тип=Исходящий\\"');
    expect(await made(text, ['--skip', 'тип= ИСХОДЯЩИЙ '])).toMatchObject({
      code: 0,
      lines: ['ClientId,DateTime', '1,1795155153'],
      records: { total: 2, written: 1, left_out: { skip: 1 } },
    });
  });
});

describe('rules', () => {
  const text =
    'ClientId,DateTime,Kind,Line\n1,1795155153,a,x\n2,1795155154,b,x\n3,1795155155,c,y\n';
  const ids = async (...words: string[]): Promise<string[]> =>
    (await made(text, words)).lines.slice(1).map((line) => line.split(',')[0] ?? '');

  it('select the records that match all of --only and none of --skip', async () => {
    expect(await ids('--only', 'kind=A,b')).toEqual(['1', '2']);
    expect(await ids('--only', 'Kind=a,b', '--only', 'Line=x', '--skip', 'Kind=b')).toEqual(['1']);
    expect(await ids('--skip', 'Kind=a', '--skip', 'Line=y')).toEqual(['2']);
  });

  it('are an error if they select nothing, and a usage error if their column is missing', async () => {
    expect(await made(text, ['--only', 'Kind=z'])).toMatchObject({
      code: 3,
      codes: ['calls-none', 'calls-skipped'],
    });
    expect(await made(text, ['--only', 'Kindd=a'])).toMatchObject({
      code: 2,
      codes: ['mapping-unknown-column'],
    });
    expect((await made(text, ['--only', 'Kindd=a'])).document).toContain('Did you mean');
  });

  it('cause a warning if they leave out every record', async () => {
    const all = await made(text, ['--skip', 'Line=x,y']);
    expect(all).toMatchObject({ code: 0, codes: ['no-calls-left', 'calls-skipped'] });
    expect((await made(text, ['--skip', 'Line=x'])).codes).not.toContain('no-calls-left');
  });

  it('for columns do not hide that the file is not CSV', async () => {
    for (const content of ['<html><body><table></table></body></html>', '<calls><call/></calls>']) {
      const ended = await made(content, ['--map', 'Дата=DateTime', '--only', 'x=y']);
      expect(ended).toMatchObject({ code: 3, codes: ['file-not-csv'] });
    }
  });
});

describe('legs of a call', () => {
  const legs = [
    FREEPBX,
    cdr('09:12:33', { duration: '15', billsec: '0', disposition: 'NO ANSWER', linkedid: 'a' }),
    cdr('09:12:34', { duration: '15', billsec: '0', disposition: 'NO ANSWER', linkedid: 'a' }),
    cdr('09:13:00', { src: '70123456702', linkedid: 'b' }),
    cdr('09:12:35', { duration: '95', billsec: '80', linkedid: 'a' }),
    '',
  ].join('\n');
  const words = [...preset, '--set', 'ClientId=1481718166123456789'];

  it('become one call in the position of the first leg', async () => {
    const { lines, records, codes } = await made(legs, words);
    expect(lines.slice(1)).toEqual([
      `${FIRST},+70123456701,80,15,0`,
      '1481718166123456789,1795155180,+70123456702,41,17,0',
    ]);
    expect(records).toMatchObject({ total: 4, written: 2, legs: 2, rejected: 0 });
    expect(codes).toContain('legs-joined');
  });

  it('become separate calls with --legs keep, and are reported without a preset', async () => {
    expect((await made(legs, [...words, '--legs', 'keep'])).lines).toHaveLength(5);
    const text = 'ClientId,DateTime,linkedid\n1,1795155153,a\n1,1795155153,a\n';
    expect((await made(text, [])).codes).toContain('legs-left-out');
  });

  it.each([
    ['linkedid', 'a b a'],
    ['call_session_id', 'a b c a'],
    ['ID записи', 'a b b'],
    ['ID звонка', '7 8 7'],
    ['PBX Call ID', '7 8 7'],
    ['uuid', 'a b a'],
    ['ParentCallSid', ' a '],
    ['appeal_id', 'a b a'],
    ['Идентификатор вызова', 'a b a'],
  ])('are reported in any column of keys: %s', async (name, keys) => {
    const rows = keys.split(' ').map((key, at) => `${String(at)},1795155153,${key}\n`);
    const { codes } = await made(`ClientId,DateTime,${name}\n${rows.join('')}`, []);
    expect(codes).toContain('legs-left-out');
  });

  it.each([
    'visitor_session_id',
    'agent id',
    'Caller ID name',
    'client_id',
    'Campaign ID',
    'Site id',
  ])('are not searched for in %s', async (name) => {
    const { codes } = await made(`ClientId,DateTime,${name}\n1,1795155153,a\n2,1795155154,a\n`, []);
    expect(codes).not.toContain('legs-left-out');
  });

  it('that are too far from the first leg are errors that name its line', async () => {
    const others = Array.from({ length: 10_000 }, (_, at) =>
      cdr('09:13:00', { src: '70123456702', linkedid: `other${String(at)}` }),
    );
    const late = cdr('09:14:00', { linkedid: 'a' });
    const near = [legs.trimEnd(), ...others.slice(4), late, ''].join('\n');
    expect((await made(near, words)).codes).not.toContain('legs-too-far');
    const far = [legs.trimEnd(), ...others, late, late, ''].join('\n');
    const { code, document, lines } = await made(far, words);
    expect([code, lines]).toEqual([3, []]);
    const [result] = (JSON.parse(document) as Document).results ?? [];
    const tooFar = result?.validation.findings.filter((one) => one.code === 'legs-too-far');
    expect(tooFar).toMatchObject([
      { line: 10_006, message: expect.stringContaining('call in line 2,') as string },
      { line: 10_007, message: expect.stringContaining('call in line 2,') as string },
    ]);
    const skipped = await made(far, [...words, '--skip-invalid']);
    expect(skipped.records).toMatchObject({ total: 10_006, written: 10_002, legs: 2, rejected: 2 });
  });
});

describe('a column', () => {
  it('of prices shows whether three digits are decimals or a group', async () => {
    const head = 'ClientId;DateTime;Price;Currency\n';
    const prices = async (...cells: string[]): Promise<readonly string[]> => {
      const rows = cells.map((cell, at) => `${String(at + 1)};1795155153;${cell};RUB`);
      const { lines, codes } = await made(`${head}${rows.join('\n')}\n`, []);
      return lines.length === 0 ? codes : lines.slice(1).map((line) => line.split(',')[2] ?? '');
    };
    expect(await prices('1,250', '12,500', '1,250.00')).toEqual(['1250', '12500', '1250.00']);
    expect(await prices('1,250', '12,5')).toEqual(['1.250', '12.5']);
    expect(await prices('1,250')).toEqual(['price-unclear']);
    expect(await prices('1 250 ₽', '5')).toEqual(['1250', '5']);
    expect(await prices('5 $')).toEqual(['price-currency-differs']);
  });

  it('of prices in one currency fills Currency', async () => {
    const text =
      'ClientId;DateTime;Price\n1;1795155153;1 250,50 ₽\n2;1795155154;\n3;1795155155;руб. 7\n';
    expect((await made(text, [])).lines).toEqual([
      'ClientId,DateTime,Price,Currency',
      '1,1795155153,1250.50,RUB',
      '2,1795155154,,',
      '3,1795155155,7,RUB',
    ]);
    const mixed = 'ClientId;DateTime;Price\n1;1795155153;5 ₽\n2;1795155154;5 €\n';
    expect((await made(mixed, [])).codes).toContain('price-currency-differs');
  });

  it('of dates shows their order, and must not contain both orders', async () => {
    const dates = async (...cells: string[]): Promise<Made> =>
      await made(
        `ClientId,When\n${cells.map((cell, at) => `${String(at + 1)},${cell} 10:15`).join('\n')}\n`,
        ['--map', 'When=DateTime', ...MOSCOW],
      );
    const settled = await dates('05/11/2026', '20/11/2026');
    expect(settled.lines.slice(1)).toEqual(['1,1793862900', '2,1795158900']);
    expect(await dates('05/11/2026')).toMatchObject({ code: 3, codes: ['datetime-order-unclear'] });
    const mixed = await dates('11/20/2026', '20/11/2026', '05/11/2026');
    expect(mixed.codes).toContain('datetime-orders-mixed');
    expect(mixed.document).toContain('Line 3 can only be day/month and line 2 only month/day');
  });

  it('is used by its number if two columns have the same name', async () => {
    const text = 'ClientId;DateTime;Phone;Phone\n1;1795155153;+70120000001;+70123456701\n';
    expect((await made(text, ['--map', 'Phone=PhoneNumber'])).codes).toContain('column-twice');
    const second = await made(text, ['--map', 'Phone#2=PhoneNumber']);
    expect(second).toMatchObject({ code: 0, codes: ['column-repeated'] });
    expect(second.lines[1]).toBe('1,1795155153,+70123456701');
    const unused = await made(text, []);
    expect(unused.codes).toEqual(['phones-left-out', 'column-repeated']);
    expect(unused.document).toContain('Phone#2=PhoneNumber');
  });

  it('may be combined from two columns', async () => {
    const text = 'ClientId;Дата;Время\n1;20.11.2026;14:05:10\n';
    expect((await made(text, ['--map', 'Дата=DateTime', ...MOSCOW])).codes).toEqual([
      'datetime-time-missing',
    ]);
    const both = await made(text, ['--map', 'Дата+Время=DateTime', ...MOSCOW]);
    expect(both.lines[1]).toBe('1,1795172710');
  });

  it('of words is read by the rules of --map-value, and no other word is guessed', async () => {
    const text = 'ClientId;DateTime;Статус\n1;1795155153;Взяли\n2;1795155154;Нет ответа\n';
    const map = ['--map', 'Статус=CallMissed', '--map-value'];
    const all = await made(text, [...map, 'CallMissed: взяли=0, Нет ответа=1']);
    expect(all.lines.slice(1)).toEqual(['1,1795155153,0', '2,1795155154,1']);
    expect((await made(text, [...map, 'CallMissed: Взяли=0'])).codes).toEqual(['value-not-listed']);
    const mixed = text.replace('Нет ответа', '1');
    const right = await made(mixed, [...map, 'CallMissed: Взяли=0']);
    expect(right.lines.slice(1)).toEqual(['1,1795155153,0', '2,1795155154,1']);
    const turned = await made(mixed, [...map, 'CallMissed: Взяли=1, 1=0']);
    expect(turned.lines.slice(1)).toEqual(['1,1795155153,1', '2,1795155154,0']);
    const other = await made(text.replace('Нет ответа', 'yes'), [...map, 'CallMissed: Взяли=0']);
    expect(other.codes).toEqual(['value-not-listed']);
  });
});

describe('values', () => {
  it('that are stand-ins become empty, and are counted', async () => {
    const text = 'ClientId,UserId,DateTime,Tag\nNULL,anna,1795155153,NULL\n0,-,1795155154,-\n';
    const { codes, document } = await made(text, ['--unidentified', 'static']);
    expect(codes).toContain('stand-ins-emptied');
    expect(document).toContain('3 cells hold a stand-in');
  });

  it('that a program changed are restored if no digits are lost', async () => {
    const text = `ClientId;DateTime;TalkDuration;CallMissed;PhoneNumber\n1\u00a0481\u00a0718\u00a0166;1795156802.0;1 136;0.0;"=""+70123456701"""\n1481718166123456789.0;1795156802;1;0;\n`;
    const { code, codes, document } = await made(text, []);
    expect([code, codes]).toEqual([3, ['identifier-scientific']]);
    expect(document).toContain('"line": 3');
    const rounded = await made('UserId,DateTime\n1.481718166123457e+18,1795155153\n', []);
    expect([rounded.code, rounded.codes]).toEqual([3, ['identifier-scientific']]);
    const good = await made(text.split('\n').slice(0, 2).join('\n'), []);
    expect(good.lines[1]).toBe('1481718166,1795156802,+70123456701,1136,0');
  });

  it('that the caller withheld become empty, with a note', async () => {
    const content = `${FREEPBX}\n${cdr('09:12:33', { src: 'anonymous', cnum: 'anonymous' })}\n`;
    const { lines, codes } = await made(content, [...preset, '--set', 'ClientId=5']);
    expect(lines[1]).toBe('5,1795155153,,41,17,0');
    expect(codes).toEqual(['numbers-withheld']);
  });
});

describe('a preset', () => {
  it.each(['callibri', 'sipuni'])(
    'suggests the right delimiter if a file of %s has commas',
    async (name) => {
      const header = {
        callibri: 'date,phone,type,duration,billsec,metrika_client_id',
        sipuni: 'Тип,Статус,Время,Откуда,Куда',
      }[name];
      const { code, document } = await made(`${header ?? ''}\n1,2,3,4,5,6\n`, ['--preset', name]);
      expect(code).toBe(2);
      expect(document).toContain('--delimiter comma');
      const { document: other } = await made('date;calls\n1;2\n', ['--preset', name]);
      expect(other).toContain('preset-does-not-fit');
      expect(other).not.toContain('--delimiter');
    },
  );

  it('names the columns that the file lacks, and the columns with similar names', async () => {
    const text = 'Date/Time (UTC),Source,DID\n2026-11-20 06:12:33,70123456701,70120000001\n';
    const { code, codes, document } = await made(text, ['--preset', 'didww']);
    expect([code, codes]).toEqual([2, ['preset-does-not-fit']]);
    expect(document).toContain('Date/Time (UTC)');
    expect(document).toContain('--map');
  });

  it.each([
    'Date/Time Start (UTC),Date/Time Connect (UTC),Date/Time End (UTC),Status,Source Number,Destination DID',
    'Date/Time Start (UTC),Date/Time Connect (UTC),Date/Time End (UTC),Status,Source,Destination DID',
  ])('reads older and newer forms: %s', async (header) => {
    const row =
      '2026-11-20 06:12:33,2026-11-20 06:12:50,2026-11-20 06:13:31,Answered,70123456701,1';
    const words = ['--preset', 'didww', '--default-region', 'RU', '--set', 'UserId=anna'];
    expect((await made(`${header}\n${row}\n`, words)).lines[1]).toBe(
      'anna,1795155153,+70123456701,41,17,0',
    );
  });

  it('sets the order of dates, and allows more columns at the end', async () => {
    const calltouch = 'callerNumber,date,yaClientId\n70123456701,05/11/2026 9:12:33,5\n';
    const words = ['--preset', 'calltouch', ...RUSSIAN];
    expect((await made(calltouch, words)).lines[1]).toBe('5,1793859153,+70123456701');
    const asterisk =
      '"","70123456701","100","ext","a","c","d","Dial","x","2026-11-20 09:12:33","2026-11-20 09:12:50","2026-11-20 09:13:31",58,41,"ANSWERED","D","1.1","","","1.1",1\n';
    expect(
      (await made(asterisk, ['--preset', 'asterisk', ...RUSSIAN, '--set', 'UserId=a'])).lines[1],
    ).toBe('a,1795155153,+70123456701,41,17,0');
  });

  it.each([
    ['megafon', '1,in,70123456701,me,70120000001,2026-11-20 09:12:33,5,00:00:41,', '41,5,0'],
    [
      'freeswitch',
      '"","70123456701","70120000001","x","2026-11-20 09:12:33","","2026-11-20 09:13:31","00:00:58","00:00:41","NORMAL_CLEARING","u","","","",""',
      '41,,0',
    ],
    ['mango', '[];9:12:33;9:13:31;9:12:50;;70123456701;100;;1110;70120000001;;e', undefined],
    [
      'mango',
      '[];2026-11-20 09:12:33;2026-11-20 09:13:31;2026-11-20 09:12:50;;70123456701;100;;1110;70120000001;;e',
      ',,0',
    ],
  ])(
    'of %s does not read an unreadable time as a missing time: %s',
    async (preset, row, values) => {
      const words = ['--preset', preset, ...RUSSIAN, '--set', 'UserId=a'];
      const { lines } = await made(`${row}\n`, words);
      expect(lines[1]?.split(',').slice(3).join(',')).toBe(values);
    },
  );

  it('of DIDWW does not read an unreadable connect time as a missing one', async () => {
    const header =
      'Date/Time Start (UTC),Date/Time Connect (UTC),Date/Time End (UTC),Status,Source,Destination DID';
    const row = '2026-11-20 06:12:33,06:12:50,2026-11-20 06:13:31,Answered,70123456701,1';
    const words = ['--preset', 'didww', '--default-region', 'RU', '--set', 'UserId=anna'];
    expect((await made(`${header}\n${row}\n`, words)).lines[1]).toBe(
      'anna,1795155153,+70123456701,,,0',
    );
  });

  it('sets the delimiter', async () => {
    const many = `[${Array.from({ length: 30 }, (_, at) => `r${String(at)}`).join(',')}];1795068753;1795068811;1795068770;;70123456701;100;;1110;70120000001;;e\n`;
    const words = ['--preset', 'mango', '--default-region', 'RU', '--set', 'UserId=a'];
    expect((await made(many, words)).lines[1]).toBe('a,1795068753,+70123456701,41,17,0');
  });
});

describe('lines above the header', () => {
  const text =
    'Отчет по звонкам;;\nПериод;20.11.2026;\nДата;Телефон;ClientID\n20.11.2026 9:12:33;8 (012) 345-67-01;5\n';
  const words = ['--map', 'Дата=DateTime', '--map', 'Телефон=PhoneNumber', ...RUSSIAN];

  it('are refused, with the option that leaves them out', async () => {
    const { code, codes, document } = await made(text, words);
    expect([code, codes]).toEqual([3, ['header-not-first']]);
    expect(document).toContain('--header-line 3');
    expect((await made(text, [...words, '--header-line', '3'])).lines[1]).toBe(
      '5,1795155153,+70123456701',
    );
  });
});

describe('a joined file', () => {
  const call = `${FREEPBX}\n${cdr('09:12:33', {})}\n`;

  it('may have column names that the recipe maps', async () => {
    const crm = 'Имя;Телефон;ClientID Метрики\nАнна;8 (012) 345-67-01;1481718166123456789\n';
    const unfit = await made(call, preset, crm);
    expect([unfit.code, unfit.codes]).toEqual([2, ['join-unfit']]);
    expect(unfit.document).toContain('Телефон, ClientID Метрики');
    const words = ['--join-map', 'Телефон=PhoneNumber', '--join-map', 'ClientID Метрики=ClientId'];
    const fit = await made(call, [...preset, ...words], crm);
    expect(fit.lines[1]).toBe(`${FIRST},+70123456701,41,17,0`);
    expect((await made(call, [...preset, '--join-map', 'Tel=PhoneNumber'], crm)).codes).toEqual([
      'join-column-unknown',
    ]);
  });

  it('has its own findings, with its own name', async () => {
    const twice = `${CRM}+70123456701,1481718166999999999\n`;
    const { code, codes, lines, document } = await made(call, preset, twice);
    expect(code).toBe(0);
    expect(codes).toContain('join-number-twice');
    expect(lines[1]).toContain('1481718166999999999');
    expect(document).toMatch(/"file": "[^"]*crm\.csv"/);
    const broken = await made(call, preset, 'PhoneNumber;ClientId\n+70123456701\n');
    expect([broken.code, broken.codes]).toEqual([3, ['field-count']]);
  });

  it('is reported with the counts if it matches no call', async () => {
    const words = [...preset, '--unidentified', 'static'];
    const { codes, document } = await made(call, words, 'PhoneNumber;ClientId\n+70123456709;5\n');
    expect(codes).toContain('join-nobody');
    expect(document).toContain('0 of 1 call joined with the 1 number of ');
  });
});

describe('records with errors', () => {
  const text =
    'When,ClientId\n20.11.2026 10:15,1\n20.11.2026,2\nTotal,2\n20.11.2026 10:16,3,x\n20.11.2026 10:17,4\n';
  const words = ['--map', 'When=DateTime', ...MOSCOW];

  it('are left out and written to a file, and can be corrected and converted', async () => {
    const folder = temporaryFolder();
    const rejects = join(folder, 'rejects.csv');
    const kept = [...words, '--skip-invalid', '--rejects', rejects];
    const { code, lines, records } = await made(text, kept);
    expect([code, lines.length]).toEqual([0, 3]);
    expect(records).toMatchObject({ total: 5, written: 2, rejected: 3 });
    expect(readFileSync(rejects, 'utf8')).toBe(
      'RejectReason,When,ClientId\ndatetime-time-missing,20.11.2026,2\ntotals-line,Total,2\nfield-count,20.11.2026 10:16,3,x\n',
    );
    const fixed = 'RejectReason,When,ClientId\ndatetime-time-missing,20.11.2026 12:00,2\n';
    expect((await made(fixed, words)).lines).toEqual(['ClientId,DateTime', '2,1795165200']);
  });

  it('are reported even with -q and in JSON', async () => {
    const path = writeCalls(temporaryFolder(), 'export.csv', text);
    const clock = new FakeClock(NOW);
    const skip = ['convert', path, ...words, '--skip-invalid', '-o', `${path}.out`];
    for (const more of [['-q'], ['--json']]) {
      const { code, stderr } = await runHere([...skip, ...more], { clock });
      expect(code).toBe(0);
      expect(stderr).toBe(`${path}: 3 of 5 records with errors left out (--rejects keeps them)\n`);
    }
  });

  it('of an export without a header are written with a header', async () => {
    const folder = temporaryFolder();
    const rejects = join(folder, 'rejects.csv');
    const line = (time: string): string =>
      `[];${time};1795070423;0;;70123456702;100;;1111;70120000001;;${time}`;
    const mango = ['--preset', 'mango', '--default-region', 'RU', '--set', 'UserId=a'];
    await made(`${line('1795070402')}\n${line('soon')}\n`, [
      ...mango,
      '--skip-invalid',
      '--rejects',
      rejects,
    ]);
    const written = readFileSync(rejects, 'utf8');
    expect(written.split('\n')[0]).toMatch(/^RejectReason;records;start;/);
    const again = await made(written.replaceAll('soon', '1795070403'), mango);
    expect(again.lines[1]).toBe('a,1795070403,+70123456702,0,20,1');
  });

  it('stop the conversion if there are too many; --max-invalid and --rejects need --skip-invalid', async () => {
    const skip = [...words, '--skip-invalid', '--max-invalid'];
    expect((await made(text, [...skip, '2'])).code).toBe(3);
    expect((await made(text, [...skip, '60%'])).code).toBe(0);
    expect((await made(text, [...words, '--max-invalid', '2'])).codes).toEqual([
      'skip-invalid-missing',
    ]);
    expect((await made(text, [...words, '--rejects', 'x'])).codes).toEqual([
      'skip-invalid-missing',
    ]);
  });
});

describe('--format github', () => {
  it('makes annotations of the findings, including those in the joined file', async () => {
    const folder = temporaryFolder();
    const path = writeCalls(folder, 'export.csv', 'When,ClientId\nsoon,1\n');
    const crm = writeCalls(folder, 'crm.csv', 'PhoneNumber;ClientId\n+70123456701\n');
    const words = ['convert', path, '--map', 'When=DateTime', '--join', crm, '--format', 'github'];
    const env = { GITHUB_WORKSPACE: folder };
    const clock = new FakeClock(NOW);
    const { code, stdout } = await runHere([...words, '-o', join(folder, 'x')], { env, clock });
    expect(code).toBe(3);
    expect(stdout).toMatch(/^::error file=export\.csv,line=2,.*datetime-form-unknown/m);
    expect(stdout).toMatch(/^::error file=crm\.csv,line=2,title=field-count/m);
    expect((await runHere(words, { env, clock })).code).toBe(2);
  });
});

describe('every record', () => {
  it('is counted exactly once, whatever it contains', async () => {
    const cells = {
      id: fc.constantFrom('1', '', 'x', 'NULL'),
      time: fc.constantFrom('1795155153', '20.11.2026', 'soon', ''),
      kind: fc.constantFrom('in', 'out', 'x'),
      leg: fc.constantFrom('', 'a', 'b'),
    };
    const record = fc
      .record(cells)
      .map(({ id, time, kind, leg }) => `${id},${time},${kind},${leg}`);
    const line = fc.oneof(
      { weight: 8, arbitrary: record },
      fc.constantFrom('Total,5', '1,2,3,4,5,6', '"open', ''),
    );
    const rules = fc.record({
      only: fc.constantFrom([], ['kind=in,out']),
      skip: fc.constantFrom([], ['kind=out']),
      unidentified: fc.constantFrom('error' as const, 'static' as const, 'skip' as const),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 30 }), rules, async (lines, saved) => {
        const text = `ClientId,DateTime,kind,leg\n${lines.join('\n')}\n`;
        const open = async function* (): AsyncIterable<Uint8Array> {
          yield await Promise.resolve(Buffer.from(text));
        };
        const recipe = recipeOf(saved);
        const joining = {
          ...recipe,
          preset: {
            name: 'test',
            system: 'test',
            source: 'test',
            needed: [],
            fields: {
              ClientId: (cell: (column: string) => string) => cell('ClientId'),
              DateTime: (cell: (column: string) => string) => cell('DateTime'),
            },
            legOf: (cell: (column: string) => string) => cell('leg'),
          },
        };
        const kept: number[] = [];
        const { account, text: written } = await converted(open, joining, {
          now: NOW / 1000,
          maxFindings: 20,
          showValues: false,
          invalidRecords: {
            wantsBytes: true,
            begin: () => undefined,
            take: (number) => {
              kept.push(number);
            },
          },
        });
        const { records, written: calls, legs, rejected, leftOut } = account;
        const left = Object.values(leftOut).reduce((all, one) => all + one, 0);
        expect(calls + legs + rejected + left).toBe(records);
        expect(Math.max(0, written.trimEnd().split('\n').length - 1)).toBe(calls);
        expect(new Set(kept).size).toBe(kept.length);
        expect(kept.length).toBeGreaterThanOrEqual(rejected);
      }),
      runs(300),
    );
  });
});
