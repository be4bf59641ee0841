// Builds the scanner, and then dist/: the command line, its large packages, the library for
// programs, and the types of the library. With --command, the library and its types are left out.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildScanner } from './build-scanner.js';
import { bundleCommand, sharedFiles } from './bundle-command.js';

const root = fileURLToPath(new URL('..', import.meta.url));
rmSync(`${root}/dist`, { recursive: true, force: true });

await buildScanner(root);
// The TypeScript compiler is the slowest step, so it runs in parallel with the other steps.
const library = process.argv.includes('--command') ? undefined : buildLibrary();
const inputs = await bundleCommand(root);
writeFileSync(`${root}/dist/THIRD-PARTY-LICENSES.txt`, licences(inputs));

await library;

async function buildLibrary() {
  const words = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json'];
  const ended = once(spawn(process.execPath, words, { cwd: root, stdio: 'inherit' }), 'exit');
  await build({
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    logLevel: 'warning',
    entryPoints: { index: 'src/index.ts' },
    format: 'esm',
    outdir: 'dist',
    // npm installs the packages that the library needs, so they are not in its bundle.
    packages: 'external',
    // Names are not minified, to keep stack traces readable.
    minifySyntax: true,
    minifyWhitespace: true,
    plugins: sharedFiles,
  });
  const [code] = await ended;
  if (code !== 0) throw new Error('the types of the library do not compile');
}

/**
 * Returns the licences of all bundled packages. Whoever copies a package must include the text of
 * its licence.
 */
function licences(inputs) {
  const folders = new Set(
    inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []),
  );
  return [...folders]
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(
        readFileSync(`${root}/${folder}/package.json`, 'utf8'),
      );
      const file = readdirSync(`${root}/${folder}`).find((entry) => /^licen[cs]e/i.test(entry));
      const text =
        file === undefined ? '' : readFileSync(`${root}/${folder}/${file}`, 'utf8').trim();
      return `${name} ${version} (${license})\n\n${text}`;
    })
    .join(`\n\n${'-'.repeat(72)}\n\n`);
}
