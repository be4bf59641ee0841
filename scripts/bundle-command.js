// Bundles the command line so that it starts fast: one file, and a separate file for each large
// package. V8 compiles only the functions that a run uses, and bin/code-cache.js keeps the compiled
// code. All files are CommonJS, which starts faster than ES modules.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { ALIAS } from './bundle-sources.js';

/** Large packages that only some commands need, each with the source of its bundle. */
const VENDORS = {
  // The complete package includes fetch, websockets, mocks and caches, which this program does not
  // use.
  undici: `
    const Dispatcher = require('undici/lib/dispatcher/dispatcher.js');
    Dispatcher.prototype.request = require('undici/lib/api/api-request.js');
    Dispatcher.prototype.connect = require('undici/lib/api/api-connect.js');
    exports.Agent = require('undici/lib/dispatcher/agent.js');
    exports.Pool = require('undici/lib/dispatcher/pool.js');
    exports.buildConnector = require('undici/lib/core/connect.js');
    Object.defineProperty(exports, 'EnvHttpProxyAgent', {
      enumerable: true,
      get: () => require('undici/lib/dispatcher/env-http-proxy-agent.js'),
    });`,
  'form-data': "module.exports = require('form-data');",
  '@fastify/busboy': "module.exports = require('@fastify/busboy');",
  ora: "module.exports = require('ora').default;",
  '@clack/prompts': "module.exports = require('@clack/prompts');",
  chalk: "module.exports = require('chalk');",
  tinyglobby: "module.exports = require('tinyglobby');",
  yauzl: "module.exports = require('yauzl');",
  '@streamparser/json': `
    const { default: Tokenizer, TokenizerError } = require('@streamparser/json/tokenizer.js');
    Object.assign(exports, { Tokenizer, TokenizerError });`,
  'ipaddr.js': "module.exports = require('ipaddr.js');",
  htmlparser2: "exports.Parser = require('htmlparser2').Parser;",
  saxes: "module.exports = require('saxes');",
  'libphonenumber-js/core': "module.exports = require('libphonenumber-js/core');",
  'libphonenumber-js/max/metadata': "module.exports = require('libphonenumber-js/max/metadata');",
};

const NODE = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  logLevel: 'warning',
  alias: ALIAS,
};

/**
 * The options for bundles of the command line. `import()` becomes `require()`, because `import()`
 * would load the loader of ES modules.
 */
const COMMAND = {
  ...NODE,
  format: 'cjs',
  minify: true,
  metafile: true,
  supported: { 'dynamic-import': false },
  // A bundle is a function with the parameters of Node's module wrapper. A file that runs as a
  // script returns this function. A file that is loaded as a module exports it. The build adds the
  // wrapper, because adding it at startup would copy the text of the bundle.
  banner: {
    js:
      "((bundle) => typeof module === 'object' ? (module.exports = bundle) : bundle)" +
      '(function (exports, require, module, __filename, __dirname) {',
  },
  footer: { js: '})' },
  // Packages use `import.meta.url` only for `createRequire`, which also accepts a path.
  define: { 'import.meta.url': '__filename' },
};

/**
 * Returns a plugin that leaves a source out of the bundle. The program loads a separate file with
 * this source on demand.
 */
const separate = (source, file) => ({
  name: file,
  setup({ onResolve }) {
    onResolve({ filter: /^\..*\.ts$/ }, ({ path, kind }) =>
      kind === 'dynamic-import' && path.endsWith(source)
        ? { path: `./${file}`, external: true }
        : undefined,
    );
  },
});

/**
 * Sources that few runs need: the letter model of the encodings, the Russian sentences, and the
 * completion scripts.
 */
const SEPARATE = {
  '/letters.ts': 'letters.cjs',
  './ru.ts': 'russian.cjs',
  '/scripts.ts': 'completion.cjs',
};

/**
 * Plugins that leave the letter model and the Russian sentences out of a bundle. The command line
 * and the library share the files with these sources.
 */
export const sharedFiles = ['/letters.ts', './ru.ts'].map((source) =>
  separate(source, SEPARATE[source]),
);

function vendorFile(name) {
  return `vendor/${name.replace(/^\W|\.\w+$/, '').replace(/\W+/g, '-')}.cjs`;
}

/** Leaves the large packages out of the bundle. Each of them has a file of its own. */
const vendors = {
  name: 'vendors',
  setup({ onResolve }) {
    onResolve({ filter: /^[@a-z]/ }, ({ path, kind }) =>
      Object.hasOwn(VENDORS, path) && kind !== 'entry-point'
        ? { path: `./${vendorFile(path)}`, external: true }
        : undefined,
    );
  },
};

/**
 * Modules that packages load at startup, but that this program never needs. Loading these modules
 * would take time.
 */
const UNUSED = [
  {
    module: /^node:child_process$/,
    from: /commander/,
    why: 'commands that are programs of their own',
  },
  { module: /client-h2\.js$/, from: /undici/, why: 'HTTP/2, which is not switched on' },
  { module: /web\/fetch\/body\.js$/, from: /undici/, why: 'bodies as browsers have them' },
  { module: /^https?$/, from: /form-data/, why: 'the sending, which is done elsewhere' },
  { module: /^mime-types$/, from: /form-data/, why: 'types for files whose type is not given' },
];

/**
 * Small replacements for modules that take milliseconds to load. The packages use only a small
 * part of each module.
 */
const REPLACED = [
  { module: /^node:process$/, from: /./, contents: 'module.exports = process;' },
  // form-data uses this module only to name its class in printed output.
  { module: /^es-set-tostringtag$/, from: /form-data/, contents: 'module.exports = () => {};' },
  {
    module: /^node:assert$/,
    from: /undici/,
    contents: `module.exports = (holds, message) => {
      if (!holds) throw message instanceof Error ? message : new Error(message ?? 'an assertion of undici does not hold');
    };`,
  },
  {
    module: /^node:http$/,
    from: /undici/,
    // The number is Node's limit for the headers of a response, in bytes. The class can be empty,
    // because undici gets no objects of the real class.
    contents: 'exports.maxHeaderSize = 16_384; exports.IncomingMessage = class {};',
  },
];

const lighter = {
  name: 'lighter',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /./ }, ({ path, importer }) => {
      const fits = ({ module, from }) => module.test(path) && from.test(importer);
      const unused = UNUSED.find(fits);
      const contents = unused === undefined ? REPLACED.find(fits)?.contents : absent(unused.why);
      return contents && { path, namespace: 'lighter', pluginData: contents };
    });
    onLoad({ filter: /./, namespace: 'lighter' }, ({ pluginData }) => ({ contents: pluginData }));
  },
};

/**
 * Returns the source of a module that throws an error when one of its properties is read. The error
 * says why the real module is not in the bundle.
 */
function absent(why) {
  return `module.exports = new Proxy(() => {}, { get() { throw new Error('not in this bundle: ${why}'); } });`;
}

/**
 * Splits the definition of a command from its code. The list of commands needs all definitions, but
 * a run needs the code of only one command. A source file has both. So the list imports a copy of
 * the file, and esbuild removes the code from the copy.
 */
const definitions = {
  name: 'definitions',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/[a-z-]+\.ts$/ }, ({ path, importer, kind, resolveDir }) =>
      kind === 'import-statement' && importer.endsWith(join('commands', 'index.ts'))
        ? { path: join(resolveDir, path), namespace: 'definition', sideEffects: false }
        : undefined,
    );
    onLoad({ filter: /./, namespace: 'definition' }, ({ path }) => ({
      contents: readFileSync(path, 'utf8'),
      loader: 'ts',
      resolveDir: dirname(path),
    }));
  },
};

/**
 * Writes the bundle and `vendor/` into `dist/`.
 *
 * @param {string} root the folder of the project
 * @returns {Promise<string[]>} the paths of all bundled sources
 */
export async function bundleCommand(root) {
  const program = build({
    ...COMMAND,
    absWorkingDir: root,
    entryPoints: ['src/cli/process.ts'],
    outfile: 'dist/program.cjs',
    plugins: [
      vendors,
      ...Object.entries(SEPARATE).map(([source, file]) => separate(source, file)),
      definitions,
      lighter,
    ],
  });
  const plain = [
    ['src/csv/letters.ts', SEPARATE['/letters.ts']],
    ['src/words/ru.ts', SEPARATE['./ru.ts']],
    ['src/cli/completion/scripts.ts', SEPARATE['/scripts.ts']],
  ].map(([source, file]) =>
    build({
      ...NODE,
      absWorkingDir: root,
      format: 'cjs',
      minify: true,
      metafile: true,
      // With ASCII escapes, each Russian letter would take six bytes.
      charset: 'utf8',
      entryPoints: [source],
      outfile: `dist/${file}`,
    }),
  );
  const others = Object.entries(VENDORS).map(([name, contents]) =>
    build({
      ...COMMAND,
      absWorkingDir: root,
      stdin: { contents, resolveDir: root },
      outfile: `dist/${vendorFile(name)}`,
      plugins: [lighter],
    }),
  );
  const fast = await Promise.all([program, ...others]);
  for (const { metafile } of fast)
    for (const path of Object.keys(metafile.outputs)) escape(join(root, path));
  const bundles = [...fast, ...(await Promise.all(plain))];
  return bundles.flatMap(({ metafile }) => Object.keys(metafile.inputs));
}

/**
 * Escapes non-ASCII characters, because bin/code-cache.js reads the bundles as Latin-1. esbuild
 * does not escape them in regular expressions.
 */
function escape(path) {
  const text = readFileSync(path, 'utf8');
  const escaped = text.replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  if (escaped !== text) writeFileSync(path, escaped);
}
