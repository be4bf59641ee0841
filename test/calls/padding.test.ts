import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayBePadded } from '../../src/calls/scan/padding.ts';
import { anyCharacter } from '../support/any-character.ts';
import { runs } from '../support/runs.ts';

/** All characters that `trim` removes. */
const SPACES = Array.from({ length: 0xffff }, (_, code) => String.fromCharCode(code)).filter(
  (character) => character.trim() === '',
);

function mayBe(text: string): boolean {
  const bytes = Buffer.from(`;${text};`);
  return mayBePadded(bytes, 1, bytes.length - 1);
}

describe('spaces around a text, found in its bytes,', () => {
  it.each(SPACES)('are detected: %j', (space) => {
    for (const text of [space, `${space}a`, `ж${space}`, `a${space}`, `日${space}`]) {
      expect(mayBe(text)).toBe(true);
    }
  });

  it('are always detected', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, minLength: 1 }), (text) => {
        if (!mayBe(text)) expect(text.trim()).toBe(text);
      }),
      runs(3000),
    );
  });

  it('are not detected in Latin and Cyrillic text without spaces around it', () => {
    for (const text of ['a', 'north office', 'Отдел продаж', 'ё', '5']) {
      expect(mayBe(text), text).toBe(false);
    }
  });
});
