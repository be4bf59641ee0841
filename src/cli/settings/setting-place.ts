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

/** Returns the line and the column of an offset. */
export function placeIn(path: string, text: string, offset: number): SettingPlace {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { path, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** Returns a place as compilers write it: `settings.json:3:14`. */
export function placeWords({ path, line, column }: SettingPlace): string {
  return `${pathWords(path)}:${String(line)}:${String(column)}`;
}

/** Returns the path of a settings file for a message. */
export function pathWords(path: string): string {
  return maskedName(pathWithoutTokens(path));
}
