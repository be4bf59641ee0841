import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { writeCalls } from '../support/calls.ts';
import { recently } from '../support/calls.ts';
import { encode } from '../support/encode.ts';
import { run, temporaryFolder } from '../support/run.ts';

const HEADER = 'PhoneNumber,ClientId,UserId\n';

async function joining(crm: string | Uint8Array): ReturnType<typeof run> {
  const folder = temporaryFolder();
  const calls = `DateTime,PhoneNumber\n${String(recently())},+70123456789\n`;
  return await run([
    'convert',
    '--join',
    writeCalls(folder, 'crm.csv', crm),
    writeCalls(folder, 'export.csv', calls),
  ]);
}

describe('a joined file', () => {
  it('adds its identifiers to calls, also from gzip and from windows-1251', async () => {
    const plain = `${HEADER}+70123456789,77,\n`;
    const russian = `${HEADER}+70123456789,77,Мария Петровна из отдела продаж\n`;
    for (const crm of [plain, gzipSync(plain), encode(russian, 'windows-1251')]) {
      const { code, stdout } = await joining(crm);
      expect(code).toBe(0);
      expect(stdout).toContain('77');
    }
  });

  it('is in its own encoding, which is named if bytes are undecodable', async () => {
    const damaged = Buffer.from(`\ufeff${HEADER}+70123456789,77,ma\ud800ria\n`, 'utf16le');
    const { code, stderr } = await joining(damaged);
    expect(code).toBe(3);
    expect(stderr).toMatch(/utf-16le/i);
  });

  it.each([
    ['field-count', 'line 3', `${HEADER}+70123456780,1,\n+70123456789,77\n`],
    ['quote-unclosed', 'line 2', `${HEADER}+70123456789,"77,\n`],
    ['quote-malformed', 'line 2', `${HEADER}+70123456789,"7"7",\n`],
    ['nul-byte', 'line 2', `${HEADER}+70123456789,77,ma\0ria\n`],
    [
      'bytes-undecodable',
      'line 2',
      Buffer.concat([Buffer.from(`${HEADER}+70123456789,77,Zo`), Buffer.from([0xeb, 0x0a])]),
    ],
    [
      'encoding-unclear',
      '',
      Buffer.concat([
        Buffer.from(`${HEADER}+70123456789,77,`),
        Buffer.from([0xed, 0xe1, 0xf2, 0xe9, 0xf1, 0x0a]),
      ]),
    ],
    ['file-not-csv', '', '<html><body></body></html>'],
  ])('with %s is refused with its name and the line', async (damage, line, crm) => {
    const { code, stdout, stderr } = await joining(crm);
    expect(code).toBe(3);
    expect(stdout + stderr).toContain(
      damage === 'encoding-unclear' ? 'encoding' : damage.split('-')[0],
    );
    expect(stdout + stderr).toContain(line);
    expect(stdout + stderr).toContain('crm.csv');
    expect(stdout).not.toContain('77');
  });
});
