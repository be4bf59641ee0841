// Checks the package before it is published. Packs the package, and checks how Node and TypeScript
// resolve it. Then installs the tarball in an empty folder, and runs the command there.
import { execSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/** The maximum size of the tarball, in bytes. */
const LARGEST_PACKAGE = 1_220_000;

/** The scripts that npm runs, or asks about, when a package is installed. */
const INSTALL_SCRIPTS = [
  ...['preinstall', 'install', 'postinstall'],
  ...['prepublish', 'preprepare', 'prepare', 'postprepare'],
];

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'metrika-calls-smoke-'));

/** Runs a command line, and returns its output. Throws if the exit code is not 0. */
function run(line, cwd) {
  return execSync(line, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

try {
  run(`npm pack --silent --ignore-scripts --pack-destination "${folder}"`, root);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  const [{ files }] = JSON.parse(run('npm pack --silent --ignore-scripts --dry-run --json', root));
  const unexpected = files
    .map(({ path }) => path)
    .filter(
      (path) =>
        !/^(bin|dist|docs|man|schemas)\/|^fixtures\/calls\.csv$|^(CHANGELOG|README|LICENSE|package)\b/.test(
          path,
        ) || /\bcache\b\//.test(path),
    );
  const missing = [
    ...['docs/presets.md', 'docs/api.md', 'fixtures/calls.csv'],
    ...['man/man1/metrika-calls.1', 'man/ru/man1/metrika-calls.1'],
  ].filter((path) => !files.some((file) => file.path === path));
  if (missing.length > 0) throw new Error(`the package lacks ${missing.join(', ')}`);
  if (unexpected.length > 0) throw new Error(`the package holds ${unexpected.join(', ')}`);

  const packed = join(folder, tarball);
  const { size } = statSync(packed);
  if (size > LARGEST_PACKAGE) throw new Error(`the package has ${size} bytes`);
  await inspectPackage(packed);

  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}');
  run(`npm install --no-audit --no-fund ./${tarball}`, folder);
  refuseInstallScripts(join(folder, 'node_modules/metrika-calls/package.json'));
  const when = Math.floor(Date.now() / 1000) - 3600;
  writeFileSync(join(folder, 'calls.csv'), `ClientId,DateTime\n1481718166123456789,${when}\n`);
  const printed = run(
    'npx --no-install metrika-calls upload --sandbox --wait --json calls.csv',
    folder,
  );
  const document = JSON.parse(printed);
  if (!document.ok) throw new Error(`the installed command said ${printed}`);

  writeFileSync(
    join(folder, 'program.js'),
    "import { validateCalls } from 'metrika-calls';\n" +
      "if (!(await validateCalls('calls.csv')).ok) process.exit(1);\n",
  );
  run('node program.js', folder);
  console.log(`packed, installed and run: ${files.length} files, ${Math.round(size / 1000)} kB`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Refuses a package that would run something on the machine of its user while it is installed. npm
 * warns about such packages.
 */
function refuseInstallScripts(path) {
  const { scripts = {} } = JSON.parse(readFileSync(path, 'utf8'));
  const found = INSTALL_SCRIPTS.filter((name) => name in scripts);
  if (found.length > 0) throw new Error(`the package has install scripts: ${found.join(', ')}`);
}

/** Checks a tarball with publint and "Are the types wrong?". Throws if they find a problem. */
async function inspectPackage(tarball) {
  const bytes = new Uint8Array(readFileSync(tarball));
  const { messages, pkg } = await publint({ pack: { tarball: bytes.buffer } });
  const { problems } = await checkPackage(createPackageFromTarballData(bytes));
  const found = [
    ...messages.map((message) => formatMessage(message, pkg)),
    // This problem is ignored: all supported versions of Node can `require` an ES module.
    ...problems.filter(({ kind }) => kind !== 'CJSResolvesToESM').map(({ kind }) => kind),
  ];
  if (found.length > 0) throw new Error(`the package has faults: ${found.join('; ')}`);
}
