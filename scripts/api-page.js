// Builds the page docs/api.md from the published types and from docs/examples.
import { readFileSync } from 'node:fs';
import ts from 'typescript';

const FUNCTIONS = [
  'validateCalls',
  'convertCalls',
  'inspectCalls',
  'uploadCalls',
  'findUpload',
  'waitForUpload',
  'listUploads',
  'listCounters',
];

/** The types that users of the library need, in their order on the page. */
const TYPES = [
  'CallsSource',
  'UploadId',
  'ResultOptions',
  'ReadingOptions',
  'CheckingOptions',
  'SkippingOptions',
  'InvalidLimit',
  'MappingOptions',
  'ValidateCallsOptions',
  'ConvertCallsOptions',
  'SavedRecipe',
  'InspectCallsOptions',
  'AccountOptions',
  'ServiceOptions',
  'SendingOptions',
  'UploadCallsOptions',
  'WaitForUploadOptions',
  'ListUploadsOptions',
  'ListCountersOptions',
  'UploadProgress',
  'ValidatedCalls',
  'ValidationDocument',
  'FindingDocument',
  'ConvertedCalls',
  'AccountDocument',
  'InspectedCalls',
  'UploadedFile',
  'UploadedCalls',
  'UploadingDocument',
  'PortionDocument',
  'FoundUpload',
  'ListedUploads',
  'ListedCounters',
  'CounterDocument',
  'FailureDocument',
  'Failure',
  'FailureCode',
  'FindingCode',
  'Severity',
  'ExitCode',
  'EXIT_CODES',
  'StopSignal',
  'Clock',
  'Fetch',
  'FetchInit',
  'FetchAnswer',
];

const EXAMPLES = [
  ['check', 'Check a file'],
  ['upload', 'Upload a file'],
  ['stream', 'Check a stream'],
  ['convert', 'Convert an export'],
  ['abort', 'Give an upload up'],
  ['uploads', 'Look at uploads'],
];

/**
 * Returns the text of docs/api.md.
 *
 * @param {string} root the folder of the project
 */
export function apiPage(root) {
  const entry = `${root}/src/index.ts`;
  const { config } = ts.readConfigFile(`${root}/tsconfig.json`, ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const program = ts.createProgram([entry, `${root}/src/web-assembly.d.ts`], options);
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(entry);
  const exported = new Map(
    checker
      .getExportsOfModule(checker.getSymbolAtLocation(file))
      .map((symbol) => [
        symbol.name,
        symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
      ]),
  );
  const symbol = (name) => {
    const found = exported.get(name);
    if (found === undefined) throw new Error(`src/index.ts exports no ${name}`);
    return found;
  };
  const documented = new Set([...FUNCTIONS, ...TYPES]);
  const missing = [...exported.keys()].filter((name) => !documented.has(name));
  if (missing.length > 0) throw new Error(`docs/api.md says nothing of ${missing.join(', ')}`);
  return [
    '# For programs',
    '',
    '`npm install metrika-calls`, then import what you need. Each function does what a command does, with',
    'the same checks and the same defaults. They print nothing, end no process and change nothing global.',
    'What they return has the keys that the command prints under `--json`.',
    '',
    'What a file, the network or the service does is in the result. A wrong option is thrown as a `Failure`,',
    'with a `code`, a `message` and a `hint`. An abort ends each of them; `uploadCalls` still returns what is',
    'known of the file.',
    '',
    '## Examples',
    '',
    'Each of these files is run by a test.',
    '',
    ...EXAMPLES.flatMap(([name, title]) => [
      `### ${title}`,
      '',
      '```js',
      readFileSync(`${root}/docs/examples/${name}.js`, 'utf8').trimEnd(),
      '```',
      '',
    ]),
    '## Functions',
    '',
    ...FUNCTIONS.flatMap((name) => functionSection(symbol(name), checker)),
    '## Types',
    '',
    ...TYPES.flatMap((name) => typeSection(symbol(name), checker)),
  ].join('\n');
}

function functionSection(symbol, checker) {
  const declaration = symbol.valueDeclaration;
  const signature = checker.getSignatureFromDeclaration(declaration);
  const parameters = declaration.parameters.map(
    (one) =>
      `${one.name.text}${one.initializer || one.questionToken ? '?' : ''}: ${one.type.getText()}`,
  );
  const tags = signature.getJsDocTags().map(({ name, text }) => {
    const said = ts.displayPartsToString(text).replace(/\s+/g, ' ');
    const label = { param: '', returns: 'Returns ', throws: 'Throws ', see: 'See ' }[name];
    return name === 'param' ? `- \`${said.replace(' ', '`: ')}` : `- ${label}${said}`;
  });
  return [
    `### ${symbol.name}`,
    '',
    paragraph(symbol, checker),
    '',
    '```ts',
    `${symbol.name}(${parameters.join(', ')}): ${declaration.type.getText()}`,
    '```',
    '',
    ...tags,
    '',
  ];
}

function typeSection(symbol, checker) {
  const [declaration] = symbol.declarations;
  const head = [`### ${symbol.name}`, '', paragraph(symbol, checker), ''];
  if (ts.isVariableDeclaration(declaration)) {
    return [...head, '```ts', declaration.initializer.getText(), '```', ''];
  }
  if (ts.isTypeAliasDeclaration(declaration)) {
    // A type with `keyof` is a list of codes. Other pages show these lists.
    if (/\bkeyof\b/.test(declaration.type.getText())) return head;
    return [...head, '```ts', declaration.type.getText(), '```', ''];
  }
  const bases = (declaration.heritageClauses ?? []).flatMap(({ types }) =>
    types.map((type) => `\`${type.getText()}\``),
  );
  const members = declaration.members.flatMap((member) => {
    if (ts.isIndexSignatureDeclaration(member) || ts.isConstructorDeclaration(member)) return [];
    const own = checker.getSymbolAtLocation(member.name);
    const type = ts.isMethodSignature(member)
      ? `(${member.parameters.map((one) => one.name.getText()).join(', ')}) => ${member.type.getText()}`
      : member.type.getText();
    const optional = member.questionToken ? '?' : '';
    return [[`\`${own.name}${optional}\``, `\`${cell(type)}\``, paragraph(own, checker)]];
  });
  return [
    ...head,
    ...(bases.length === 0 ? [] : [`All of ${bases.join(' and ')}, and:`, '']),
    '| key | type | |',
    '| --- | --- | --- |',
    ...members.map((row) => `| ${row.join(' | ')} |`),
    '',
  ];
}

function cell(type) {
  return type
    .replace(/\s+/g, ' ')
    .replace(/\breadonly /g, '')
    .replace(/ \| undefined\b/g, '')
    .replace(/^\| /, '')
    .replaceAll('|', '\\|');
}

function paragraph(symbol, checker) {
  return ts
    .displayPartsToString(symbol.getDocumentationComment(checker))
    .replace(/\{@link (\w+)\}/g, '`$1`')
    .replace(/\s+/g, ' ')
    .trim();
}
