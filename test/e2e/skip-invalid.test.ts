import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { recently, writeCalls } from '../support/calls.ts';
import { encode } from '../support/encode.ts';
import { type Ended, run, temporaryFolder } from '../support/run.ts';
import { answerJson, onlyPart, TestService } from '../support/test-service.ts';

const env = { METRIKA_TOKEN: 'y0_some_token_0123456789' };

async function accepting(): Promise<TestService> {
  return await TestService.start((_, response) => {
    answerJson(response, 200, '{"uploading":{"id":1,"status":"UPLOADED"}}');
  });
}

function lastSent(service: TestService): string {
  const post = service.posts().at(-1);
  if (post === undefined) throw new Error('no request came');
  return onlyPart(post).content.toString();
}

/** Uploads the good records of a file, and writes the others to the rejects file. */
async function skipping(
  content: string,
  ...options: string[]
): Promise<{ service: TestService; rejects: string; ended: Ended }> {
  const service = await accepting();
  const folder = temporaryFolder();
  const path = writeCalls(folder, 'calls.csv', content);
  const rejects = `${folder}/rejects.csv`;
  const words = ['upload', ...options, '--skip-invalid', '--rejects', rejects, ...service.target];
  const ended = await run([...words, path], { env });
  expect(ended.code, ended.stderr).toBe(0);
  return { service, rejects, ended };
}

describe('--skip-invalid', () => {
  it('sends the good records and writes the others to a file, which can be corrected and sent', async () => {
    const when = String(recently());
    const { service, rejects, ended } = await skipping(
      `clientid;DateTime;Tag\r\n1;${when};"good; one"\r\nx;soon;"bad; one"\r\n2;${when};also good\r\n3;${when};too;many\r\n`,
      '--json',
    );
    expect(lastSent(service)).toBe(
      `ClientId,DateTime,Tag\n1,${when},good; one\n2,${when},also good\n`,
    );
    const [result] = (JSON.parse(ended.stdout) as { results: Record<string, unknown>[] }).results;
    expect(result).toMatchObject({ ok: true, rows: 4, rejected_rows: 2, outcome: 'uploaded' });
    expect(ended.stderr).toContain('2 with errors');
    const kept = readFileSync(rejects, 'utf8').split('\n');
    expect(kept[0]).toBe('RejectReason;clientid;DateTime;Tag\r');
    expect(kept[1]).toBe('client-id-invalid datetime-invalid;x;soon;"bad; one"\r');
    expect(kept[2]).toBe(`field-count;3;${when};too;many\r`);
    expect(result).toMatchObject({ rejects });
    if (process.platform !== 'win32') expect(statSync(rejects).mode & 0o077).toBe(0);

    writeFileSync(rejects, `${kept[0] ?? ''}\n${(kept[1] ?? '').replace('x;soon', `7;${when}`)}\n`);
    const again = await run(['upload', ...service.target, rejects], { env });
    expect(again.code, again.stderr).toBe(0);
    expect(lastSent(service)).toBe(`ClientId,DateTime,Tag\n7,${when},bad; one\n`);
  });

  it('never overwrites the rejects of an earlier run', async () => {
    const service = await accepting();
    const folder = temporaryFolder();
    const when = String(recently());
    const rejects = `${folder}/rejects.csv`;
    const path = writeCalls(folder, 'calls.csv', `ClientId,DateTime\n1,${when}\nx,${when}\n`);
    const other = writeCalls(folder, 'other.csv', `ClientId,DateTime\n1,${when}\ny,${when}\n`);
    const words = ['upload', '--skip-invalid', '--rejects', rejects, ...service.target];
    expect((await run([...words, path], { env })).code).toBe(0);
    expect((await run([...words, path], { env })).code).toBe(0);
    const before = readFileSync(rejects, 'utf8');
    const third = await run([...words, '--json', other], { env });
    expect(third.code).toBe(0);
    expect(third.stdout).toContain('rejects-3.csv');
    expect(readFileSync(rejects, 'utf8')).toBe(before);
    expect(readFileSync(rejects.replace('.csv', '-3.csv'), 'utf8')).toContain('y,');
    expect(service.posts()).toHaveLength(3);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('sends nothing if an error concerns the whole file, or no record is good', async () => {
    const service = await accepting();
    const folder = temporaryFolder();
    const when = String(recently());
    for (const content of [
      `ClientId,Tag\n1,x\n`,
      `ClientId,DateTime\nx,${when}\n`,
      `ClientId,DateTime,Tag\n1,${when},x\n2,${when},"open\n`,
    ]) {
      const path = writeCalls(folder, 'calls.csv', content);
      const rejects = `${folder}/rejects.csv`;
      const ended = await run(
        ['upload', '--skip-invalid', '--rejects', rejects, ...service.target, path],
        { env },
      );
      expect(ended.code).toBe(3);
      expect(existsSync(rejects)).toBe(false);
    }
    expect(service.requests).toHaveLength(0);
  });

  it('leaves out a line with a malformed quote, and the doubtful lines after it', async () => {
    const when = String(recently());
    const { service, rejects, ended } = await skipping(
      `ClientId;DateTime;Tag\r\n1;${when};"Ltd "Daisy" and"\r\n2;${when};a\r\n3;${when};"he said "yes\r\n4;${when};b\r\nand left"\r\n5;${when};c\r\n`,
    );
    expect(lastSent(service)).toBe(`ClientId,DateTime,Tag\n2,${when},a\n5,${when},c\n`);
    expect(ended.stderr).toContain('4 with errors');
    expect(ended.stderr).toMatch(/^ +lines 2, 4/m);
    expect(readFileSync(rejects, 'utf8').split('\r\n').slice(1, -1)).toEqual([
      `quote-malformed;1;${when};"Ltd "Daisy" and"`,
      `quote-malformed;3;${when};"he said "yes`,
      `record-doubtful;4;${when};b`,
      'field-count record-doubtful;and left"',
    ]);
  });

  it('writes the bytes of the records in their encoding, even undecodable bytes', async () => {
    const when = String(recently());
    const folder = temporaryFolder();
    const service = await accepting();
    const good = `1;${when};Заявка с сайта отдела продаж\r\n`;
    const content = Buffer.concat([
      encode(
        `ClientId;DateTime;Tag\r\n${good}x;${when};Повторный звонок\r\n2;${when};`,
        'windows-1251',
      ),
      Buffer.from('Менеджер'),
      Buffer.from('\r\n'),
    ]);
    const path = writeCalls(folder, 'calls.csv', content);
    const rejects = `${folder}/rejects.csv`;
    const words = ['upload', '--skip-invalid', '--rejects', rejects, ...service.target, path];
    expect((await run(words, { env })).code).toBe(0);
    expect(readFileSync(rejects)).toEqual(
      Buffer.concat([
        Buffer.from('RejectReason;ClientId;DateTime;Tag\r\n'),
        encode(`client-id-invalid;x;${when};Повторный звонок\r\n`, 'windows-1251'),
        Buffer.from(`bytes-undecodable;2;${when};Менеджер\r\n`),
      ]),
    );
  });

  it('sends nothing if more records have errors than --max-invalid allows', async () => {
    const when = String(recently());
    const folder = temporaryFolder();
    const path = writeCalls(
      folder,
      'calls.csv',
      `ClientId,DateTime\n1,${when}\n2,${when}\n3,${when}\nx,${when}\n`,
    );
    for (const [limit, code] of [
      ['0', 3],
      ['1', 0],
      ['24.9%', 3],
      ['25%', 0],
    ] as const) {
      const words = ['upload', '--sandbox', '-q', '--skip-invalid', '--max-invalid', limit, path];
      const ended = await run(words);
      expect(ended.code, limit).toBe(code);
      // The skipped records are reported even with `-q`.
      if (code === 0) expect(ended.stderr).toContain('1 with errors');
    }
    for (const wrong of ['x', '101%', '1.5']) {
      const words = ['upload', '--sandbox', '--skip-invalid', '--max-invalid', wrong, path];
      expect((await run(words)).code, wrong).toBe(2);
    }
    expect((await run(['upload', '--sandbox', '--max-invalid', '1', path])).code).toBe(2);
  });

  it('writes no rejects file if there are no errors or in a dry run, and sends a good file unchanged', async () => {
    const service = await accepting();
    const folder = temporaryFolder();
    const content = `ClientId,DateTime,Tag\n1,${String(recently())},"needless quotes"\n`;
    const path = writeCalls(folder, 'calls.csv', content);
    const rejects = `${folder}/rejects.csv`;
    const words = ['upload', '--skip-invalid', '--rejects', rejects, ...service.target];
    expect((await run([...words, path], { env })).code).toBe(0);
    expect(lastSent(service)).toBe(content);
    const bad = writeCalls(folder, 'bad.csv', `${content}x,1,\n`);
    const dry = await run([...words, '--dry-run', bad], { env });
    expect(dry.code).toBe(0);
    expect(dry.stderr).toContain('1 with errors');
    expect(existsSync(rejects)).toBe(false);
  });

  it('is suggested if it would help, and only then', async () => {
    const folder = temporaryFolder();
    const when = String(recently());
    const record = `1,${when},x\n`;
    const file = (content: string): string => writeCalls(folder, 'calls.csv', content);
    const hintOf = async (content: string, ...options: string[]): Promise<string> => {
      const words = ['upload', '--sandbox', '--json', ...options, file(content)];
      const ended = await run(words);
      expect(ended.code).toBe(3);
      const { results } = JSON.parse(ended.stdout) as { results: { error: { hint: string } }[] };
      return results[0]?.error.hint ?? '';
    };
    const header = 'ClientId,DateTime,Tag\n';
    expect(await hintOf(`${header}${record}x,${when},y\n`)).toContain('--skip-invalid');
    expect(await hintOf(`${header}x,${when},y\n`)).not.toContain('--skip-invalid');
    expect(await hintOf(`ClientId,Tag\n1,x\n`)).not.toContain('--skip-invalid');
    expect(await hintOf(`ClientId,Tag\n1,x\n`, '--skip-invalid')).toContain('be skipped');
    const both = `${header}${record}${record}x,${when},y\n`;
    expect(await hintOf(both, '--strict')).not.toContain('skip');
    for (const options of [['--strict'], ['--strict', '--skip-invalid']]) {
      const hint = await hintOf(`${header}${record}${record}`, ...options);
      expect(hint).toContain('leave out --strict');
      expect(hint).not.toContain('skip');
    }
  });

  it('ends with exit code 2 if --rejects is used alone, or if its file cannot be written', async () => {
    const folder = temporaryFolder();
    const path = writeCalls(folder, 'calls.csv', 'ClientId,DateTime\n');
    expect((await run(['upload', '--sandbox', '--rejects', 'x', path])).code).toBe(2);
    const unwritable = writeCalls(
      folder,
      'bad.csv',
      `ClientId,DateTime\n1,${String(recently())}\nx,1\n`,
    );
    const ended = await run([
      'upload',
      '--sandbox',
      '--skip-invalid',
      '--rejects',
      `${folder}/no/x`,
      unwritable,
    ]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('Nothing was sent');
  });
});
