import { describe, expect, it } from 'vitest';
import { explanations } from '../../src/cli/output/explanations.ts';
import { FAILURE_EXIT_CODES } from '../../src/failure.ts';
import { en } from '../../src/words/en.ts';
import { ru } from '../../src/words/ru.ts';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { run, start, temporaryFolder } from '../support/run.ts';
import { runHere } from '../support/run-here.ts';
import { answerJson, TestService } from '../support/test-service.ts';

const env = { METRIKA_TOKEN: 'some-token-123' };
const onPosix = process.platform === 'win32' ? it.skip : it;

describe.each(['en', 'ru'])('Ctrl-C in %s', (METRIKA_LANG) => {
  onPosix.each([
    ['while sending', 'upload'],
    ['while waiting', 'wait'],
  ])('45 %s says what is known and how to go on', async (_, stage) => {
    let asked: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => (asked = resolve));
    const service = await TestService.start(({ method }, response) => {
      if (stage === 'upload') asked();
      else if (method === 'POST')
        answerJson(response, 200, '{"uploading":{"id":41,"status":"UPLOADED"}}');
      else asked();
    });
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const words = ['upload', ...service.target, '--wait', '--poll-interval', '1s', path];
    const { child, ended } = start(words, { env: { ...env, METRIKA_LANG } });
    await arrived;
    const from = performance.now();
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    // A hundred milliseconds, on a machine that has much else to do.
    expect(performance.now() - from).toBeLessThan(1500);
    expect(stderr).toMatch(stage === 'wait' ? /metrika-calls status .*41/ : /metrika-calls list /);
  });
});

describe.each(['en', 'ru'])('an end in %s', (METRIKA_LANG) => {
  it('46 of the waiting prints the id and the command that goes on', async () => {
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

  it('50 with fewer lines than were sent is told with both numbers', async () => {
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

  it('49 of every failure says what to do next', () => {
    const words = METRIKA_LANG === 'ru' ? ru : en;
    const said = new Map(explanations(words).map(({ code, hint }) => [code, hint]));
    for (const code of Object.keys(FAILURE_EXIT_CODES)) {
      expect(said.get(code)?.length, code).toBeGreaterThan(10);
    }
  });
});

describe('a bug', () => {
  it('48 says that it is one, and where the report is; a trace only with -v', async () => {
    const folder = temporaryFolder();
    const path = writeCalls(folder, 'calls.csv', goodCalls(1));
    const hook = writeCalls(
      folder,
      'hook.cjs',
      `Object.defineProperty(Date, 'now', { value: () => { throw new TypeError('broken on purpose'); } });`,
    );
    const more = { NODE_OPTIONS: `--require ${hook}`, TMPDIR: folder };
    const plain = await run(['validate', path], { env: more });
    expect(plain.code).toBe(1);
    expect(plain.stderr).toMatch(/bug in metrika-calls/);
    expect(plain.stderr).not.toMatch(/\n +at /);
    const verbose = await run(['validate', '-v', path], { env: more });
    expect(verbose.stderr).toMatch(/\n +at |broken on purpose/);
  });
});
