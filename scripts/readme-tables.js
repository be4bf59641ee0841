// Writes the tables of the README from the code, so that the two cannot disagree.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const bundle = await build({
  absWorkingDir: root,
  entryPoints: ['src/cli/readme-tables.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  write: false,
  packages: 'external',
});
const [{ text }] = bundle.outputFiles;
const { withTables } = await import(`data:text/javascript,${encodeURIComponent(text)}`);
const path = `${root}/README.md`;
writeFileSync(path, withTables(readFileSync(path, 'utf8')));
