import { describe, expect, it } from 'vitest';
import { hangingIndent, plainText } from '../../src/cli/output/layout.ts';
import { byteSize, plural, timeSpan, wrap } from '../../src/words/format.ts';

describe('words', () => {
  it('have the right form for numbers, sizes and times', () => {
    expect([plural(1, 'call'), plural(1204, 'call')]).toEqual(['1 call', '1,204 calls']);
    expect([byteSize(980), byteSize(1_234_567), byteSize(999_999), byteSize(58_000_000)]).toEqual([
      '980 bytes',
      '1.2 MB',
      '1.0 MB',
      '58 MB',
    ]);
    expect([timeSpan(400), timeSpan(90_000), timeSpan(7_500_000)]).toEqual([
      '0 s',
      '1 min 30 s',
      '2 h 5 min',
    ]);
  });

  it('are wrapped between words, and never inside a command to copy', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    const hint =
      'Run it again. To be certain, look first: metrika-calls list --counter 2215573 --api-url http://127.0.0.1:1';
    expect(hangingIndent('  → ', hint, 50).map(plainText)).toEqual([
      '  → Run it again. To be certain, look first:',
      '    metrika-calls list --counter 2215573 --api-url http://127.0.0.1:1',
    ]);
    expect(hangingIndent('  → ', hint, 200).map(plainText)).toEqual([`  → ${hint}`]);
  });
});
