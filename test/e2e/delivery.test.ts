import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { KeepingService } from '../support/keeping-service.ts';
import { BIN, temporaryFolder } from '../support/run.ts';
import { runHere } from '../support/run-here.ts';
import { answerJson, errorBody, TestService } from '../support/test-service.ts';

// What lines and proxies did to files, played with pauses that take no time.

const env = { METRIKA_TOKEN: 'y0_some_token_0123456789' };

/** A clock of today, on which waiting takes no time. */
function now(): FakeClock {
  return new FakeClock(Date.now());
}

interface Result {
  readonly outcome: string;
  readonly exit_code: number;
  readonly uploading: { readonly id: number } | null;
  readonly mark: string | null;
  readonly mark_kept?: false;
  readonly candidates: readonly { readonly id: number }[];
  readonly duplicates: readonly { readonly id: number }[];
  readonly error?: { readonly code: string; readonly message: string; readonly hint: string };
}

interface Sent extends Result {
  readonly code: number | null;
  readonly stderr: string;
}

async function upload(words: readonly string[], clock = now()): Promise<Sent> {
  const { code, stdout, stderr } = await runHere(['upload', '--json', ...words], { env, clock });
  const { results } = JSON.parse(stdout) as { results: Result[] };
  const [result] = results;
  if (result === undefined) throw new Error(stdout);
  return { ...result, code, stderr };
}

function calls(rows = 5, tag = 'north'): string {
  return writeCalls(temporaryFolder(), 'calls.csv', goodCalls(rows, tag));
}

describe('files one after another', { timeout: 60_000 }, () => {
  it('of equal length are never taken for one another, with every second answer lost', async () => {
    for (const isStored of [true, false]) {
      const service = await KeepingService.start((visit) => {
        if (visit.request.method === 'GET' || visit.number % 2 === 1) visit.usual();
        else {
          if (isStored) visit.store();
          answerJson(visit.response, 502, '{}');
        }
      });
      const ids: (number | undefined)[] = [];
      for (let number = 0; number < 10; number += 1) {
        const { code, uploading } = await upload([
          ...service.target,
          calls(5, `file ${String(number)}`),
        ]);
        expect(code).toBe(0);
        ids.push(uploading?.id);
      }
      expect(new Set(ids).size).toBe(10);
      expect(service.kept).toHaveLength(10);
      expect(new Set(service.contents).size).toBe(10);
    }
  });
});

describe('a service that does not keep comments', { timeout: 60_000 }, () => {
  it('is noticed, also when quiet, and once a run', async () => {
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

  it('is not accused when it keeps them in another form, or tells none', async () => {
    const forms = [(comment: string) => comment.replaceAll('&', '&amp;'), () => undefined];
    for (const form of forms) {
      const service = await KeepingService.start((visit) => {
        const upload = visit.store();
        const uploading = { ...upload, comment: form(upload.comment) };
        answerJson(visit.response, 200, JSON.stringify({ uploading }));
      });
      const { mark_kept } = await upload([...service.target, '-m', 'North & South', calls()]);
      expect(mark_kept).toBeUndefined();
    }
  });
});

describe('an attempt that arrives late', { timeout: 60_000 }, () => {
  it('beside its repetition is told with both uploads and exit 7', async () => {
    const service = await KeepingService.start((visit) => {
      const { request, response, number } = visit;
      if (request.method === 'GET') visit.usual();
      else if (number === 1) answerJson(response, 502, '{}');
      else {
        visit.store();
        visit.usual();
      }
    });
    const { code, duplicates, uploading, error } = await upload(['-q', ...service.target, calls()]);
    expect(code).toBe(7);
    expect([uploading?.id, duplicates.map(({ id }) => id)]).toEqual([1002, [1001]]);
    expect(error).toMatchObject({ code: 'sent-twice' });
    expect(error?.message).toContain('1002 and 1001');
  });

  it('stays in doubt when the file changes, or the list is lost, before the repetition', async () => {
    const path = calls();
    const service = await KeepingService.start((visit) => {
      if (visit.request.method === 'GET') {
        visit.usual();
        return;
      }
      writeFileSync(path, goodCalls(6));
      answerJson(visit.response, 502, '{}');
    });
    const changed = await upload([...service.target, path]);
    expect([changed.code, changed.error?.code]).toEqual([8, 'fate-unknown']);
    const lost = await KeepingService.start((visit) => {
      const { request, response, number } = visit;
      if (request.method === 'POST') answerJson(response, 502, '{}');
      // One look before the sending, and four after it.
      else if (number > 5) answerJson(response, 403, '{}');
      else visit.usual();
    });
    const ended = await upload(['--skip-existing', ...lost.target, calls()]);
    expect([ended.code, lost.posts()]).toEqual([8, 1]);
  });

  it('is in doubt when the list cannot be read after the repetition', async () => {
    const service = await KeepingService.start((visit) => {
      const { request, response, number } = visit;
      if (request.method === 'POST' && number === 1) answerJson(response, 502, '{}');
      else if (request.method === 'GET' && number > 4) answerJson(response, 403, '{}');
      else visit.usual();
    });
    const { code, error } = await upload([...service.target, calls()]);
    expect([code, error?.code]).toEqual([7, 'repeat-unchecked']);
  });
});

describe('the look at the list after a repetition', { timeout: 60_000 }, () => {
  /** The first attempt is stored late; the list shows what it has from the given look on. */
  async function lagging(looks: number): ReturnType<typeof upload> {
    let posts = 0;
    let after = 0;
    const service = await KeepingService.start((visit) => {
      const { request, response } = visit;
      if (request.method === 'POST') {
        posts += 1;
        if (posts === 1) answerJson(response, 502, '{}');
        else {
          visit.store();
          visit.usual();
        }
      } else if (posts === 2 && (after += 1) < looks) {
        answerJson(response, 200, '{"uploadings":[]}');
      } else visit.usual();
    });
    return await upload([...service.target, calls()]);
  }

  it('goes on until the list shows our own upload', async () => {
    const { code, duplicates, error } = await lagging(4);
    expect([code, error?.code, duplicates.length]).toEqual([7, 'sent-twice', 1]);
  });

  it('says that it proves nothing when the list never shows our own upload', async () => {
    const { code, error, uploading } = await lagging(5);
    expect([code, error?.code, uploading?.id]).toEqual([7, 'repeat-unchecked', 1002]);
  });
});

describe('an answer that is no answer', { timeout: 60_000 }, () => {
  it.each([303, 307])('as a redirect with %i leaves the file in doubt', async (status) => {
    const service = await KeepingService.start((visit) => {
      if (visit.request.method === 'GET') {
        visit.usual();
        return;
      }
      visit.response.writeHead(status, { location: 'https://example.org/' });
      visit.response.end();
    });
    const { code } = await upload([...service.target, calls()]);
    expect([code, service.posts()]).toEqual([8, 1]);
  });

  it('as 408 is tried again', async () => {
    const service = await KeepingService.start((visit) => {
      if (visit.number === 1) answerJson(visit.response, 408, '');
      else visit.usual();
    });
    const { code } = await upload([...service.target, calls()]);
    expect([code, service.kept.length]).toEqual([0, 1]);
  });

  it('as one that names an id before the whole file has left is looked up', async () => {
    const service = await TestService.start((_, response) => {
      answerJson(response, 404, '{}');
    });
    // More than the system holds by itself.
    const large = calls(300_000);
    const early = (status: string): void => {
      service.onHead = (raw, response) => {
        if (raw.method === 'POST') {
          response.writeHead(200, { connection: 'close' });
          response.end('{"uploading":{"id":7,"status":"UPLOADED"}}');
          return true;
        }
        if (status === '' || !(raw.url ?? '').endsWith('/7')) return false;
        answerJson(response, 200, `{"uploading":{"id":7,"status":"${status}"}}`);
        return true;
      };
    };
    early('EXPORTED');
    const found = await upload([...service.target, large]);
    expect([found.code, found.uploading]).toEqual([0, { id: 7, status: 'EXPORTED' }]);
    early('');
    const lost = await upload([...service.target, large]);
    expect(lost.code).toBe(8);
  });

  it('that asks for a long wait ends the run, and says until when', async () => {
    const service = await KeepingService.start((visit) => {
      visit.response.setHeader('retry-after', '3600');
      answerJson(visit.response, 429, errorBody('quota_parallel_requests', 'busy', 429));
    });
    const { code, error } = await upload([...service.target, calls()]);
    expect([code, error?.code, service.posts()]).toEqual([6, 'quota', 1]);
    expect(error?.hint).toMatch(/It asks to wait until .*\d\d:\d\d/);
  });

  it('without end is our own bound, and is asked for once', async () => {
    let lists = 0;
    const service = await KeepingService.start((visit) => {
      if (visit.request.method === 'POST') {
        visit.usual();
        return;
      }
      lists += 1;
      const block = Buffer.alloc(1 << 20, ' ');
      const more = (): void => {
        while (!visit.response.destroyed && visit.response.write(block));
      };
      visit.response.on('drain', more);
      more();
    });
    const { code, error } = await upload(['--skip-existing', ...service.target, calls()]);
    expect([code, error?.code, lists]).toEqual([6, 'answer-too-long', 1]);
  });
});

describe('--skip-existing', { timeout: 60_000 }, () => {
  it('reads the list once for all files of a run before it sends them', async () => {
    const asked: string[] = [];
    const service = await KeepingService.start((visit) => {
      asked.push(`${visit.request.method}${visit.request.query.get('offset') ?? ''}`);
      visit.usual();
    });
    await upload(['--skip-existing', ...service.target, calls(2), calls(3), calls(4)]);
    expect(asked.slice(0, 2)).toEqual(['GET0', 'POST']);
    expect(asked.filter((one) => one === 'GET0')).toHaveLength(4);
  });

  it('looks again before a repetition, and takes what another machine has sent meanwhile', async () => {
    const path = calls();
    const service = await KeepingService.start((visit) => {
      const { request, response, number } = visit;
      if (request.method === 'GET' || number > 1) {
        visit.usual();
        return;
      }
      const other = visit.store();
      other.comment = other.comment.replace(/.{10}$/, 'othermark0');
      answerJson(response, 429, '{}');
    });
    const { code, outcome, uploading } = await upload(['--skip-existing', ...service.target, path]);
    expect([code, outcome, uploading?.id, service.posts()]).toEqual([0, 'existing', 1001, 1]);
  });

  it('waits for a list that lags, and tells both ids of what another machine sent', async () => {
    const clock = now();
    let listedFrom = Number.POSITIVE_INFINITY;
    const service = await KeepingService.start((visit) => {
      const { request, response } = visit;
      if (request.method === 'POST') {
        const other = visit.store();
        other.comment = other.comment.replace(/.{10}$/, 'othermark0');
        listedFrom = clock.now() + 3500;
        visit.usual();
      } else if (clock.now() < listedFrom) answerJson(response, 200, '{"uploadings":[]}');
      else visit.usual();
    });
    const words = ['--skip-existing', '-q', ...service.target, calls()];
    const { code, duplicates, uploading, stderr } = await upload(words, clock);
    expect([code, uploading?.id]).toEqual([0, 1002]);
    expect(duplicates.map(({ id }) => id)).toEqual([1001]);
    expect(stderr).toContain('1002, 1001');
    expect(clock.sleeps).toEqual([1000, 3000]);
  });

  it('knows the fingerprints of earlier versions', async () => {
    const path = calls();
    const service = await KeepingService.start();
    await upload([...service.target, path]);
    const [first] = service.kept;
    if (first === undefined) throw new Error('nothing was stored');
    first.comment = first.comment.slice(0, 22);
    const { outcome } = await upload(['--skip-existing', ...service.target, path]);
    expect(outcome).toBe('existing');
  });
});

describe('--wait', { timeout: 60_000 }, () => {
  const wait = ['--wait', '--poll-interval', '30s', '--wait-timeout', '1h'];

  it('outlives an outage, a busy service and an upload that is not found at first', async () => {
    const clock = now();
    const service = await KeepingService.start((visit) => {
      const { request, response, raw, number } = visit;
      if (request.method === 'POST') {
        visit.usual();
        return;
      }
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
    // Each cause is told once, however often it is met in a row.
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
      'it is refused',
      (response: never) => {
        answerJson(response, 403, '{}');
      },
      4,
      'wait-ended',
    ],
  ])('names the upload and the way on when %s', async (_, answer, exitCode, code) => {
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

  it('begins when all files are sent', async () => {
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
    expect(asked).toEqual(['POST', 'POST', 'POST', 'GET', 'GET', 'GET']);
    const order = files.map((file) => ended.stdout.indexOf(file));
    expect(order).toEqual(order.toSorted((one, other) => one - other));
  });
});

describe('the counts of the service', { timeout: 60_000 }, () => {
  it.each([
    ['fewer lines than were sent', { source_quantity: 3 }, 7, 'lines-missing'],
    ['fewer lines taken', { line_quantity: 3, status: 'UPLOADED' }, 7, 'lines-refused'],
    ['fewer lines taken so far', { line_quantity: 3, status: 'PREPARED' }, 0, undefined],
    ['none counted yet', { source_quantity: 0, line_quantity: 0 }, 0, undefined],
    ['none taken at the end', { line_quantity: 0, status: 'PROCESSED' }, 7, 'lines-refused'],
    ['nothing', { source_quantity: null, line_quantity: null }, 0, undefined],
    ['the header as a line', { source_quantity: 6, line_quantity: 6 }, 0, undefined],
  ])('that tell %s', async (_, counts, exitCode, code) => {
    const service = await KeepingService.start((visit) => {
      const uploading = { ...visit.store(), ...counts };
      answerJson(visit.response, 200, JSON.stringify({ uploading }));
    });
    const sent = await upload([...service.target, calls(5)]);
    expect([sent.code, sent.error?.code]).toEqual([exitCode, code]);
    if (code !== undefined) expect(sent.error?.message).toContain(' 5 ');
  });

  it('of linked calls are shown where it tells them', async () => {
    const service = await KeepingService.start((visit) => {
      const linked = {
        linked_quantity: 38,
        user_not_found_quantity: 2,
        goal_not_found_quantity: 1,
      };
      const uploading = { id: 7, status: 'PROCESSED', line_quantity: 40, ...linked };
      answerJson(visit.response, 200, JSON.stringify({ uploading }));
    });
    const { stdout } = await runHere(['status', ...service.target, '7'], { env, clock: now() });
    expect(stdout).toContain('38 of 40, no visitor found for 2, no goal found for 1');
  });
});

describe('a command to go on with', { timeout: 60_000 }, () => {
  /** Runs the end of the line that has a command, as somebody who copies it would. */
  async function pasted(
    stderr: string,
    token: Readonly<Record<string, string>>,
  ): Promise<{ code: number | null; line: string }> {
    const line = /metrika-calls (?:list|status) [^\n]*$/m.exec(stderr)?.[0] ?? '';
    const script = `metrika-calls() { '${process.execPath}' '${BIN}' "$@"; }; ${line}`;
    const environment = { PATH: process.env['PATH'] ?? '', ...token };
    const shell = spawn('bash', ['-c', script], { env: environment, stdio: 'ignore' });
    const [code] = (await once(shell, 'exit')) as [number | null];
    return { code, line };
  }

  it.each(['options', 'variables', 'a token file', 'a token file in a variable'])(
    'works when it is pasted, with settings from %s',
    async (way) => {
      const service = await KeepingService.start((visit) => {
        if (visit.request.method === 'POST') answerJson(visit.response, 303, '{}');
        else visit.usual();
      });
      const file = join(temporaryFolder(), "it's a token");
      writeFileSync(file, env.METRIKA_TOKEN, { mode: 0o600 });
      const { url } = service.service;
      const ways: Readonly<Record<string, readonly [string[], Record<string, string>]>> = {
        options: [[...service.target, '--token', env.METRIKA_TOKEN], {}],
        variables: [[], { ...env, METRIKA_COUNTER: '2215573', METRIKA_API_URL: url }],
        'a token file': [[...service.target, '--token-file', file], {}],
        'a token file in a variable': [service.target, { METRIKA_TOKEN_FILE: file }],
      };
      const [words, variables] = ways[way] ?? [[], {}];
      const { code, stderr } = await runHere(['upload', ...words, calls()], {
        env: variables,
        clock: now(),
      });
      expect(code).toBe(8);
      const asked = service.service.requests.length;
      const hasFile = way.startsWith('a token file');
      expect(stderr.includes('METRIKA_TOKEN must hold the token')).toBe(!hasFile);
      const { code: ended, line } = await pasted(stderr, hasFile ? {} : env);
      expect(line).toContain('--counter 2215573');
      expect(line).not.toContain(env.METRIKA_TOKEN);
      expect(ended).toBe(0);
      expect(service.service.requests.length).toBeGreaterThan(asked);
    },
  );

  it('is not printed where there is nothing to go on with', async () => {
    const { stdout, stderr } = await runHere(['upload', '--sandbox', calls()], { clock: now() });
    expect(stdout + stderr).not.toMatch(/metrika-calls (?:list|status)/);
  });
});
