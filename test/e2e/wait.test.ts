import { describe, expect, it } from 'vitest';
import { KeepingService } from '../support/keeping-service.ts';
import { runHere } from '../support/run-here.ts';
import { answerJson } from '../support/test-service.ts';
import { calls, now, upload } from '../support/upload-here.ts';

// These tests reproduce failures of networks and proxies. A fake clock makes the pauses take no
// time.

const env = { METRIKA_TOKEN: 'y0_some_token_0123456789' };

describe('--wait', () => {
  const wait = ['--wait', '--poll-interval', '30s', '--wait-timeout', '1h'];

  it('continues through an outage, a busy service, and an upload that is not found at first', async () => {
    const clock = now();
    let number = 0;
    const service = await KeepingService.start((visit) => {
      const { request, response, raw } = visit;
      if (request.method === 'POST' || request.path.endsWith('/calls_uploadings')) {
        visit.usual();
        return;
      }
      number += 1;
      if (number === 1) answerJson(response, 404, '{}');
      else if (number < 10) answerJson(response, 503, '{}');
      else if (number < 15) raw.socket.destroy();
      else if (number === 15) answerJson(response, 429, '{}');
      else if (number === 16) answerJson(response, 200, '<html>restarting</html>');
      else {
        for (const upload of service.kept) upload.status = 'PROCESSED';
        visit.usual();
      }
    });
    const { code, uploading, stderr } = await upload([...wait, ...service.target, calls()], clock);
    expect([code, uploading]).toMatchObject([0, { status: 'PROCESSED' }]);
    // Several failures in a row with the same cause are reported only once.
    expect(stderr.match(/cannot be looked at now/g)).toHaveLength(5);
    expect(clock.sleeps).toEqual(Array.from({ length: 17 }, () => 30_000));
  });

  it.each([
    [
      'time is up',
      (response: never) => {
        answerJson(response, 503, '{}');
      },
      7,
      'wait-timeout',
    ],
    [
      'a request is refused',
      (response: never) => {
        answerJson(response, 403, '{}');
      },
      4,
      'wait-ended',
    ],
  ])('prints the upload and the next step if %s', async (_, answer, exitCode, code) => {
    const service = await KeepingService.start((visit) => {
      if (visit.request.method === 'POST') visit.usual();
      else answer(visit.response as never);
    });
    const { error, ...sent } = await upload(['-q', ...wait, ...service.target, calls()]);
    expect([sent.code, error?.code, sent.uploading?.id]).toEqual([exitCode, code, 1001]);
    expect(error?.message).toContain('1001');
    expect(error?.hint).toMatch(/metrika-calls status .* --wait 1001$/);
    const text = await runHere(['upload', '-q', ...wait, ...service.target, calls()], {
      env,
      clock: now(),
    });
    expect(text.stderr).toMatch(/metrika-calls status [^\n]* --wait 1002/);
  });

  it('begins after all files are sent', async () => {
    const asked: string[] = [];
    const service = await KeepingService.start((visit) => {
      asked.push(visit.request.method);
      for (const upload of service.kept) upload.status = 'PROCESSED';
      visit.usual();
    });
    const files = [calls(2), calls(3), calls(4)];
    const ended = await runHere(['upload', ...wait, ...service.target, ...files], {
      env,
      clock: now(),
    });
    expect(ended.code).toBe(0);
    // The list is read before the files are sent, and again after all files are sent. The second
    // time, the list has two pages.
    const waits = ['GET', 'GET', 'GET'];
    expect(asked).toEqual(['GET', 'POST', 'POST', 'POST', 'GET', 'GET', ...waits]);
    const order = files.map((file) => ended.stdout.indexOf(file));
    expect(order).toEqual(order.toSorted((one, other) => one - other));
  });
});
