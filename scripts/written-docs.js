// Writes documentation from the code: the tables of the README, the pages about findings, errors,
// presets and the library, the JSON schema of settings, and the manual pages.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { apiPage } from './api-page.js';
import { importSources, ROOT } from './bundle-sources.js';

const { withTables, errorsPage, findingsPage, presetsPage, manPages, settingsSchema } =
  await importSources([
    'src/docs/readme-tables.ts',
    'src/docs/findings-page.ts',
    'src/docs/presets-page.ts',
    'src/docs/man-pages.ts',
    'src/docs/settings-schema.ts',
  ]);
const changelog = readFileSync(`${ROOT}/CHANGELOG.md`, 'utf8');
rmSync(`${ROOT}/man`, { recursive: true, force: true });
for (const language of ['en', 'ru']) {
  const end = language === 'en' ? 'md' : `${language}.md`;
  const path = `${ROOT}/README.${end}`;
  writeFileSync(path, withTables(readFileSync(path, 'utf8'), language));
  writeFileSync(`${ROOT}/docs/findings.${end}`, findingsPage(language));
  writeFileSync(`${ROOT}/docs/errors.${end}`, errorsPage(language));
  writeFileSync(`${ROOT}/docs/presets.${end}`, presetsPage(language));
  for (const { path: page, text } of manPages(language, changelog)) {
    mkdirSync(dirname(`${ROOT}/${page}`), { recursive: true });
    writeFileSync(`${ROOT}/${page}`, text);
  }
}
// npm installs the pages that package.json names. It puts them all into one folder, so it gets only
// the English ones.
const packagePath = `${ROOT}/package.json`;
const packageJson = JSON.parse(readFileSync(packagePath, 'utf8'));
packageJson.man = manPages('en', changelog).map(({ path }) => `./${path}`);
writeFileSync(packagePath, `${JSON.stringify(packageJson, null, 2)}\n`);
writeFileSync(`${ROOT}/schemas/settings.json`, settingsSchema());
writeFileSync(`${ROOT}/docs/api.md`, apiPage(ROOT));
