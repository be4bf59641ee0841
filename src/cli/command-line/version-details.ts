/** What `--version --verbose` prints: where the program runs, and where it looks for settings. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { maskedName } from '../../safe-text/masking.ts';
import type { Words } from '../../words/en.ts';
import { VERSION } from '../arguments/about.ts';
import type { Environment } from '../io/io.ts';
import { userFolder } from '../io/user-folder.ts';

/**
 * Returns the version of the program, of Node and of the system, the folder of the program, and the
 * file of the user's settings. A path is never cut, so that it can be copied.
 */
export function versionDetails(environment: Environment, words: Words): string {
  const said = words.screens.version;
  const settings = join(userFolder(environment), 'settings.json');
  const shown = maskedName(settings);
  const rows = [
    ['Node', process.versions.node],
    [said.system, `${process.platform} ${process.arch}`],
    [said.place, maskedName(folderOfProgram())],
    [said.settings, existsSync(settings) ? shown : said.missing(shown)],
  ] as const;
  const widest = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `${name.padEnd(widest)}  ${value}`);
  return [`metrika-calls ${VERSION}`, ...lines].join('\n');
}

/** Returns the folder of the package. A bundle has its path in the place of its address. */
function folderOfProgram(): string {
  const here = import.meta.url;
  let folder = dirname(here.startsWith('file:') ? fileURLToPath(here) : here);
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) {
    folder = dirname(folder);
  }
  return folder;
}
