import { describe, expect, it } from 'vitest';
import { FakeClock } from '../support/fake-clock.ts';
import { run } from '../support/run.ts';
import { answerJson, TestService } from '../support/test-service.ts';

const TOKEN = 'y0_some_token_0123456789';

const env = { METRIKA_TOKEN: TOKEN };

describe('requests', () => {
  it('are at most 30 in a second', async () => {
    const service = await TestService.start((_, response) => {
      const status = service.requests.length >= 45 ? 'PROCESSED' : 'UPLOADED';
      answerJson(response, 200, JSON.stringify({ uploading: { id: 5, status } }));
    });
    const clock = new FakeClock(Date.now());
    const before = clock.now();
    const words = ['status', '--wait', ...service.target, '5', '--poll-interval'];
    const ended = await run([...words, '1ms'], { env, clock });
    expect(ended.code).toBe(0);
    expect(clock.now() - before).toBeGreaterThan(1000);
    expect((await run([...words, '30d'], { env })).code).toBe(2);
  });
});
