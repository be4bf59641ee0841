// Builds dist/: the command line as bundles that load only what a command needs, the library for
// programs, and its types.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
rmSync(`${root}/dist`, { recursive: true, force: true });

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  logLevel: 'warning',
};

await build({
  ...shared,
  entryPoints: { cli: 'src/cli/process.ts' },
  outdir: 'dist',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  minify: true,
  // Some bundled packages are CommonJS and ask for Node's own modules by `require`.
  banner: {
    js: "import { createRequire as metrikaCreateRequire } from 'node:module'; const require = metrikaCreateRequire(import.meta.url);",
  },
});

// Programs bring their own copies of the packages, so the library leaves them outside.
await build({
  ...shared,
  entryPoints: { index: 'src/index.ts' },
  outdir: 'dist',
  packages: 'external',
});

execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json'], {
  cwd: root,
  stdio: 'inherit',
});
