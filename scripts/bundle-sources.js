import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The main module of a package loads its parts by names that esbuild cannot follow. */
export const ALIAS = { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' };

/** The folder of the project. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Imports TypeScript sources into a script.
 *
 * @param {string[]} paths the paths of the files, relative to the folder of the project
 * @returns all exports of the files
 */
export async function importSources(paths) {
  const bundle = await build({
    absWorkingDir: ROOT,
    stdin: {
      contents: paths.map((path) => `export * from './${path}';`).join('\n'),
      resolveDir: ROOT,
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    alias: ALIAS,
    // Some bundled packages are CommonJS modules. They load modules of Node with `require`.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(process.cwd() + '/x.js');",
    },
  });
  const [{ text }] = bundle.outputFiles;
  return await import(`data:text/javascript,${encodeURIComponent(text)}`);
}
