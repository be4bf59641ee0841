import { describe, expect, it } from 'vitest';
import { DUPLICATE_WINDOW, RecordScanner } from '../../src/calls/scan/record-scanner.ts';
import { check, NOW } from '../support/check.ts';

describe('duplicates', () => {
  it('are found with the line of the first one, whatever the delimiter', () => {
    const duplicates = new RecordScanner();
    expect(duplicates.firstLineOf(['1', '23'], 2)).toBeUndefined();
    expect(duplicates.firstLineOf(['12', '3'], 3)).toBeUndefined();
    expect(duplicates.firstLineOf(['1', '23'], 4)).toBe(2);
    expect(duplicates.firstLineOf(['1', '23'], 5)).toBe(2);
  });

  it('are always found within the window, and there are no false duplicates', () => {
    const duplicates = new RecordScanner();
    const records = DUPLICATE_WINDOW * 3;
    let invented = 0;
    for (let at = 1; at <= records; at += 1) {
      if (duplicates.firstLineOf([String(at), 'x'], at) !== undefined) invented += 1;
    }
    expect(invented).toBe(0);
    let missed = 0;
    for (let at = records - DUPLICATE_WINDOW + 1; at <= records; at += 997) {
      if (duplicates.firstLineOf([String(at), 'x'], records + at) !== at) missed += 1;
    }
    expect(missed).toBe(0);
  });

  it('are found again and again, if each is within the window of the previous one', () => {
    const duplicates = new RecordScanner();
    const found: number[] = [];
    for (let line = 1; line <= 1_000_001; line += 1) {
      const record = line % 200_000 === 1 ? ['the same'] : [String(line)];
      if (duplicates.firstLineOf(record, line) !== undefined) found.push(line);
    }
    expect(found).toEqual([200_001, 400_001, 600_001, 800_001, 1_000_001]);
  });

  it('are found among records that are scanned together, and all records are counted', async () => {
    const record = (number: number): string => `${String(number)},${String(NOW)}\n`;
    for (const [first, again] of [
      [0, 1],
      [10, 12],
      [3, 40],
      [31, 32],
      [0, 99],
    ] as const) {
      const records = Array.from({ length: 100 }, (_, at) => record(at + 1));
      records[again] = records[first] ?? '';
      const { validation, counts } = await check(`ClientId,DateTime\n${records.join('')}`);
      expect(validation.findings).toMatchObject([
        { code: 'record-twice', line: again + 2, record: again + 1 },
      ]);
      expect(validation.findings[0]?.parameters).toEqual({ firstLine: first + 2 });
      expect(counts).toMatchObject({ records: 100, dynamic: 100, identifiers: { ClientId: 100 } });
    }
  });
});
