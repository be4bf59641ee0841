import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { run, temporaryFolder } from '../support/run.ts';
import { said } from '../support/run-here.ts';
import { answerJson, onlyPart, TestService } from '../support/test-service.ts';

const env = { METRIKA_TOKEN: 'y0_some_token_0123456789' };

describe('a file packed with gzip', () => {
  it('is refused with the reason if it contains a workbook, or is packed twice', async () => {
    const workbook = readFileSync('fixtures/calls.xlsx');
    for (const inner of [workbook, gzipSync(goodCalls(1))]) {
      const path = writeCalls(temporaryFolder(), 'calls.gz', gzipSync(inner));
      for (const command of ['validate', 'inspect']) {
        const ended = await run([command, path]);
        expect(ended.code).toBe(3);
        expect(ended.stdout + ended.stderr).toContain('a packed file with a workbook');
      }
    }
  });

  it('is checked and sent unpacked, and the output says so', async () => {
    const service = await TestService.start((_, response) => {
      answerJson(response, 200, '{"uploading":{"id":1,"status":"UPLOADED"}}');
    });
    const content = goodCalls(50_000);
    const path = writeCalls(temporaryFolder(), 'calls.csv.gz', gzipSync(content));
    const ended = await run(['upload', '--json', ...service.target, path], { env });
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain('"gzip"');
    const [post] = service.posts();
    if (post === undefined) throw new Error('no request came');
    const part = onlyPart(post);
    expect(part.headers).toContain('filename="calls.csv"');
    expect(part.content.toString()).toBe(content);
    expect((await run(['validate', '--no-convert', path])).code).toBe(3);
  });

  it('is not sent if it is incomplete', async () => {
    const packed = gzipSync(goodCalls(50_000));
    const path = writeCalls(
      temporaryFolder(),
      'calls.csv.gz',
      packed.subarray(0, packed.length - 100),
    );
    for (const command of ['validate', 'upload']) {
      const ended = await run([
        command,
        '--json',
        ...(command === 'upload' ? ['--sandbox'] : []),
        path,
      ]);
      expect(ended.code).toBe(3);
      expect(ended.stdout).toContain('gzip-damaged');
    }
  });

  it('is refused with the limit if its content is far larger than the file', async () => {
    const member = (text: string): Buffer => gzipSync(text, { level: 9 });
    const time = String(Math.floor(Date.now() / 1000) - 9);
    const large = member(`1,${time},${'x'.repeat(1_000_000)}\n`);
    const members = [
      member('ClientId,DateTime,Tag\n'),
      ...Array.from({ length: 130 }, () => large),
    ];
    const path = writeCalls(temporaryFolder(), 'bomb.csv.gz', Buffer.concat(members));
    const { code, text } = await said(['validate', path]);
    expect([code, text.includes('gzip-excess')]).toEqual([3, true]);
    expect(text).toContain('over 200 times');
  });
});
