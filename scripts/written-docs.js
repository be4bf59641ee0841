// Writes documentation from the code: the tables of the README, the pages about findings, errors,
// presets and the library, and the JSON schema of settings.
import { readFileSync, writeFileSync } from 'node:fs';
import { apiPage } from './api-page.js';
import { importSources, ROOT } from './bundle-sources.js';

const { withTables, errorsPage, findingsPage, presetsPage, settingsSchema } = await importSources([
  'src/docs/readme-tables.ts',
  'src/docs/findings-page.ts',
  'src/docs/presets-page.ts',
  'src/docs/settings-schema.ts',
]);
for (const language of ['en', 'ru']) {
  const end = language === 'en' ? 'md' : `${language}.md`;
  const path = `${ROOT}/README.${end}`;
  writeFileSync(path, withTables(readFileSync(path, 'utf8'), language));
  writeFileSync(`${ROOT}/docs/findings.${end}`, findingsPage(language));
  writeFileSync(`${ROOT}/docs/errors.${end}`, errorsPage(language));
  writeFileSync(`${ROOT}/docs/presets.${end}`, presetsPage(language));
}
writeFileSync(`${ROOT}/schemas/settings.json`, settingsSchema());
writeFileSync(`${ROOT}/docs/api.md`, apiPage(ROOT));
