import { appendFileSync } from 'node:fs';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { goodCalls, recently, writeCalls } from '../support/calls.ts';
import { encode } from '../support/encode.ts';
import { run, temporaryFolder } from '../support/run.ts';
import { runHere } from '../support/run-here.ts';
import { answerJson, onlyPart, TestService } from '../support/test-service.ts';

const env = { METRIKA_TOKEN: 'some-token-123' };

function fail(): never {
  throw new Error('nothing was sent');
}

describe.each(['en', 'ru'])('input in %s', (METRIKA_LANG) => {
  it('may be a pipe', async () => {
    const ended = await run(['validate', '-'], { env: { METRIKA_LANG }, input: goodCalls(3) });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('of two files has both results, and the worse exit code', async () => {
    const folder = temporaryFolder();
    const good = writeCalls(folder, 'good.csv', goodCalls(1));
    const bad = writeCalls(folder, 'bad.csv', 'ClientId,DateTime\nx,1\n');
    const ended = await runHere(['validate', bad, good], { env: { METRIKA_LANG } });
    expect(ended.code).toBe(3);
    expect(ended.stdout).toMatch(/bad\.csv[^]*good\.csv/);
  });

  it('has findings with the line numbers of an editor', async () => {
    const when = String(recently());
    const path = writeCalls(
      temporaryFolder(),
      'calls.csv',
      `ClientId,DateTime,Tag\n1,${when},"two\nlines"\nx,${when},a\n`,
    );
    const ended = await runHere(['validate', path], { env: { METRIKA_LANG } });
    expect(ended.stdout).toMatch(/(?:line|строка) 4 /);
  });
});

describe('a file', () => {
  it('may have any name', async () => {
    const folder = temporaryFolder();
    for (const name of ['with space.csv', 'Звонки.csv', `it's "quoted".csv`, '-dash.csv']) {
      writeCalls(folder, name, goodCalls(1));
      const ended = await run(['validate', '--', name], { cwd: folder });
      expect(ended.code, name).toBe(0);
      expect(ended.stdout).toContain(name);
    }
  });

  it('of 40,000 rows in Cyrillic arrives without a changed letter, in any encoding', async () => {
    const when = String(recently());
    const rows = Array.from(
      { length: 40_000 },
      (_, at) => `${String(at + 1)};${when};Отдел продаж, заявка ${String(at)}`,
    );
    const text = `ClientId;DateTime;Tag\r\n${rows.join('\r\n')}\r\n`;
    const service = await TestService.start((_, response) => {
      answerJson(response, 200, '{"uploading":{"id":1,"status":"UPLOADED"}}');
    });
    for (const encoding of ['windows-1251', 'koi8-r', 'utf-16le'] as const) {
      const path = writeCalls(temporaryFolder(), 'calls.csv', encode(text, encoding));
      const ended = await run(['upload', ...service.target, path], { env });
      expect(ended.code, ended.stderr).toBe(0);
      const sent = onlyPart(service.posts().at(-1) ?? fail()).content.toString();
      expect(sent).not.toContain('\ufffd');
      const { data } = Papa.parse<string[]>(sent, { skipEmptyLines: true });
      expect(data.slice(1).map((row) => row.join(';'))).toEqual(rows);
    }
  });

  it('that changes between its check and the sending is refused', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(200_000));
    const service = await TestService.start((_, response) => {
      answerJson(response, 200, '{"uploading":{"id":1}}');
    });
    service.onHead = (raw) => {
      raw.once('data', () => {
        appendFileSync(path, '1,1,1,1\n');
      });
      return false;
    };
    const { code, stdout } = await run(['upload', '--json', ...service.target, path], { env });
    expect([code, stdout.includes('"file-changed"')]).toEqual([3, true]);
    expect(service.posts()).toEqual([]);
  });
});
