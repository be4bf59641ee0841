import { describe, expect, it } from 'vitest';
import { checkCalls, type CheckReport } from '../../src/calls/check/check-calls.ts';
import { check, NOW, SETTINGS } from '../support/check.ts';
import { encode } from '../support/encode.ts';

/** Checks a file that is read in the given blocks. */
async function checkBlocks(blocks: readonly Buffer[], fastPath: boolean): Promise<CheckReport> {
  const source = {
    async *blocks() {
      for (const block of blocks) yield await Promise.resolve(Buffer.from(block));
    },
  };
  return await checkCalls(source, { ...SETTINGS, fastPath });
}

/**
 * Returns clean records with a total length of at least this many bytes. These records fill the
 * first block, which is examined as a whole.
 */
function cleanLines(bytes: number): string {
  const lines = ['ClientId,DateTime,Tag,UserId\n'];
  for (let length = 0, at = 1; length < bytes; at += 1) {
    const line = `${String(at)},${String(NOW)},t,\n`;
    lines.push(line);
    length += line.length;
  }
  return lines.join('');
}

describe.each([true, false])(
  'bytes that are cut inside a character or a record, with the fast path %s,',
  (fastPath) => {
    it('are undecodable if they begin a character and do not end it', async () => {
      const blocks = [
        Buffer.concat([
          Buffer.from(`${cleanLines(70_000)}900000,${String(NOW)},"one\ntwo `),
          Buffer.of(0xd0),
        ]),
        Buffer.from(`x",\n900001,${String(NOW)},good,\n`),
      ];
      const { validation } = await checkBlocks(blocks, fastPath);
      expect(validation.findings.map(({ code }) => code)).toEqual(['bytes-undecodable']);
    });

    it('are searched for NUL even after a record with a malformed quote', async () => {
      const blocks = [
        Buffer.from(`${cleanLines(70_000)}900000,${String(NOW)},"a,z\n900001,${String(NOW)},x\0`),
        Buffer.from('y,"b\n'),
        Buffer.from(`c"\n900002,${String(NOW)},t,\n`),
      ];
      const cut = await checkBlocks(blocks, fastPath);
      const whole = await checkBlocks([Buffer.concat(blocks)], fastPath);
      expect(cut.validation.findings).toEqual(whole.validation.findings);
      expect(cut.validation.findings.map(({ code }) => code)).toContain('nul-byte');
    });

    it('are UTF-8 with errors if Russian UTF-8 comes before Russian windows-1251', async () => {
      const rows = (from: number, count: number, tag: string): string =>
        Array.from(
          { length: count },
          (_, at) => `${String(from + at)},${String(NOW)},${tag}\n`,
        ).join('');
      const content = Buffer.concat([
        Buffer.from(`ClientId,DateTime,Tag\n${rows(1, 1500, 't')}${rows(2000, 40, 'Заявка')}`),
        Buffer.from(rows(3000, 1000, 't')),
        encode(rows(5000, 3000, 'Заявка с сайта'), 'windows-1251'),
      ]);
      for (const step of [65_536, 131_072, 393_216]) {
        const { validation, form } = await check(content, { fastPath }, step);
        expect(form?.encoding).toBe('utf-8');
        expect(validation.errors).toBe(3000);
      }
    });
  },
);
