import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { BIN } from '../support/process.ts';

describe('convert', () => {
  it('does all the work in a pipe to upload', () => {
    const words = `'${process.execPath}' '${BIN}'`;
    const line = `${words} convert fixtures/exports/freepbx.csv --preset freepbx --timezone Europe/Moscow --default-region RU --join fixtures/exports/crm.csv | ${words} upload --sandbox -`;
    const ended = spawnSync('bash', ['-o', 'pipefail', '-c', line], { encoding: 'utf8' });
    expect(ended.status, ended.stderr).toBe(0);
    expect(ended.stdout).toContain('2 of 2 accepted');
  });
});
