import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { writeCalls } from '../support/calls.ts';
import { ANSWERS, EXPORT, folderWithExport, RECIPE } from '../support/init.ts';
import { run, temporaryFolder } from '../support/run.ts';

describe('init without a terminal', () => {
  it('reads its answers from options, one for each question', async () => {
    const folder = folderWithExport();
    let words: string[] = [];
    const asked: string[] = [];
    for (;;) {
      const ended = await run(['init', 'export.csv', ...words], { cwd: folder });
      if (ended.code === 0) break;
      expect(ended.code, ended.stderr).toBe(2);
      const [, option = ''] = /for example: (.*)$/m.exec(ended.stderr) ?? [];
      asked.push(option);
      words = [
        ...words,
        ...(option.match(/"[^"]*"|\S+/g) ?? []).map((one) => one.replaceAll('"', '')),
      ];
      if (asked.length > 8) break;
    }
    expect(asked).toEqual([
      '--timezone Europe/Moscow',
      '--default-region RU',
      '--set Currency=RUB',
      '--unidentified static',
    ]);
    expect(JSON.parse(readFileSync(`${folder}/recipe.json`, 'utf8'))).toEqual(RECIPE);
  });

  it('prints commands that work, and never overwrites a recipe without a question', async () => {
    const folder = folderWithExport();
    const ended = await run(['init', 'export.csv', ...ANSWERS, '--counter', '7'], { cwd: folder });
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stderr).toContain('→ 1795155153');
    expect(ended.stderr).not.toContain('916 123-45-67');
    const [validate, upload] = ended.stdout
      .split('\n')
      .filter((line) => line.startsWith('metrika-calls'));
    expect(upload).toBe(
      'metrika-calls upload --counter 7 --mapping recipe.json --token-file token.txt export.csv',
    );
    const words = validate?.split(' ').slice(1) ?? [];
    expect((await run(words, { cwd: folder })).code).toBe(0);
    writeCalls(folder, 'token.txt', 'y0_AgAAAABexample\n');
    const sent = await run([...(upload?.split(' ').slice(1) ?? []), '--dry-run'], { cwd: folder });
    expect(sent.code, sent.stderr).toBe(0);
    const again = await run(['init', 'export.csv', ...ANSWERS], { cwd: folder });
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('--save-mapping');
    const atOnce = await run(['init', 'export.csv'], { cwd: folder });
    expect(atOnce.stderr).toContain('--save-mapping');
    const other = await run(['init', 'export.csv', ...ANSWERS, '--save-mapping', 'recipe.json'], {
      cwd: folder,
    });
    expect(other.code).toBe(0);
  });

  it('prints no line for cron if records have errors', async () => {
    const folder = folderWithExport();
    writeCalls(
      folder,
      'export.csv',
      `${EXPORT}soon;09:12;8 916 123-45-67;;;1633024800123456789;\n`,
    );
    const ended = await run(['init', 'export.csv', ...ANSWERS], { cwd: folder });
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stderr).toContain('1 of 4 records have errors');
    expect(ended.stdout).not.toContain('15 3 * * *');
    const [validate, upload] = ended.stdout.split('\n').filter((line) => line.includes('mapping'));
    expect((await run(validate?.split(' ').slice(1) ?? [], { cwd: folder })).code).toBe(3);
    writeCalls(folder, 'token.txt', 'y0_AgAAAABexample\n');
    const sent = await run([...(upload?.split(' ').slice(1) ?? []), '--dry-run'], { cwd: folder });
    expect(sent.code, sent.stderr).toBe(0);
    const json = ['--json', '--save-mapping', 'recipe.json'];
    const document = await run(['init', 'export.csv', ...ANSWERS, ...json], { cwd: folder });
    expect(JSON.parse(document.stdout)).toMatchObject({ commands: { cron: [], ci: [] } });
  });

  it('names an option for each question that the file does not answer', async () => {
    const folder = temporaryFolder();
    const header = 'Дата звонка;Телефон;Номер Б;Тип звонка;Статус звонка;Цена;Длительность';
    const rows = [
      '20.11.2026 09:12:33;8 916 123-45-67;84950000099;Входящий;Взяли;100,50;5',
      '20.11.2026 10:12:33;8 916 123-45-68;84950000098;Прочее;Иначе;200,50;7',
    ];
    writeCalls(folder, 'odd.csv', `${header}\n${rows.join('\n')}\n`);
    const settled = ['--timezone', 'Europe/Moscow', '--default-region', 'RU'];
    settled.push('--unidentified', 'static');
    const asked = async (...words: string[]): Promise<string> => {
      settled.push(...words);
      const ended = await run(['init', 'odd.csv', ...settled], { cwd: folder });
      return ended.stderr.replaceAll(/\s+/g, ' ');
    };
    expect(await asked()).toContain('--map "Телефон=PhoneNumber"');
    expect(await asked('--map', 'Телефон=PhoneNumber')).toContain(
      '--map-value "Тип звонка: Входящий=in, Прочее=out"',
    );
    const status = await asked('--map-value', 'Тип звонка: Входящий=in, Прочее=in');
    expect(status).toContain('--map-value "Статус звонка: Взяли=out, Иначе=out"');
    expect(await asked('--direction', 'all')).toContain('--map "Цена=Price"');
    expect(await asked('--map', 'Цена=-')).toContain('--duration-unit minutes');
    expect(await asked('--duration-unit', 'minutes')).toContain('recipe.json');
  });

  it('prints a document with --json, and needs a file', async () => {
    const folder = folderWithExport();
    const ended = await run(['init', '--json', 'export.csv', ...ANSWERS], { cwd: folder });
    expect(ended.code, ended.stderr).toBe(0);
    const schema = JSON.parse(readFileSync('schemas/init.json', 'utf8')) as object;
    const document: unknown = JSON.parse(ended.stdout);
    expect(new Ajv().validate(schema, document)).toBe(true);
    expect(document).toMatchObject({ ok: true, mapping: 'recipe.json', recipe: RECIPE });
    expect((await run(['init', '-'], { input: EXPORT })).code).toBe(2);
    const other = ['none.csv', '--save-mapping', 'other.json'];
    expect((await run(['init', ...other], { cwd: folder })).code).toBe(3);
  });

  it('names the open question if the headings have no meaning', async () => {
    const folder = temporaryFolder();
    writeCalls(folder, 'odd.csv', 'x;a;b\n5;1795155153;1633024800123456789\n');
    const time = await run(['init', 'odd.csv'], { cwd: folder });
    expect(time.stderr).toContain('--map a=DateTime');
    const id = await run(['init', 'odd.csv', '--map', 'a=DateTime'], { cwd: folder });
    expect(id.stderr).toContain('--map b=ClientId');
  });
});

describe('init of an export without identifiers', () => {
  it('is answered by --unidentified, and never uses other values as identifiers', async () => {
    const folder = temporaryFolder();
    const cells = 'Start Time,Caller,Queue\n2026-11-20 09:12:33,+79123456701,12\n';
    writeCalls(folder, 'two.csv', cells);
    const words = ['init', 'two.csv', '--timezone', 'UTC'];
    const open = await run(words, { cwd: folder });
    expect(open.code).toBe(2);
    expect(open.stderr).toContain('--unidentified static');
    const ended = await run([...words, '--unidentified', 'static'], { cwd: folder });
    expect(ended.code, ended.stderr).toBe(0);
  });

  it('prints command lines that read the same file in the same way', async () => {
    const folder = temporaryFolder();
    const times = 'Start Time,Caller\n2026-11-20 09:12:33,+79123456701\n';
    writeCalls(folder, '-50%.csv', times);
    const options = ['--timezone', 'UTC', '--unidentified', 'static', '--encoding', 'cp866'];
    const ended = await run(['init', './-50%.csv', ...options], { cwd: folder });
    expect(ended.code, ended.stderr).toBe(0);
    const lines = ended.stdout
      .split('\n')
      .filter((line) => /metrika-calls (?:upload|validate)/.test(line));
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(line).toContain('--encoding ibm866');
    expect(lines[2]).toContain(String.raw`./-50\%.csv`);
  });
});
