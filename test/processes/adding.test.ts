import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMAND_NAMES } from '../../src/cli/commands/index.ts';
import { temporaryFolder } from '../support/run.ts';
import { isLong } from '../support/runs.ts';

// Follows the recipes of docs/adding.md word for word in a copy of the tree: writes the files,
// builds the copy, and runs the command lines. The long suite also checks the types of the copy,
// and follows each recipe on its own.

type Step =
  | { readonly kind: 'new' | 'file'; readonly path: string; readonly text: string }
  | {
      readonly kind: 'after' | 'in place of';
      readonly path: string;
      readonly anchor: string;
      readonly text: string;
    }
  | { readonly kind: 'run'; readonly line: string; readonly output: string };

const STEP =
  /New file `(?<created>[^`]+)`:\n\n```\w+\n(?<content>[\s\S]*?)```|In `(?<changed>[^`]+)`, (?<how>after|in place of) `(?<anchor>[^\n]+)`:\n\n```\w+\n(?<code>[\s\S]*?)```|With the file `(?<input>[^`]+)`:\n\n```csv\n(?<rows>[\s\S]*?)```|^`metrika-calls (?<line>[^`]+)` prints `(?<output>[^`]+)`/gm;

/** Returns the steps of each recipe. The key is the heading of the recipe. */
function recipes(): ReadonlyMap<string, readonly Step[]> {
  const page = readFileSync('docs/adding.md', 'utf8');
  const sections = page.split(/^## /m).slice(1);
  return new Map(
    sections.map((section) => [
      section.slice(0, section.indexOf('\n')),
      [...section.matchAll(STEP)].map(({ groups = {} }) => stepOf(groups)),
    ]),
  );
}

function stepOf(groups: Readonly<Record<string, string | undefined>>): Step {
  const part = (name: string): string => groups[name] ?? '';
  if (groups['created']) return { kind: 'new', path: part('created'), text: part('content') };
  if (groups['input']) return { kind: 'file', path: part('input'), text: part('rows') };
  if (groups['line']) return { kind: 'run', line: part('line'), output: part('output') };
  return {
    kind: part('how') === 'after' ? 'after' : 'in place of',
    path: part('changed'),
    anchor: part('anchor'),
    text: part('code'),
  };
}

function follow(steps: readonly Step[]): void {
  const copy = temporaryFolder();
  for (const part of [
    'src',
    'scripts',
    'bin',
    'package.json',
    'tsconfig.json',
    'tsconfig.types.json',
    '.prettierrc.json',
  ])
    cpSync(part, join(copy, part), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'));
  for (const step of steps) {
    if (step.kind === 'run' || step.kind === 'file') continue;
    const path = join(copy, step.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, textAfter(step, path));
  }
  const node = (...words: string[]): { status: number | null; output: string } => {
    const ended = spawnSync(process.execPath, words, { cwd: copy, encoding: 'utf8' });
    return { status: ended.status, output: ended.stdout + ended.stderr };
  };
  const changed = steps.flatMap((step) =>
    step.kind === 'run' || step.kind === 'file' ? [] : [step.path],
  );
  expect(
    node(
      'node_modules/prettier/bin/prettier.cjs',
      '--list-different',
      '--ignore-unknown',
      ...changed,
    ).output,
  ).toBe('');
  if (isLong) expect(node('node_modules/typescript/bin/tsc', '-p', '.').output).toBe('');
  const built = node('scripts/build.js', '--command');
  expect(built.status, built.output).toBe(0);
  for (const step of steps) {
    if (step.kind === 'file') writeFileSync(join(copy, step.path), step.text);
    if (step.kind !== 'run') continue;
    const { output } = node('bin/metrika-calls.js', ...step.line.split(' '));
    expect(output.replace(/\s+/g, ' '), step.line).toContain(step.output);
  }
}

/** Returns the content of a file after a step. */
function textAfter(step: Exclude<Step, { kind: 'run' }>, path: string): string {
  if (!('anchor' in step)) return step.text;
  const lines = readFileSync(path, 'utf8').split('\n');
  const at = lines.findIndex((line) => line.trim() === step.anchor);
  expect(at, `${step.path} has the line ${step.anchor}`).toBeGreaterThanOrEqual(0);
  const around = step.kind === 'after' ? [lines[at], lines[at + 1]] : [lines[at]];
  const indent = ' '.repeat(Math.max(...around.map(indentOf)));
  const added = step.text
    .trimEnd()
    .replaceAll(new RegExp(`^ {${String(indentOf(step.text))}}(?=.)`, 'gm'), indent);
  lines.splice(step.kind === 'after' ? at + 1 : at, step.kind === 'after' ? 0 : 1, added);
  return lines.join('\n');
}

function indentOf(line = ''): number {
  return line.length - line.trimStart().length;
}

describe('docs/adding.md', () => {
  const all = recipes();

  it('has a recipe for each kind of addition, with files to write and commands to run', () => {
    expect([...all.keys()]).toEqual([
      'A column',
      'An option',
      'A command',
      'An output format',
      'A preset',
      'A finding',
      'A language',
    ]);
    for (const [name, steps] of all) {
      const kinds = steps.map(({ kind }) => kind);
      expect(kinds, name).toContain('run');
      expect(
        kinds.some((kind) => kind !== 'run' && kind !== 'file'),
        name,
      ).toBe(true);
    }
  });

  it('is right if all recipes are followed, one after another', () => {
    follow([...all.values()].flat());
  });

  it.each([...all].filter(() => isLong))(
    'is right if only this recipe is followed: %s',
    (_, steps) => {
      follow(steps);
    },
  );
});

describe('the list of commands', () => {
  it.each(COMMAND_NAMES)('has a schema for the JSON of %s', (name) => {
    const schema = JSON.parse(readFileSync(`schemas/${name}.json`, 'utf8')) as { title: string };
    expect(schema.title).toContain(`metrika-calls ${name} --json`);
  });
});
