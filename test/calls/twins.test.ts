import { describe, expect, it } from 'vitest';
import { RecordScanner, TWIN_WINDOW } from '../../src/calls/record-scanner.ts';

describe('twins', () => {
  it('are found with the line of the first one, whatever parts the fields', () => {
    const twins = new RecordScanner();
    expect(twins.lineOfTwin(['1', '23'], 2)).toBeUndefined();
    expect(twins.lineOfTwin(['12', '3'], 3)).toBeUndefined();
    expect(twins.lineOfTwin(['1', '23'], 4)).toBe(2);
    expect(twins.lineOfTwin(['1', '23'], 5)).toBe(2);
  });

  it('are found for certain within the window, and never invented', () => {
    const twins = new RecordScanner();
    const records = TWIN_WINDOW * 3;
    let invented = 0;
    for (let at = 1; at <= records; at += 1) {
      if (twins.lineOfTwin([String(at), 'x'], at) !== undefined) invented += 1;
    }
    expect(invented).toBe(0);
    let missed = 0;
    for (let at = records - TWIN_WINDOW + 1; at <= records; at += 997) {
      if (twins.lineOfTwin([String(at), 'x'], records + at) !== at) missed += 1;
    }
    expect(missed).toBe(0);
  });
});
