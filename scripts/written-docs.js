// Writes the tables of the README and the pages on findings, errors, presets and the library from the code, so that they
// agree.
import { readFileSync, writeFileSync } from 'node:fs';
import { apiPage } from './api-page.js';
import { importSources, ROOT } from './bundle-sources.js';

const { withTables, errorsPage, findingsPage, presetsPage } = await importSources([
  'src/docs/readme-tables.ts',
  'src/docs/findings-page.ts',
  'src/docs/presets-page.ts',
]);
const path = `${ROOT}/README.md`;
writeFileSync(path, withTables(readFileSync(path, 'utf8')));
writeFileSync(`${ROOT}/docs/findings.md`, findingsPage());
writeFileSync(`${ROOT}/docs/errors.md`, errorsPage());
writeFileSync(`${ROOT}/docs/presets.md`, presetsPage());
writeFileSync(`${ROOT}/docs/api.md`, apiPage(ROOT));
