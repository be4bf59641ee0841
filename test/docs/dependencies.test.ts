import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Manifest {
  readonly license: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

function manifest(path: string): Manifest {
  return JSON.parse(readFileSync(path, 'utf8')) as Manifest;
}

const page = readFileSync('docs/dependencies.md', 'utf8');
const rows = [...page.matchAll(/^\| (.+?) \|$/gm)].map(([, row = '']) =>
  row.split('|').map((cell) => cell.trim()),
);
const own = manifest('package.json');

/** Licences that only require their text to be included. */
const LICENCES = ['MIT', 'ISC'];

describe('the page of dependencies', () => {
  it('names each package that a run needs, with its licence', () => {
    const said = rows.filter((row) => row.length === 4 && LICENCES.includes(row[3] ?? ''));
    expect(said.map(([name]) => name)).toEqual(Object.keys(own.dependencies).sort());
    for (const [name = '', , , licence] of said) {
      const { license, scripts = {} } = manifest(`node_modules/${name}/package.json`);
      expect(license).toBe(licence);
      expect(Object.keys(scripts)).not.toContain('postinstall');
    }
  });

  it('names each package that building and testing needs', () => {
    const said = rows
      .filter((row) => row.length === 2)
      .flatMap(([names = '']) => names.split(', '));
    for (const name of Object.keys(own.devDependencies)) expect(said).toContain(name);
  });
});

describe('the workflow', () => {
  it.each(['ci', 'release'])(
    '%s pins its actions, and has only the rights that it needs',
    (name) => {
      const text = readFileSync(`.github/workflows/${name}.yml`, 'utf8');
      const uses = [...text.matchAll(/uses: (\S+)/g)].map(([, action = '']) => action);
      expect(uses.length).toBeGreaterThan(0);
      for (const action of uses) expect(action).toMatch(/@[0-9a-f]{40}$/);
      expect(text).toMatch(/^permissions:\n {2}contents: read\n/m);
    },
  );

  it('release publishes with provenance and a list of the contents', () => {
    const text = readFileSync('.github/workflows/release.yml', 'utf8');
    for (const piece of ['npm publish --provenance', 'npm sbom', 'id-token: write', '.ci/run']) {
      expect(text).toContain(piece);
    }
  });
});
