import { fileURLToPath } from 'node:url';
import { availableParallelism } from 'node:os';
import { expect, it } from 'vitest';
import { scanIn, scanLength, TALLY } from '../../src/calls/record-scanner.ts';
import { startScanHelper } from '../../src/cli/scan-helper.ts';

const FOLDER = fileURLToPath(new URL('../../dist/', import.meta.url));

it.runIf(availableParallelism() > 1)('a thread is given nothing before it runs', async () => {
  const helper = await startScanHelper(FOLDER, {
    columns: ['ClientId', 'DateTime'],
    now: 1_795_000_000,
    linkageWindow: 1_814_400,
    longestDuration: 86_400,
    spreadsheetDigits: 15,
  });
  expect(helper?.hasRoom).toBe(false);
  while (helper?.hasRoom === false) await new Promise(setImmediate);
  const stretch = Buffer.from('5,1794999999\n6,1794999998\n');
  const scan = await helper?.scan(stretch, []);
  expect(scan?.tally[TALLY.records]).toBe(2);
  expect(scan?.hashes.length).toBeGreaterThanOrEqual(
    scanIn(new ArrayBuffer(scanLength(stretch.length))).hashes.length,
  );
  helper?.close();
});
