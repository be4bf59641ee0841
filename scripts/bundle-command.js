// Bundles the command line for a quick start: each command is one file of its own, so that a run reads,
// and V8 takes up, nothing of the others. All are CommonJS, which starts faster than modules.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

/** The large packages that a command always uses, so that they go inside its bundle; others have a file of their own. */
const INSIDE = {
  upload: ['undici', 'form-data'],
  status: ['undici'],
  list: ['undici'],
};

/**
 * What is bundled: each command by itself, `help`, which runs none, and `cli`, which finds the command of a
 * line that begins with options.
 *
 * @param {string[]} commands the names of all commands
 */
function bundlesOf(commands) {
  return [
    { name: 'cli', commands: undefined, inside: [] },
    { name: 'help', commands: [], inside: [] },
    ...commands.map((name) => ({ name, commands: [name], inside: INSIDE[name] ?? [] })),
  ];
}

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
  chalk: "module.exports = require('chalk');",
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
  // What Node puts around a module; to do so at a start would copy it.
  banner: { js: '(function (exports, require, module, __filename, __dirname) {' },
  footer: { js: '})' },
  // Where a package makes a `require` of its own, the place of the file serves as well as its address.
  define: { 'import.meta.url': '__filename' },
};

const LETTERS = 'vendor/letters.cjs';

function vendorFile(name) {
  return `vendor/${name.replace(/^\W|\.\w+$/, '').replace(/\W+/g, '-')}.cjs`;
}

/** Leaves large packages to their own files, but for those that go inside. */
const vendors = (root, inside) => ({
  name: 'vendors',
  setup({ onResolve, onLoad }) {
    // The letters of many languages are large, and only files that are not UTF-8 need them.
    onResolve({ filter: /\/letters\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: `./${LETTERS}`, external: true } : undefined,
    );
    onResolve({ filter: /^[@a-z]/ }, ({ path, kind, namespace }) => {
      if (!Object.hasOwn(VENDORS, path) || kind === 'entry-point' || namespace === 'vendor') return;
      return inside.includes(path)
        ? { path, namespace: 'vendor' }
        : { path: `./${vendorFile(path)}`, external: true };
    });
    onLoad({ filter: /./, namespace: 'vendor' }, ({ path }) => ({
      contents: VENDORS[path],
      resolveDir: root,
    }));
  },
});

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
    onResolve({ filter: /^\.\/[a-z]+\.cjs$/, namespace: 'lighter' }, ({ path }) => ({
      path,
      external: true,
    }));
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

/** Runs a command by its own bundle. */
function handover(name) {
  return `exports.run = () => require('./${name}.cjs').runProcess();`;
}

/** Leaves out the commands that a bundle does not run; their definitions stay, which help reads. */
const onlyCommands = (commands) => ({
  name: 'only-commands',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/[a-z-]+\.ts$/ }, ({ path, importer, kind }) => {
      if (kind !== 'dynamic-import' || !importer.endsWith('commands/index.ts')) return;
      const name = basename(path, '.ts');
      if (commands === undefined) {
        // The command's own bundle takes over, and ends the process.
        return { path, namespace: 'lighter', pluginData: handover(name) };
      }
      if (commands.includes(name)) return;
      return { path, namespace: 'lighter', pluginData: absent(`the command ${name}`) };
    });
  },
});

/**
 * Writes the bundles and `vendor/` into `dist/`.
 *
 * @param {string} root the folder of the project
 * @param {string[]} names the names of all commands
 * @returns {Promise<string[]>} the files that went into them
 */
export async function bundleCommand(root, names) {
  const own = bundlesOf(names).map(({ name, commands, inside }) =>
    build({
      ...COMMAND,
      absWorkingDir: root,
      entryPoints: ['src/cli/process.ts'],
      outfile: `dist/${name}.cjs`,
      plugins: [vendors(root, inside), onlyCommands(commands), lighter],
    }),
  );
  const letters = build({
    ...COMMAND,
    absWorkingDir: root,
    entryPoints: ['src/csv/letters.ts'],
    outfile: `dist/${LETTERS}`,
  });
  const others = Object.entries(VENDORS).map(([name, contents]) =>
    build({
      ...COMMAND,
      absWorkingDir: root,
      stdin: { contents, resolveDir: root },
      outfile: `dist/${vendorFile(name)}`,
      plugins: [lighter],
    }),
  );
  const bundles = await Promise.all([...own, letters, ...others]);
  for (const { metafile } of bundles)
    for (const path of Object.keys(metafile.outputs)) escape(join(root, path));
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
