import { describe, expect, it } from 'vitest';
import { SaidFailures } from '../../src/cli/output/said-failures.ts';
import { RequestFailure } from '../../src/metrika/request-failure.ts';
import { UnknownFate } from '../../src/upload/unknown-fate.ts';
import { en } from '../../src/words/en.ts';
import { ru } from '../../src/words/ru.ts';
import { KeepingService } from '../support/keeping-service.ts';
import { run } from '../support/run.ts';
import { runHere } from '../support/run-here.ts';
import { answerJson } from '../support/test-service.ts';
import { calls, now } from '../support/upload-here.ts';

const REFUSED = 'Cannot connect to metrika.example: connection refused.';

function refused(): RequestFailure {
  const outcome = { fate: 'not-taken', retryable: true } as const;
  return new RequestFailure(
    'connection-refused',
    { host: 'metrika.example', reason: 'x' },
    outcome,
  );
}

function unknownHost(): RequestFailure {
  const outcome = { fate: 'not-taken', retryable: true } as const;
  return new RequestFailure('host-not-found', { host: 'metrika.example', reason: 'x' }, outcome);
}

describe('the sentences about failures in one run', () => {
  it('are written once, and are counted when they come again', () => {
    const said = new SaidFailures(en, false);
    const retry = (failure: RequestFailure, number: number): string =>
      said.retry({ failure, wait: 2000, retry: number, retries: 5 }, 'a.csv');
    expect([
      retry(refused(), 1),
      retry(refused(), 2),
      retry(unknownHost(), 3),
      retry(refused(), 4),
    ]).toEqual([
      `${REFUSED} Retrying in 2 s (1 of 5).`,
      'a.csv: again, 2 of 5; retrying in 2 s',
      'Cannot connect to metrika.example: no such host. Retrying in 2 s (3 of 5).',
      'a.csv: Connection refused, again, 4 of 5; retrying in 2 s',
    ]);
    expect(said.ending(refused()).message).toBe('Connection refused.');
  });

  it('are left out of the sentence about a file, and the next step is written once', () => {
    const said = new SaidFailures(en, false);
    const failure = refused();
    said.sentence(failure);
    const fate = new UnknownFate(failure, { kind: 'list-unreadable', why: failure }, undefined);
    const { message, hint } = said.ending(fate);
    expect(message).not.toContain(REFUSED);
    expect(message).toContain('The list of uploads could not be read either.');
    expect([hint === '', said.ending(fate).hint]).toEqual([false, '']);
  });

  it('are written in full at the end of a run that shows nothing else', () => {
    const said = new SaidFailures(en, true);
    said.sentence(refused());
    expect(said.ending(refused()).message).toBe(REFUSED);
    expect(said.ending(refused()).message).toBe('Connection refused.');
  });

  it('are counted in Russian too', () => {
    const said = new SaidFailures(ru, false);
    said.sentence(refused());
    expect(said.retry({ failure: refused(), wait: 2000, retry: 3, retries: 5 })).toBe(
      'снова, 3 из 5; повтор через 2\u{a0}с',
    );
  });
});

describe('an outage', () => {
  it('is told in one sentence for all attempts of all files', async () => {
    const service = await KeepingService.start((visit) => {
      if (visit.request.method === 'GET') visit.usual();
      else answerJson(visit.response, 429, '{"message":"slow down"}');
    });
    const words = ['upload', '--retries', '3', ...service.target, calls(2), calls(3)];
    const env = { METRIKA_TOKEN: 'y0_some_token_0123456789' };
    const { code, stderr } = await runHere(words, { env, clock: now() });
    expect([code, service.posts()]).toEqual([6, 8]);
    expect(stderr.match(/slow down/g)).toHaveLength(1);
    expect(stderr.match(/again, 3 of 3/g)).toHaveLength(2);
  });

  it('is told in full to a program, for each file', async () => {
    const service = await KeepingService.start((visit) => {
      if (visit.request.method === 'GET') visit.usual();
      else answerJson(visit.response, 400, '{"message":"no such goal"}');
    });
    const words = ['upload', '--json', ...service.target, calls(2), calls(3)];
    const env = { METRIKA_TOKEN: 'y0_some_token_0123456789' };
    const { stdout } = await run(words, { env });
    expect(stdout.match(/no such goal/g)).toHaveLength(2);
  });
});
