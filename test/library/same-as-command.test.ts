import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import {
  convertCalls,
  Failure,
  inspectCalls,
  uploadCalls,
  type UploadProgress,
  validateCalls,
} from '../../src/index.ts';
import { goodCalls, recently, writeCalls } from '../support/calls.ts';
import { encode } from '../support/encode.ts';
import { run, temporaryFolder } from '../support/run.ts';
import { answerJson, onlyPart, TestService } from '../support/test-service.ts';

const TOKEN = 'y0_some_token_0123456789';
const env = { METRIKA_TOKEN: TOKEN };

/** Writes files with different findings. */
function files(): string[] {
  const folder = temporaryFolder();
  const when = String(recently());
  return [
    writeCalls(folder, 'good.csv', goodCalls(3)),
    writeCalls(
      folder,
      'bad.csv',
      `ClientId,DateTime,Price\n1.6E+18,${when},1\n2,18.11.2026,"1,5"\n`,
    ),
    writeCalls(
      folder,
      'windows-1251.csv',
      encode(`ClientId;DateTime;Tag\r\n1;${when};Заявка с сайта\r\n`, 'windows-1251'),
    ),
    writeCalls(folder, 'empty.csv', ''),
    join(folder, 'nothing.csv'),
  ];
}

async function printed(args: readonly string[]): Promise<unknown> {
  const { stdout } = await run(args, { env });
  return withoutHints(JSON.parse(stdout));
}

/**
 * Removes the hints from a result, because the library names options and the command names flags.
 */
function withoutHints<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(withoutHints) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'hint')
      .map(([key, part]: [string, unknown]) => [key, withoutHints(part)]),
  ) as Value;
}

describe('validateCalls', () => {
  it('returns what the command prints, for each kind of file', async () => {
    for (const file of files()) {
      const returned = withoutHints(await validateCalls(file));
      expect(await printed(['validate', '--json', file]), file).toMatchObject({
        ok: returned.ok,
        results: [returned],
      });
    }
  });

  it('has the options of the command', async () => {
    const [, bad = '', foreign = ''] = files();
    const one = await validateCalls(bad, { maxErrors: 1, showValues: true });
    expect(one.validation.findings).toHaveLength(1);
    expect(one.validation.errors).toBeGreaterThan(1);
    expect((await validateCalls(foreign, { convert: false })).ok).toBe(false);
    expect((await validateCalls(foreign, { encoding: 'utf-8' })).ok).toBe(false);
    const old = `ClientId,DateTime\n1,${String(recently() - 60 * 86_400)}\n`;
    const oldCalls = writeCalls(temporaryFolder(), 'old.csv', old);
    expect((await validateCalls(oldCalls)).ok).toBe(true);
    expect((await validateCalls(oldCalls, { strict: true })).ok).toBe(false);
  });

  it('accepts streams of Node and of the web, and blocks in memory', async () => {
    const bytes = Buffer.from(goodCalls(20_000));
    const blocks = [bytes.subarray(0, 70_001), bytes.subarray(70_001)];
    const web = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const block of blocks) controller.enqueue(block);
        controller.close();
      },
    });
    for (const source of [Readable.from(blocks), web, blocks]) {
      expect(await validateCalls(source as AsyncIterable<Uint8Array>)).toMatchObject({
        file: '-',
        ok: true,
        rows: 20_000,
      });
    }
  });

  it('ends immediately after an abort, with the reason', async () => {
    const reason = new Error('enough');
    await expect(
      validateCalls(files()[0] ?? '', { signal: AbortSignal.abort(reason) }),
    ).rejects.toBe(reason);
    const controller = new AbortController();
    const endless = new Readable({ read: () => undefined });
    const pending = validateCalls(endless, { signal: controller.signal });
    controller.abort(reason);
    await expect(pending).rejects.toBe(reason);
    endless.destroy();
  });

  it('throws the error of a source', async () => {
    const broken = Readable.from(
      (function* (): Generator<Buffer> {
        yield Buffer.from('ClientId,');
        throw new Error('the line broke');
      })(),
    );
    await expect(validateCalls(broken)).rejects.toThrow('the line broke');
  });
});

describe('convertCalls', () => {
  const exported = (): string =>
    writeCalls(
      temporaryFolder(),
      'export.csv',
      'Visitor,When,Note\n1630659193146972518,18.11.2026 10:00,a\n',
    );
  const recipe = {
    columns: { Visitor: 'ClientId', When: 'DateTime' },
    timezone: 'Europe/Moscow',
  };

  it('returns and writes the same as the command', async () => {
    const file = exported();
    const target = join(temporaryFolder(), 'calls.csv');
    const returned = await convertCalls(file, { ...recipe, output: target });
    const written = readFileSync(target, 'utf8');
    const other = join(temporaryFolder(), 'other.csv');
    const saved = writeCalls(temporaryFolder(), 'recipe.json', JSON.stringify(recipe));
    const document = await printed(['convert', '--json', '--mapping', saved, '-o', other, file]);
    expect(document).toMatchObject({ ok: true, results: [{ ...returned, output: other }] });
    expect(readFileSync(other, 'utf8')).toBe(written);
    expect(written).toBe('ClientId,DateTime\n1630659193146972518,1794985200\n');
    let text = '';
    const streamed = await convertCalls(file, {
      ...recipe,
      output: (part) => {
        text += part;
      },
    });
    expect(streamed).toEqual({ ...returned, output: null });
    expect(text).toBe(written);
  });

  it('writes nothing if an export has an error', async () => {
    const file = writeCalls(temporaryFolder(), 'export.csv', 'Visitor,When\n1,soon\n');
    let calls = 0;
    const { ok, validation } = await convertCalls(file, {
      ...recipe,
      output: () => {
        calls += 1;
      },
    });
    expect({ ok, calls }).toEqual({ ok: false, calls: 0 });
    expect(validation.errors).toBe(1);
  });

  it.each([
    [{ preset: 'nothing' }, 'options.preset'],
    [{ timezone: 'Mars/Olympus' }, 'options.timezone'],
    [{ columns: { When: 'Moment' } }, 'options.columns'],
    [{ set: { Money: 'RUB' } }, 'options.set'],
    [{ defaultRegion: 'XX' }, 'options.defaultRegion'],
    [{ dateFormat: 'dd' }, 'options.dateFormat'],
  ])('names the wrong key: %j', async (options, key) => {
    const failed = convertCalls(exported(), options);
    await expect(failed).rejects.toBeInstanceOf(Failure);
    await expect(failed).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(key) as unknown,
    });
  });
});

describe('inspectCalls', () => {
  it('returns what the command prints', async () => {
    const [good = '', , , empty = ''] = files();
    const returned = await inspectCalls(good, { timezone: 'Asia/Omsk' });
    expect(await printed(['inspect', '--json', '--timezone', 'Asia/Omsk', good])).toEqual({
      ok: true,
      ...returned,
    });
    await expect(inspectCalls(empty)).rejects.toMatchObject({ code: 'not-calls' });
    await expect(inspectCalls(good, { timezone: 'Mars/Olympus' })).rejects.toMatchObject({
      exitCode: 2,
    });
  });
});

describe('uploadCalls', () => {
  const accepting = (id = '12345678901234567890'.slice(0, 18)): Promise<TestService> =>
    TestService.start((_, response) => {
      answerJson(response, 200, `{"uploading":{"id":${id},"status":"UPLOADED","linked":1}}`);
    });

  it('sends the file and returns what the command prints', async () => {
    const service = await accepting('1000001');
    const [good = '', bad = '', foreign = '', empty = '', nothing = ''] = files();
    for (const file of [good, bad, foreign, empty, nothing]) {
      const options = { counter: 2_215_573, token: TOKEN, apiUrl: service.url };
      const returned = withoutHints(await uploadCalls(file, options));
      expect(await printed(['upload', '--json', ...service.target, file]), file).toMatchObject({
        ok: returned.ok,
        // Each upload has its own mark.
        results: [
          { ...returned, mark: returned.mark === null ? null : (expect.any(String) as string) },
        ],
      });
    }
    const [first, second] = service.posts();
    if (first === undefined || second === undefined) throw new Error('two requests are missing');
    expect(onlyPart(first).content).toEqual(onlyPart(second).content);
    expect(first.headers['authorization']).toBe(`OAuth ${TOKEN}`);
    expect(JSON.stringify(service.requests.map(({ path }) => path))).not.toContain(TOKEN);
  });

  it('keeps every digit of an id, in a result that can be written as JSON', async () => {
    const service = await accepting('9223372036854775807');
    const result = await uploadCalls([Buffer.from(goodCalls(1))], {
      counter: 1,
      token: TOKEN,
      apiUrl: service.url,
    });
    expect(result.uploading?.id).toBe('9223372036854775807');
    expect(JSON.stringify(result)).toContain('"9223372036854775807"');
  });

  it('reports its progress', async () => {
    const steps: UploadProgress[] = [];
    const result = await uploadCalls([Buffer.from(goodCalls(1000))], {
      sandbox: true,
      wait: true,
      onProgress: (step) => steps.push(step),
    });
    expect(result).toMatchObject({ ok: true, uploading: { status: 'PROCESSED' } });
    const kinds = [...new Set(steps.map(({ step }) => step))];
    expect(kinds).toEqual(['checking', 'sending', 'answering', 'uploaded', 'waiting']);
    const sent = steps.filter(({ step }) => step === 'sending').at(-1);
    expect(sent?.sent).toBe(result.bytes);
    expect(sent?.total).toBe(result.bytes);
  });

  it('returns the known facts about the file after an abort', async () => {
    const before = await uploadCalls([Buffer.from(goodCalls(1))], {
      sandbox: true,
      signal: AbortSignal.abort(),
    });
    expect(before).toMatchObject({ ok: false, exit_code: 130, uploading: null });
    const controller = new AbortController();
    const after = await uploadCalls([Buffer.from(goodCalls(1))], {
      sandbox: true,
      wait: true,
      signal: controller.signal,
      onProgress: ({ step }) => {
        if (step === 'uploaded') controller.abort();
      },
    });
    expect(after).toMatchObject({
      exit_code: 130,
      error: { code: 'interrupted' },
      uploading: { id: 1_000_001 },
    });
  });

  it('returns a result for each portion of a file, and the worst of them decides', async () => {
    const result = await uploadCalls([Buffer.from(goodCalls(100))], {
      sandbox: true,
      partSize: 2000,
    });
    expect(result.ok).toBe(true);
    expect(result.portions?.length).toBeGreaterThan(1);
    const rows = (result.portions ?? []).map((portion) => portion.rows ?? 0);
    expect(rows.reduce((sum, one) => sum + one, 0)).toBe(100);
  });

  it('refuses missing or wrong options, and shows no token', async () => {
    const source = [Buffer.from(goodCalls(1))];
    const cases = [
      [{}, 'counter-missing'],
      [{ counter: 1 }, 'token-missing'],
      [{ counter: 0, token: TOKEN }, 'setting-invalid'],
      [{ counter: 1.5, token: TOKEN }, 'setting-invalid'],
      [{ counter: 1, token: TOKEN, timeout: -1 }, 'setting-invalid'],
      [{ counter: 1, token: TOKEN, partSize: 2 ** 31 }, 'setting-invalid'],
      [{ counter: 1, token: TOKEN, comment: 'x'.repeat(256) }, 'setting-invalid'],
      [{ counter: 1, token: 'два слова' }, 'token-invalid'],
      [{ counter: 1, token: TOKEN, apiUrl: 'https://example.com' }, 'api-url-untrusted'],
      [{ counter: 1, token: TOKEN, rejects: 'r.csv' }, 'skip-invalid-missing'],
      [
        {
          counter: 1,
          token: TOKEN,
          environment: { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
        },
        'certificate-check-off',
      ],
    ] as const;
    for (const [options, code] of cases) {
      const failure: unknown = await uploadCalls(source, options).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(Failure);
      expect(failure).toMatchObject({ code, exitCode: 2 });
      expect(String(failure)).not.toContain(TOKEN);
    }
  });
});
