import { createHash } from 'node:crypto';
import { createWriteStream, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';
import { goodCalls, recently, writeCalls } from '../support/calls.ts';
import { BIN, type Ended, run, start, temporaryFolder } from '../support/run.ts';
import { isLong } from '../support/runs.ts';
import { answerJson, errorBody, TestService } from '../support/test-service.ts';

const TOKEN = 'y0_AgAAAAD-very-secret-0123456789';

describe('a file that changes while it is being sent', () => {
  async function changing(
    change: (path: string) => void,
  ): Promise<{ ended: Ended; closed: boolean; posts: number }> {
    const service = await TestService.start(() => undefined);
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(300_000, 'north'.repeat(30)));
    const seen = { closing: false, bytes: 0, posts: 0 };
    service.onHead = (raw, response) => {
      if (raw.method !== 'POST') {
        answerJson(response, 200, '{"uploadings":[]}');
        return true;
      }
      seen.posts += 1;
      change(path);
      raw.on('data', (chunk: Buffer) => {
        seen.bytes += chunk.length;
        if (chunk.toString('latin1').includes('--\r\n')) seen.closing = true;
      });
      raw.on('error', () => undefined);
      return true;
    };
    const ended = await run(['upload', '--json', ...service.target, path], {
      env: { METRIKA_TOKEN: TOKEN },
    });
    return { ended, closed: seen.closing, posts: seen.posts };
  }

  it.each([
    [
      'is overwritten',
      (path: string) => {
        writeFileSync(path, goodCalls(300_000, 'south'.repeat(30)));
      },
    ],
    [
      'grows',
      (path: string) => {
        writeFileSync(path, goodCalls(10), { flag: 'a' });
      },
    ],
    [
      'shrinks',
      (path: string) => {
        writeFileSync(path, goodCalls(10));
      },
    ],
    [
      'is replaced',
      (path: string) => {
        writeFileSync(`${path}.new`, goodCalls(1));
        renameSync(`${path}.new`, path);
      },
    ],
  ])('and %s is refused before the closing boundary', async (_, change) => {
    const { ended, closed, posts } = await changing(change);
    expect(ended.code).toBe(3);
    expect(ended.stdout).toContain('"file-changed"');
    expect(closed).toBe(false);
    expect(posts).toBe(1);
  });
});

const MEGABYTES = 120;

describe('a large file', () => {
  it(
    `of 300 MB goes through in less than ${String(MEGABYTES)} MB of memory`,
    { timeout: 180_000 },
    async () => {
      const folder = temporaryFolder();
      const path = `${folder}/large.csv`;
      const rows = 2_100_000;
      const first = recently();
      await pipeline(function* () {
        yield 'ClientId,DateTime,StaticCall,Price,Currency,PhoneNumber,TalkDuration,Tag,URL\n';
        for (let row = 0; row < rows; row += 1000) {
          const lines = Array.from({ length: 1000 }, (_, at) => {
            const number = row + at;
            return `${String(1_481_718_166_000_000 + number)},${String(first - (number % 1_000_000))},0,${String(number % 5000)}.50,RUB,+7012${String(1_000_000 + number)},136,"north, office ${String(number)}",https://shop.example/catalogue/page?visit=${String(number)}&source=phone\n`;
          });
          yield lines.join('');
        }
      }, createWriteStream(path));
      expect(statSync(path).size).toBeGreaterThan(300_000_000);

      const service = await TestService.start(() => undefined);
      const received = createHash('sha256');
      let length = 0;
      service.onHead = (raw, response) => {
        raw.on('data', (chunk: Buffer) => {
          received.update(chunk);
          length += chunk.length;
        });
        raw.on('end', () => {
          answerJson(response, 200, '{"uploading":{"id":1,"status":"UPLOADED"}}');
        });
        return true;
      };
      const report = `${folder}/memory`;
      const hook = `import{writeFileSync}from'node:fs';process.on('exit',()=>writeFileSync(${JSON.stringify(report)},String(process.resourceUsage().maxRSS)))`;
      const ended = await run(['upload', '--json', ...service.target, path], {
        env: {
          METRIKA_TOKEN: TOKEN,
          NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(hook)}`,
        },
      });
      expect(ended.code).toBe(0);
      expect(ended.stdout).toContain(`"rows": ${String(rows)}`);
      expect(length).toBeGreaterThan(300_000_000);
      expect(Number(readFileSync(report, 'utf8')) / 1024).toBeLessThan(MEGABYTES);
    },
  );
});

describe('the token', () => {
  it('is in no output, whatever the option and the fault', async () => {
    const echo = `you sent ${TOKEN}, did you not`;
    const faults: Parameters<typeof TestService.start>[0][] = [
      (_, response) => {
        answerJson(response, 400, errorBody('invalid_parameter', echo, 400, TOKEN));
      },
      (_, response) => {
        answerJson(response, 403, errorBody('invalid_token', echo, 403));
      },
      (_, response) => {
        response.writeHead(400, { 'x-request-id': TOKEN });
        response.end(`<html>${echo}</html>`);
      },
      (_, response) => {
        answerJson(
          response,
          200,
          JSON.stringify({ uploading: { id: 1, status: TOKEN, comment: echo, [TOKEN]: 1 } }),
        );
      },
      (_, response) => {
        response.end(echo);
      },
      (_, response) => {
        answerJson(response, 503, echo);
      },
      (_request, _response, raw) => {
        raw.socket.destroy();
      },
      (_request, _response, raw) => {
        raw.socket.end(`HTTP/1.1 ${TOKEN}\r\n\r\n`);
      },
    ];
    const folder = temporaryFolder();
    const path = writeCalls(folder, 'calls.csv', goodCalls(2));
    const tokenFile = writeCalls(folder, 'token', `${TOKEN}\n`);
    const ways: [string[], Record<string, string>][] = [
      [['--token', TOKEN], {}],
      [[`--token=${TOKEN}`, '-v'], {}],
      [['-v', '--json'], { METRIKA_TOKEN: TOKEN }],
      [['--token-file', tokenFile, '-v', '--show-values'], {}],
    ];
    const common = ['--retries', '0', '--no-repeat', '--timeout', '2', '-c', '1'];
    const commands = [['upload', path], ['status', '1'], ['list']];
    for (const [round, fault] of faults.entries()) {
      const service = await TestService.start(fault);
      for (const [turn, [words, env]] of ways.entries()) {
        // Each fault with each way, and the commands take turns; all of them in the long suite.
        for (const command of commands.filter((_, at) => isLong || (round + turn + at) % 3 === 0)) {
          const spared =
            command[0] === 'upload' ? common : common.filter((word) => word !== '--no-repeat');
          const shown = words.filter((word) => command[0] === 'upload' || word !== '--show-values');
          const ended = await run([...command, ...spared, '--api-url', service.url, ...shown], {
            env,
          });
          expect(ended.stdout + ended.stderr).not.toContain(TOKEN);
          expect(ended.stdout + ended.stderr).not.toContain('very-secret');
          expect(ended.code).not.toBe(1);
        }
      }
      expect(service.requests.length).toBeGreaterThan(0);
      await service.close();
    }
  }, 180_000);

  it('is in no usage error either', async () => {
    for (const words of [
      ['upload', `--tokne=${TOKEN}`, 'x.csv'],
      ['upload', '-c', TOKEN, '--token', TOKEN, 'x.csv'],
      ['status', TOKEN, '-c', '1'],
      ['upload', '--token', TOKEN, '--token-file', TOKEN, '-c', '1', 'x.csv'],
    ]) {
      for (const format of [[], ['--json']]) {
        const ended = await run([...words, ...format]);
        expect(ended.code).toBe(2);
        expect(ended.stdout + ended.stderr).not.toContain('very-secret');
      }
    }
  });

  it.runIf(process.platform === 'linux')(
    'is not in the list of processes while an upload hangs',
    async () => {
      const service = await TestService.start(() => undefined);
      const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
      for (const [words, env] of [
        [['--token', TOKEN], {}],
        [[], { METRIKA_TOKEN: TOKEN }],
      ] as const) {
        const seen = new Promise<void>((resolve) => {
          service.behave(() => {
            resolve();
          });
        });
        const { child, ended } = start(['upload', ...service.target, ...words, path], { env });
        await seen;
        expect(readFileSync(`/proc/${String(child.pid)}/cmdline`, 'utf8')).not.toContain(
          'very-secret',
        );
        child.kill('SIGINT');
        await ended;
      }
    },
  );

  it('does not follow a redirect', async () => {
    const thief = await TestService.start((_, response) => {
      answerJson(response, 200, '{"uploading":{"id":1}}');
    });
    for (const status of [301, 302, 303, 307, 308]) {
      const service = await TestService.start((_, response) => {
        response.writeHead(status, { location: `${thief.url}/x` });
        response.end();
      });
      const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
      const env = { METRIKA_TOKEN: TOKEN };
      expect((await run(['upload', ...service.target, path], { env })).code).toBe(8);
      expect((await run(['status', ...service.target, '1'], { env })).code).toBe(5);
    }
    expect(thief.requests).toHaveLength(0);
  });
});

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

describe('a defect', () => {
  it('is called one, with a report and without a trace', async () => {
    // A clock that is no function is nothing that a user could bring about.
    const hook = 'Date.now=()=>{throw new Error("broken clock 79161112233")}';
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const env = {
      NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(hook)}`,
      TMPDIR: temporaryFolder(),
    };
    const ended = await run(['validate', path], { env });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('This is a bug in metrika-calls');
    expect(ended.stderr).toContain(`Node ${process.versions.node}`);
    expect(ended.stderr).not.toMatch(/\n\s+at /);
    expect(BIN).toContain('metrika-calls');
    const traced = await run(['validate', '-v', path], { env });
    expect(traced.stderr).toMatch(/\n\s+at .*program\.cjs:\d+:\d+/);
    expect(traced.stderr).not.toContain('79161112233');
  });
});
