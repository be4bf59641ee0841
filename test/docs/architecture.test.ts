import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { globSync } from 'tinyglobby';
import { describe, expect, it } from 'vitest';

type Rooms = Readonly<Record<string, readonly string[]>>;

const { between, within } = JSON.parse(readFileSync('scripts/rooms.json', 'utf8')) as {
  readonly between: Rooms;
  readonly within: Readonly<Record<string, Rooms>>;
};

const page = readFileSync('docs/architecture.md', 'utf8');

/**
 * Reads a table of the page. The last column of the table contains the rooms that the room in the
 * first column may import.
 */
function tableOf(section: string): Rooms {
  const rows = section.matchAll(/^\| `([\w.-]+)` +\|.*\| ([^|]+) \|$/gm);
  return Object.fromEntries(
    [...rows].map(([, room = '', others = '']) => [
      room,
      [...others.matchAll(/`([\w-]+)`/g)].map(([, other = '']) => other),
    ]),
  );
}

/** Returns the text from a heading to the next one of any level. */
function sectionOf(heading: string): string {
  const [, section = ''] = page.split(`${heading}\n`);
  return section.split(/^##/m, 1)[0] ?? '';
}

/** Returns the inner room that contains a file; `.` if the file is directly in the outer room. */
function roomOf(path: string, outer: string): string {
  const [room = '', ...rest] = path.slice(outer.length + 1).split('/');
  return rest.length === 0 ? '.' : room;
}

/** Returns the imports between the rooms of an outer room. The key is the room that imports. */
function imports(outer: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const path of globSync(`${outer}/**/*.ts`)) {
    const from = roomOf(path, outer);
    for (const [, spec = ''] of readFileSync(path, 'utf8').matchAll(
      /(?:from|import\() ?'(\.[^']+)'/g,
    )) {
      const target = normalize(join(dirname(path), spec));
      if (!target.startsWith(`${outer}/`)) continue;
      const to = roomOf(target, outer);
      if (to !== from) found.set(from, (found.get(from) ?? new Set()).add(to));
    }
  }
  return found;
}

describe('docs/architecture.md', () => {
  it('has the rooms, and the rooms that each may import', () => {
    expect(tableOf(sectionOf('## The rooms'))).toEqual(between);
  });

  it.each(Object.keys(within))('has the rooms within %s', (outer) => {
    expect(tableOf(sectionOf(`### Within \`${outer}\``))).toEqual(within[outer]);
  });

  it('names only files that exist', () => {
    const named = [...page.matchAll(/`((?:src|bin|scripts|test)\/[\w./-]+)`/g)];
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter(([, path = '']) => !existsSync(path))).toEqual([]);
  });
});

describe('the rooms', () => {
  it('are all named on the page', () => {
    const rooms = globSync('src/*/**/*.ts').map((path) => roomOf(path, 'src'));
    expect([...new Set(rooms)].sort()).toEqual(Object.keys(between).sort());
    for (const [outer, inner] of Object.entries(within)) {
      const own = globSync(`src/${outer}/**/*.ts`).map((path) => roomOf(path, `src/${outer}`));
      expect([...new Set(own)].sort()).toEqual(Object.keys(inner).sort());
    }
  });

  it.each(Object.entries(within))(
    'within %s import only what they may, and no two import each other',
    (outer, rooms) => {
      const found = imports(`src/${outer}`);
      for (const [from, others] of found) {
        expect(rooms[from], from).toEqual(expect.arrayContaining([...others]));
        for (const to of others)
          expect(found.get(to)?.has(from) ?? false, `${from}, ${to}`).toBe(false);
      }
    },
  );
});
