/** Without any option, a file is sent only once. The next run does not send the file again. */
import { describe, expect, it } from 'vitest';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { KeepingService } from '../support/keeping-service.ts';
import { run, temporaryFolder } from '../support/run.ts';
import { answerJson } from '../support/test-service.ts';
import { calls, now, upload } from '../support/upload-here.ts';

const env = { METRIKA_TOKEN: 'y0_some_token_0123456789' };

interface Result {
  readonly outcome: string;
  readonly exit_code: number;
  readonly error?: { readonly code: string };
  readonly candidates: readonly { readonly id: number }[];
  readonly uploading: { readonly id: number } | null;
}

async function send(...words: string[]): Promise<{ code: number; results: Result[] }> {
  const { code, stdout } = await run(['upload', '--json', ...words], { env });
  return { code: code ?? -1, results: (JSON.parse(stdout) as { results: Result[] }).results };
}

function reads(service: KeepingService): number {
  const lists = service.service.requests.filter(
    ({ method, path }) => method === 'GET' && path.endsWith('/calls_uploadings'),
  );
  return lists.filter(({ query }) => query.get('offset') === '0').length;
}

describe('a file that the counter already has', () => {
  it('is not sent again by the next run, and is named with its id and its day', async () => {
    const service = await KeepingService.start();
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(3));
    const first = await send(...service.target, path);
    expect(first.results).toMatchObject([{ outcome: 'uploaded', uploading: { id: 1001 } }]);
    const second = await run(['upload', ...service.target, path], { env });
    expect(second.code).toBe(0);
    expect(second.stderr).toMatch(
      /already uploaded as 1001 on \d+ [A-Z][a-z]{2}; --again sends it all the same/,
    );
    const third = await run(['upload', '--lang', 'ru', ...service.target, path], { env });
    expect(third.stderr).toMatch(/уже отправлен, загрузка 1001 от \d\d\.\d\d; --again отправит/);
    expect(service.posts()).toBe(1);
  });

  it('is sent with --again', async () => {
    const service = await KeepingService.start();
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(3));
    await send(...service.target, path);
    const again = await send('--again', ...service.target, path);
    expect([again.code, again.results[0]?.outcome, service.posts()]).toEqual([0, 'uploaded', 2]);
  });

  it('is found by --dry-run, which sends nothing', async () => {
    const service = await KeepingService.start();
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(3));
    const before = await send('--dry-run', ...service.target, path);
    expect(before.results[0]?.outcome).toBe('dry-run');
    await send(...service.target, path);
    const after = await send('--dry-run', ...service.target, path);
    expect([after.code, after.results[0]?.outcome, service.posts()]).toEqual([0, 'existing', 1]);
  });

  it('is not looked for by --dry-run without a token, and the output says so', async () => {
    const service = await KeepingService.start();
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(3));
    const words = ['upload', '--dry-run', ...service.target, path];
    const ended = await run(words, { env: {} });
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stderr).toMatch(/nobody has looked .* token/);
    expect(ended.stdout).not.toContain('[token]');
    expect(service.service.requests).toEqual([]);
    // A wrong token is an error, even if nothing is sent.
    expect((await run([...words, '--token', ' '], { env: {} })).code).toBe(2);
  });

  it.each([
    ['fewer records', 2, 7, 'existing-smaller', []],
    ['no count', 0, 8, 'existing-uncounted', []],
    ['fewer records, --skip-existing', 2, 7, 'existing-smaller', ['--skip-existing']],
    ['no count, --skip-existing', 0, 8, 'existing-uncounted', ['--skip-existing']],
  ])('is not sent if its upload has %s', async (_, counted, exitCode, code, strict) => {
    const service = await KeepingService.start();
    const path = calls(3);
    expect((await upload([...service.target, path], now())).code).toBe(0);
    for (const kept of service.kept) kept.source_quantity = counted;
    const second = await upload([...strict, ...service.target, path], now());
    expect([second.code, second.error?.code]).toEqual([exitCode, code]);
    expect(second.candidates.map(({ id }) => id)).toEqual([1001]);
    expect(service.posts()).toBe(1);
  });

  it('is not sent if the service took fewer lines, and the message says how many', async () => {
    const service = await KeepingService.start();
    const path = calls(3);
    await upload([...service.target, path], now());
    for (const kept of service.kept) Object.assign(kept, { line_quantity: 1 });
    const second = await upload([...service.target, path], now());
    expect([second.code, second.error?.code]).toEqual([7, 'existing-smaller']);
    expect(second.error?.message).toContain('counts 1 of its 3 records');
    expect(service.posts()).toBe(1);
  });

  it('has its upload requested by id until the service has counted the records', async () => {
    const service = await KeepingService.start((visit) => {
      const isById = visit.request.path.includes('/calls_uploading/');
      if (isById) for (const kept of service.kept) kept.source_quantity = 3;
      visit.usual();
    });
    const path = calls(3);
    await upload([...service.target, path], now());
    for (const kept of service.kept) kept.source_quantity = 0;
    const second = await upload([...service.target, path], now());
    expect([second.code, service.posts()]).toEqual([0, 1]);
  });

  it('is not sent if its records are not counted, and its upload cannot be requested by id', async () => {
    const service = await KeepingService.start((visit) => {
      const isById = visit.request.path.includes('/calls_uploading/');
      if (isById) answerJson(visit.response, 403, '{}');
      else visit.usual();
    });
    const path = calls(3);
    await upload([...service.target, path], now());
    for (const kept of service.kept) kept.source_quantity = 0;
    const second = await upload([...service.target, path], now());
    expect([second.code, second.error?.code, service.posts()]).toEqual([
      8,
      'existing-uncounted',
      1,
    ]);
  });
});

describe('the search of the list', () => {
  it('is shared by all files of a run, before and after the sending', async () => {
    const service = await KeepingService.start();
    const folder = temporaryFolder();
    const files = ['a', 'b', 'c'].map((name) =>
      writeCalls(folder, `${name}.csv`, goodCalls(2, name)),
    );
    const { code } = await send(...service.target, ...files);
    expect([code, service.posts(), reads(service)]).toEqual([0, 3, 2]);
  });

  it('is reported once if it fails, and the files are sent', async () => {
    const service = await KeepingService.start((visit) => {
      if (visit.request.method === 'GET') answerJson(visit.response, 403, '{}');
      else visit.usual();
    });
    const folder = temporaryFolder();
    const files = ['a', 'b'].map((name) => writeCalls(folder, `${name}.csv`, goodCalls(2, name)));
    const ended = await run(['upload', ...service.target, ...files], { env });
    expect([ended.code, service.posts(), reads(service)]).toEqual([0, 2, 1]);
    expect(ended.stderr.match(/nobody has looked/g)).toHaveLength(1);
  });

  it('takes at most one --timeout, even if the list arrives without an end', async () => {
    const service = await KeepingService.start((visit) => {
      if (visit.request.method === 'POST') {
        visit.usual();
        return;
      }
      visit.response.write('{"uploadings":[');
      const drops = setInterval(() => visit.response.write(' '), 50);
      visit.response.on('close', () => {
        clearInterval(drops);
      });
    });
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = await run(['upload', '--timeout', '1', ...service.target, path], { env });
    expect([ended.code, service.posts()]).toEqual([0, 1]);
    expect(ended.stderr).toMatch(/nobody has looked.*whole list of uploads within 1 s/);
  });

  it('shows both ids if another machine has sent the same file meanwhile, even with -q', async () => {
    const service = await KeepingService.start((visit) => {
      if (visit.request.method === 'POST') {
        const other = visit.store();
        other.comment = other.comment.replace(/.{4}$/, 'zzzz');
      }
      visit.usual();
    });
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = await run(['upload', '-q', ...service.target, path], { env });
    expect(ended.code).toBe(0);
    expect(ended.stderr).toContain('1002, 1001');
  });

  it('ends with exit code 7 if two uploads have our own mark', async () => {
    const service = await KeepingService.start((visit) => {
      if (visit.request.method === 'POST') visit.store();
      visit.usual();
    });
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const { code, results } = await send(...service.target, path);
    expect([code, results[0]?.error?.code]).toEqual([7, 'sent-twice']);
  });

  it('is left out with --no-mark', async () => {
    const service = await KeepingService.start();
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    await send('--no-mark', ...service.target, path);
    expect(reads(service)).toBe(0);
  });
});
