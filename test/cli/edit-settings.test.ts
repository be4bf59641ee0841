import fc from 'fast-check';
import { applyEdits, modify, parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import {
  EMPTY_SETTINGS,
  type KeyPath,
  withoutValue,
  withValue,
} from '../../src/cli/settings/edit-settings.ts';
import type { SettingValue } from '../../src/cli/settings/read-settings.ts';
import { parseSettings } from '../../src/cli/settings/settings-document.ts';

const KEYS = ['counter', 'files', 'strict', 'comment'] as const;

const value: fc.Arbitrary<SettingValue> = fc.oneof(
  fc.boolean(),
  fc.nat(),
  fc.string(),
  fc.array(fc.string(), { maxLength: 3 }),
);

const path: fc.Arbitrary<KeyPath> = fc.oneof(
  fc.constantFrom(...KEYS).map((key) => [key] as const),
  fc
    .tuple(fc.constantFrom('north', 'south', 'a b'), fc.constantFrom(...KEYS))
    .map(([profile, key]) => ['profiles', profile, key] as const),
);

/** One change: a new value, or none to remove the key. */
const change = fc.tuple(path, fc.option(value, { nil: undefined }));

function changed(text: string, at: KeyPath, to: SettingValue | undefined): string {
  const document = parseSettings('x', text);
  return (to === undefined ? withoutValue(document, at) : withValue(document, at, to)) ?? text;
}

function parsed(text: string): unknown {
  return parse(text, [], { allowTrailingComma: true });
}

/** Makes the same change with the editor of the library, which loses comments. */
function byLibrary(text: string, at: KeyPath, to: SettingValue | undefined): unknown {
  const found = parse(text) as Record<string, Record<string, Record<string, unknown>>>;
  const [first, profile = '', key = ''] = at;
  const isThere = at.length === 1 ? first in found : found[first]?.[profile]?.[key] !== undefined;
  if (to === undefined && !isThere) return parse(text);
  return parse(applyEdits(text, modify(text, [...at], to, {})));
}

/** A text with a comment above and behind each key, in the styles that people write. */
function written(style: { readonly end: string; readonly comma: boolean }): string {
  return [
    '// the first line',
    '{',
    '  // about counter',
    '  "counter": 1, // behind counter',
    '',
    '  /* about files,',
    '     in two lines */',
    '  "files": ["a.csv"],',
    '  // about profiles',
    '  "profiles": {',
    '    "north": { "counter": 2, /* inside */ "strict": true },',
    '    // about south',
    '    "south": {',
    '      // nothing yet',
    '    }',
    `  }${style.comma ? ',' : ''} // behind profiles`,
    '  // at the end',
    '}',
    '// after the end',
    '',
  ].join(style.end);
}

const style = fc.record({ end: fc.constantFrom('\n', '\r\n'), comma: fc.boolean() });

describe('a change of settings', () => {
  it('has the result that the editor of the library has', () => {
    fc.assert(
      fc.property(style, fc.array(change, { maxLength: 8 }), (look, changes) => {
        let text = written(look);
        for (const [at, to] of changes) {
          const expected = byLibrary(text, at, to);
          text = changed(text, at, to);
          expect(parsed(text)).toEqual(expected);
          expect(() => parseSettings('x', text)).not.toThrow();
        }
      }),
    );
  });

  it('of a value keeps every comment', () => {
    fc.assert(
      fc.property(style, path, value, (look, at, to) => {
        const text = written(look);
        const comments = text.match(/\/\/.*|\/\*[^*]*\*\//g) ?? [];
        const after = changed(text, at, to);
        for (const comment of comments) expect(after).toContain(comment.trim());
      }),
    );
  });

  it('adds a key, and takes the key away again without a trace', () => {
    fc.assert(
      fc.property(style, value, (look, to) => {
        const text = written(look);
        expect(changed(changed(text, ['wait'], to), ['wait'], undefined)).toBe(text);
      }),
    );
  });

  it('takes the comments of a removed key with it, and no others', () => {
    const after = changed(written({ end: '\n', comma: false }), ['files'], undefined);
    expect(after).not.toContain('about files');
    for (const kept of ['about counter', 'behind counter', 'about profiles', 'at the end']) {
      expect(after).toContain(kept);
    }
    const without = changed(written({ end: '\n', comma: false }), ['counter'], undefined);
    expect(without).not.toContain('counter //');
    expect(without).toContain('about files');
    expect(without).toContain('the first line');
  });

  it('begins a file', () => {
    const text = changed(EMPTY_SETTINGS, ['profiles', 'north', 'counter'], 5);
    expect(text).toBe('{\n  "profiles": {\n    "north": {\n      "counter": 5\n    }\n  }\n}\n');
  });
});
