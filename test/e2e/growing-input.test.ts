import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { goodCalls, recently, writeCalls } from '../support/calls.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { run, temporaryFolder } from '../support/run.ts';
import { answerJson, errorBody, TestService } from '../support/test-service.ts';
import { countWork } from '../support/work.ts';

/** A function that processes an input of the given size. */
type Growing = (size: number) => Promise<unknown>;

const work = await countWork();
// Only code that is loaded after the call of `countWork` is counted. So `masked` is imported here,
// and not at the top of the file.
vi.resetModules();
const { masked } = await import('../../src/safe-text/masking.ts');

async function workOf(run: () => Promise<unknown>): Promise<number> {
  await work();
  await run();
  return await work();
}

const env = { METRIKA_TOKEN: 'y0_some_token_0123456789' };

async function said(words: readonly string[]): Promise<string> {
  const ended = await run(words, { env, clock: new FakeClock(Date.now()) });
  return ended.stdout + ended.stderr;
}

async function checked(content: string | Buffer, command = 'validate'): Promise<string> {
  return await said([command, writeCalls(temporaryFolder(), 'calls.csv', content)]);
}

async function answered(body: string, status: number, command = 'list'): Promise<string> {
  const service = await TestService.start((_, response) => {
    answerJson(response, status, body);
  });
  const operands = command === 'status' ? ['7'] : [];
  return await said([command, ...service.target, '--retries', '0', ...operands]);
}

/** The approximate work of a run without any input, in executed blocks of code. */
const A_RUN = 10_000;

const time = String(recently());

const GROWING: Readonly<Record<string, Growing>> = {
  'an answer of markup': (size) => answered('<'.repeat(size), 400),
  'an answer of escapes': (size) => answered('\\u0041&#65;'.repeat(size / 10), 400),
  'a message': (size) => answered(errorBody('a', '8 916 123-45-67 '.repeat(size / 16), 400), 400),
  'an answer of lists in lists': (size) =>
    answered(
      `{"uploading":{"id":7,"a":${'['.repeat(size / 2)}${']'.repeat(size / 2)}}}`,
      200,
      'status',
    ),
  'an answer of many fields': (size) => {
    const fields = Array.from({ length: size / 10 }, (_, at) => `"f${String(at)}":1`).join();
    return answered(`{"uploading":{"id":7,${fields}}}`, 200, 'status');
  },
  'a comment': (size) =>
    answered(`{"uploading":{"id":7,"comment":"${'mc0 '.repeat(size / 4)}"}}`, 200, 'status'),
  'a list': async (size) => {
    const entries = Array.from({ length: size / 20 }, (_, at) => `{"id":${String(at + 1)}}`);
    const service = await TestService.start((request, response) => {
      const all = request.query.get('offset') === '0' ? entries : [];
      answerJson(response, 200, `{"uploadings":[${all.join()}]}`);
    });
    return await said(['list', ...service.target]);
  },
  'a header': (size) => checked(`${'x,'.repeat(size / 2)}ClientId\n`),
  'a header in one field': (size) => checked(`${'x'.repeat(size)},ClientId\n`),
  'a cell': (size) => checked(`ClientId,DateTime,Tag\n1,${time},${'я'.repeat(size)}\n`),
  'a cell of tabs': (size) =>
    checked(`ClientId,DateTime,Price\n1,${time},"${'\t'.repeat(size)}="\n`),
  'quotes that never end': (size) => checked(`ClientId,DateTime\n"${'a\n'.repeat(size / 2)}`),
  'rows with a finding': (size) => checked(`ClientId,DateTime\n${'x,1\n'.repeat(size / 4)}`),
  'equal rows': (size) => checked(`ClientId,DateTime\n${`1,${time}\n`.repeat(size / 12)}`),
  'tags to count': (size) => {
    const rows = Array.from({ length: size / 20 }, (_, at) => `1,${time},t${String(at)}\n`);
    return checked(`ClientId,DateTime,Tag\n${rows.join('')}`, 'inspect');
  },
  'a packed file': (size) => checked(gzipSync(goodCalls(size / 20))),
};

describe('input that grows', () => {
  it.each(Object.keys(GROWING))(
    'causes at most twice the work if %s is twice as long',
    async (name) => {
      const growing = GROWING[name];
      if (growing === undefined) throw new Error('no such case');
      // The first run does work that later runs do not repeat. So a small input is read first, and
      // its work is not counted.
      await growing(2000);
      const [short, long] = [
        await workOf(() => growing(200_000)),
        await workOf(() => growing(400_000)),
      ];
      expect(short).toBeGreaterThan(1000);
      expect(long).toBeLessThan(2.1 * short + A_RUN);
    },
  );

  it('has its work counted, so quadratic work would be noticed', async () => {
    const square = (size: number) => async (): Promise<void> => {
      for (let at = 0; at < size * size; at += 1) masked('1');
      await Promise.resolve();
    };
    const [short, long] = [await workOf(square(200)), await workOf(square(400))];
    expect(long / short).toBeGreaterThan(3);
  });
});
