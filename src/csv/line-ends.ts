/** The kinds of line ends that occur between records. */
export interface LineEnds {
  lf: boolean;
  crlf: boolean;
  cr: boolean;
}

/**
 * Replaces each CR and CRLF between records with LF. Line ends inside quoted fields do not change.
 * The parser accepts only LF between records, but a file may have any line ends.
 *
 * @param text complete records, and maybe the beginning of one more record. The text must start
 *   where a record starts, and must not end between CR and LF
 * @param delimiter the character between fields
 * @param seen the function sets the member for each kind of line end that it finds
 */
export function withLineFeeds(text: string, delimiter: string, seen: LineEnds): string {
  const quoted = text.includes('"');
  if (!text.includes('\r')) {
    seen.lf ||= quoted ? !placesOfLineEnds(text, delimiter).next().done : text.includes('\n');
    return text;
  }
  return quoted ? rewriteQuoted(text, delimiter, seen) : rewritePlain(text, seen);
}

/** Returns a pattern that matches the same line ends as an editor: LF, CRLF and a single CR. */
export function lineEndPattern(): RegExp {
  // Each call returns a new pattern. If a pattern were shared, its `lastIndex` would be shared too.
  return /\r\n|\r|\n/g;
}

function rewritePlain(text: string, seen: LineEnds): string {
  return text.replace(lineEndPattern(), (lineEnd) => note(lineEnd, seen));
}

/**
 * Removes the line end of a line, if it has one.
 *
 * @param seen the function sets the member for the kind of the line end
 */
export function withoutLineEnd(line: string, seen: LineEnds): string {
  return line.replace(/(?:\r\n|\r|\n)$/, (lineEnd) => {
    note(lineEnd, seen);
    return '';
  });
}

function note(lineEnd: string, seen: LineEnds): string {
  if (lineEnd === '\n') seen.lf = true;
  else if (lineEnd === '\r') seen.cr = true;
  else seen.crlf = true;
  return '\n';
}

/** The states of {@link placesOfLineEnds}. */
const FIELD_START = 0;
const UNQUOTED = 1;
const QUOTED = 2;
const AFTER_QUOTE = 3;

function rewriteQuoted(text: string, delimiter: string, seen: LineEnds): string {
  const pieces: string[] = [];
  let pieceFrom = 0;
  for (const at of placesOfLineEnds(text, delimiter)) {
    const lineEnd = text[at] === '\n' ? '\n' : text[at + 1] === '\n' ? '\r\n' : '\r';
    pieces.push(text.slice(pieceFrom, at), note(lineEnd, seen));
    pieceFrom = at + lineEnd.length;
  }
  pieces.push(text.slice(pieceFrom));
  return pieces.join('');
}

/** Yields the position of each line end between records. */
function* placesOfLineEnds(text: string, delimiter: string): Generator<number> {
  let state = FIELD_START;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (state === QUOTED) {
      if (character === '"') state = AFTER_QUOTE;
    } else if (character === '"' && state !== UNQUOTED) {
      state = QUOTED;
    } else if (character === delimiter) {
      state = FIELD_START;
    } else if (character === '\n' || character === '\r') {
      yield at;
      if (character === '\r' && text[at + 1] === '\n') at += 1;
      state = FIELD_START;
    } else if (state === AFTER_QUOTE) {
      // Spaces may follow a closing quote. Any other character means that the quote did not close
      // the field.
      if (character?.trim() !== '') state = QUOTED;
    } else {
      state = UNQUOTED;
    }
  }
}
