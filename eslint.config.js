import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

// What is Svelte's. All the rest, and the types also of `*.svelte.ts`, is looked after by oxlint (see .oxlintrc.json);
// svelte-check knows the types of components.
export default defineConfig(globalIgnores(['dist/', '.cache/', '**/*.{js,mjs,ts}', '!src/**/*.svelte.ts']), {
  files: ['src/**/*.svelte', 'src/**/*.svelte.ts'],
  extends: [js.configs.recommended, ts.configs.strict, svelte.configs.recommended],
  linterOptions: { reportUnusedDisableDirectives: 'error' },
  languageOptions: { globals: globals.browser, parserOptions: { parser: ts.parser, svelteConfig } },
  rules: {
    eqeqeq: 'error',
    'no-var': 'error',
    'object-shorthand': 'error',
    // TypeScript resolves names better.
    'no-undef': 'off',
    '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
    '@typescript-eslint/no-unused-vars': [
      'error',
      { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none', ignoreRestSiblings: true },
    ],
    // An index just bounded by its loop is no error; elsewhere the assertions of `kernel/` say more.
    '@typescript-eslint/no-non-null-assertion': 'off',
    '@typescript-eslint/no-dynamic-delete': 'off',
    // Props are declared with `let`, even those that are never assigned.
    'prefer-const': 'off',
    'svelte/prefer-const': ['error', { excludedRunes: ['$props', '$derived'] }],
    // Links of this page are fragments and downloads; there is no router.
    'svelte/no-navigation-without-resolve': 'off',
    // Maps are folds and indexes here, replaced or versioned as a whole.
    'svelte/prefer-svelte-reactivity': 'off',
  },
});
