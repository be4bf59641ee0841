// Writes the tables of the README and the page on findings from the code, so that they agree.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const bundle = await build({
  absWorkingDir: root,
  stdin: {
    contents:
      "export * from './src/cli/readme-tables.ts'; export * from './src/cli/finding-page.ts'; export * from './src/cli/preset-page.ts';",
    resolveDir: root,
    loader: 'ts',
  },
  bundle: true,
  platform: 'node',
  format: 'esm',
  write: false,
  packages: 'external',
});
const [{ text }] = bundle.outputFiles;
const { withTables, findingsPage, presetsPage } = await import(
  `data:text/javascript,${encodeURIComponent(text)}`
);
const path = `${root}/README.md`;
writeFileSync(path, withTables(readFileSync(path, 'utf8')));
writeFileSync(`${root}/docs/findings.md`, findingsPage());
writeFileSync(`${root}/docs/presets.md`, presetsPage());
