// Rules for which room may import which. Imports go one way and are never circular, type-only
// imports included. See docs/decisions/0001-arrows.md.

/**
 * `between` lists the rooms that each room may import, besides itself and the files directly in
 * src/. `within` does the same for the rooms inside the three largest rooms. There `.` means the
 * files directly in the large room.
 */
const { between: MAY_IMPORT, within: MAY_IMPORT_WITHIN } = require('./scripts/rooms.json');

/** Rooms that may not import the files directly in src/ either. */
const WITHOUT_ROOT_FILES = ['words', 'scanner', 'safe-text'];

const arrows = Object.entries(MAY_IMPORT).map(([room, others]) => ({
  name: `${room}-imports-only-what-it-may`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: {
    path: '^src/',
    pathNot: [
      `^src/${room}/`,
      ...others.map((other) => `^src/${other}/`),
      ...(WITHOUT_ROOT_FILES.includes(room) ? [] : ['^src/[^/]+\\.ts$']),
    ],
  },
}));

/** Returns a pattern for the files of a room inside a large room. */
function pathOf(outer, inner) {
  return inner === '.' ? `^src/${outer}/[^/]+\\.ts$` : `^src/${outer}/${inner}/`;
}

const arrowsWithin = Object.entries(MAY_IMPORT_WITHIN).flatMap(([outer, rooms]) => [
  ...Object.entries(rooms).map(([inner, others]) => ({
    name: `${outer}/${inner}-imports-only-what-it-may`,
    severity: 'error',
    from: { path: pathOf(outer, inner) },
    to: {
      path: `^src/${outer}/`,
      pathNot: [inner, ...others].map((other) => pathOf(outer, other)),
    },
  })),
  {
    name: `${outer}-has-only-rooms-that-are-named-here`,
    severity: 'error',
    from: {},
    to: {
      path: `^src/${outer}/`,
      pathNot: Object.keys(rooms).map((inner) => pathOf(outer, inner)),
    },
  },
]);

module.exports = {
  forbidden: [
    ...arrows,
    ...arrowsWithin,
    { name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'root-files-import-only-words-and-safe-text',
      severity: 'error',
      comment: 'All rooms import these files, so they may import only two rooms.',
      from: { path: '^src/[^/]+\\.ts$', pathNot: '^src/index\\.ts$' },
      to: { path: '^src/[^/]+/', pathNot: '^src/(?:words|safe-text)/' },
    },
    {
      name: 'only-docs-and-tests-import-docs',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/docs/' },
      to: { path: '^src/docs/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/scanner/(?!layout|program)' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
};
