import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { recently, writeCalls } from '../support/calls.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { run, temporaryFolder } from '../support/run.ts';
import { answerJson, onlyPart, TestService } from '../support/test-service.ts';

const env = { METRIKA_TOKEN: 'y0_some_token_0123456789' };
const TIME = recently();

/** Returns a time in Moscow, as people write it. */
function written(seconds: number): string {
  return new Date((seconds + 3 * 3600) * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

const EXPORT = [
  'Дата звонка;Телефон;ClientID Метрики;Сумма;Менеджер',
  `${written(TIME)};8 916 123-45-67;1633024800123456789;1250,50;Анна`,
  `${written(TIME - 60)};8 916 123;1633024800123456790;10,50;"Пётр; младший"`,
  `${written(TIME - 90)};8 916 123-45-69;1633024800123456791;;Анна`,
  '',
].join('\n');

const AS_CALLS = [
  'ClientId,DateTime,Price,Currency,PhoneNumber',
  `1633024800123456789,${String(TIME)},1250.50,RUB,+79161234567`,
  `1633024800123456791,${String(TIME - 90)},,RUB,+79161234569`,
  '',
].join('\n');

const ZONE = ['--timezone', 'Europe/Moscow', '--default-region', 'RU', '--set', 'Currency=RUB'];

function folderWith(files: Readonly<Record<string, string>> = {}): string {
  const folder = temporaryFolder();
  writeCalls(folder, 'export.csv', EXPORT);
  for (const [name, text] of Object.entries(files)) writeCalls(folder, name, text);
  return folder;
}

describe('a header of another system', () => {
  it('is one finding, with a command that works', async () => {
    const folder = folderWith();
    for (const command of ['validate', 'convert']) {
      const ended = await run([command, 'export.csv'], { cwd: folder });
      expect(ended.code).toBe(3);
      const said = ended.stdout + ended.stderr;
      expect(said).toContain('1 error');
      expect(said).toContain('header-foreign');
      const [, line = ''] = /metrika-calls (convert export\.csv .*)$/m.exec(said) ?? [];
      const words = [...line.trim().split(' '), '--skip-invalid', '--set', 'Currency=RUB'];
      const asking = await run(words.slice(0, -3), { cwd: folder });
      expect(asking.code).toBe(3);
      expect(asking.stderr).toContain('--timezone');
      expect(asking.stderr).toContain('--default-region');
      const converted = await run([...words, ...ZONE], { cwd: folder });
      expect(converted.code, converted.stderr).toBe(0);
      expect(readFileSync(`${folder}/converted.csv`, 'utf8')).toBe(AS_CALLS);
    }
  });

  it('is not reported for a file of calls with one more column', async () => {
    const folder = folderWith({ 'calls.csv': `ClientId,DateTime,Телефон\n1,${String(TIME)},5\n` });
    const ended = await run(['validate', 'calls.csv'], { cwd: folder });
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain('--map "Телефон=PhoneNumber"');
  });
});

describe('convert --auto', () => {
  it('uses the columns whose headings are clear, and lists them', async () => {
    const folder = folderWith();
    const ended = await run(['convert', 'export.csv', '--auto', ...ZONE, '--skip-invalid'], {
      cwd: folder,
    });
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stdout).toBe(AS_CALLS);
    expect(ended.stderr).toContain('taken from the headings: Дата звонка → DateTime');
    const words = ['--json', '-o', 'calls.csv', '--skip-invalid'];
    const json = await run(['convert', 'export.csv', '--auto', ...ZONE, ...words], { cwd: folder });
    const { results } = JSON.parse(json.stdout) as { results: Record<string, unknown>[] };
    expect(results[0]?.['taken_columns']).toMatchObject({ Телефон: 'PhoneNumber' });
  });

  it('refuses an ambiguous column, prints the possible answers, and accepts an answer', async () => {
    const two = EXPORT.replace('Менеджер', 'Телефон клиента').replaceAll('Анна', '+79161234570');
    const folder = folderWith({ 'two.csv': two });
    const words = ['convert', 'two.csv', '--auto', ...ZONE, '--skip-invalid'];
    const refused = await run(words, { cwd: folder });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('--map "Телефон=PhoneNumber"');
    const named = await run([...words, '--map', 'Телефон=PhoneNumber'], { cwd: folder });
    expect(named.code, named.stderr).toBe(0);
    const left = await run([...words, '--map', 'Телефон клиента=-'], { cwd: folder });
    expect(left.stdout).toBe(AS_CALLS);
    expect(left.stderr).not.toContain('ignored columns');
  });

  it('asks about a word near the end of the export, with its count, and writes nothing', async () => {
    const row = (type: string): string => `2026-11-20 09:12:33;+79161234567;${type}\n`;
    const content = `Дата звонка;Телефон;Тип звонка\n${row('Входящий').repeat(700)}${row('Прочее').repeat(2)}`;
    const folder = folderWith({ 'long.csv': content });
    const words = ['convert', 'long.csv', '--auto', ...ZONE, '--unidentified', 'static'];
    const asked = await run([...words, '-o', 'calls.csv'], { cwd: folder });
    expect(asked.code).toBe(2);
    expect(asked.stderr).toMatch(/"Входящий"\s\(700\),\s"Прочее"\s\(2\)/);
    expect(existsSync(`${folder}/calls.csv`)).toBe(false);
    const skipped = await run([...words, '--skip', 'Тип звонка=Прочее'], { cwd: folder });
    expect(skipped.code, skipped.stderr).toBe(0);
  });

  it('accepts the meanings of words, in the forms that it prints', async () => {
    const row = (type: string): string => `2026-11-20 09:12:33;+79161234567;${type}\n`;
    const words = ['Входящий', 'Перевод, ответ', 'Прочее', 'a=b'];
    const header = 'Дата звонка;Телефон;Контакт: тип';
    const content = `${header}\n${words.map(row).join('')}`;
    const folder = folderWith({ 'words.csv': content });
    const options = ['convert', 'words.csv', '--auto', ...ZONE, '--unidentified', 'static'];
    const type = 'Контакт: тип: Входящий=in, Перевод, ответ=in, Прочее=out, a=b=internal';
    const ended = await run([...options, '--map-value', type], { cwd: folder });
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stdout.trimEnd().split('\n')).toHaveLength(3);
    const divided = ['Входящий=in, Перевод, ответ=in', 'Прочее=out', 'a=b=internal'];
    const more = divided.flatMap((pair) => ['--map-value', `Контакт: тип: ${pair}`]);
    expect((await run([...options, ...more], { cwd: folder })).stdout).toBe(ended.stdout);
    const wrong = await run([...options, '--map-value', 'Контакт: тип: Входящий=incoming'], {
      cwd: folder,
    });
    expect([wrong.code, wrong.stdout]).toEqual([2, '']);
  });

  it('swaps yes and no in a column of answered calls, and never reads it as missed calls', async () => {
    const row = (answered: string, at: number): string =>
      `2026-11-20 09:12:3${String(at)};+7916123456${String(at)};${answered}\n`;
    const content = `Дата звонка;Телефон;Отвечен\n${['да', 'нет', 'Да'].map(row).join('')}`;
    const folder = folderWith({ 'yes.csv': content });
    const options = ['convert', 'yes.csv', ...ZONE, '--unidentified', 'static'];
    const auto = await run([...options, '--auto', '--save-mapping', 'yes.json'], { cwd: folder });
    expect(auto.code, auto.stderr).toBe(0);
    const missed = auto.stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(',').at(-1));
    expect(missed).toEqual(['CallMissed', '0', '1', '0']);
    const again = await run([...options, '--mapping', 'yes.json'], { cwd: folder });
    expect(again.stdout).toBe(auto.stdout);
    const columns = ['Дата звонка=DateTime', 'Телефон=PhoneNumber', 'Отвечен=CallMissed'];
    const map = columns.flatMap((one) => ['--map', one]);
    const plain = await run([...options, ...map], { cwd: folder });
    expect(plain.code).toBe(3);
    expect(plain.stderr).toContain('value-not-listed');
    const words = ['--map-value', 'CallMissed: да=0, нет=1'];
    const said = await run([...options, ...map, ...words], { cwd: folder });
    expect(said.stdout).toBe(auto.stdout);
  });

  it('asks about columns and words at the same time', async () => {
    const content =
      'begin;Телефон;call_direction\n2026-11-20 09:12:33;+79161234567;1\n2026-11-20 09:12:33;+79161234567;2\n';
    const folder = folderWith({ 'two.csv': content });
    const words = ['convert', 'two.csv', '--auto', ...ZONE, '--unidentified', 'static'];
    const { code, stderr } = await run(words, { cwd: folder });
    expect(code).toBe(2);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(
      '--map begin=DateTime --skip "call_direction=1,2"',
    );
  });

  it('never guesses a zone or a country, but asks for them', async () => {
    const ended = await run(['convert', 'export.csv', '--auto'], { cwd: folderWith() });
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain('--timezone');
    expect(ended.stderr).toContain('--default-region');
  });

  it('reads times in UTC if the heading says so', async () => {
    const utc = 'start_time_utc,phone\n2026-11-20 09:12:33,+79123456701\n';
    const folder = folderWith({ 'utc.csv': utc });
    const words = ['convert', 'utc.csv', '--auto', '--unidentified', 'static'];
    const ended = await run(words, { cwd: folder });
    expect(ended.stdout).toContain(String(Date.UTC(2026, 10, 20, 9, 12, 33) / 1000));
    const other = await run([...words, '--timezone', 'Europe/Moscow'], { cwd: folder });
    expect(other.code).toBe(2);
    expect(other.stderr).toContain('--timezone UTC');
    const named = await run(['validate', 'utc.csv'], { cwd: folder });
    expect(named.stdout).toContain('--auto --timezone UTC');
  });

  it('uses one of two columns with the same name, and leaves out the other', async () => {
    const folder = folderWith({ 'twice.csv': EXPORT.replace('Менеджер', 'Телефон') });
    const words = ['convert', 'twice.csv', '--auto', ...ZONE, '--skip-invalid'];
    const ended = await run([...words, '--map', 'Телефон#2=-'], { cwd: folder });
    expect(ended.stdout, ended.stderr).toBe(AS_CALLS);
  });

  it('prints a command that is safe in every shell', async () => {
    const heading = 'Телефон $(touch x)';
    const two = EXPORT.replace('Телефон', heading).replace('Менеджер', 'Телефон `id`');
    const folder = folderWith({ 'two.csv': two.replaceAll('Анна', '+79161234570') });
    const words = ['--map', `${heading}=PhoneNumber`, '--map', 'Телефон `id`=PhoneNumber'];
    const ended = await run(['convert', 'two.csv', ...words, ...ZONE], { cwd: folder });
    expect(ended.stdout + ended.stderr).not.toMatch(/"[^"]*(?:\$\(|`)/);
    const calls = `ClientId,DateTime,${heading}\n1,${String(TIME)},5\n`;
    writeCalls(folder, 'calls.csv', calls);
    const checked = await run(['validate', 'calls.csv'], { cwd: folder });
    expect(checked.stdout).toContain(`--map '${heading}=NAME'`);
  });

  it('reports the line number of the headings if other lines come before them', async () => {
    const folder = folderWith({ 'titled.csv': `Отчёт;за ноябрь\n\n${EXPORT}` });
    const words = ['convert', 'titled.csv', '--auto', ...ZONE, '--skip-invalid'];
    const ended = await run(words, { cwd: folder });
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain('--header-line 3');
    expect((await run([...words, '--header-line', '3'], { cwd: folder })).stdout).toBe(AS_CALLS);
  });
});

describe('--preset and --timezone of upload, validate and inspect', () => {
  const UIS =
    'start_time,direction,contact_phone_number,talk_duration,is_lost,ym_client_id\n' +
    '2026-11-20 09:12:33,in,+79161234567,41,false,1633024800123456789\n' +
    '2026-11-20 09:32:33,out,+79161234568,60,false,1633024800123456790\n';

  it('send an export of a known system with one command', async () => {
    const words = ['--preset', 'uis', '--timezone', 'Europe/Moscow'];
    const sent = await run(['upload', '--sandbox', '--json', ...words, '-'], { input: UIS });
    expect(sent.code, sent.stderr).toBe(0);
    expect(JSON.parse(sent.stdout)).toMatchObject({ results: [{ rows: 1 }] });
    const folder = folderWith({ 'uis.csv': UIS });
    const checked = await run(['validate', '--json', ...words, 'uis.csv'], { cwd: folder });
    expect(checked.code, checked.stderr).toBe(0);
    const inspected = await run(['inspect', '--json', ...words, 'uis.csv'], { cwd: folder });
    expect(JSON.parse(inspected.stdout)).toMatchObject({ rows: 1, missed: 0, errors: 0 });
    const unzoned = await run(['validate', '--preset', 'uis', 'uis.csv'], { cwd: folder });
    expect(unzoned.code).toBe(3);
    expect((await run(['validate', '--preset', 'klingon', 'uis.csv'], { cwd: folder })).code).toBe(
      2,
    );
  });

  it('read written times in a file with the columns of a call', async () => {
    const content = 'ClientId,DateTime\n1,2026-11-20 09:12:33\n';
    const folder = folderWith({ 'calls.csv': content });
    expect((await run(['validate', 'calls.csv'], { cwd: folder })).code).toBe(3);
    const words = ['calls.csv', '--timezone', 'Europe/Moscow'];
    const zoned = await run(['validate', ...words], { cwd: folder });
    expect(zoned.code, zoned.stdout).toBe(0);
    const sent = await run(['upload', '--sandbox', ...words], { cwd: folder });
    expect(sent.code, sent.stderr).toBe(0);
  });

  it('are in the suggested command if an export has no calls', async () => {
    const folder = folderWith({ 'uis.csv': UIS.replaceAll(/2026-11-20 \S+/g, 'soon') });
    const ended = await run(['inspect', '--preset', 'uis', 'uis.csv'], { cwd: folder });
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain('validate --preset uis');
  });
});

describe('--save-mapping', () => {
  it('writes a recipe that makes the same calls, and fits its schema', async () => {
    const folder = folderWith();
    const words = ['--auto', ...ZONE, '--skip-invalid', '--save-mapping', 'recipe.json'];
    const first = await run(['convert', 'export.csv', ...words], { cwd: folder });
    expect(first.code, first.stderr).toBe(0);
    const saved: unknown = JSON.parse(readFileSync(`${folder}/recipe.json`, 'utf8'));
    const schema = JSON.parse(readFileSync('schemas/recipe.json', 'utf8')) as object;
    expect(new Ajv().validate(schema, saved)).toBe(true);
    const again = ['convert', 'export.csv', '--mapping', 'recipe.json', '--skip-invalid'];
    expect((await run(again, { cwd: folder })).stdout).toBe(AS_CALLS);
    const over = await run([...again, '--save-mapping', 'recipe.json'], { cwd: folder });
    expect(over.code).toBe(2);
    const both = ['--save-mapping', 'new.csv', '-o', './new.csv'];
    expect((await run([...again, ...both], { cwd: folder })).code).toBe(2);
    expect(existsSync(`${folder}/new.csv`)).toBe(false);
  });

  it('leaves no file if the options do not fit the export', async () => {
    const folder = folderWith();
    const words = ['--map', 'Нет=DateTime', '--save-mapping', 'recipe.json'];
    expect((await run(['convert', 'export.csv', ...words], { cwd: folder })).code).toBe(2);
    expect(existsSync(`${folder}/recipe.json`)).toBe(false);
  });
});

const RECIPE = JSON.stringify({
  columns: {
    'Дата звонка': 'DateTime',
    Телефон: 'PhoneNumber',
    'ClientID Метрики': 'ClientId',
    Сумма: 'Price',
  },
  set: { Currency: 'RUB' },
  timezone: 'Europe/Moscow',
  defaultRegion: 'RU',
});

describe('--mapping', () => {
  it('sends an export with one command, and reports lines and columns of the export', async () => {
    const service = await TestService.start((_, response) => {
      answerJson(response, 200, '{"uploading":{"id":1,"status":"UPLOADED"}}');
    });
    const folder = folderWith({ 'recipe.json': RECIPE });
    const words = ['--mapping', 'recipe.json', '--skip-invalid', '--rejects', 'rejects.csv'];
    const ended = await run(['upload', '--json', ...service.target, ...words, 'export.csv'], {
      env,
      cwd: folder,
    });
    expect(ended.code, ended.stdout).toBe(0);
    const { results } = JSON.parse(ended.stdout) as {
      results: (Record<string, unknown> & { validation: { findings: unknown[] } })[];
    };
    expect(results[0]).toMatchObject({
      conversions: ['mapping'],
      rows: 3,
      rejected_rows: 1,
      rejects: 'rejects.csv',
    });
    expect(results[0]?.validation.findings).toContainEqual(
      expect.objectContaining({ code: 'phone-invalid', line: 3 }),
    );
    const [post] = service.posts();
    if (post === undefined) throw new Error('no request came');
    const part = onlyPart(post);
    expect(part.content.toString()).toBe(AS_CALLS);
    expect(part.headers).toContain('filename="export.csv"');
    expect(readFileSync(`${folder}/rejects.csv`, 'utf8')).toBe(
      `RejectReason;Дата звонка;Телефон;ClientID Метрики;Сумма;Менеджер\nphone-invalid;${written(TIME - 60)};8 916 123;1633024800123456790;10,50;"Пётр; младший"\n`,
    );
  });

  it('makes the same check in validate, and prevents sending if there are errors', async () => {
    const folder = folderWith({ 'recipe.json': RECIPE });
    const words = ['--mapping', 'recipe.json', 'export.csv'];
    const checked = await run(['validate', ...words], { cwd: folder });
    expect(checked.code).toBe(3);
    expect(checked.stdout).toContain('line 3');
    const sent = await run(['upload', '--sandbox', ...words], { cwd: folder });
    expect(sent.code).toBe(3);
    const refused = await run(['validate', '--no-convert', ...words], { cwd: folder });
    expect(refused.code).toBe(2);
    const missing = await run(['validate', '--mapping', 'none.json', 'export.csv'], {
      cwd: folder,
    });
    expect(missing.code).toBe(2);
  });

  it('converts nothing with --no-convert, whatever option asks for it', async () => {
    const written = new Date((TIME + 3 * 3600) * 1000).toISOString().slice(0, 19);
    const folder = folderWith({
      'written.csv': `ClientId,DateTime\n1633024800123456789,${written.replace('T', ' ')}\n`,
      'calls.csv': `ClientId,DateTime\n1633024800123456789,${String(TIME)}\n`,
    });
    for (const command of [['validate'], ['upload', '--sandbox']]) {
      const words = [...command, '--no-convert', '--json'];
      const ended = async (...more: string[]): Promise<readonly [number | null, string]> => {
        const { code, stdout } = await run([...words, ...more], { cwd: folder });
        return [code, stdout];
      };
      const [code, out] = await ended('--timezone', 'Europe/Moscow', 'written.csv');
      expect(code).toBe(3);
      expect(out).toContain('datetime-written');
      const [passed, whole] = await ended('--timezone', 'Europe/Moscow', 'calls.csv');
      expect(passed).toBe(0);
      expect(whole).not.toContain('"mapping"');
      expect((await ended('--timezone', 'Europe/Nowhere', 'calls.csv'))[0]).toBe(2);
      const [refused, why] = await ended('--preset', 'uis', 'export.csv');
      expect(refused).toBe(2);
      expect(why).toContain('mapping-not-wanted');
      expect(why).toContain('--preset');
    }
  });

  it.each([
    ['misspelled', 'ClientId,DateTime,Prise,Curency', '150,RUB', 2],
    ['of conversions', 'ClientId,DateTime,Target,PurchaseId', 'lead,7', 2],
    ['without a name', 'ClientId,DateTime,,Tag', '150,a', 1],
  ])('loses no column that is %s from a finished file of calls', async (_, names, cells, count) => {
    const folder = folderWith({
      'zone.json': '{"timezone":"UTC"}',
      'calls.csv': `${names}\n1633024800123456789,${String(TIME)},${cells}\n`,
    });
    const findings = async (...words: string[]): Promise<unknown> => {
      const ended = await run(['validate', '--strict', '--json', ...words, 'calls.csv'], {
        cwd: folder,
      });
      expect(ended.code).toBe(3);
      const { results } = JSON.parse(ended.stdout) as {
        results: { validation: { warnings: number; findings: unknown[] } }[];
      };
      expect(results[0]?.validation.warnings).toBe(count);
      return results[0]?.validation.findings;
    };
    const plain = await findings();
    expect(await findings('--timezone', 'UTC')).toEqual(plain);
    expect(await findings('--mapping', 'zone.json')).toEqual(plain);
    const sent = await run(['upload', '--sandbox', '--strict', '--timezone', 'UTC', 'calls.csv'], {
      cwd: folder,
    });
    expect(sent.code).toBe(3);
  });

  it('does not warn of columns that a recipe explains or leaves out', async () => {
    const folder = folderWith({
      'recipe.json': '{"timezone":"UTC","columns":{"Line":"-","Sum":"Price"}}',
      'left.json': '{"timezone":"UTC","columns":{"Line":"-"}}',
      'calls.csv': `ClientId,DateTime,Line,Sum\n1633024800123456789,${String(TIME)},a,\n`,
    });
    const words = ['validate', '--strict', 'calls.csv', '--mapping'];
    const explained = await run([...words, 'recipe.json'], { cwd: folder });
    expect(explained.code, explained.stdout).toBe(0);
    const left = await run([...words, 'left.json'], { cwd: folder });
    expect(left.code).toBe(3);
    expect(left.stdout).toContain('Sum');
    expect(left.stdout).not.toContain('Line');
  });

  it('counts all calls of an export, including those with errors that are left out', async () => {
    const folder = folderWith({ 'recipe.json': RECIPE });
    const words = ['--sandbox', '--mapping', 'recipe.json', '--skip-invalid', 'export.csv'];
    const ended = await run(['upload', ...words], { cwd: folder });
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stderr).toContain('sending 2 of 3 calls; 1 with errors left out');
  });

  it('reads corrected records, even if other lines preceded the original header', async () => {
    const recipe = JSON.stringify({ ...(JSON.parse(RECIPE) as object), headerLine: 3 });
    const folder = folderWith({ 'recipe.json': recipe, 'titled.csv': `Отчёт\n\n${EXPORT}` });
    const rejects = ['--skip-invalid', '--rejects', 'rejects.csv', '-o', 'first.csv'];
    const words = ['convert', '--mapping', 'recipe.json'];
    const first = await run([...words, ...rejects, 'titled.csv'], { cwd: folder });
    expect(first.code, first.stderr).toBe(0);
    const corrected = readFileSync(`${folder}/rejects.csv`, 'utf8').replace(
      ';8 916 123;',
      ';8 916 123-45-68;',
    );
    writeCalls(folder, 'rejects.csv', corrected);
    const second = await run([...words, 'rejects.csv'], { cwd: folder });
    expect(second.stdout, second.stderr).toContain('1633024800123456790');
  });

  it('leaves out lines of totals by a rule', async () => {
    const totals = `${EXPORT}Итого;;;1260,50;\n`;
    const folder = folderWith({ 'recipe.json': RECIPE, 'totals.csv': totals });
    const words = ['convert', '--mapping', 'recipe.json', '--skip', 'Дата звонка=Итого'];
    const rejects = ['--skip-invalid', '--rejects', 'rejects.csv'];
    const ended = await run([...words, ...rejects, 'totals.csv'], { cwd: folder });
    expect(ended.stdout, ended.stderr).toBe(AS_CALLS);
    expect(readFileSync(`${folder}/rejects.csv`, 'utf8')).not.toContain('Итого');
  });

  it('shows the calls of an export in inspect, and reports left-out records', async () => {
    const folder = folderWith({ 'recipe.json': RECIPE, 'empty.csv': 'Дата звонка;Телефон\nx;y\n' });
    const ended = await run(['inspect', '--json', '--mapping', 'recipe.json', 'export.csv'], {
      cwd: folder,
    });
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.stdout)).toMatchObject({ rows: 2 });
    expect(ended.stderr).toContain('1 of 3 records with errors left out');
    const bad = { columns: { 'Дата звонка': 'DateTime', Телефон: 'ClientId' } };
    writeCalls(folder, 'bad.json', JSON.stringify(bad));
    const none = await run(['inspect', '--mapping', 'bad.json', 'empty.csv'], { cwd: folder });
    expect(none.code).toBe(3);
    expect(none.stderr).toContain('validate --mapping bad.json');
  });

  it('splits a file, skips existing uploads, and reads a workbook', async () => {
    const folder = folderWith({ 'recipe.json': RECIPE });
    writeCalls(folder, 'звонки.xlsx', readFileSync('fixtures/exports/звонки.xlsx'));
    const words = ['--sandbox', '--mapping', 'recipe.json', '--skip-existing', '--wait'];
    const clock = new FakeClock(Date.now());
    const ended = await run(['upload', '--json', ...words, 'звонки.xlsx'], { cwd: folder, clock });
    expect(ended.code, ended.stdout + ended.stderr).toBe(0);
    expect(JSON.parse(ended.stdout)).toMatchObject({ results: [{ rows: 3 }] });
    const dry = await run(['upload', '--dry-run', ...words.slice(0, 3), 'звонки.xlsx'], {
      cwd: folder,
    });
    expect(dry.code).toBe(0);
  });
});

describe('the three commands of the README for an analyst', () => {
  it.each(['README.md', 'README.ru.md'])(
    'in %s lead from a workbook to an upload',
    async (page) => {
      const lines = readFileSync(page, 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('metrika-calls') && line.includes('звонки.xlsx'));
      expect(lines).toHaveLength(3);
      const folder = temporaryFolder();
      writeCalls(folder, 'звонки.xlsx', readFileSync('fixtures/exports/звонки.xlsx'));
      for (const line of lines) {
        const words = line
          .replace(/--counter \d+ --token-file \S+/, '--sandbox')
          .split(' ')
          .slice(1);
        const ended = await run(words, { cwd: folder });
        expect(ended.code, `${line}: ${ended.stderr}`).toBe(0);
        if (words[0] === 'upload') expect(ended.stdout + ended.stderr).toContain('uploaded as');
      }
    },
  );
});
