import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { goodCalls, recently, writeCalls } from '../support/calls.ts';
import { run, temporaryFolder } from '../support/run.ts';
import { accepting } from '../support/test-service.ts';
import { onlyPart } from '../support/test-service.ts';
import type { UploadDocument } from '../support/upload-here.ts';

const TOKEN = 'y0_AgAAAAD-test-token-0123456789';

const env = { METRIKA_TOKEN: TOKEN };

const uploadPath = '/management/v1/counter/2215573/offline_conversions/upload_calls';

describe('the request', () => {
  it('has the file byte for byte in one part, with a length, and nothing that the user did not set', async () => {
    const service = await accepting();
    const content = goodCalls(2);
    const path = writeCalls(temporaryFolder(), 'calls.csv', content);

    const ended = await run(['upload', ...service.target, path], { env });

    expect(ended).toMatchObject({ code: 0 });
    const [post] = service.posts();
    if (post === undefined) throw new Error('no request came');
    expect(service.posts()).toHaveLength(1);
    expect(post.path).toBe(uploadPath);
    expect([...post.query.keys()]).toEqual(['comment']);
    expect(post.query.get('comment')).toMatch(/^mc[0-9a-f]{20}[0-9a-z]{10}$/);
    expect(post.headers.authorization).toBe(`OAuth ${TOKEN}`);
    expect(post.headers['content-length']).toBe(String(post.body.length));
    expect(post.headers['transfer-encoding']).toBeUndefined();
    const part = onlyPart(post);
    expect(part.headers).toContain('name="file"; filename="calls.csv"');
    expect(part.content.toString()).toBe(content);
  });

  it('has the comment and the goal if they are set, in Cyrillic and with punctuation', async () => {
    const service = await accepting();
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = await run(
      ['upload', ...service.target, '-m', 'Ноябрь & Co + 100%', '--new-goal-name', 'Звонок', path],
      { env },
    );
    expect(ended.code).toBe(0);
    const [post] = service.posts();
    expect([...(post?.query ?? [])]).toEqual([
      ['comment', expect.stringMatching(/^Ноябрь & Co \+ 100% mc[0-9a-z]{30}$/)],
      ['new_goal_name', 'Звонок'],
    ]);
    expect(post?.rawQuery).not.toContain('+');
  });

  it.each(['Звонки за ноябрь.csv', 'it\'s "quoted".csv', '-dash.csv'])(
    'has the file name %s',
    async (name) => {
      const service = await accepting();
      const folder = temporaryFolder();
      writeCalls(folder, name, goodCalls(2));
      const ended = await run(['upload', ...service.target, '--', name], { env, cwd: folder });
      expect(ended).toMatchObject({ code: 0 });
      const [post] = service.posts();
      if (post === undefined) throw new Error('no request came');
      expect(onlyPart(post).headers).toContain(`filename="${name.replaceAll('"', '%22')}"`);
    },
  );

  it('has the converted content, with its length and hash', async () => {
    const service = await accepting();
    const when = String(recently());
    const content = `\ufeffclientid; DateTime;Tag\r\n7;${when};"a, b"\r\n8;${when};"c;d"\r\n\r\n`;
    const path = writeCalls(temporaryFolder(), 'calls.csv', content);
    const ended = await run(['upload', '--json', ...service.target, path], { env });
    expect(ended.code).toBe(0);
    const [post] = service.posts();
    if (post === undefined) throw new Error('no request came');
    const sent = onlyPart(post).content;
    expect(sent.toString()).toBe(`ClientId,DateTime,Tag\n7,${when},"a, b"\n8,${when},c;d\n`);
    const [result] = (JSON.parse(ended.stdout) as UploadDocument).results;
    expect(result).toMatchObject({
      bytes: sent.length,
      sha256: createHash('sha256').update(sent).digest('hex'),
      rows: 2,
      conversions: [
        'byte-order-mark',
        'delimiter:semicolon',
        'line-ends:crlf',
        'blank-lines-at-end',
        'header-blanks',
        'header-case',
      ],
    });
  });

  it('is not sent if the file has an error', async () => {
    const service = await accepting();
    const path = writeCalls(
      temporaryFolder(),
      'calls.csv',
      'ClientId,DateTime\n1.6E+18,1700000000\n',
    );
    const ended = await run(['upload', ...service.target, path], { env });
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain('identifier-scientific');
    expect(service.requests).toHaveLength(0);
  });

  it('is not sent in a dry run, which shows the content and the sources of the settings', async () => {
    const service = await accepting();
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(3));
    const ended = await run(['upload', '--dry-run', ...service.target, '-m', 'a b', path], { env });
    expect(ended.code).toBe(0);
    expect(service.posts()).toHaveLength(0);
    expect(ended.stdout).toContain(`POST ${service.url}${uploadPath}?comment=a%20b`);
    expect(ended.stdout).toContain('2215573 (--counter)');
    expect(ended.stdout).toContain('[token] (METRIKA_TOKEN)');
    const json = await run(['upload', '--dry-run', '--json', ...service.target, path], { env });
    expect(JSON.parse(json.stdout)).toMatchObject({
      ok: true,
      results: [{ outcome: 'dry-run', rows: 3 }],
    });
  });
});
