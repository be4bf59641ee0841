import { describe, expect, it } from 'vitest';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { temporaryFolder } from '../support/run.ts';
import { said } from '../support/run-here.ts';
import { answerJson, errorBody, TestService } from '../support/test-service.ts';

const PHONE = '89161234567';

describe('the address of the service', () => {
  it('stays readable, and phone numbers beside it are masked', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(1));
    const service = await TestService.start((request, response) => {
      const text = `see http://${String(request.headers['host'])}/${PHONE} or call ${PHONE}.`;
      answerJson(response, 400, errorBody('invalid_parameter', text, 400));
    });
    const { host } = new URL(service.url);
    const target = ['-c', '2215573', '--api-url', service.url, '--retries', '0', '-v'];
    const sending = ['upload', ...target, '--again', '--no-mark', '-m', PHONE, path];
    for (const words of [sending, [...sending, '--json'], ['list', ...target]]) {
      const { text } = await said(words);
      expect(text).toMatch(new RegExp(`(?:GET|POST) http://${host}/management`));
      const isShown = text.includes(`see http://${host}/`);
      expect(isShown, text).toBe(true);
      expect(text).not.toContain(PHONE);
    }
    await service.close();
    const { text } = await said(sending);
    expect(text.split(host).length).toBeGreaterThan(1);
    expect(text).not.toContain('127.0•');
  });

  it('stays readable if it is a sandbox of the run', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(1));
    const { text } = await said(['upload', '--sandbox', '-v', path]);
    expect(text).toMatch(/POST http:\/\/127\.0\.0\.1:\d+\/management/);
  });
});
