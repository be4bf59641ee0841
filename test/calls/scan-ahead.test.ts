import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordScanner, type Scan, scanIn, scanLength } from '../../src/calls/record-scanner.ts';
import type { ScanHelper, StartHelper } from '../../src/calls/scan-ahead.ts';
import { check, NOW } from '../support/check.ts';

/** How a helper answers: after so many turns, or never well. */
type Answer = number | 'useless';

/** A helper on this thread, which answers late and in any order, as its script says. */
function scripted(answers: readonly Answer[], seen: { scans: number }): StartHelper {
  return async (settings) => {
    await Promise.resolve();
    const scanner = new RecordScanner(settings);
    let call = 0;
    let underWay = 0;
    const helper: ScanHelper = {
      get hasRoom() {
        return underWay < 3;
      },
      scan: async (stretch, currencies): Promise<Scan | undefined> => {
        const answer = answers[call % answers.length] ?? 0;
        call += 1;
        underWay += 1;
        for (const code of currencies) scanner.meet(code);
        const scan = scanIn(new ArrayBuffer(scanLength(stretch.length)));
        scanner.scan(stretch, 0, stretch.length, scan);
        for (let turn = 0; turn < (answer === 'useless' ? 1 : answer); turn += 1) {
          await new Promise(setImmediate);
        }
        underWay -= 1;
        if (answer === 'useless') return undefined;
        seen.scans += 1;
        return scan;
      },
      close: () => undefined,
    };
    return helper;
  };
}

const HEADER = 'ClientId,DateTime,Tag,Price,Currency\n';

/** Lines by their kind, so that a long file can be drawn from few numbers. */
const KINDS: readonly ((at: number) => string)[] = [
  (at) => `${String(at)},${String(NOW - 5)},north,,\n`,
  (at) => `${String(at)},${String(NOW - 5)},"a, ""b"" c",5,RUB\n`,
  // The same call again and again, an error, a field over many lines that look like calls, a blank line, other currencies.
  () => `7,${String(NOW - 7)},twin,,\n`,
  (at) => `x${String(at)},${String(NOW - 5)},,,\n`,
  (at) => `${String(at)},${String(NOW - 5)},"${`5,${String(NOW)},no call,,\n`.repeat(60)}",,\r\n`,
  () => '\n',
  (at) => `${String(at)},${String(NOW - 5)},,5,USD\r\n`,
  (at) => `${String(at)},${String(NOW - 5)},Офис,1,XXX\n`,
];

function fileOf(picks: readonly (readonly [number, number])[]): string {
  let at = 100;
  let text = HEADER;
  // Only a file of some megabytes is scanned ahead.
  for (; text.length < 4_050_000; at += 1)
    text += `${String(at)},${String(NOW - 5)},${'x'.repeat(900)},,\n`;
  for (const [kind, times] of picks) {
    for (let time = 0; time < times; time += 1, at += 1) text += KINDS[kind]?.(at) ?? '';
  }
  return text;
}

describe('scanning ahead', () => {
  it('changes nothing about what is found, whenever the helper answers', async () => {
    const seen = { scans: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(KINDS.length - 1), fc.integer({ min: 1, max: 400 })), {
          maxLength: 30,
        }),
        fc.array(fc.oneof(fc.nat(5), fc.constant<Answer>('useless')), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.integer({ min: 2000, max: 60_000 }),
        async (picks, answers, step) => {
          const content = fileOf(picks);
          const settings = { maxFindings: 5000, hashed: false };
          const plain = await check(content, { ...settings, quickly: false });
          const ahead = await check(
            content,
            { ...settings, startHelper: scripted(answers, seen) },
            step,
          );
          expect(ahead).toEqual(plain);
        },
      ),
      { numRuns: 40 },
    );
    expect(seen.scans).toBeGreaterThan(100);
  }, 60_000);

  it('goes on alone where there is no helper to be had', async () => {
    const content = fileOf([[1, 300]]);
    const alone = await check(content, { startHelper: () => Promise.resolve(undefined) }, 100_000);
    expect(alone).toEqual(await check(content));
  });
});
