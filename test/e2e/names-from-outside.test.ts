/** Names from outside are masked like cells: headings, sheets, keys and values of recipes. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run, temporaryFolder } from '../support/run.ts';
import { row, text, workbookOf, zipOf } from '../support/workbooks.ts';

const PHONE = '+70123456789';
const TOKEN = 'y0_AgAAAABkT0KeNsEcReT1234567890abcdefGHIJKL';
const MAIL = 'ivan.petrov@mail.example';
const SECRETS = [PHONE.slice(1), TOKEN, MAIL];

/** Writes a file, and returns its path. */
function file(content: string | Buffer, name = 'a.csv'): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}

/** Returns all that a run writes, in three formats. */
async function said(words: readonly string[]): Promise<string> {
  let all = '';
  for (const format of [[], ['--json'], ['--format', 'github']]) {
    const ended = await run([...words, ...format]);
    expect(ended.code).not.toBe(1);
    all += ended.stdout + ended.stderr;
  }
  return all;
}

function expectMasked(all: string): void {
  for (const secret of SECRETS) expect(all).not.toContain(secret);
}

describe('a name from outside is masked', () => {
  it.each(SECRETS)('as a heading: %s', async (secret) => {
    const files = [
      file(`${secret},b\n1,2\n`),
      file(`DateTime,ClientId,${secret},${secret}\n1,2,3,4\n`),
      file(`${secret},Дата,Телефон,Телефон\n1,20.11.2026 10:00,+79161234567,+79161234568\n`),
      file(`Status,${secret},Time\nx,y,z\n`),
    ];
    for (const path of files) {
      for (const command of ['validate', 'inspect', 'init', 'convert', 'upload']) {
        expectMasked(await said([command, path, ...(command === 'upload' ? ['--sandbox'] : [])]));
      }
      expectMasked(await said(['convert', path, '--auto']));
      expectMasked(await said(['convert', path, '--preset', 'freepbx']));
      expectMasked(await said(['convert', path, '--map', 'None=DateTime']));
    }
  });

  it.each(SECRETS)('as the name of a sheet: %s', async (secret) => {
    const sheet = row(1, text('ClientId'), text('DateTime')) + row(2, '<v>1</v>', '<v>2</v>');
    const bytes = await workbookOf({ sheets: { [secret]: sheet, [`${secret} 2`]: sheet } });
    const path = file(bytes, 'a.xlsx');
    for (const command of ['validate', 'inspect', 'init', 'convert']) {
      expectMasked(await said([command, path]));
      expectMasked(await said([command, path, '--sheet', 'none']));
    }
  });

  it.each(SECRETS)('as a key or a value of a recipe: %s', async (secret) => {
    const path = file('a,b\n1,2\n');
    for (const recipe of [
      { [secret]: 1 },
      { columns: { [secret]: secret } },
      { columns: { [secret]: 'DateTime' } },
      { columns: { a: secret } },
      { set: { [secret]: '1' } },
      { values: { [secret]: { a: 'b' } } },
      { timezone: secret },
      { dateFormat: secret },
      { defaultRegion: secret },
      { preset: secret },
      { only: [secret] },
      { joinColumns: { [secret]: secret } },
    ]) {
      const mapping = file(JSON.stringify(recipe), 'r.json');
      expectMasked(await said(['convert', path, '--mapping', mapping]));
      expectMasked(await said(['validate', path, '--mapping', mapping]));
    }
  });

  it.each(SECRETS)('as a key of JSON, and as a file in a zip: %s', async (secret) => {
    const json = file(JSON.stringify({ [secret]: [{ a: 1 }], other: [{ a: 1 }] }), 'a.json');
    expectMasked(await said(['validate', json]));
    expectMasked(await said(['validate', json, '--records', 'none']));
    expectMasked(await said(['validate', file(`[{"a":1,"${secret}":2,"${secret}":3}]`, 'b.json')]));
    const zip = await zipOf({ [`${secret}.csv`]: 'a', 'b.csv': 'b' });
    expectMasked(await said(['validate', file(zip, 'a.zip')]));
  });

  it.each(SECRETS)('as a heading of a joined file: %s', async (secret) => {
    const path = file('DateTime,PhoneNumber\n1794900000,+79161234567\n');
    const joined = file(`${secret},b\n1,2\n`);
    expectMasked(await said(['convert', path, '--join', joined]));
    expectMasked(await said(['convert', path, '--join', joined, '--join-map', 'None=ClientId']));
  });
});

describe('a recipe of a stranger', () => {
  const EXPORT = 'DateTime,PhoneNumber\n1794900000,+79161234567\n';
  const CRM = 'PhoneNumber,ClientId\n+79161234567,13359124764096645\n';

  it('reads a joined file below its own folder, from any folder', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data', 'crm.csv'), CRM);
    writeFileSync(join(folder, 'r.json'), JSON.stringify({ join: 'data/crm.csv' }));
    const ended = await run(['convert', file(EXPORT), '--mapping', join(folder, 'r.json')]);
    expect(ended.stdout).toContain('13359124764096645');
  });

  it.each([
    ['an absolute path', '/etc/passwd'],
    ['the folder above', '../secret.csv'],
    ['a link', 'link.csv'],
    ['a link of a folder', 'linked/secret.csv'],
    ['its own folder', '.'],
    ['standard input', '-'],
    ['a device', '/dev/zero'],
    ['an address', 'http://127.0.0.1:9/crm.csv'],
    ['a file that is not there', '../nothing.csv'],
  ])('reads no other file: %s', async (_, named) => {
    const above = temporaryFolder();
    writeFileSync(join(above, 'secret.csv'), 'root:x:0:0,b\n1,2\n');
    const folder = join(above, 'recipe');
    mkdirSync(folder);
    symlinkSync(join(above, 'secret.csv'), join(folder, 'link.csv'));
    symlinkSync(above, join(folder, 'linked'));
    const mapping = join(folder, 'r.json');
    writeFileSync(mapping, JSON.stringify({ join: named }));
    for (const command of ['convert', 'validate', 'inspect', 'upload']) {
      const more = command === 'upload' ? ['--sandbox'] : [];
      const ended = await run([command, file(EXPORT), '--mapping', mapping, ...more]);
      expect(ended.code, ended.stderr).toBe(2);
      expect(ended.stderr).toContain('wrong at join');
      expect(ended.stdout + ended.stderr).not.toContain('root:');
    }
  });

  it.each([
    ['a null character', '\0x', 'No such file'],
    ['a long name', 'a'.repeat(5000), 'ENAMETOOLONG'],
    ['a loop of links', 'loop', 'ELOOP'],
    ['a file in a loop of links', 'loop/crm.csv', 'ELOOP'],
    ['a file used as a folder', 'r.json/x', 'No such file'],
  ])('is refused if no system could follow its path: %s', async (_, named, reason) => {
    const folder = temporaryFolder();
    symlinkSync('loop', join(folder, 'loop'));
    const mapping = join(folder, 'r.json');
    writeFileSync(mapping, JSON.stringify({ join: named }));
    for (const command of ['convert', 'validate']) {
      const ended = await run([command, file(EXPORT), '--mapping', mapping]);
      expect(ended.code, ended.stderr).toBe(3);
      expect(ended.stderr.replaceAll(/\s+/g, ' ')).toContain(reason);
    }
  });

  it('is not saved in a loop of links', async () => {
    const folder = temporaryFolder();
    symlinkSync('loop', join(folder, 'loop'));
    const options = ['--join', file(CRM, 'crm.csv'), '--save-mapping', join(folder, 'loop/r.json')];
    const ended = await run(['convert', file(EXPORT), ...options]);
    expect(ended.code, ended.stderr).toBe(2);
    expect(ended.stderr).toContain('ELOOP');
  });

  it('shows no line of a joined file that is no table', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'notes.txt'), 'my password is hunter2\nand so on\n');
    writeFileSync(join(folder, 'r.json'), JSON.stringify({ join: 'notes.txt' }));
    const all = await said(['convert', file(EXPORT), '--mapping', join(folder, 'r.json')]);
    expect(all).not.toContain('hunter2');
  });

  it('is overruled by an option, which may lead anywhere', async () => {
    const mapping = file(JSON.stringify({ join: 'none.csv' }), 'r.json');
    const crm = file(CRM, 'crm.csv');
    const ended = await run(['convert', file(EXPORT), '--mapping', mapping, '--join', crm]);
    expect(ended.stdout).toContain('13359124764096645');
  });

  it('is saved with a path that works from any folder', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'crm.csv'), CRM);
    const saved = join(folder, 'r.json');
    const export1 = file(EXPORT);
    const options = ['--join', join(folder, 'crm.csv'), '--save-mapping', saved];
    expect((await run(['convert', export1, ...options])).code).toBe(0);
    expect((await run(['convert', export1, '--mapping', saved])).stdout).toContain('1335912476');
  });
});
