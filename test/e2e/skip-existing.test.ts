import { describe, expect, it } from 'vitest';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { run, start, temporaryFolder } from '../support/run.ts';
import { isLong } from '../support/runs.ts';
import { answerJson, errorBody, TestService } from '../support/test-service.ts';

const env = { METRIKA_TOKEN: 'y0_some_token_0123456789' };

interface Kept {
  readonly id: number;
  readonly comment: string;
  readonly source_quantity: number;
  readonly create_time: string;
  readonly status: string;
}

/** A service that keeps what it is sent and lists it. */
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
  it('sends the same content once, from any folder and under any name', async () => {
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

  it('knows the same content twice in one run, and after the records with errors are left out', async () => {
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

  it('sends nothing when the list cannot be read', async () => {
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

  it('names a duplicate that another run sent at the same time', async () => {
    const kept: Kept[] = [];
    const service = await TestService.start((request, response) => {
      if (request.method === 'POST') {
        const comment = request.query.get('comment') ?? '';
        // The random part is another one.
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

  it('leaves one upload when a run is killed at any moment and started again', async () => {
    const rounds = isLong ? 40 : 8;
    for (let round = 0; round < rounds; round += 1) {
      const kept: Kept[] = [];
      const service = await keeping(kept);
      const path = writeCalls(
        temporaryFolder(),
        'calls.csv',
        goodCalls(3, `round ${String(round)}`),
      );
      const words = ['upload', '--skip-existing', ...service.target, path];
      const { child, ended } = start(words, { env });
      // Spread over the whole of a run, which takes some 200 ms.
      await new Promise<void>((resolve) => setTimeout(resolve, 90 + (round * 160) / rounds));
      child.kill('SIGKILL');
      await ended;
      expect((await run(words, { env })).code).toBe(0);
      expect(kept).toHaveLength(1);
      await service.close();
    }
  }, 120_000);
});
