// Bundles the command line for a quick start: one file of our own code, and one for each large
// package that not every command needs. Both are CommonJS, which starts faster than modules.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Large packages, with what of them is asked for. */
const VENDORS = {
  // The whole of it brings a browser's fetch, websockets, mocks and caches, which nobody asks for.
  undici: `
    const Dispatcher = require('undici/lib/dispatcher/dispatcher.js');
    Object.assign(Dispatcher.prototype, require('undici/lib/api'));
    exports.Agent = require('undici/lib/dispatcher/agent.js');
    exports.EnvHttpProxyAgent = require('undici/lib/dispatcher/env-http-proxy-agent.js');`,
  'form-data': "module.exports = require('form-data');",
  '@fastify/busboy': "module.exports = require('@fastify/busboy');",
  ora: "module.exports = require('ora').default;",
  tinyglobby: "module.exports = require('tinyglobby');",
  'libphonenumber-js': "module.exports = require('libphonenumber-js');",
};

const NODE = { bundle: true, platform: 'node', target: 'node20.19', logLevel: 'warning' };

/** `import()` would need a loader of modules, and all there is to import is at hand. */
const COMMAND = {
  ...NODE,
  format: 'cjs',
  minify: true,
  metafile: true,
  supported: { 'dynamic-import': false },
  // Where a package makes a `require` of its own, the place of the file serves as well as its address.
  define: { 'import.meta.url': '__filename' },
};

function vendorFile(name) {
  return `vendor/${name.replace(/^\W|\.\w+$/, '').replace(/\W+/g, '-')}.cjs`;
}

/** Leaves the large packages to their own files. */
const vendorsOutside = {
  name: 'vendors-outside',
  setup({ onResolve }) {
    onResolve({ filter: /^[@a-z]/ }, ({ path, kind }) =>
      Object.hasOwn(VENDORS, path) && kind !== 'entry-point'
        ? { path: `./${vendorFile(path)}`, external: true }
        : undefined,
    );
  },
};

/** What packages load at once and never use here: it takes time at each start. */
const SPARED = [
  {
    module: /^node:child_process$/,
    from: /commander/,
    why: 'commands that are programs of their own',
  },
  { module: /client-h2\.js$/, from: /undici/, why: 'HTTP/2, which is not switched on' },
  { module: /^https?$/, from: /form-data/, why: 'the sending, which is done elsewhere' },
  { module: /^mime-types$/, from: /form-data/, why: 'types for files whose type is not given' },
];

const sparedModules = {
  name: 'spared-modules',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /./ }, ({ path, importer }) => {
      const spared = SPARED.find(({ module, from }) => module.test(path) && from.test(importer));
      return spared === undefined
        ? undefined
        : { path, namespace: 'spared', pluginData: spared.why };
    });
    onLoad({ filter: /./, namespace: 'spared' }, ({ pluginData }) => ({
      contents: `module.exports = new Proxy(() => {}, { get() { throw new Error('not in this bundle: ${pluginData}'); } });`,
    }));
  },
};

/**
 * Writes `dist/cli.cjs` and `dist/vendor/`.
 *
 * @param {string} root the folder of the project
 * @returns {Promise<string[]>} the files that went into them
 */
export async function bundleCommand(root) {
  const { metafile } = await build({
    ...COMMAND,
    absWorkingDir: root,
    entryPoints: { cli: 'src/cli/process.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    plugins: [vendorsOutside, sparedModules],
  });
  const bundles = [metafile];
  for (const [name, contents] of Object.entries(VENDORS)) {
    const vendor = await build({
      ...COMMAND,
      absWorkingDir: root,
      stdin: { contents, resolveDir: root },
      outfile: `dist/${vendorFile(name)}`,
      plugins: [sparedModules],
    });
    bundles.push(vendor.metafile);
  }
  for (const { outputs } of bundles)
    for (const path of Object.keys(outputs)) escape(join(root, path));
  return bundles.flatMap(({ inputs }) => Object.keys(inputs));
}

/** What starts the command reads the bundles as bytes; in regular expressions esbuild leaves others. */
function escape(path) {
  const text = readFileSync(path, 'utf8');
  const escaped = text.replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  if (escaped !== text) writeFileSync(path, escaped);
}
