/** Names places in settings files for messages. Loads no parser, so that a run can start fast. */
import { maskedName } from '../../safe-text/masking.ts';
import { pathWithoutTokens } from '../../safe-text/path-tokens.ts';

/** A place in a settings file. Lines and columns count from 1. */
export interface SettingPlace {
  readonly path: string;
  readonly line: number;
  /** The column in UTF-16 code units, as editors count. */
  readonly column: number;
}

/** Returns a function that finds the line and the column of an offset, in logarithmic time. */
export function placesIn(path: string, text: string): (offset: number) => SettingPlace {
  let starts: readonly number[] | undefined;
  return (offset) => {
    starts ??= [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map((end) => end.index + end[0].length)];
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { path, line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

/** Returns a place as compilers write it: `settings.json:3:14`. */
export function placeWords({ path, line, column }: SettingPlace): string {
  return `${pathWords(path)}:${String(line)}:${String(column)}`;
}

/** Returns the path of a settings file for a message. */
export function pathWords(path: string): string {
  return maskedName(pathWithoutTokens(path));
}
