import type { Encoding } from '../../src/csv/encoding.ts';

const BYTE_OF_1251 = new Map(
  Array.from({ length: 256 }, (_, byte) => [
    new TextDecoder('windows-1251').decode(Uint8Array.of(byte)),
    byte,
  ]),
);

/** Text to bytes, for the encodings that Node itself does not write as well. */
export function encode(text: string, encoding: Encoding): Buffer {
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(text, 'utf8');
    case 'utf-16le':
      return Buffer.from(text, 'utf16le');
    case 'utf-16be':
      return Buffer.from(text, 'utf16le').swap16();
    case 'windows-1251':
      return Buffer.from(
        [...text].map((character) => {
          const byte = BYTE_OF_1251.get(character);
          if (byte === undefined) throw new Error(`windows-1251 has no ${character}`);
          return byte;
        }),
      );
  }
}
