import { describe, expect, it } from 'vitest';
import { goodCalls, recently, writeCalls } from '../support/calls.ts';
import { run, temporaryFolder } from '../support/run.ts';
import { said } from '../support/run-here.ts';
import { answerJson, errorBody, TestService } from '../support/test-service.ts';

describe('text from outside', () => {
  const HOSTILE = '##[set-output name=deploy;]yes \u202e\u200f\u061c\u2028\u200b\u001b[31m\u009b2J';

  it('is never a command for a terminal or a runner', async () => {
    const folder = temporaryFolder();
    const file = `::error::${HOSTILE.replaceAll('/', '')}.csv`;
    const path = writeCalls(
      folder,
      file,
      `ClientId,DateTime,Price,##[group]${HOSTILE}\nx,1,"${HOSTILE}","::stop-commands::"\n`,
    );
    const service = await TestService.start((_, response) => {
      response.setHeader('x-request-id', '##[debug]x');
      answerJson(response, 400, errorBody('invalid_parameter', HOSTILE, 400));
    });
    const good = writeCalls(folder, '::good::.csv', goodCalls(1));
    for (const format of [[], ['--json'], ['--format', 'github'], ['-v']]) {
      for (const words of [
        ['validate', path],
        ['upload', ...service.target, good],
      ]) {
        const { text } = await said([...words, ...format]);
        expect(text).not.toMatch(/##\[/);
        expect(text.replaceAll('\n', '')).not.toMatch(
          /[\0-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069]/,
        );
        if (format[1] === 'github') continue;
        expect(text).not.toMatch(/^\s*::/m);
      }
    }
  });

  it('is shown without phone numbers and addresses, in any form', async () => {
    const service = await TestService.start((_, response) => {
      response.setHeader('x-request-id', 'req-79161234567');
      const words =
        'Wrong 8 (916) 123-45-67, 8\u00a0916\u00a0123\u00a045\u00a067, ８９１６１２３４５６７, ivan@example.ru in 2215573';
      answerJson(response, 400, errorBody('invalid_parameter', words, 400));
    });
    const { text } = await said(['list', ...service.target, '--json']);
    expect(text).not.toMatch(/123-45|123\u00a045|１２３|ivan@example|1234567/);
    expect(text).toContain('2215573');
    const cells = [
      '8    916    123    45    67',
      '8----916----123----45----67',
      '⁸⁹¹⁶¹²³⁴⁵⁶⁷',
      'ivan@example.ru',
    ];
    for (const cell of cells) {
      const path = writeCalls(
        temporaryFolder(),
        'calls.csv',
        `ClientId,DateTime,Price\n1,1,${cell}\n`,
      );
      const shown = (await said(['validate', path])).text;
      expect(shown).not.toContain(cell);
    }
  });

  it('cannot control the terminal', async () => {
    const evil = '\u001b]0;title\u0007\u001b[2J::error::x';
    const folder = temporaryFolder();
    const path = writeCalls(
      folder,
      'a\u001b[31mb.csv',
      `ClientId,DateTime,${evil}\n5,${String(recently())},x,${evil}\n`,
    );
    const ended = await run(['validate', path]);
    expect(ended.stdout + ended.stderr).not.toContain('\u001b');
    expect(ended.stdout).toContain('a^[[31mb.csv');
    const service = await TestService.start((_, response) => {
      answerJson(response, 400, JSON.stringify({ errors: [{ error_type: 'x', message: evil }] }));
    });
    const good = writeCalls(folder, 'calls.csv', goodCalls(2));
    const upload = await run(['upload', ...service.target, '--token', 'some-token', good]);
    expect(upload.stderr).not.toContain('\u001b');
    expect(upload.stderr).toContain('^[]0;title');
  });
});
