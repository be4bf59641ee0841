// Builds the scanner, and dist/: the command line as one bundle beside its large packages, the library for programs,
// and its types. With --command it ends behind the command line.
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
// The compiler is the slowest part, so it works beside the others.
const library = process.argv.includes('--command') ? undefined : buildLibrary();
const inputs = await bundleCommand(root);
writeFileSync(`${root}/dist/THIRD-PARTY-LICENSES.txt`, licences(inputs));

await library;

async function buildLibrary() {
  const words = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json'];
  const ended = once(spawn(process.execPath, words, { cwd: root, stdio: 'inherit' }), 'exit');
  // Programs bring their own copies of the packages, so the library leaves them outside.
  await build({
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    logLevel: 'warning',
    entryPoints: { index: 'src/index.ts' },
    format: 'esm',
    outdir: 'dist',
    packages: 'external',
    // Comments are for those who read the sources; names stay for those who read a stack trace.
    minifySyntax: true,
    minifyWhitespace: true,
    plugins: sharedFiles,
  });
  const [code] = await ended;
  if (code !== 0) throw new Error('the types of the library do not compile');
}

/** The licences of the packages whose code is in the bundle, which each of them asks for. */
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
