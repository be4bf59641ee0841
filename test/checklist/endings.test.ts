import { describe, expect, it } from 'vitest';
import { explanations } from '../../src/cli/output/explanations.ts';
import { FAILURE_EXIT_CODES } from '../../src/failure.ts';
import { en } from '../../src/words/en.ts';
import { ru } from '../../src/words/ru.ts';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { temporaryFolder } from '../support/run.ts';
import { runHere } from '../support/run-here.ts';
import { answerJson, TestService } from '../support/test-service.ts';

const env = { METRIKA_TOKEN: 'some-token-123' };

describe.each(['en', 'ru'])('an end in %s', (METRIKA_LANG) => {
  it('of the waiting prints the id and the command that goes on', async () => {
    const service = await TestService.start((_, response) => {
      answerJson(response, 200, '{"uploading":{"id":41,"status":"UPLOADED"}}');
    });
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const words = ['upload', ...service.target, '--wait', '--wait-timeout', '2m', path];
    const clock = new FakeClock(Date.now());
    const ended = await runHere(words, { env: { ...env, METRIKA_LANG }, clock });
    expect(ended.code).toBe(7);
    expect(ended.stderr).toMatch(/metrika-calls status .*--wait.* 41/);
  });

  it('with fewer lines than were sent is told with both numbers', async () => {
    const service = await TestService.start((_, response) => {
      answerJson(
        response,
        200,
        '{"uploading":{"id":41,"status":"UPLOADED","source_quantity":9,"line_quantity":7}}',
      );
    });
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(9));
    const ended = await runHere(['upload', ...service.target, path], {
      env: { ...env, METRIKA_LANG },
      clock: new FakeClock(Date.now()),
    });
    expect(ended.code).toBe(7);
    expect(ended.stdout + ended.stderr).toMatch(/7 (?:of|из) 9/);
  });

  it('of every failure says what to do next', () => {
    const words = METRIKA_LANG === 'ru' ? ru : en;
    const said = new Map(explanations(words).map(({ code, hint }) => [code, hint]));
    for (const code of Object.keys(FAILURE_EXIT_CODES)) {
      expect(said.get(code)?.length, code).toBeGreaterThan(10);
    }
  });
});
