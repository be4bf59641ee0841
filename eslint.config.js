import js from '@eslint/js';
import regexp from 'eslint-plugin-regexp';
import imports from 'eslint-plugin-simple-import-sort';
import tseslint from 'typescript-eslint';
import { tableLookups } from './scripts/lint-tables.js';

/** Only these files make a text from outside a name that messages may show. */
const MAKERS_OF_NAMES = ['src/safe-text/shown-value.ts', 'src/words/shown-name.ts'];

const NAMES_ARE_MASKED = {
  selector: 'TSAsExpression TSTypeReference[typeName.name="ShownName"]',
  message: 'Only src/safe-text/shown-value.ts makes a text from outside a name to show.',
};

export default tseslint.config(
  {
    ignores: [
      'dist',
      'node_modules',
      'coverage',
      'bench/data',
      // AssemblyScript, which has its own types, and the module compiled from it.
      'src/scanner/*.ts',
      '!src/scanner/layout.ts',
    ],
  },
  js.configs.recommended,
  {
    plugins: { imports },
    rules: {
      // The order: Node's modules, packages, other rooms, this room.
      'imports/imports': ['error', { groups: [['^node:', '^@?\\w', '^\\.\\.', '^\\.']] }],
      'imports/exports': 'error',
      'max-params': ['error', 4],
    },
  },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // The compiler requires brackets for index signatures.
      '@typescript-eslint/dot-notation': 'off',
      // An empty environment variable counts as not set, which `??` cannot express.
      '@typescript-eslint/prefer-nullish-coalescing': [
        'error',
        { ignorePrimitives: { string: true } },
      ],
      // Lengths are counted in code points, as the service counts them.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      'max-params': 'off',
      '@typescript-eslint/max-params': ['error', { max: 4 }],
      'no-console': 'error',
      'no-control-regex': 'off',
    },
  },
  {
    // Untrusted input must be processed in linear time.
    files: ['src/**/*.ts'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'certain' }],
    },
  },
  {
    // Text from outside, such as a column name, may be a name of Object.prototype.
    files: ['src/**/*.ts'],
    ignores: ['src/words/own-value.ts'],
    plugins: { tables: tableLookups },
    rules: { 'tables/no-inherited-lookup': 'error' },
  },
  {
    // Only one file may make untrusted text safe to show. All output goes through Output.
    files: ['src/**/*.ts'],
    ignores: ['src/cli/output/shown.ts', ...MAKERS_OF_NAMES],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'TSAsExpression > TSTypeReference[typeName.name="Shown"]',
          message: 'Only the functions of src/cli/output/shown.ts make text harmless.',
        },
        {
          selector: 'TSTypePredicate TSTypeReference[typeName.name="Shown"]',
          message: 'Only the functions of src/cli/output/shown.ts make text harmless.',
        },
        NAMES_ARE_MASKED,
        {
          selector:
            'CallExpression > MemberExpression[property.name="write"] > MemberExpression[object.name="process"]',
          message: 'Output goes through src/cli/output/output.ts.',
        },
        {
          selector: 'Literal[value=/\\u001b/], TemplateElement[value.raw=/\\\\u001b|\\\\x1b/]',
          message: 'Lines have tones; src/cli/output/output.ts gives them colours.',
        },
      ],
    },
  },
  {
    // The files of a language contain only sentences. Logic belongs in src/words.
    files: ['src/words/*/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...[
          'SwitchStatement',
          'IfStatement',
          'ForStatement',
          'ForOfStatement',
          'WhileStatement',
          'TryStatement',
          'ClassDeclaration',
        ].map((selector) => ({ selector, message: 'Logic of sentences belongs into src/words.' })),
        NAMES_ARE_MASKED,
      ],
    },
  },
  {
    // The callback of a property test gets each value as a parameter.
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/max-params': ['error', { max: 6 }] },
  },
  {
    // Each start of a process takes as long as twenty tests without.
    files: ['test/**/*.ts'],
    ignores: ['test/processes/**', 'test/support/**', 'test/build-once.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'node:child_process',
              message: 'Tests that start processes are in test/processes.',
            },
          ],
          patterns: [
            {
              group: ['**/support/process.ts', '**/support/terminal.ts'],
              message: 'Tests that start processes are in test/processes.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        URL: 'readonly',
        console: 'readonly',
        Buffer: 'readonly',
        performance: 'readonly',
        setTimeout: 'readonly',
        AbortController: 'readonly',
        TextDecoder: 'readonly',
      },
    },
  },
  {
    // The files that start the command are CommonJS, which Node starts faster.
    files: ['bin/*.js', '.dependency-cruiser.cjs'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { require: 'readonly', __dirname: 'readonly', module: 'writable' },
    },
  },
);
