import { spawnSync } from 'node:child_process';
import { openSync, readdirSync, readFileSync, statSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { goodCalls, recently, writeCalls } from '../support/calls.ts';
import { encode } from '../support/encode.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { BIN, run, start, temporaryFolder } from '../support/run.ts';
import { runHere } from '../support/run-here.ts';
import { answerJson, errorBody, onlyPart, TestService } from '../support/test-service.ts';

const TOKEN = 'y0_some_token_0123456789';
const env = { METRIKA_TOKEN: TOKEN };

describe('two files of one run', () => {
  it('are told apart when the answer to the second one fails', async () => {
    const stored: { id: number; source_quantity: number; create_time: string; comment: string }[] =
      [];
    const service = await TestService.start((request, response) => {
      if (request.method === 'GET') {
        const uploadings = request.query.get('offset') === '0' ? stored : [];
        answerJson(response, 200, JSON.stringify({ uploadings }));
        return;
      }
      if (service.posts().length === 2) {
        answerJson(response, 503, errorBody('backend_error', 'busy', 503));
        return;
      }
      const uploading = {
        id: stored.length + 1,
        source_quantity: 3,
        create_time: new Date().toISOString(),
        comment: '',
      };
      stored.push(uploading);
      answerJson(response, 200, JSON.stringify({ uploading }));
    });
    const folder = temporaryFolder();
    const first = writeCalls(folder, 'a.csv', goodCalls(3));
    const second = writeCalls(folder, 'b.csv', goodCalls(3, 'south'));
    const ended = await runHere(
      ['upload', '--json', '--no-repeat', ...service.target, first, second],
      { env, clock: new FakeClock(Date.now()) },
    );
    expect(ended.code).toBe(8);
    const { results } = JSON.parse(ended.stdout) as { results: { outcome: string }[] };
    expect(results.map(({ outcome }) => outcome)).toEqual(['uploaded', 'failed']);
  });
});

describe('a file that has to be converted', () => {
  it('and changes between its check and the measuring of what is sent is refused', async () => {
    const service = await TestService.start((_, response) => {
      answerJson(response, 200, '{"uploading":{"id":1}}');
    });
    const path = writeCalls(
      temporaryFolder(),
      'calls.csv',
      goodCalls(300_000).replaceAll('\n', '\r\n'),
    );
    const { child, ended } = start(['upload', '--json', ...service.target, path], { env });
    const { size } = statSync(path);
    const descriptor = openSync(path, 'r+');
    child.stderr?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('no errors')) writeSync(descriptor, 'GARBAGE', size - 40);
    });
    const { code, stdout } = await ended;
    expect(code).toBe(3);
    expect(stdout).toContain('"file-changed"');
    // What was announced may have begun to leave; what was not checked has not arrived.
    expect(service.posts().filter((post) => onlyPart(post).content.includes('GARBAGE'))).toEqual(
      [],
    );
  });
});

describe('an interruption', () => {
  it('of whatever is read from standard input is answered at once and with a document', async () => {
    const lines = [
      ['upload', '--sandbox', '--json', '-'],
      ['validate', '--json', '-'],
      ['list', '--json', '-c', '1', '--token-file', '-'],
    ];
    const started = lines.map((words) => start(words, { input: undefined, stdin: 'pipe' }));
    // A command that waits for its input says nothing, so it can only be given time to begin.
    await new Promise<void>((resolve) => setTimeout(resolve, 2000));
    for (const { child, ended } of started) {
      const sent = Date.now();
      child.kill('SIGINT');
      const { code, stdout } = await ended;
      expect(Date.now() - sent).toBeLessThan(1000);
      expect(code).toBe(130);
      expect(stdout).toContain('"interrupted"');
    }
  });

  it('has an outcome for each file, also those that were not begun', async () => {
    const service = await TestService.start((_request, response) => {
      if (service.posts().length === 1) answerJson(response, 200, '{"uploading":{"id":1}}');
      else child.kill('SIGINT');
    });
    const folder = temporaryFolder();
    const paths = ['a', 'b', 'c'].map((name) =>
      writeCalls(folder, `${name}.csv`, goodCalls(2, name)),
    );
    const { child, ended } = start(['upload', '--json', ...service.target, ...paths], { env });
    const { code, stdout } = await ended;
    expect(code).toBe(130);
    const { results } = JSON.parse(stdout) as { results: { exit_code: number }[] };
    expect(results.map(({ exit_code }) => exit_code)).toEqual([0, 130, 130]);
  });
});

describe('odd answers', () => {
  it('in the list do not hide the good ones', async () => {
    const service = await TestService.start((request, response) => {
      const first = request.query.get('offset') === '0';
      answerJson(
        response,
        200,
        `{"uploadings":${first ? '[{"id":1.5},{"id":1e21},{"id":2},7]' : '[]'}}`,
      );
    });
    const ended = await run(['list', '--json', ...service.target], { env });
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.stdout)).toEqual({ ok: true, uploadings: [{ id: 2 }] });
    expect(ended.stderr).toContain('3 entries');
  });

  it('of a refusal whose words are cut off are refusals', async () => {
    const service = await TestService.start((_, response, raw) => {
      response.writeHead(403, { 'content-length': 100 });
      response.write('{"err');
      setImmediate(() => raw.socket.destroy());
    });
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = await run(['upload', ...service.target, path], { env });
    expect(ended.code).toBe(4);
    expect(service.posts()).toHaveLength(1);
  });
});

describe('a proxy', () => {
  it('does not see what goes to this machine', async () => {
    const seen: string[] = [];
    const proxy = createServer();
    proxy.on('connect', (request, socket) => {
      seen.push(request.url ?? '');
      socket.destroy();
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${String((proxy.address() as AddressInfo).port)}`;
    const service = await TestService.start((_, response) => {
      answerJson(response, 200, '{"uploadings":[]}');
    });
    const ended = await run(['list', ...service.target], {
      env: { ...env, HTTP_PROXY: address, HTTPS_PROXY: address },
    });
    proxy.close();
    expect(ended.code).toBe(0);
    expect(seen).toEqual([]);
  });

  it('that refuses to connect is named, and nothing was sent', async () => {
    const proxy = createServer();
    proxy.on('connect', (_, socket) => {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as AddressInfo;
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = await run(['upload', '-c', '1', '--json', path], {
      env: { ...env, HTTPS_PROXY: `http://user:pass-word@127.0.0.1:${String(port)}` },
    });
    proxy.close();
    expect(ended.code).toBe(6);
    expect(ended.stdout).toContain('"proxy-refused"');
    expect(ended.stdout + ended.stderr).not.toContain('pass-word');
  });
});

describe('requests', () => {
  it('are at most 30 in a second', async () => {
    const service = await TestService.start((_, response) => {
      const status = service.requests.length >= 45 ? 'PROCESSED' : 'UPLOADED';
      answerJson(response, 200, JSON.stringify({ uploading: { id: 5, status } }));
    });
    const before = Date.now();
    const ended = await run(
      ['status', '--wait', '--poll-interval', '1ms', ...service.target, '5'],
      { env },
    );
    expect(ended.code).toBe(0);
    expect(Date.now() - before).toBeGreaterThan(1000);
    expect(
      (await run(['status', '--wait', '--poll-interval', '30d', ...service.target, '5'], { env }))
        .code,
    ).toBe(2);
  });
});

describe('text', () => {
  it('with half a character of UTF-16 is not sent', async () => {
    const bytes = encode(`ClientId,DateTime,Tag\n1,${String(recently())},xAy\n`, 'utf-16le');
    const at = bytes.indexOf(Buffer.from('xA', 'utf16le')) + 2;
    bytes.writeUInt16LE(0xdc00, at);
    const ended = await run(['validate', writeCalls(temporaryFolder(), 'calls.csv', bytes)]);
    expect(ended.code).toBe(3);
    expect(ended.stdout).toContain('bytes-undecodable');
  });

  it('in KOI8-R is not taken for windows-1251', async () => {
    const lower = Buffer.from([0xd2, 0xc5, 0xcb, 0xcc, 0xc1, 0xcd, 0xc1]);
    const head = `ClientId,DateTime,Tag\n1,${String(recently())},`;
    const bytes = Buffer.concat([Buffer.from(head), lower, Buffer.from('\n')]);
    const { stdout } = await run([
      'validate',
      '--json',
      writeCalls(temporaryFolder(), 'calls.csv', bytes),
    ]);
    expect(stdout).not.toContain('such as «ТЕЛКБНБ»');
    expect(stdout).toMatch(/such as «реклама»|encoding-unclear/);
  });

  it('of an endless header is not printed whole', async () => {
    const path = writeCalls(
      temporaryFolder(),
      'calls.csv',
      `ClientId,DateTime,${'x'.repeat(900_000)}\n1,${String(recently())},y\n`,
    );
    expect((await run(['validate', path])).stdout.length).toBeLessThan(5000);
  });
});

describe('a secret in the wrong place', () => {
  it.each([
    [['upload', '-c', '1', '--api-url', TOKEN, 'x.csv']],
    [['upload', '-c', '1', '--api-url', `http://user:pa/ss${TOKEN}@host`, 'x.csv']],
    [['upload', `-t${TOKEN}`, 'x.csv']],
    [[TOKEN]],
    [['help', TOKEN]],
  ])('is not repeated: %j', async (words) => {
    for (const format of [[], ['--json']]) {
      const ended = await run([...words, ...format], {
        env: { METRIKA_TOKEN: 'another_token_here' },
      });
      expect(ended.code).toBe(2);
      expect(ended.stdout + ended.stderr).not.toContain('some_token');
    }
  });
});

describe('hints', () => {
  it('name commands that work: with the place of the token and the trusted host', async () => {
    const service = await TestService.start((_, response) => {
      answerJson(response, 200, '{"uploading":{"id":5,"status":"UPLOADED"}}');
    });
    const folder = temporaryFolder();
    const file = writeCalls(folder, "the token's file", TOKEN);
    const ended = await run([
      'status',
      '--wait',
      '--wait-timeout',
      '50ms',
      '--poll-interval',
      '20ms',
      ...service.target,
      '--token-file',
      file,
      '5',
    ]);
    expect(ended.code).toBe(7);
    expect(ended.stderr.replace(/\s+/g, ' ')).toContain(
      `--token-file "${folder}/the token's file" --wait 5`,
    );
    expect(readFileSync(file, 'utf8')).toBe(TOKEN);
  });
});

describe('with --json', () => {
  it('a defect has a document too', async () => {
    const hook = 'Date.now=()=>{throw new Error("broken clock")}';
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = await run(['validate', '--json', path], {
      env: {
        NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(hook)}`,
        TMPDIR: temporaryFolder(),
      },
    });
    expect(ended.code).toBe(1);
    expect(JSON.parse(ended.stdout)).toMatchObject({
      ok: false,
      error: { code: 'defect', exit_code: 1 },
    });
  });

  it.runIf(process.platform === 'linux')(
    'a file whose reading fails is a file that cannot be read',
    async () => {
      const good = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
      const ended = await run(['validate', '--json', good, '/proc/self/mem']);
      expect(ended.code).toBe(3);
      const { results } = JSON.parse(ended.stdout) as { results: { ok: boolean }[] };
      expect(results.map(({ ok }) => ok)).toEqual([true, false]);
    },
  );

  it('standard input that cannot be kept does not wipe out the others', async () => {
    const good = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const ended = await run(['validate', '--json', good, '-'], {
      input: goodCalls(2),
      // A file is no folder, not even to the superuser.
      env: { TMPDIR: good },
    });
    expect(ended.code).toBe(3);
    expect(ended.stdout).toContain('input-unkept');
    expect(ended.stdout).toContain('"ok": true');
  });

  it.runIf(process.platform === 'linux')(
    'standard input that a full disk does not take is an error, and leaves nothing behind',
    () => {
      const folder = temporaryFolder();
      // The system ends a write at this size as a full disk does, once the signal for it is honoured.
      const hook = encodeURIComponent('process.on("SIGXFSZ",()=>undefined)');
      const command = `ulimit -f 100; exec "$0" "$@"`;
      const ended = spawnSync(
        'bash',
        ['-c', command, process.execPath, BIN, 'upload', '--sandbox', '--json', '-'],
        {
          input: goodCalls(50_000),
          env: {
            PATH: process.env['PATH'],
            TMPDIR: folder,
            NODE_OPTIONS: `--import data:text/javascript,${hook}`,
          },
        },
      );
      expect(ended.status).toBe(3);
      expect(String(ended.stdout)).toContain('"input-unkept"');
      expect(String(ended.stdout)).toContain('EFBIG');
      expect(readdirSync(folder)).toEqual([]);
    },
  );
});
