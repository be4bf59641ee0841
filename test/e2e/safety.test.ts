import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { UploadingStore } from '../../src/sandbox/uploadings.ts';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { temporaryFolder } from '../support/run.ts';
import { runHere, type RunHereOptions } from '../support/run-here.ts';
import { answerJson, errorBody, TestService } from '../support/test-service.ts';

const TOKEN = 'y0_AgAAAABkT0KeNsEcReT1234567890abcdefGHIJKL';

/** Everything that a run writes. */
async function said(
  words: readonly string[],
  { env = { METRIKA_TOKEN: TOKEN }, ...rest }: RunHereOptions = {},
): Promise<{ code: number | null; text: string; stdout: string }> {
  const ended = await runHere(words, { env, clock: new FakeClock(Date.now()), ...rest });
  return { code: ended.code, text: ended.stdout + ended.stderr, stdout: ended.stdout };
}

describe('a file that a run reads', () => {
  const bad = 'ClientId,DateTime\nx,1\n';

  it.each(['its name', 'another way to it', 'a link', 'a hard link', 'a pattern'])(
    'is never written to, by %s',
    async (way) => {
      const folder = temporaryFolder();
      const path = writeCalls(folder, 'up.csv', bad);
      const other = join(folder, 'other.csv');
      if (way === 'a link') symlinkSync(path, other);
      if (way === 'a hard link') linkSync(path, other);
      const ways: Readonly<Record<string, string>> = {
        'another way to it': join(folder, '.', 'nothing', '..', 'up.csv'),
        'a link': other,
        'a hard link': other,
      };
      const output = ways[way] ?? path;
      const operand = way === 'a pattern' ? join(folder, 'u*.csv') : path;
      const lines = [
        ['validate', operand, '--report', output],
        ['upload', '--sandbox', '--skip-invalid', '--rejects', output, operand],
        ...(way === 'a pattern' ? [] : [['convert', operand, '-o', output]]),
      ];
      for (const words of lines) {
        const { code, text } = await said([...words]);
        expect([code, text.includes('reads or writes as well')], words.join(' ')).toEqual([
          2,
          true,
        ]);
        expect(readFileSync(path, 'utf8')).toBe(bad);
      }
    },
  );

  it('may be a token, a recipe or an authority', async () => {
    const folder = temporaryFolder();
    const path = writeCalls(folder, 'up.csv', bad);
    const secret = writeCalls(folder, 'secret', TOKEN);
    for (const option of ['--token-file', '--ca-file']) {
      const words = ['upload', '-c', '1', option, secret, '--report', secret, path];
      expect((await said(words)).code).toBe(2);
      expect(readFileSync(secret, 'utf8')).toBe(TOKEN);
    }
    await said(['convert', path, '--mapping', secret, '-o', secret]);
    expect(readFileSync(secret, 'utf8')).toBe(TOKEN);
  });

  it('is left alone when a link that leads nowhere is written to: the link stays', async () => {
    const folder = temporaryFolder();
    const path = writeCalls(folder, 'up.csv', goodCalls(1));
    const link = join(folder, 'link.csv');
    symlinkSync('target.csv', link);
    expect((await said(['convert', path, '-o', link])).code).toBe(0);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(statSync(join(folder, 'target.csv')).mode & 0o777).toBe(0o600);
  });

  it('is not opened to be written before there is something to write', async () => {
    const folder = temporaryFolder();
    const report = join(folder, 'report.csv');
    await said(['validate', join(folder, 'missing.csv'), '--nothing', '--report', report]);
    expect(existsSync(report)).toBe(false);
  });
});

describe('a token in the wrong place', () => {
  it('is not repeated, whatever option or word it stands at', async () => {
    const folder = temporaryFolder();
    const path = writeCalls(folder, 'calls.csv', goodCalls(1));
    const kept = writeCalls(folder, 'token.txt', `${TOKEN}\n`);
    const upload = ['upload', '-c', '1'];
    const lines: (readonly [string[], Record<string, string>])[] = [
      [[...upload, '--token-file', TOKEN, path], {}],
      [[...upload, path], { METRIKA_TOKEN_FILE: TOKEN }],
      [[...upload, TOKEN], { METRIKA_TOKEN: 'another-token-1' }],
      [[...upload, '--ca-file', TOKEN, path], { METRIKA_TOKEN: 'another-token-1' }],
      [['convert', path, '--mapping', TOKEN], {}],
      [['convert', path, '--map', `${TOKEN}=DateTime`], {}],
      [['convert', path, '--map', TOKEN], {}],
      [['validate', path, '--report', `/nowhere/${TOKEN}`], {}],
      [[...upload, '--api-url', `ftp://${TOKEN}/`, path], { METRIKA_TOKEN: 'another-token-1' }],
      [[...upload, `--tokn=${TOKEN}`, path], {}],
      [[`--${TOKEN}`], {}],
      [[TOKEN], {}],
      [['explain', TOKEN], {}],
      [['status', '-c', '1', TOKEN], { METRIKA_TOKEN: 'another-token-1' }],
      [['validate', kept], {}],
      [['inspect', kept], {}],
      [['convert', kept, '--map', 'x=DateTime'], {}],
    ];
    for (const [words, env] of lines) {
      for (const format of [[], ['--json'], ['--format', 'github'], ['-v']]) {
        const { text } = await said([...words, ...format], { env });
        expect(text, words.join(' ')).not.toContain(TOKEN.slice(3, 20));
      }
    }
  });

  it('is told from the name of a file or a folder that is there', async () => {
    const folder = join(temporaryFolder(), 'Exports-of-November-2026-from-PBX-01');
    mkdirSync(folder);
    const path = writeCalls(folder, 'Calls-of-the-northern-Office-2026-11', goodCalls(1));
    const report = join(folder, 'report.csv');
    for (const words of [[path], [path, '--report', report], [`${folder}/Calls*`]]) {
      const { code, stdout } = await said(['validate', ...words]);
      expect(code).toBe(0);
      expect(stdout).toContain(path);
    }
  });

  it('is refused when it is too short to be one, and never sent', async () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(1));
    const words = ['upload', '-c', '1', '--json', '--retries', '0', path];
    const { code, stdout } = await said(words, { env: { METRIKA_TOKEN: 'abc1234' } });
    expect([code, JSON.parse(stdout)]).toMatchObject([2, { error: { code: 'token-short' } }]);
  });

  it('makes no JSON unreadable, whatever it is', async () => {
    const service = await TestService.start((_, response) => {
      answerJson(response, 200, '{"uploading":{"id":7,"status":"PROCESSED","ok":null}}');
    });
    for (const token of ['true', 'null', '7', 'id', 'PROCESSED', '"id"', '":"', '{"uploading"']) {
      const words = ['status', ...service.target, '--json', '7'];
      const { stdout } = await said(words, { env: { METRIKA_TOKEN: token } });
      expect(() => JSON.parse(stdout) as unknown, token).not.toThrow();
    }
  });

  it('is not repeated when the service does so in another form', async () => {
    const token = 'y0_secretToken123456';
    const forms = [
      token,
      token.toUpperCase(),
      `${token.slice(0, 8)}<b>${token.slice(8)}`,
      `${token.slice(0, 8)}\n${token.slice(8)}`,
      Array.from(token, (one) => `&#${String(one.charCodeAt(0))};`).join(''),
      Array.from(token, (one) => `&#x${one.charCodeAt(0).toString(16)};`).join(''),
      Buffer.from(token).toString('base64'),
      Buffer.from(token).toString('hex'),
      encodeURIComponent(token).replaceAll('_', '%5F'),
      Array.from(token).join(' '),
    ];
    for (const form of forms) {
      for (const body of [`you sent ${form}`, errorBody('invalid_parameter', `bad ${form}`, 400)]) {
        const service = await TestService.start((_, response) => {
          answerJson(response, 400, body);
        });
        const { text } = await said(['list', ...service.target], { env: { METRIKA_TOKEN: token } });
        expect(text.toLowerCase(), form).not.toContain(form.toLowerCase());
        expect(text).not.toContain('etToken12');
      }
    }
  });
});

describe('a report for spreadsheets', () => {
  it.each([
    'x;=HYPERLINK("http://e";1)',
    ' =1+1',
    '\u00a0=1+1',
    '＝1+1',
    '\t=1+1',
    '@SUM(1)',
    'a\n=1+1',
    'a|=1+1',
    '-1+cmd|x',
  ])('holds no formula, whatever divides its cells: %j', async (cell) => {
    const folder = temporaryFolder();
    const quoted = `"${cell.replaceAll('"', '""')}"`;
    const path = writeCalls(folder, 'calls.csv', `ClientId,DateTime,Price\n1,1,${quoted}\n`);
    const report = join(folder, 'report.csv');
    await said(['validate', path, '--report', report, '--show-values']);
    const text = readFileSync(report, 'utf8');
    expect(text).toContain('price');
    for (const delimiter of [',', ';', '\t', '|']) {
      const pieces = text.split(/\r?\n/).flatMap((line) => line.split(delimiter));
      for (const piece of pieces) {
        expect(piece.replace(/^"+/, '')).not.toMatch(/^[\s\p{Z}]*[=+@＝＋＠]|^[\s\p{Z}]*-\d/u);
      }
    }
  });
});

describe('an answer without measure', () => {
  async function answered(
    body: string,
    status = 200,
  ): Promise<{ code: number | null; text: string; stdout: string }> {
    const service = await TestService.start((_, response) => {
      answerJson(response, status, body);
    });
    return await said(['status', ...service.target, '--json', '--retries', '0', '7']);
  }

  it.each(['<', '<script', '<script>', '<!--', '{', '[', '"', '\\', '&#', '%'])(
    'is linear and excerpted: %s',
    async (piece) => {
      const started = Date.now();
      for (const status of [200, 400]) {
        const { code } = await answered(piece.repeat(400_000 / piece.length), status);
        expect([5, 6]).toContain(code);
      }
      // Its square would take minutes.
      expect(Date.now() - started).toBeLessThan(8000);
    },
  );

  it('keeps the id and the status beside what is nested too deep or too long', async () => {
    const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;
    for (const field of [
      deep,
      `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
      `"${'x'.repeat(9_000_000)}"`,
    ]) {
      const body = `{"uploading":{"odd":${field},"id":9223372036854775807,"status":"PROCESSED"}}`;
      const { code, stdout } = await answered(body);
      expect(code).toBe(0);
      expect(stdout).toContain('9223372036854775807');
      expect(stdout).toContain('left out');
    }
    const { stdout } = await answered('\ufeff{"uploading":{"id":7,"status":"PROCESSED"}}');
    expect(stdout).toContain('"id": 7');
  });
});

describe('a packed file', () => {
  it('that holds far more than it has is refused with the bound', async () => {
    const member = (text: string): Buffer => gzipSync(text, { level: 9 });
    const time = String(Math.floor(Date.now() / 1000) - 9);
    const large = member(`1,${time},${'x'.repeat(1_000_000)}\n`);
    const members = [
      member('ClientId,DateTime,Tag\n'),
      ...Array.from({ length: 130 }, () => large),
    ];
    const path = writeCalls(temporaryFolder(), 'bomb.csv.gz', Buffer.concat(members));
    const { code, text } = await said(['validate', path]);
    expect([code, text.includes('gzip-excess')]).toEqual([3, true]);
    expect(text).toContain('over 200 times');
  });
});

describe('text from outside', () => {
  const HOSTILE = '##[set-output name=deploy;]yes \u202e\u200f\u061c\u2028\u200b\u001b[31m\u009b2J';

  it('commands neither a terminal nor a runner', async () => {
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

  it('shows no phone number and no address, however they are written', async () => {
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
});

describe('the sandbox', () => {
  it('keeps no more than it has room for', () => {
    const store = new UploadingStore(() => 0, 100);
    const made = {
      sourceQuantity: 1,
      lineQuantity: 1,
      comment: '',
      clientIdType: 'CLIENT_ID',
      staticCalls: 0,
      dynamicCalls: 1,
      linkableCalls: 1,
    } as const;
    for (let at = 0; at < 10_500; at += 1) store.add((at % 2) + 1, made);
    const [one, two] = [1, 2].map((counter) => store.page(counter, 20_000, 0));
    expect((one?.length ?? 0) + (two?.length ?? 0)).toBe(10_000);
    expect(store.find(1, '1000001')).toBeUndefined();
    expect(store.find(2, '1010500')).toMatchObject({ id: 1_010_500 });
    expect(store.find(1, '1010500')).toBeUndefined();
  });

  it('reads no endless number of parts and fields', async () => {
    const { startSandbox } = await import('../../src/sandbox/server.ts');
    const sandbox = await startSandbox({ port: 0, stageTime: 100, now: Date.now });
    try {
      const form = new FormData();
      for (let at = 0; at < 50; at += 1) form.append(`field${String(at)}`, 'x'.repeat(100_000));
      form.append('file', new Blob([goodCalls(1)]), 'calls.csv');
      const path = '/management/v1/counter/1/offline_conversions/upload_calls';
      const answer = await fetch(sandbox.address + path, {
        method: 'POST',
        body: form,
        headers: { authorization: 'OAuth x' },
      });
      expect(answer.status).toBe(413);
    } finally {
      await sandbox.close();
    }
  });

  it('answers under names of this machine only', async () => {
    const { startSandbox } = await import('../../src/sandbox/server.ts');
    const sandbox = await startSandbox({ port: 0, stageTime: 100, now: Date.now });
    try {
      const port = Number(new URL(sandbox.address).port);
      const asked = async (host: string): Promise<string> =>
        await new Promise((resolve) => {
          const socket = connect(port, '127.0.0.1');
          let answer = '';
          socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
          socket.on('close', () => {
            resolve(answer.slice(9, 12));
          });
          const path = '/management/v1/counter/1/offline_conversions/calls_uploadings';
          socket.end(
            `GET ${path} HTTP/1.1\r\nhost: ${host}\r\nauthorization: OAuth x\r\nconnection: close\r\n\r\n`,
          );
        });
      for (const host of ['127.0.0.1', `localhost:${String(port)}`, '[::1]', '127.9.9.9:80'])
        expect(await asked(host)).toBe('200');
      for (const host of [
        'evil.example',
        'localhost.evil.example',
        '127.0.0.1.evil.example',
        '10.0.0.1',
      ])
        expect(await asked(host)).toBe('421');
    } finally {
      await sandbox.close();
    }
  });
});
