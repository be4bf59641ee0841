import { describe, expect, it } from 'vitest';
import { writeCalls } from '../support/calls.ts';
import { convert } from '../support/convert-here.ts';
import { temporaryFolder } from '../support/run.ts';
import { runHere } from '../support/run-here.ts';

const WORDS = ['--timezone', 'Europe/Moscow', '--default-region', 'RU'];

const MAPPED = ['--map', 'Дата звонка=DateTime', '--map', 'Телефон=PhoneNumber', ...WORDS];

describe('column names below the first line', () => {
  const report = 'Отчет по звонкам;;\nПериод: 20.11.2026;;\n';
  const names = 'Дата звонка;Телефон;ClientID\n';
  const row = '20.11.2026 9:12:33;8 (012) 345-67-01;1481718166123456789\n';

  it.each([
    ['a title of as many fields', `${report}${names}${row}`, 3],
    ['a title without delimiters', `Отчет по звонкам\n${names}${row}`, 2],
    [
      'parameters',
      'Parameters:TimeZone=Europe/Moscow\nДата звонка,Телефон,Value\n2026-11-20,+70123456701,1\n',
      2,
    ],
  ])('are the only finding below %s, in convert and validate', async (_, content, line) => {
    const only = { code: 3, errors: [`header-not-first ${String(line)}`] };
    expect(await convert(content, MAPPED)).toEqual(only);
    const path = writeCalls(temporaryFolder(), 'export.csv', content);
    const { code, stdout } = await runHere(['validate', path]);
    expect(code).toBe(3);
    expect(stdout).toContain('1 error, no warnings');
    expect(stdout).toContain(`line ${String(line)}`);
  });

  it('are not searched for if the first line has some', async () => {
    const content = `Дата звонка;;\n${row}`;
    const { errors } = await convert(content, ['--map', 'Дата звонка=DateTime', ...WORDS]);
    expect(errors.join()).not.toContain('header-not-first');
  });

  it.each([
    ['a known word with its value', 'Account,555-0101'],
    ['a known word with a word', 'Direction,Incoming'],
  ])('are found below %s, with --auto too', async (_, title) => {
    const rows = '11/25/2026 9:12:33 AM,(212) 555-0101,41\n';
    const content = `${title}\nStart Time,Caller Number,Duration\n${rows}`;
    const words = ['--auto', '--timezone', 'America/New_York', '--default-region', 'US'];
    expect(await convert(content, words)).toEqual({ code: 3, errors: ['header-not-first 2'] });
    const path = writeCalls(temporaryFolder(), 'export.csv', content);
    expect((await runHere(['validate', path])).stdout).toMatch(/header-not-first.*line 2/);
  });

  it('without any known name are no record with a field too many', async () => {
    const { errors } = await convert('page,calls\n1,x\n2,y\n', ['--auto']);
    expect(errors.map((error) => error.split(' ')[0])).toEqual([
      'identifier-column-missing',
      'datetime-column-missing',
    ]);
  });

  it('are not confused with the words of calls', async () => {
    const names = 'Call Time,Call ID,From,To,Direction,Status,Ringing,Talking';
    const content = `${names}\n2026-11-20T09:12:33,1,101,102,Internal,Answered,0:05,0:10\n`;
    const path = writeCalls(temporaryFolder(), 'export.csv', content);
    expect((await runHere(['validate', path])).stdout).not.toContain('header-not-first');
    const { errors } = await convert(content, ['--map', 'Call Time=DateTime', ...WORDS]);
    expect(errors.join()).not.toContain('header-not-first');
  });

  it('are listed if the recipe names a column that does not exist', async () => {
    const path = writeCalls(temporaryFolder(), 'export.csv', `Дата звонка;Телефон\n${row}`);
    const { code, stderr } = await runHere(['convert', path, '--map', 'Nothing=DateTime']);
    expect(code).toBe(2);
    expect(stderr).toContain('Дата звонка, Телефон');
  });
});
