import { describe, expect, it } from 'vitest';
import { recently, writeCalls } from '../support/calls.ts';
import { encode } from '../support/encode.ts';
import { run, temporaryFolder } from '../support/run.ts';

describe('text', () => {
  it('with half a character of UTF-16 is not sent', async () => {
    const bytes = encode(`ClientId,DateTime,Tag\n1,${String(recently())},xAy\n`, 'utf-16le');
    const at = bytes.indexOf(Buffer.from('xA', 'utf16le')) + 2;
    bytes.writeUInt16LE(0xdc00, at);
    const ended = await run(['validate', writeCalls(temporaryFolder(), 'calls.csv', bytes)]);
    expect(ended.code).toBe(3);
    expect(ended.stdout).toContain('bytes-undecodable');
  });

  it('in KOI8-R is not read as windows-1251', async () => {
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

  it('of a very long header is not printed completely', async () => {
    const path = writeCalls(
      temporaryFolder(),
      'calls.csv',
      `ClientId,DateTime,${'x'.repeat(900_000)}\n1,${String(recently())},y\n`,
    );
    expect((await run(['validate', path])).stdout.length).toBeLessThan(5000);
  });
});

describe('--encoding and --delimiter', () => {
  it('take precedence over the detection', async () => {
    const folder = temporaryFolder();
    const when = String(recently());
    const path = writeCalls(
      folder,
      'calls.csv',
      encode(`ClientId,DateTime,Tag\n1,${when},я\n`, 'windows-1251'),
    );
    expect((await run(['validate', path])).code).toBe(3);
    expect((await run(['validate', '--encoding', 'windows-1251', path])).code).toBe(0);
    const tabs = writeCalls(folder, 'tabs.csv', `ClientId\tDateTime\n1\t${when}\n`);
    expect((await run(['validate', '--delimiter', 'tab', tabs])).code).toBe(0);
    expect((await run(['validate', '--delimiter', ';', tabs])).code).toBe(3);
    for (const wrong of [
      ['--encoding', 'koi9-r'],
      ['--delimiter', 'x'],
    ]) {
      expect((await run(['validate', ...wrong, tabs])).code).toBe(2);
    }
  });
});
