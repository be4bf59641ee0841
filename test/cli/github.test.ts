import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeData, escapeProperty } from '../../src/cli/output/shown.ts';

/** Decodes the data or a property of a workflow command, as the runner does. */
function unescape(text: string): string {
  return text
    .replaceAll('%2C', ',')
    .replaceAll('%3A', ':')
    .replaceAll('%0A', '\n')
    .replaceAll('%0D', '\r')
    .replaceAll('%25', '%');
}

describe('workflow commands', () => {
  it('decode to the original text, and never end early', () => {
    const text = fc
      .array(fc.constantFrom('%', '\r', '\n', ':', ',', '::', '%0A', '%25', 'я', 'a'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (said) => {
        expect(escapeData(said)).not.toMatch(/[\r\n]/);
        expect(escapeProperty(said)).not.toMatch(/[\r\n:,]/);
        expect(unescape(escapeProperty(said))).toBe(said);
      }),
    );
  });
});
