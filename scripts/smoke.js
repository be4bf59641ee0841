// Packs the package, installs the tarball in an empty folder and runs the command from there, so
// that a file missing from the package is found before its users find it.
import { execSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'metrika-calls-smoke-'));

/** Runs a command line and gives what it printed; a code that is not 0 ends the script. */
function run(line, cwd) {
  return execSync(line, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

try {
  run(`npm pack --silent --ignore-scripts --pack-destination "${folder}"`, root);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  const [{ files }] = JSON.parse(run('npm pack --silent --ignore-scripts --dry-run --json', root));
  const strangers = files
    .map(({ path }) => path)
    .filter(
      (path) =>
        !/^(bin|dist|docs|schemas)\/|^fixtures\/calls\.csv$|^(CHANGELOG|README|LICENSE|package)\b/.test(
          path,
        ) || /\bcache\b\//.test(path),
    );
  const missing = ['docs/presets.md', 'docs/api.md', 'fixtures/calls.csv'].filter(
    (path) => !files.some((file) => file.path === path),
  );
  if (missing.length > 0) throw new Error(`the package lacks ${missing.join(', ')}`);
  if (strangers.length > 0) throw new Error(`the package holds ${strangers.join(', ')}`);

  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}');
  run(`npm install --no-audit --no-fund ./${tarball}`, folder);
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
  // Where the sources are missing there is nothing to build, and nothing to complain of.
  run('npm run prepare', join(folder, 'node_modules/metrika-calls'));
  console.log(`packed, installed and run: ${files.length} files`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
