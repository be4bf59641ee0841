/** Which line ends stood between records. */
export interface LineEnds {
  lf: boolean;
  crlf: boolean;
  cr: boolean;
}

/**
 * Turns CR and CRLF between records into LF and leaves those inside quoted fields as they are, which
 * is what lets one parser read a file whose line ends are mixed.
 *
 * @param text whole records and perhaps the beginning of one; it must start at a record's start and
 *   must not end between CR and LF
 * @param delimiter the character between fields
 * @param seen is told which line ends were met
 */
export function withLineFeeds(text: string, delimiter: string, seen: LineEnds): string {
  const quoted = text.includes('"');
  if (!text.includes('\r')) {
    seen.lf ||= quoted ? !placesOfLineEnds(text, delimiter).next().done : text.includes('\n');
    return text;
  }
  return quoted ? rewriteQuoted(text, delimiter, seen) : rewritePlain(text, seen);
}

/** A line end as an editor knows it. */
export function lineEndPattern(): RegExp {
  // Each has a place of its own where it goes on.
  return /\r\n|\r|\n/g;
}

function rewritePlain(text: string, seen: LineEnds): string {
  return text.replace(lineEndPattern(), (lineEnd) => note(lineEnd, seen));
}

/**
 * @param line one line with its line end, if it has one
 * @param seen is told which it was
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

/** The state of the walk: what the next character means depends on it. */
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

/** Where the line ends between records begin. */
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
      // Spaces may follow a closing quote; anything else means that it did not close the field.
      if (character?.trim() !== '') state = QUOTED;
    } else {
      state = UNQUOTED;
    }
  }
}
