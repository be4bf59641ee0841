import { createHash } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { goodCalls, recently, writeCalls } from '../support/calls.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { run, temporaryFolder } from '../support/run.ts';
import { answerJson, onlyPart, type SeenRequest, TestService } from '../support/test-service.ts';

const env = { METRIKA_TOKEN: 'y0_some_token_0123456789' };

interface Result {
  readonly portion?: { identifier?: string; part?: number; parts?: number };
  readonly outcome: string;
  readonly exit_code: number;
  readonly sha256: string;
  readonly bytes: number;
  readonly rows: number;
  readonly rejected_rows: number;
  readonly uploading: { id: number } | null;
  readonly validation: { warnings: number; findings: { code: string }[] };
  readonly error?: { code: string; message: string; hint: string };
}

function resultsOf(stdout: string): Result[] {
  return (JSON.parse(stdout) as { results: Result[] }).results;
}

function contents(service: TestService): string[] {
  return service.posts().map((request) => onlyPart(request).content.toString());
}

/**
 * Starts a service that stores and lists uploads. It refuses the requests that `refuses` selects.
 */
async function keeping(refuses: (request: SeenRequest) => boolean = () => false): Promise<{
  service: TestService;
  kept: { id: number; comment: string }[];
}> {
  const kept: { id: number; comment: string }[] = [];
  const service = await TestService.start((request, response) => {
    if (request.method === 'GET') {
      const offset = Number(request.query.get('offset'));
      answerJson(response, 200, JSON.stringify({ uploadings: kept.slice(offset) }));
    } else if (refuses(request)) {
      answerJson(response, 400, '{"code":400,"message":"no more"}');
    } else {
      const uploading = {
        id: 100 + kept.length,
        comment: request.query.get('comment') ?? '',
        source_quantity: onlyPart(request).content.toString().trimEnd().split('\n').length - 1,
      };
      kept.push(uploading);
      answerJson(response, 200, JSON.stringify({ uploading }));
    }
  });
  return { service, kept };
}

describe('--split-by-id', () => {
  const time = recently();
  const mixed = [
    'UserId,ClientId,Yclid,DateTime,StaticCall,Tag',
    `anna,,,${String(time)},0,a`,
    `,111,,${String(time)},0,"b, c"`,
    `,,222,${String(time)},0,d`,
    `boris,333,,${String(time)},0,e`,
    `,,,${String(time)},1,f`,
    '',
  ].join('\n');

  it('makes one upload for each identifier column with values, and each record is in one upload', async () => {
    const { service } = await keeping();
    const path = writeCalls(temporaryFolder(), 'calls.csv', mixed);
    const words = ['upload', '--split-by-id', '--json', '-m', 'week 47', ...service.target, path];
    const ended = await run(words, { env });
    expect(ended.code, ended.stderr).toBe(0);
    const now = String(time);
    expect(contents(service)).toEqual([
      `ClientId,DateTime,StaticCall,Tag\n111,${now},0,"b, c"\n333,${now},0,e\n,${now},1,f\n`,
      `Yclid,DateTime,StaticCall,Tag\n222,${now},0,d\n`,
      `UserId,DateTime,StaticCall,Tag\nanna,${now},0,a\n`,
    ]);
    expect(service.posts().map(({ query }) => query.get('comment'))).toEqual(
      Array.from({ length: 3 }, () => expect.stringMatching(/^week 47 mc\w{30}$/) as string),
    );
    const results = resultsOf(ended.stdout);
    expect(results.map(({ portion, rows }) => [portion, rows])).toEqual([
      [{ identifier: 'ClientId' }, 3],
      [{ identifier: 'Yclid' }, 1],
      [{ identifier: 'UserId' }, 1],
    ]);
    for (const [at, { sha256, bytes, validation }] of results.entries()) {
      const content = contents(service)[at] ?? '';
      expect(sha256).toBe(createHash('sha256').update(content).digest('hex'));
      expect(bytes).toBe(Buffer.byteLength(content));
      expect(validation.findings.map(({ code }) => code)).not.toContain('identifier-types-mixed');
    }
  });

  it('divides converted calls too, and does not warn of their identifiers', async () => {
    const { service } = await keeping();
    const path = writeCalls(temporaryFolder(), 'calls.csv', mixed.replace(/^,,,.*\n/m, ''));
    const words = ['upload', '--split-by-id', '--strict', '--json', ...service.target, path];
    const plain = await run(words, { env });
    expect(plain.code, plain.stderr).toBe(0);
    const sent = contents(service);
    expect(sent).toHaveLength(3);
    const converted = await run([...words, '--again', '--timezone', 'UTC'], { env });
    expect(converted.code, converted.stderr).toBe(0);
    expect(contents(service).slice(3)).toEqual(sent);
    const codes = resultsOf(converted.stdout)[0]?.validation.findings.map(({ code }) => code);
    expect(codes).not.toContain('identifier-types-mixed');
    const whole = words.filter((word) => word !== '--split-by-id');
    const refused = await run([...whole, '--again', '--timezone', 'UTC'], { env });
    expect(refused.code).toBe(3);
    expect(refused.stdout).toContain('identifier-types-mixed');
  });

  it('sends a file with only one identifier column unchanged', async () => {
    const { service } = await keeping();
    const content = goodCalls(3);
    const path = writeCalls(temporaryFolder(), 'calls.csv', content);
    const words = ['upload', '--split-by-id', '--json', ...service.target, path];
    const ended = await run(words, { env });
    expect(ended.code).toBe(0);
    expect(contents(service)).toEqual([content]);
    expect(resultsOf(ended.stdout)[0]).not.toHaveProperty('portion');
  });

  it('works together with parts, left-out records and other dialects', async () => {
    const { service } = await keeping();
    const path = writeCalls(
      temporaryFolder(),
      'calls.csv.gz',
      gzipSync(`${mixed.replaceAll(',', ';').replace('"b; c"', 'b')}bad;1;2;3;4;5\n`),
    );
    const words = ['--split-by-id', '--skip-invalid', '--part-size', '70', '--json'];
    const ended = await run(['upload', ...words, ...service.target, path], { env });
    expect(ended.code, ended.stderr).toBe(0);
    expect(contents(service)).toHaveLength(4);
    const results = resultsOf(ended.stdout);
    expect(results.map(({ portion }) => portion)).toEqual([
      { identifier: 'ClientId', part: 1, parts: 2 },
      { identifier: 'ClientId', part: 2, parts: 2 },
      { identifier: 'Yclid' },
      { identifier: 'UserId' },
    ]);
    expect(results.map(({ rejected_rows: rejected }) => rejected)).toEqual([1, 0, 0, 0]);
    expect(results.reduce((sum, { rows }) => sum + rows, 0)).toBe(6);
    expect(ended.stderr).toContain('sent as 4 uploads: ClientId in 2 parts, Yclid, UserId\n');
  });
});

describe('a file that is larger than one part', () => {
  it.each([
    ['as it is', (text: string): Uint8Array => Buffer.from(text)],
    [
      'converted',
      (text: string): Uint8Array => Buffer.from(`\uFEFF${text.replaceAll('\n', '\r\n')}`),
    ],
    ['packed', (text: string): Uint8Array => gzipSync(text)],
  ])('is sent in parts, each with the header, cut between records (%s)', async (way, written) => {
    const { service, kept } = await keeping();
    const text = goodCalls(500);
    const name = way === 'packed' ? 'calls.csv.gz' : 'calls.csv';
    const path = writeCalls(temporaryFolder(), name, written(text));
    const words = ['upload', '--part-size', '5 kB', '-m', 'ноябрь', '--json', ...service.target];
    const ended = await run([...words, path], { env });
    expect(ended.code, ended.stderr).toBe(0);
    const parts = contents(service);
    const header = 'ClientId,DateTime,StaticCall,Tag\n';
    expect(parts.length).toBeGreaterThan(2);
    for (const part of parts) {
      expect(Buffer.byteLength(part)).toBeLessThanOrEqual(5000);
      expect(part.startsWith(header)).toBe(true);
    }
    expect(header + parts.map((part) => part.slice(header.length)).join('')).toBe(text);
    const of = String(parts.length);
    for (const [at, { comment }] of kept.entries()) {
      expect(comment).toMatch(
        new RegExp(`^ноябрь part ${String(at + 1)} of ${of} mc[0-9a-f]{20}[0-9a-z]{10}$`),
      );
    }
    expect(resultsOf(ended.stdout).reduce((sum, { rows }) => sum + rows, 0)).toBe(500);
  });

  it('keeps the uploads before a failed part, and the next run sends only the rest', async () => {
    let refused = 0;
    const { service, kept } = await keeping(
      ({ query }) => (query.get('comment') ?? '').includes('part 2 of 4') && (refused += 1) === 1,
    );
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(100));
    const words = ['upload', '--part-size', '1kB', ...service.target, path];
    const first = await run([...words, '--json'], { env });
    expect(first.code).toBe(5);
    const results = resultsOf(first.stdout);
    expect(results.map(({ outcome, exit_code: code }) => [outcome, code])).toEqual([
      ['uploaded', 0],
      ['failed', 5],
      ['failed', 5],
      ['failed', 5],
    ]);
    expect(results[3]?.error?.code).toBe('portion-not-sent');
    expect(results[3]?.error?.hint).toContain('only what is not there yet');
    expect(kept).toHaveLength(1);
    const second = await run(words, { env });
    expect(second.code, second.stderr).toBe(0);
    expect(second.stdout).toContain('existing');
    expect(kept.map(({ comment }) => comment.slice(0, 11))).toEqual(
      [1, 2, 3, 4].map((number) => `part ${String(number)} of 4`),
    );
    const again = await run(words, { env });
    expect(again.code).toBe(0);
    expect(kept).toHaveLength(4);
  });

  it('is refused with --no-split, or if the part size is too small for a record', async () => {
    const { service } = await keeping();
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(100));
    const words = ['upload', ...service.target, '--json', path];
    const whole = await run([...words, '--no-split', '--part-size', '1kB'], { env });
    expect(whole.code).toBe(3);
    expect(whole.stdout).toContain('"file-too-large"');
    const small = await run([...words, '--part-size', '50'], { env });
    expect(small.code).toBe(2);
    expect(small.stdout).toContain('"part-size-too-small"');
    for (const size of ['0', '1.5', '2GB', '5 pounds', '-1', '']) {
      expect((await run([...words, '--part-size', size], { env })).code).toBe(2);
    }
    expect(service.posts()).toHaveLength(0);
  });

  it('is not sent if the comment has no room for the number of the part', async () => {
    const { service } = await keeping();
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(100));
    const words = ['upload', ...service.target, '--part-size', '1kB', path];
    expect((await run([...words, '-m', 'x'.repeat(220)], { env })).code).toBe(2);
    expect(service.posts()).toHaveLength(0);
    expect((await run([...words, '-m', 'x'.repeat(210)], { env })).code).toBe(0);
    expect((service.posts()[3]?.query.get('comment') ?? '').length).toBe(255);
  });

  it('is shown in a dry run as it would be sent', async () => {
    const { service } = await keeping();
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(100));
    const words = ['upload', ...service.target, '--part-size', '1kB', '--dry-run', path];
    const ended = await run(words, { env });
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain('comment=part%204%20of%204%20mc');
    expect(ended.stdout.match(/timeout/g)).toHaveLength(1);
    expect(service.posts()).toHaveLength(0);
  });

  it('is refused between two parts if it has changed', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(100));
    let posts = 0;
    const service = await TestService.start(() => undefined);
    service.behave(({ method }, response) => {
      if (method === 'GET') {
        answerJson(response, 200, '{"uploadings":[]}');
        return;
      }
      posts += 1;
      if (posts === 1) writeFileSync(path, goodCalls(100, 'south'));
      answerJson(response, 200, `{"uploading":{"id":${String(posts)}}}`);
    });
    const words = ['upload', ...service.target, '--part-size', '1kB', '--json', path];
    const ended = await run(words, { env });
    expect(ended.code).toBe(3);
    expect(resultsOf(ended.stdout).map(({ outcome, error }) => [outcome, error?.code])).toEqual([
      ['uploaded', undefined],
      ['failed', 'file-changed'],
      ['failed', 'portion-not-sent'],
      ['failed', 'portion-not-sent'],
    ]);
    expect(posts).toBe(1);
  });

  it('shows each status of each part once', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(100));
    const words = [
      'upload',
      '--sandbox',
      '--part-size',
      '1kB',
      '--wait',
      '--poll-interval',
      '30ms',
    ];
    const { stderr } = await run([...words, path], { clock: new FakeClock(Date.now()) });
    const told = stderr.split('\n').filter((line) => /uploaded as \d+, /.test(line));
    expect(told.length).toBeGreaterThan(8);
    expect(new Set(told).size).toBe(told.length);
  });

  it('leaves no rejects file if nothing is sent', async () => {
    const folder = temporaryFolder();
    const path = writeCalls(folder, 'calls.csv', `${goodCalls(100)}x,1,0,bad\n`);
    const rejects = ['--skip-invalid', '--rejects', `${folder}/rejects.csv`];
    const words = ['upload', '--sandbox', '--part-size', '40', ...rejects, path];
    expect((await run(words)).code).toBe(2);
    expect(readdirSync(folder)).toEqual(['calls.csv']);
  });

  it('is waited for after all parts are sent', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(100));
    const words = ['upload', '--sandbox', '--part-size', '1kB', '--wait', '--json', path];
    const ended = await run(words, { env, clock: new FakeClock(Date.now()) });
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stdout.match(/"PROCESSED"/g)).toHaveLength(4);
  });
});
