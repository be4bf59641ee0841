import { describe, expect, it } from 'vitest';
import { run } from '../support/run.ts';
import { answerJson, TestService } from '../support/test-service.ts';

const env = { METRIKA_TOKEN: 'y0_AgAAAAD-test-token-0123456789' };

describe('list', () => {
  const uploadings = Array.from({ length: 30 }, (_, at) => ({
    id: at + 1,
    create_time: `2026-11-${String((at % 28) + 1).padStart(2, '0')}T10:00:00+03:00`,
    status: 'PROCESSED',
    source_quantity: 10,
    line_quantity: 9,
    comment: `week ${String(at)}\u001b[31m`,
  }));

  async function service(): Promise<TestService> {
    return await TestService.start((request, response) => {
      const offset = Number(request.query.get('offset'));
      answerJson(
        response,
        200,
        JSON.stringify({ uploadings: uploadings.slice(offset, offset + 12) }),
      );
    });
  }

  it('reads all pages and shows the newest first, in lines with tabs if there is no terminal', async () => {
    const ended = await run(['list', '--limit', '3', ...(await service()).target], { env });
    expect(ended.code).toBe(0);
    const lines = ended.stdout.trimEnd().split('\n');
    expect(lines.map((line) => line.split('\t')[0])).toEqual(['28', '27', '26']);
    expect(lines[0]?.split('\t').slice(2)).toEqual(['PROCESSED', '9/10', 'week 27^[[31m']);
    expect(ended.stderr).toContain('27 older uploads not shown');
  });

  it('has every field in JSON', async () => {
    const ended = await run(['list', '--json', '--limit', '100', ...(await service()).target], {
      env,
    });
    const document = JSON.parse(ended.stdout) as { ok: boolean; uploadings: unknown[] };
    expect(document.ok).toBe(true);
    expect(document.uploadings).toHaveLength(30);
    expect(document.uploadings[0]).toEqual(uploadings[27]);
  });

  it('reports an empty counter', async () => {
    const empty = await TestService.start((_, response) => {
      answerJson(response, 200, '{"uploadings":[]}');
    });
    const ended = await run(['list', ...empty.target], { env });
    expect(ended).toMatchObject({ code: 0, stdout: '' });
    expect(ended.stderr).toContain('no uploads');
  });
});
