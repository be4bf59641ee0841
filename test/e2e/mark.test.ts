import { describe, expect, it } from 'vitest';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { KeepingService } from '../support/keeping-service.ts';
import { run, temporaryFolder } from '../support/run.ts';
import { accepting } from '../support/test-service.ts';
import { answerJson } from '../support/test-service.ts';
import { calls, upload } from '../support/upload-here.ts';

const TOKEN = 'y0_AgAAAAD-test-token-0123456789';

const env = { METRIKA_TOKEN: TOKEN };

describe('the mark', () => {
  it('is left out if the user asks for that', async () => {
    const service = await accepting();
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const words = ['upload', ...service.target, '--no-mark', '--json', path];
    const ended = await run(words, { env });
    expect(service.posts()[0]?.rawQuery).toBe('');
    expect(JSON.parse(ended.stdout)).toMatchObject({ results: [{ mark: null }] });
    const both = await run([...words, '--skip-existing'], { env });
    expect([both.code, both.stdout]).toEqual([2, expect.stringContaining('mark-needed')]);
    await run(['upload', ...service.target, '--no-mark', '-m', 'as it is ', path], { env });
    expect(service.posts()[1]?.query.get('comment')).toBe('as it is ');
  });
});

describe('a service that does not keep comments', () => {
  it('is reported once in a run, even with -q', async () => {
    const service = await KeepingService.start((visit) => {
      if (visit.request.method === 'GET') visit.usual();
      else
        answerJson(
          visit.response,
          200,
          JSON.stringify({ uploading: { ...visit.store(), comment: 'x' } }),
        );
    });
    const { code, mark_kept, stderr } = await upload(['-q', ...service.target, calls(), calls(6)]);
    expect([code, mark_kept]).toEqual([0, false]);
    expect(stderr.match(/without the mark/g)).toHaveLength(1);
  });

  it.each([
    ['keeps comments in another form', (comment: string) => comment.replaceAll('&', '&amp;'), true],
    ['shows no comment in its answer', () => undefined, null],
  ])('is not reported if it %s', async (_, form, kept) => {
    {
      const service = await KeepingService.start((visit) => {
        if (visit.request.method === 'GET') {
          answerJson(visit.response, 200, '{"uploadings":[]}');
          return;
        }
        const upload = visit.store();
        const uploading = { ...upload, comment: form(upload.comment) };
        answerJson(visit.response, 200, JSON.stringify({ uploading }));
      });
      const { mark_kept } = await upload([...service.target, '-m', 'North & South', calls()]);
      expect(mark_kept).toBe(kept);
    }
  });

  it.each([
    ['null', null],
    ['a missing one', undefined],
    ['a number', 12345],
    ['a list', ['x']],
    ['an object', { text: 'x' }],
  ])('is reported if the list shows %s as the comment', async (_, comment) => {
    const service = await KeepingService.start((visit) => {
      if (visit.request.method === 'POST') visit.usual();
      else {
        const uploadings =
          visit.request.query.get('offset') === '0'
            ? service.kept.map((one) => ({ ...one, comment }))
            : [];
        answerJson(visit.response, 200, JSON.stringify({ uploadings }));
      }
    });
    const { mark_kept, stderr } = await upload([
      '-q',
      '--skip-existing',
      ...service.target,
      calls(),
    ]);
    expect(mark_kept).toBe(false);
    expect(stderr.match(/without the mark/g)).toHaveLength(1);
  });
});
