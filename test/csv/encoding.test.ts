import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextDecoding, UNDECODABLE } from '../../src/csv/decoding.ts';
import { type Encoding, guessEncoding } from '../../src/csv/encoding.ts';
import { EncodingJudge } from '../../src/csv/encoding-judge.ts';
import * as letters from '../../src/csv/letters.ts';
import { encode } from '../support/encode.ts';
import { runs } from '../support/runs.ts';

/** Returns the encoding that the judge finds. The judge gets blocks of `step` bytes. */
function judged(bytes: Uint8Array, step: number): Encoding {
  const judge = new EncodingJudge(letters);
  for (let at = 0; at < bytes.length; at += step) judge.push(bytes.subarray(at, at + step));
  return judge.verdict();
}

function decodeAll(
  encoding: Encoding,
  bytes: Uint8Array,
  step: number,
): { text: string; damaged: boolean } {
  const decoding = new TextDecoding(encoding);
  let text = '';
  let damaged = false;
  for (let at = 0; at < bytes.length; at += step) {
    text += decoding.decode(bytes.subarray(at, at + step));
    damaged ||= decoding.damaged;
  }
  text += decoding.end();
  return { text, damaged: damaged || decoding.damaged };
}

describe('decoding', () => {
  it('does not depend on where the bytes are cut', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((value) => value.isWellFormed());
    const encodings = fc.constantFrom<Encoding>('utf-8', 'utf-16le', 'utf-16be');
    fc.assert(
      fc.property(text, encodings, fc.integer({ min: 1, max: 7 }), (value, encoding, step) => {
        expect(decodeAll(encoding, encode(value, encoding), step)).toEqual({
          text: value,
          damaged: false,
        });
      }),
      runs(2000),
    );
  });

  it('does not damage 40,000 Cyrillic rows', () => {
    const rows = Array.from({ length: 40_000 }, (_, at) => `Заявка с сайта № ${String(at)}`).join(
      '\n',
    );
    const { text, damaged } = decodeAll('utf-8', Buffer.from(rows), 64 * 1024 + 1);
    expect(damaged).toBe(false);
    expect(text).toBe(rows);
    expect(text).not.toContain('\uFFFD');
  });

  it('marks undecodable bytes, and keeps a U+FFFD that is in the file', () => {
    const bytes = Buffer.concat([
      Buffer.from('good \uFFFD\nbad '),
      Buffer.from([0xc3, 0x28]),
      Buffer.from('\n'),
    ]);
    const { text, damaged } = decodeAll('utf-8', bytes, 1000);
    expect(damaged).toBe(true);
    expect(text).toBe(`good \uFFFD\nbad ${UNDECODABLE}(\n`);
  });

  it('detects an incomplete character at the end', () => {
    expect(decodeAll('utf-8', Buffer.from('я').subarray(0, 1), 1).damaged).toBe(true);
    expect(decodeAll('utf-16le', Buffer.from([0x41]), 1).damaged).toBe(true);
    expect(decodeAll('utf-16le', Buffer.from([0x3d, 0xd8]), 1).damaged).toBe(true);
    expect(decodeAll('windows-1251', Buffer.from([0x98]), 1).damaged).toBe(true);
  });

  it('never throws, whatever the bytes are', () => {
    const encodings = fc.constantFrom<Encoding>('utf-8', 'utf-16le', 'utf-16be', 'windows-1251');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), encodings, (bytes, encoding) => {
        expect(() => decodeAll(encoding, bytes, 3)).not.toThrow();
      }),
      runs(2000),
    );
  });
});

describe('the detection of an encoding', () => {
  it('uses the byte-order mark', () => {
    expect(guessEncoding(Buffer.from('\ufeffa'))).toEqual({
      encoding: 'utf-8',
      markBytes: 3,
      isCertain: true,
    });
    expect(guessEncoding(encode('\ufeffab', 'utf-16le'))).toEqual({
      encoding: 'utf-16le',
      markBytes: 2,
      isCertain: true,
    });
    expect(guessEncoding(encode('\ufeffab', 'utf-16be'))).toEqual({
      encoding: 'utf-16be',
      markBytes: 2,
      isCertain: true,
    });
  });

  it('recognizes UTF-16 without a mark by the zero bytes of ASCII', () => {
    expect(guessEncoding(encode('ClientId,DateTime\n', 'utf-16le')).encoding).toBe('utf-16le');
    expect(guessEncoding(encode('ClientId,DateTime\n', 'utf-16be')).encoding).toBe('utf-16be');
    expect(guessEncoding(Buffer.from('ClientId,DateTime\n')).encoding).toBe('utf-8');
  });

  it.each([
    'Заявка с сайта',
    'Звонок из офиса, Москва',
    'ПОВТОРНЫЙ КЛИЕНТ',
    'Ёлки; ночной звонок №5 «срочно»',
  ])('recognizes %s in windows-1251', (text) => {
    const bytes = encode(`1,2,${text}\n`, 'windows-1251');
    for (const step of [1, 2, 3, 7, 1000]) expect(judged(bytes, step)).toBe('windows-1251');
  });

  it.each([
    ['a stray byte', Buffer.from([0x61, 0xff, 0x62])],
    ['two stray bytes', Buffer.from([0x61, 0xff, 0xfe, 0x62])],
    ['a broken pair of UTF-8', Buffer.from([0x61, 0xc3, 0x28])],
    ['Latin-1', Buffer.from('Café, naïve, Größe', 'latin1')],
    [
      'UTF-8 with one damaged letter',
      Buffer.concat([Buffer.from('Заявка с сайта '), Buffer.from([0xd0, 0x20])]),
    ],
  ])('does not recognize %s as windows-1251', (_, bytes) => {
    for (const step of [1, 2, 3, 7, 1000]) expect(judged(bytes, step)).toBe('utf-8');
  });

  it.each([
    ['koi8-r', 'звонок'],
    ['ibm866', 'туры'],
    ['x-mac-cyrillic', 'моя'],
    ['windows-1253', 'Πώληση'],
    ['windows-1255', 'אולי לא'],
    ['windows-1256', 'اتصال جديد'],
    ['windows-1257', 'šūžė'],
  ] as const)('never reads a word in %s as another word: %s', (encoding, text) => {
    const bytes = encode(`1,2,${text}\n`, encoding);
    for (const step of [1, 3, 1000]) {
      let read: string;
      try {
        read = new TextDecoder(judged(bytes, step)).decode(bytes);
      } catch (error) {
        expect(error).toMatchObject({ code: 'encoding-unclear' });
        continue;
      }
      expect(read).toContain(text);
    }
  });
});
