// Bundles the command line for a quick start: one file, beside which large packages have files of their own.
// V8 compiles only what a run uses, and that is kept, see bin/code-cache.js. All are CommonJS, which starts
// faster than modules.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

/** Large packages that not every command needs, with what of them is asked for. */
const VENDORS = {
  // The whole of it brings a browser's fetch, websockets, mocks and caches, which nobody asks for.
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
  saxes: "module.exports = require('saxes');",
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
  // A bundle is a function of what Node gives a module: as a script its value, as a module its export.
  banner: {
    js:
      "((bundle) => typeof module === 'object' ? (module.exports = bundle) : bundle)" +
      '(function (exports, require, module, __filename, __dirname) {',
  },
  footer: { js: '})' },
  // Where a package makes a `require` of its own, the place of the file serves as well as its address.
  define: { 'import.meta.url': '__filename' },
};

/** Leaves a source to a file of its own, which is loaded when it is asked for. */
const apart = (source, file) => ({
  name: file,
  setup({ onResolve }) {
    onResolve({ filter: /^\..*\.ts$/ }, ({ path, kind }) =>
      kind === 'dynamic-import' && path.endsWith(source)
        ? { path: `./${file}`, external: true }
        : undefined,
    );
  },
});

/** Sources that few runs need: the letters of many languages, the sentences of another one, what draws charts. */
const APART = {
  '/letters.ts': 'letters.cjs',
  './ru.ts': 'russian.cjs',
  '/echarts.ts': 'charts.cjs',
};

/** Leaves the letters and the Russian sentences to their files, which the command and the library share. */
export const sharedFiles = ['/letters.ts', './ru.ts'].map((source) => apart(source, APART[source]));

function vendorFile(name) {
  return `vendor/${name.replace(/^\W|\.\w+$/, '').replace(/\W+/g, '-')}.cjs`;
}

/** Leaves large packages to their own files. */
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

/** What packages load at once and never use here: it takes time at each start. */
const SPARED = [
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

/** What packages use so little of that it is said here: Node's own takes milliseconds to load. */
const REPLACED = [
  { module: /^node:process$/, from: /./, contents: 'module.exports = process;' },
  // It only gives the class a name for those who print it.
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
    // The longest head of an answer, in bytes, as Node has it, and a class of bodies that we send none of.
    contents: 'exports.maxHeaderSize = 16_384; exports.IncomingMessage = class {};',
  },
];

const lighter = {
  name: 'lighter',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /./ }, ({ path, importer }) => {
      const fits = ({ module, from }) => module.test(path) && from.test(importer);
      const spared = SPARED.find(fits);
      const contents = spared === undefined ? REPLACED.find(fits)?.contents : absent(spared.why);
      return contents && { path, namespace: 'lighter', pluginData: contents };
    });
    onLoad({ filter: /./, namespace: 'lighter' }, ({ pluginData }) => ({ contents: pluginData }));
  },
};

/** What says why it is missing as soon as it is used. */
function absent(why) {
  return `module.exports = new Proxy(() => {}, { get() { throw new Error('not in this bundle: ${why}'); } });`;
}

/**
 * The list of commands needs the definition of each, and a run only the command that it runs. Both stand in
 * one file, so the list gets a copy of that file, of which nothing but the definition stays.
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
 * @returns {Promise<string[]>} the files that went into them
 */
export async function bundleCommand(root) {
  const program = build({
    ...COMMAND,
    absWorkingDir: root,
    entryPoints: ['src/cli/process.ts'],
    outfile: 'dist/program.cjs',
    plugins: [
      vendors,
      ...Object.entries(APART).map(([source, file]) => apart(source, file)),
      definitions,
      lighter,
    ],
  });
  const plain = [
    ['src/csv/letters.ts', APART['/letters.ts']],
    ['src/words/ru.ts', APART['./ru.ts']],
    ['src/pages/echarts.ts', APART['/echarts.ts']],
  ].map(([source, file]) =>
    build({
      ...NODE,
      absWorkingDir: root,
      format: 'cjs',
      minify: true,
      metafile: true,
      // Russian takes six bytes a letter otherwise.
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

/** What starts the command reads the bundles as bytes; in regular expressions esbuild leaves others. */
function escape(path) {
  const text = readFileSync(path, 'utf8');
  const escaped = text.replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  if (escaped !== text) writeFileSync(path, escaped);
}
