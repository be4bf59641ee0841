/** Finds the ends of records in bytes that are ready for sending. */
const QUOTE = 0x22;
const COMMA = 0x2c;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Finds the ends of records in comma-separated UTF-8 with LF between records. As in the parser, a
 * quote opens a quoted field only at the beginning of the field.
 */
export class RecordEnds {
  /** The number of line ends that were read, including line ends inside quotes. */
  lines = 0;
  #afterReturn = false;
  #state: 'field-start' | 'plain' | 'quoted' | 'quote-in-quoted' = 'field-start';

  /**
   * Finds the end of the next record.
   *
   * @param block the same block as in the previous call, or one with the bytes that follow
   * @param from the position of the first unread byte in the block
   * @returns the position after the record's line feed; -1 if the record does not end in the block
   */
  next(block: Uint8Array, from: number): number {
    let state = this.#state;
    for (let at = from; at < block.length; at += 1) {
      const byte = block[at];
      if (state === 'quoted') {
        if (byte === QUOTE) state = 'quote-in-quoted';
        else if (byte === CARRIAGE_RETURN || (byte === LINE_FEED && !this.#afterReturn))
          this.lines += 1;
        this.#afterReturn = byte === CARRIAGE_RETURN;
      } else if (byte === QUOTE) {
        if (state === 'field-start' || state === 'quote-in-quoted') state = 'quoted';
      } else if (byte === COMMA) {
        state = 'field-start';
      } else if (byte === LINE_FEED) {
        this.lines += 1;
        this.#state = 'field-start';
        return at + 1;
      } else {
        state = 'plain';
      }
    }
    this.#state = state;
    return -1;
  }
}
