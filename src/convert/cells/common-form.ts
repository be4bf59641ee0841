/** The two ways to read a cell. Common forms are read from bytes, all other forms from text. */
import type { CellFindingCode } from '../../calls/columns/rules.ts';
import type { CallBytes } from './call-bytes.ts';

/**
 * Writes the value of a cell that is in a common form.
 *
 * @param cell UTF-8 with the cell from `from` to `to`; not empty, without spaces around it
 * @returns whether the cell is in a common form; if not, ignore the written bytes
 */
export type CommonForm = (cell: Uint8Array, from: number, to: number, out: CallBytes) => boolean;

/**
 * Returns the value of a text in a common form; `undefined` if the text is in another form.
 *
 * @param value the memory for the value; its bytes are replaced
 */
export function commonValue(form: CommonForm, text: string, value: CallBytes): string | undefined {
  const bytes = Buffer.from(text, 'utf8');
  value.length = 0;
  if (!form(bytes, 0, bytes.length, value)) return undefined;
  return value.bytes.toString('utf8', 0, value.length);
}

/** The result of reading a cell from its text. */
export interface ReadText {
  /** The value, or the unchanged text if there is a problem. */
  readonly value: string;
  readonly problem?: CellFindingCode | undefined;
  /** The kind of missing value that the cell shows; absent if no value is missing. */
  readonly missing?: 'stand-in' | 'withheld';
  /**
   * Whether the same text may have another result in another record. If so, the result is not
   * remembered.
   */
  readonly changes?: boolean;
}

export const SPACE = 0x20;
export const QUOTE = 0x22;
export const PLUS = 0x2b;
export const COMMA = 0x2c;
export const HYPHEN = 0x2d;
export const POINT = 0x2e;
export const SLASH = 0x2f;
export const DIGIT_0 = 0x30;
export const DIGIT_9 = 0x39;
export const COLON = 0x3a;
