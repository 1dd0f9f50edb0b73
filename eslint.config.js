import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const pureFolders = ['kernel', 'log', 'brokers', 'clients', 'runtime', 'projections', 'scenario'];

export default defineConfig(
  globalIgnores([
    'dist/',
    '.cache/',
    'test-results/',
    'playwright-report/',
    'tests/conformance/',
    'tests/golden/',
    // Declarations of other people's modules, shown to the editor as text.
    'src/ui/editor/types/',
    // And of our own, where `any` is what a learner's payload is.
    'src/clients/*/*.d.ts',
    // What learners run, in their world and not in ours.
    'src/scenario/gallery/*/',
  ]),
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  svelte.configs.recommended,
  prettier,
  svelte.configs.prettier,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: {
      parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      eqeqeq: 'error',
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      // TypeScript resolves names better.
      'no-undef': 'off',
      // `typeof import(…)` is the type of a module that is loaded late.
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // `return next();` is how a callback ends early.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // `void workbench.version` is how a derivation says what it depends on.
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      // A drop-in client answers with promises because the original does, whether it awaits anything or not.
      '@typescript-eslint/require-await': 'off',
      // An index just bounded by its loop is no error; elsewhere the assertions of `kernel/` say more.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Our tables of processes and brokers are plain objects where they have to be JSON.
      '@typescript-eslint/no-dynamic-delete': 'off',
      // Type parameters used once are how public types name what they take.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    // Classes over http and fetch are made for each process, each in a function of its own.
    ignores: ['src/scenario/gallery/**', 'src/ui/text/**', 'src/clients/{http,fetch}/**'],
    rules: { 'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: pureFolders.map((folder) => `src/${folder}/**/*.ts`),
    rules: { 'no-console': 'error' },
  },
  {
    // Where the engine's own methods are taken off their prototypes, before user code can change them.
    files: ['src/clients/node/**/*.ts', 'src/runtime/**/*.ts', 'src/sandbox/lockdown.ts'],
    rules: { '@typescript-eslint/unbound-method': 'off' },
  },
  {
    files: ['src/clients/node/**/*.ts'],
    rules: {
      // User code may have replaced anything, whatever its declared type says.
      '@typescript-eslint/no-unnecessary-type-conversion': 'off',
      // Polynomials are written as published.
      'no-loss-of-precision': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: ts.parser, svelteConfig },
    },
    rules: {
      // Props are declared with `let`, even those that are never assigned.
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { excludedRunes: ['$props', '$derived'] }],
      // Links of this page are fragments and downloads; there is no router.
      'svelte/no-navigation-without-resolve': 'off',
      // Maps are folds and indexes here, replaced or versioned as a whole.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    // svelte-check knows their types. The linter would need a program of its own for each of them, which took as long as all the rest.
    files: ['**/*.svelte'],
    ...ts.configs.disableTypeChecked,
    languageOptions: { parserOptions: { projectService: false, parser: ts.parser, svelteConfig } },
  },
  {
    files: ['tests/**/*.ts'],
    rules: {
      // Tests throw strange values and read parsed JSON on purpose.
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: { globals: globals.node },
  },
);
