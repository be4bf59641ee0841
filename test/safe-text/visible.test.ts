import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  forJson,
  forSpreadsheet,
  forTerminal,
  markdownTable,
  workflowCommand,
} from '../../src/cli/output/shown.ts';
import { escaped } from '../../src/pages/markup.ts';
import { maskedWithin } from '../../src/safe-text/masking.ts';
import { visible } from '../../src/safe-text/visible.ts';
import { shellWord } from '../../src/words/shell.ts';
import { runs } from '../support/runs.ts';

const IGNORABLE = /\p{Default_Ignorable_Code_Point}/u;

/** All characters that Unicode calls default ignorable. */
const UNSEEN = Array.from({ length: 0x110000 }, (_, code) => code)
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code))
  .filter((character) => IGNORABLE.test(character));

describe('an invisible character', () => {
  it('is each that Unicode calls default ignorable', () => {
    expect(UNSEEN.length).toBeGreaterThan(4000);
    expect(UNSEEN.filter((one) => visible(one) === one)).toEqual([]);
    expect(UNSEEN.filter((one) => IGNORABLE.test(forJson(one)))).toEqual([]);
    expect(visible('a\u{e0041}\u3164\u034f\ufe0f\u{e0100}\u115fb')).toBe(
      'a\\u{e0041}\\u3164\\u034f\\ufe0f\\u{e0100}\\u115fb',
    );
  });

  it('stays the same value in JSON, and the same key', () => {
    for (const one of [...UNSEEN, '\u{1f469}\u200d\u{1f4bb}\ufe0f.csv'])
      expect(JSON.parse(forJson({ [one]: one }))).toEqual({ [one]: one });
  });

  it('is shown in every format, wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...UNSEEN), fc.string({ unit: 'binary' }))),
        (pieces) => {
          const text = pieces.join('');
          const all = [
            forTerminal(text),
            forJson({ [text]: [text] }, 2),
            workflowCommand('error', { file: text }, text),
            markdownTable(text, [text], [[text]]),
            forSpreadsheet(text),
            escaped(text),
            ...(['posix', 'powershell', 'cmd', 'unknown'] as const).map(
              (shell) => shellWord(text, shell) ?? '',
            ),
          ];
          for (const shown of all) expect(shown).not.toMatch(IGNORABLE);
        },
      ),
      runs(300),
    );
  });

  it('between its digits does not save a phone number from the mask', () => {
    for (const one of UNSEEN) {
      const number = ['8', '916', '123', '45', '67'].join(one);
      expect(maskedWithin(number), visible(one)).not.toContain('45');
    }
  });
});
