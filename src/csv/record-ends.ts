/** Where records end in bytes that are already as the service takes them. */
const QUOTE = 0x22;
const COMMA = 0x2c;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Finds where records end in comma-separated UTF-8 bytes with LF between records, as they go to the
 * service. It reads quotes as the parser does: only one at the beginning of a field opens it.
 */
export class RecordEnds {
  /** Line ends met so far as an editor counts them, those inside quotes too. */
  lines = 0;
  #afterReturn = false;
  #state: 'field-start' | 'plain' | 'quoted' | 'quote-in-quoted' = 'field-start';

  /**
   * @param block the bytes that follow those of the call before
   * @param from where to go on in the block
   * @returns the place after the record's line feed; -1 when the block ends before it
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
