import { describe, expect, it } from 'vitest';
import { FakeClock } from '../support/fake-clock.ts';
import { run } from '../support/run.ts';
import { answerJson, errorBody, TestService } from '../support/test-service.ts';

const env = { METRIKA_TOKEN: 'y0_AgAAAAD-test-token-0123456789' };

describe('status', () => {
  it('shows one upload, also with an id above 2^53', async () => {
    const service = await TestService.start((_, response) => {
      answerJson(
        response,
        200,
        '{"uploading":{"id":9007199254740993,"status":"MATCHED","line_quantity":3,"source_quantity":3}}',
      );
    });
    const ended = await run(['status', ...service.target, '9007199254740993'], { env });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toMatch(/upload 9007199254740993: in processing\n +status +MATCHED/);
    expect(service.requests[0]?.path).toBe(
      '/management/v1/counter/2215573/offline_conversions/calls_uploading/9007199254740993',
    );
    const json = await run(['status', '--json', ...service.target, '9007199254740993'], { env });
    expect(json.stdout).toMatch(/"id": 9007199254740993\b/);
  });

  it.each([
    ['{"id":1,"status":"LINKAGE_FAILURE","dynamic_calls_quantity":2,"static_calls_quantity":1}', 7],
    ['{"id":1,"status":"LINKAGE_FAILURE","dynamic_calls_quantity":0,"static_calls_quantity":3}', 0],
    ['{"id":1,"status":"LINKAGE_FAILURE","static_calls_quantity":3,"line_quantity":3}', 0],
    ['{"id":1,"status":"PROCESSED","line_quantity":1,"source_quantity":2}', 7],
  ])('of %s ends with %i', async (uploading, code) => {
    const service = await TestService.start((_, response) => {
      answerJson(response, 200, `{"uploading":${uploading}}`);
    });
    expect((await run(['status', ...service.target, '1'], { env })).code).toBe(code);
  });

  it('waits through known and unknown statuses until the end', async () => {
    const statuses = ['PREPARED', 'NEVER_SEEN', 'MATCHED', 'PROCESSED'];
    const service = await TestService.start((_, response) => {
      const status = statuses[Math.min(service.requests.length, statuses.length) - 1] ?? '';
      answerJson(response, 200, JSON.stringify({ uploading: { id: 5, status } }));
    });
    const ended = await run(['status', '--wait', '--poll-interval', '1m', ...service.target, '5'], {
      env,
      clock: new FakeClock(Date.now()),
    });
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain('PROCESSED');
    expect(service.requests).toHaveLength(4);
    expect(ended.stderr).toContain('NEVER_SEEN');
  });

  it('prints the command for the next step if the wait times out', async () => {
    const service = await TestService.start((_, response) => {
      answerJson(response, 200, '{"uploading":{"id":5,"status":"UPLOADED"}}');
    });
    const words = ['status', '--wait', '--poll-interval', '1m', '--wait-timeout', '5m'];
    const ended = await run([...words, ...service.target, '5'], {
      env,
      clock: new FakeClock(Date.now()),
    });
    expect(ended.code).toBe(7);
    expect(ended.stderr).toContain(
      `metrika-calls status --counter 2215573 --api-url ${service.url} --wait 5`,
    );
  });

  it('reports an upload that does not exist', async () => {
    const service = await TestService.start((_, response) => {
      answerJson(response, 404, errorBody('not_found', 'Uploading is not found', 404));
    });
    const ended = await run(['status', '--json', ...service.target, '5'], { env });
    expect(ended.code).toBe(5);
    expect(JSON.parse(ended.stdout)).toMatchObject({
      ok: false,
      error: { code: 'uploading-not-found', status: 404 },
    });
  });

  it.each(['abc', '-1', '9223372036854775808', '1.5'])(
    'does not accept %s as an id',
    async (id) => {
      expect((await run(['status', '-c', '1', '--', id], { env })).code).toBe(2);
    },
  );
});
