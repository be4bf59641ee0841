import { describe, expect, it } from 'vitest';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { KeepingService } from '../support/keeping-service.ts';
import { run, temporaryFolder } from '../support/run.ts';
import { answerJson, errorBody, TestService } from '../support/test-service.ts';
import { calls, now, upload } from '../support/upload-here.ts';

const env = { METRIKA_TOKEN: 'y0_some_token_0123456789' };

interface Kept {
  readonly id: number;
  readonly comment: string;
  readonly source_quantity: number;
  readonly create_time: string;
  readonly status: string;
}

/** Starts a service that stores and lists uploads. */
async function keeping(kept: Kept[] = []): Promise<TestService> {
  return await TestService.start((request, response) => {
    if (request.method === 'POST') {
      const uploading = keep(kept, request.query.get('comment') ?? '');
      answerJson(response, 200, JSON.stringify({ uploading }));
      return;
    }
    const offset = Number(request.query.get('offset'));
    answerJson(response, 200, JSON.stringify({ uploadings: kept.slice(offset, offset + 2) }));
  });
}

function keep(kept: Kept[], comment: string): Kept {
  const uploading = {
    id: 100 + kept.length,
    comment,
    source_quantity: 3,
    create_time: new Date().toISOString(),
    status: 'UPLOADED',
  };
  kept.push(uploading);
  return uploading;
}

describe('--skip-existing', () => {
  it('sends the same content once, from any folder and with any name', async () => {
    const kept: Kept[] = [];
    const service = await keeping(kept);
    for (let at = 0; at < 5; at += 1) keep(kept, `other ${String(at)}`);
    const content = goodCalls(3);
    const words = ['upload', '--skip-existing', '--json', '-m', 'Ноябрь', ...service.target];
    const outcomes: unknown[] = [];
    for (const name of ['calls.csv', 'again.csv']) {
      const ended = await run([...words, writeCalls(temporaryFolder(), name, content)], { env });
      expect(ended.code, ended.stderr).toBe(0);
      const [result] = (JSON.parse(ended.stdout) as { results: Record<string, unknown>[] }).results;
      outcomes.push([result?.['outcome'], (result?.['uploading'] as Kept).id]);
    }
    expect(outcomes).toEqual([
      ['uploaded', 105],
      ['existing', 105],
    ]);
    expect(service.posts()).toHaveLength(1);
    expect(kept.at(-1)?.comment).toMatch(/^Ноябрь mc[0-9a-f]{20}[0-9a-z]{10}$/);
    const other = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(3, 'south'));
    expect((await run([...words, other], { env })).code).toBe(0);
    expect(service.posts()).toHaveLength(2);
  });

  it('recognizes the same content in two files, even if one has records with errors that are left out', async () => {
    const service = await keeping();
    const folder = temporaryFolder();
    const content = goodCalls(3);
    const first = writeCalls(folder, 'a.csv', content);
    const second = writeCalls(folder, 'b.csv', content);
    const words = ['upload', '--skip-existing', '--skip-invalid', ...service.target];
    const ended = await run([...words, first, second], { env });
    expect(ended.code, ended.stderr).toBe(0);
    expect(service.posts()).toHaveLength(1);
    const dirty = writeCalls(folder, 'c.csv', `${content}x,1,0,bad\n`);
    expect((await run([...words, dirty], { env })).code).toBe(0);
    expect(service.posts()).toHaveLength(1);
  });

  it('sends nothing if the list cannot be read', async () => {
    const service = await TestService.start((_, response) => {
      answerJson(response, 403, errorBody('access_denied', 'no reading', 403));
    });
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(3));
    expect((await run(['upload', '--skip-existing', ...service.target, path], { env })).code).toBe(
      4,
    );
    expect(service.posts()).toHaveLength(0);
  });

  it('never cuts the comment', async () => {
    const service = await keeping();
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(3));
    const words = ['upload', '--skip-existing', ...service.target, path];
    expect((await run([...words, '-m', 'я'.repeat(223)], { env })).code).toBe(2);
    expect(service.requests).toHaveLength(0);
    expect((await run([...words, '-m', 'я'.repeat(222)], { env })).code).toBe(0);
    expect([...(service.posts()[0]?.query.get('comment') ?? '')]).toHaveLength(255);
  });

  it('reports a duplicate that another run sent at the same time', async () => {
    const kept: Kept[] = [];
    const service = await TestService.start((request, response) => {
      if (request.method === 'POST') {
        const comment = request.query.get('comment') ?? '';
        // The other run's upload has a mark with a different random part.
        keep(kept, comment.replace(/.{10}$/, '0123456789'));
        answerJson(response, 200, JSON.stringify({ uploading: keep(kept, comment) }));
      } else {
        const offset = Number(request.query.get('offset'));
        answerJson(response, 200, JSON.stringify({ uploadings: kept.slice(offset) }));
      }
    });
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(3));
    const ended = await run(['upload', '--skip-existing', ...service.target, path], { env });
    expect(ended.code).toBe(0);
    expect(ended.stderr).toContain('101, 100');
    const words = ['upload', '--skip-existing', '-q', '--json', ...service.target, path];
    const json = JSON.parse((await run(words, { env })).stdout) as unknown;
    expect(json).toMatchObject({ results: [{ outcome: 'existing', mark: null }] });
  });

  it('reads the list twice for all files of a run: before and after the sending', async () => {
    const asked: string[] = [];
    const service = await KeepingService.start((visit) => {
      asked.push(`${visit.request.method}${visit.request.query.get('offset') ?? ''}`);
      visit.usual();
    });
    await upload(['--skip-existing', ...service.target, calls(2), calls(3), calls(4)]);
    expect(asked.slice(0, 2)).toEqual(['GET0', 'POST']);
    expect(asked.filter((one) => one === 'GET0')).toHaveLength(2);
  });

  it('waits for a slow list once, for all files together', async () => {
    let looks = 0;
    const service = await KeepingService.start((visit) => {
      const { request, response } = visit;
      const isLook = request.method === 'GET' && request.query.get('offset') === '0';
      if (isLook) looks += 1;
      // The list is requested before the sending, and again after it. The second request gets an
      // empty list, so there is a third request.
      if (isLook && looks === 2) answerJson(response, 200, '{"uploadings":[]}');
      else visit.usual();
    });
    const words = ['--skip-existing', ...service.target, calls(2), calls(3), calls(4)];
    const { code } = await upload(words);
    expect([code, service.posts(), looks]).toEqual([0, 3, 3]);
  });

  it('reports an unreadable list for each file, but requests the list only once', async () => {
    const service = await KeepingService.start((visit) => {
      answerJson(visit.response, 403, '{}');
    });
    const words = ['upload', '--json', '--skip-existing', ...service.target, calls(2), calls(3)];
    const ended = await run(words, { env });
    const { results } = JSON.parse(ended.stdout) as { results: { exit_code: number }[] };
    expect(results.map(({ exit_code }) => exit_code)).toEqual([4, 4]);
    expect(service.service.requests).toHaveLength(1);
    const dry = await run([...words, '--dry-run'], { env });
    expect(dry.code).toBe(4);
  });

  it('reads the list again before a retry, and uses an upload that another machine has sent', async () => {
    const path = calls();
    const service = await KeepingService.start((visit) => {
      const { request, response, number } = visit;
      if (request.method === 'GET' || number > 1) {
        visit.usual();
        return;
      }
      const other = visit.store();
      other.comment = other.comment.replace(/.{10}$/, 'othermark0');
      answerJson(response, 429, '{}');
    });
    const { code, outcome, uploading } = await upload(['--skip-existing', ...service.target, path]);
    expect([code, outcome, uploading?.id, service.posts()]).toEqual([0, 'existing', 1001, 1]);
  });

  it('waits for a slow list, and reports both ids if another machine has sent the content', async () => {
    const clock = now();
    let listedFrom = Number.POSITIVE_INFINITY;
    const service = await KeepingService.start((visit) => {
      const { request, response } = visit;
      if (request.method === 'POST') {
        const other = visit.store();
        other.comment = other.comment.replace(/.{10}$/, 'othermark0');
        listedFrom = clock.now() + 3500;
        visit.usual();
      } else if (clock.now() < listedFrom) answerJson(response, 200, '{"uploadings":[]}');
      else visit.usual();
    });
    const words = ['--skip-existing', '-q', ...service.target, calls()];
    const { code, duplicates, uploading, stderr } = await upload(words, clock);
    expect([code, uploading?.id]).toEqual([0, 1002]);
    expect(duplicates.map(({ id }) => id)).toEqual([1001]);
    expect(stderr).toContain('1002, 1001');
    expect(clock.sleeps).toEqual([1000, 3000]);
  });

  it('recognizes uploads of earlier versions of the program, which have only a fingerprint', async () => {
    const path = calls();
    const service = await KeepingService.start();
    await upload([...service.target, path]);
    const [first] = service.kept;
    if (first === undefined) throw new Error('nothing was stored');
    first.comment = first.comment.slice(0, 22);
    const { outcome } = await upload(['--skip-existing', ...service.target, path]);
    expect(outcome).toBe('existing');
  });
});
