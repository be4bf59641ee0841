// Which room may import which: arrows run one way, and in no circle, type-only imports included.
// See docs/decisions/0001-arrows.md.

/** What each folder under src/ may import beside itself and the files directly in src/. */
const MAY_IMPORT = {
  words: [],
  files: ['words'],
  csv: ['words', 'files'],
  workbook: ['words', 'files', 'csv'],
  scanner: [],
  metrika: ['words'],
  calls: ['words', 'files', 'csv', 'scanner', 'workbook'],
  convert: ['words', 'calls', 'csv', 'files', 'workbook'],
  upload: ['words', 'calls', 'csv', 'files', 'metrika'],
  sandbox: ['words', 'calls', 'csv'],
  library: [
    'words',
    'calls',
    'convert',
    'csv',
    'files',
    'metrika',
    'sandbox',
    'upload',
    'workbook',
  ],
  pages: ['words', 'calls'],
  cli: [
    'words',
    'calls',
    'convert',
    'csv',
    'files',
    'library',
    'metrika',
    'pages',
    'sandbox',
    'upload',
  ],
  docs: ['words', 'calls', 'cli', 'convert'],
};

/** Rooms that do not even need the files directly in src/. */
const ALONE = ['words', 'scanner'];

const arrows = Object.entries(MAY_IMPORT).map(([folder, others]) => ({
  name: `${folder}-imports-only-what-it-may`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: {
    path: '^src/',
    pathNot: [
      `^src/${folder}/`,
      ...others.map((other) => `^src/${other}/`),
      ...(ALONE.includes(folder) ? [] : ['^src/[^/]+\\.ts$']),
    ],
  },
}));

module.exports = {
  forbidden: [
    ...arrows,
    { name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'root-files-import-only-words',
      severity: 'error',
      comment: 'What everybody imports imports no room but the words.',
      from: { path: '^src/[^/]+\\.ts$', pathNot: '^src/index\\.ts$' },
      to: { path: '^src/[^/]+/', pathNot: '^src/words/' },
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
