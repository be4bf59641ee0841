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

describe.each(['en', 'ru'])('the end of a run in %s', (METRIKA_LANG) => {
  it('prints the id, and the command for the next step, if the wait ends early', async () => {
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

  it('shows both numbers if the service got fewer lines than were sent', async () => {
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

  it('has a next step for every failure', () => {
    const words = METRIKA_LANG === 'ru' ? ru : en;
    const said = new Map(explanations(words).map(({ code, hint }) => [code, hint]));
    for (const code of Object.keys(FAILURE_EXIT_CODES)) {
      expect(said.get(code)?.length, code).toBeGreaterThan(10);
    }
  });
});
