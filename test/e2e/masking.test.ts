import { describe, expect, it } from 'vitest';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { run, temporaryFolder } from '../support/run.ts';
import { answerJson, errorBody, TestService } from '../support/test-service.ts';

const env = { METRIKA_TOKEN: 'y0_some_token_0123456789' };

function calls(): string {
  return writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
}

describe('phone numbers and identifiers', () => {
  it('are masked in every form of output', async () => {
    const path = writeCalls(
      temporaryFolder(),
      'calls.csv',
      'ClientId,DateTime,PhoneNumber,Tag\nid-79161112233-x,+79161112233,8 (916) 111-22-33,"79161112233\n79161112233,1,2,3,79161112233\n',
    );
    for (const words of [
      ['validate'],
      ['validate', '--json'],
      ['upload', '--sandbox'],
      ['upload', '--sandbox', '--json'],
    ]) {
      const ended = await run([...words, path]);
      expect(ended.code).toBe(3);
      expect(ended.stdout + ended.stderr).not.toMatch(/79161112233|111-22-33/);
    }
  });
});

describe('the texts of the service', () => {
  const words =
    'line 3: bad PhoneNumber +70123450001, ClientId 1481718166123456790, counter 2215573';

  it.each([[[]], [['--json']], [['--format', 'github']]])(
    'have masked phone numbers and identifiers, with %j',
    async (options) => {
      const service = await TestService.start((_, response) => {
        answerJson(response, 400, errorBody('invalid_parameter', words, 400, '+7 (012) 345-00-01'));
      });
      const command = ['upload', '-v', ...options, ...service.target, calls()];
      const ended = await run(command, { env });
      const said = ended.stdout + ended.stderr;
      expect(ended.code).toBe(5);
      expect(said).toContain('line 3: bad PhoneNumber +7012');
      expect(said).toContain('counter 2215573');
      expect(said).not.toMatch(/70123450001|1481718166123456790|345-00-01/);
    },
  );

  it('have them masked in pages of other sites, and are unchanged with --show-values', async () => {
    const service = await TestService.start((_, response) => {
      response.writeHead(404, { 'content-type': 'text/html' });
      response.end(`<p>${words}</p>`);
    });
    const hidden = await run(['upload', ...service.target, calls()], { env });
    expect(hidden.stderr).not.toContain('70123450001');
    const shown = await run(['upload', '--show-values', ...service.target, calls()], { env });
    expect(shown.stderr).toContain('+70123450001');
  });
});
