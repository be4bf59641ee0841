// Writes the tables of the README and the page on findings from the code, so that they agree.
import { readFileSync, writeFileSync } from 'node:fs';
import { importSources, ROOT } from './bundle-sources.js';

const { withTables, findingsPage, presetsPage } = await importSources([
  'src/cli/readme-tables.ts',
  'src/cli/finding-page.ts',
  'src/cli/preset-page.ts',
]);
const path = `${ROOT}/README.md`;
writeFileSync(path, withTables(readFileSync(path, 'utf8')));
writeFileSync(`${ROOT}/docs/findings.md`, findingsPage());
writeFileSync(`${ROOT}/docs/presets.md`, presetsPage());
