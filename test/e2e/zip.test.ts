import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { run, temporaryFolder } from '../support/run.ts';
import { answerJson, onlyPart, TestService } from '../support/test-service.ts';
import { workbookOf, zipOf } from '../support/workbooks.ts';

const env = { METRIKA_TOKEN: 'y0_some_token_0123456789' };
const CALLS = goodCalls(3000);

/** Checks a file, and returns the codes of its errors. */
async function errorsOf(bytes: Buffer, name = 'calls.zip'): Promise<readonly string[]> {
  const path = writeCalls(temporaryFolder(), name, bytes);
  const ended = await run(['validate', '--json', path]);
  const { results } = JSON.parse(ended.stdout) as {
    results: [{ validation: { findings: { code: string; severity: string }[] } }];
  };
  const errors = results[0].validation.findings.filter(({ severity }) => severity === 'error');
  expect(ended.code).toBe(errors.length === 0 ? 0 : 3);
  return errors.map(({ code }) => code);
}

/**
 * Calls `change` with the position of the first bytes that equal `from`. The function `change`
 * changes the bytes.
 */
function changed(bytes: Buffer, from: readonly number[], change: (at: number) => unknown): void {
  const at = bytes.indexOf(Buffer.from(from));
  expect(at).toBeGreaterThanOrEqual(0);
  change(at);
}

const LOCAL = [0x50, 0x4b, 0x03, 0x04];
const CENTRAL = [0x50, 0x4b, 0x01, 0x02];

describe('a zip with one file', () => {
  it('is checked and sent unpacked, and the output says so', async () => {
    const service = await TestService.start((_, response) => {
      answerJson(response, 200, '{"uploading":{"id":1,"status":"UPLOADED"}}');
    });
    for (const name of ['calls.csv.z', 'calls.zip', 'calls.csv']) {
      const path = writeCalls(temporaryFolder(), name, await zipOf({ 'звонки.csv': CALLS }));
      const ended = await run(['upload', '--json', ...service.target, path], { env });
      expect(ended.code, ended.stderr).toBe(0);
      expect(ended.stdout).toContain('"zip"');
      expect((await run(['validate', '--no-convert', path])).code).toBe(3);
    }
    for (const post of service.posts()) {
      const part = onlyPart(post);
      expect(part.headers).toContain('filename="calls.csv"');
      expect(part.content.toString()).toBe(CALLS);
    }
  });

  it('is read by every command', async () => {
    const folder = temporaryFolder();
    const content = 'Дата звонка;Телефон\n2026-11-20 09:12:33;+79161234567\n';
    writeCalls(folder, 'pbx.zip', await zipOf({ 'folder/export.csv': content }));
    const words = ['--auto', '--timezone', 'Europe/Moscow', '--unidentified', 'static'];
    const made = await run(['convert', 'pbx.zip', ...words], { cwd: folder });
    expect(made.stdout, made.stderr).toContain('1795155153,1,+79161234567');
    writeCalls(folder, 'calls.zip', await zipOf({ 'calls.csv': CALLS }));
    expect((await run(['inspect', 'calls.zip'], { cwd: folder })).stdout).toContain('3,000 calls');
  });

  it('may also have folders, and files that an operating system adds', async () => {
    const parts = {
      '__MACOSX/._calls.csv': 'x',
      'a/.DS_Store': 'x',
      'a/calls.csv': CALLS,
      'Thumbs.db': 'x',
    };
    expect(await errorsOf(await zipOf(parts))).toEqual([]);
  });
});

describe('a zip that cannot be read', () => {
  it.each([
    ['several files', { 'a.csv': CALLS, 'b.csv': CALLS }, 'zip-several'],
    ['no file', { '__MACOSX/a': 'x' }, 'zip-empty'],
    ['a gzip file', { 'calls.csv.gz': gzipSync(CALLS) }, 'file-packed'],
  ] as const)('is refused with the reason: %s', async (_, parts, code) => {
    expect(await errorsOf(await zipOf(parts))).toEqual([code]);
  });

  it('is refused with the masked names of several files', async () => {
    const parts = { '79161234567.csv': CALLS, 'b.csv': CALLS };
    const path = writeCalls(temporaryFolder(), 'calls.zip', await zipOf(parts));
    const { stdout } = await run(['validate', path]);
    expect(stdout).toContain('b.csv');
    expect(stdout).not.toContain('79161234567');
  });

  it('is refused if it contains a workbook, another zip or an office document', async () => {
    const workbook = await workbookOf({ sheets: { Calls: '' } });
    expect(await errorsOf(await zipOf({ 'calls.xlsx': workbook }))).toEqual(['file-packed']);
    const inner = await zipOf({ 'calls.csv': CALLS });
    expect(await errorsOf(await zipOf({ 'calls.zip': inner }))).toEqual(['file-packed']);
    const document = await zipOf({ '[Content_Types].xml': '<a/>', 'word/document.xml': '<a/>' });
    expect(await errorsOf(document)).toEqual(['file-packed']);
  });

  it('is refused if its checksum is wrong, or if its end is missing', async () => {
    const bytes = await zipOf({ 'calls.csv': CALLS });
    const wrongSum = Buffer.from(bytes);
    changed(wrongSum, CENTRAL, (at) => wrongSum.writeUInt32LE(1, at + 16));
    expect(await errorsOf(wrongSum)).toEqual(['zip-damaged']);
    expect(await errorsOf(bytes.subarray(0, bytes.length - 40))).toEqual(['zip-damaged']);
  });

  it('may contain a file of any name, and is refused if that file is packed by an unusual method', async () => {
    const bytes = await zipOf({ 'aa/calls.csv': CALLS });
    const outside = Buffer.from(
      bytes.toString('latin1').replaceAll('aa/calls', '../calls'),
      'latin1',
    );
    expect(await errorsOf(outside)).toEqual([]);
    for (const [from, offset] of [
      [LOCAL, 8],
      [CENTRAL, 10],
    ] as const) {
      changed(bytes, from, (at) => bytes.writeUInt16LE(12, at + offset));
    }
    expect(await errorsOf(bytes)).toEqual(['file-packed']);
  });

  it('is refused if it has a password', async () => {
    const bytes = await zipOf({ 'calls.csv': CALLS });
    for (const [from, offset] of [
      [LOCAL, 6],
      [CENTRAL, 8],
    ] as const) {
      changed(bytes, from, (at) =>
        bytes.writeUInt16LE(bytes.readUInt16LE(at + offset) | 1, at + offset),
      );
    }
    expect(await errorsOf(bytes)).toEqual(['zip-locked']);
  });

  it('is refused if its content is far larger than the zip itself', async () => {
    const time = String(Math.floor(Date.now() / 1000) - 9);
    const row = `1,${time},${'x'.repeat(1_000_000)}\n`;
    const bytes = await zipOf({ 'bomb.csv': `ClientId,DateTime,Tag\n${row.repeat(130)}` });
    expect(await errorsOf(bytes)).toEqual(['zip-excess']);
  });
});
