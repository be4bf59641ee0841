import { describe, expect, it } from 'vitest';
import { plainText } from '../../src/cli/output/layout.ts';
import type { Output } from '../../src/cli/output/output.ts';
import { renderUploads, uploadCells } from '../../src/cli/output/render/upload.ts';
import { type CallUploading, readUploadings } from '../../src/metrika/schemas.ts';
import { outputOn } from '../support/output.ts';

async function style(columns: number): Promise<Output['results']> {
  const stream = { write: () => true, isTTY: true, columns };
  return (await outputOn(stream)).results;
}

function tableOf(uploads: readonly CallUploading[], style: Output['results']): string[] {
  return renderUploads(uploads, style, Date.parse('2026-11-25T00:00:00Z')).map(plainText);
}

describe('many uploads on a terminal', () => {
  it('are a table that is no wider than the terminal', async () => {
    const { uploadings = [] } =
      readUploadings({
        uploadings: [
          {
            id: 1,
            status: 'PROCESSED',
            line_quantity: 9,
            source_quantity: 10,
            comment: 'Ноябрь '.repeat(20),
            create_time: '2026-11-18T10:00:00+03:00',
          },
          { id: 9007199254740993n, status: 'NEW_ONE' },
        ],
      }) ?? {};
    for (const columns of [40, 80, 120]) {
      const lines = tableOf(uploadings, await style(columns));
      for (const line of lines) expect([...line].length).toBeLessThanOrEqual(columns);
    }
    const [head = '', first = '', second = ''] = tableOf(uploadings, await style(120));
    expect(head).toMatch(/^STATUS +UPLOAD ID +CREATED +LINES +COMMENT$/);
    expect(first.indexOf('PROCESSED')).toBe(head.indexOf('STATUS'));
    expect(second.indexOf('NEW_ONE')).toBe(head.indexOf('STATUS'));
    expect(second).toContain('9007199254740993');
    expect(second).toContain('?/?');
    // The output shows the time in the time zone of the machine. The test does not set this zone.
    expect(first).toMatch(/1[78] Nov [012]\d:\d\d/);
  });

  it('have a column of linked calls if the service reports their number', async () => {
    const known = { status: 'PROCESSED', line_quantity: 40, source_quantity: 40, comment: 'north' };
    const { uploadings = [] } =
      readUploadings({
        uploadings: [
          { id: 2, linked_quantity: 38, ...known },
          { id: 1, ...known },
        ],
      }) ?? {};
    const [head = '', first = '', second = ''] = tableOf(uploadings, await style(120));
    expect(head).toMatch(/LINES +LINKED +COMMENT$/);
    expect(first).toMatch(/40\/40 +38 +north$/);
    expect(second).toMatch(/40\/40 +\? +north$/);
    const [cells = []] = uploadCells(uploadings);
    expect(cells.slice(3)).toEqual(['40/40', 'north', '38']);
  });
});
