import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumLaunchOptions } from './scripts/chromium.mjs';
import { simulationSource } from './src/sandbox/vite-plugin.ts';

const plugins = () => [svelte(), simulationSource()];

const elsewhere = ['tests/browser/**', 'tests/e2e/**', 'tests/properties/**', 'tests/conformance.test.ts'];

export default defineConfig({
  test: {
    // By default one core is left free, which on two cores is half of them.
    maxWorkers: '100%',
    projects: [
      {
        plugins: plugins(),
        test: {
          name: 'unit',
          setupFiles: ['tests/fast-check-seed.ts'],
          environment: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: [...elsewhere, 'tests/storage/**', 'tests/conformance/**'],
          // Files share their worker: none keeps state in a module, and loading the sources anew for each is half the time.
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        plugins: plugins(),
        test: {
          // Dexie does not work beside a runtime that has made the engine's promises its own.
          name: 'storage',
          environment: 'node',
          include: ['tests/storage/**/*.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        plugins: plugins(),
        test: {
          name: 'properties',
          setupFiles: ['tests/fast-check-seed.ts'],
          environment: 'node',
          include: ['tests/properties/**/*.test.ts'],
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        plugins: plugins(),
        test: {
          name: 'conformance',
          environment: 'node',
          include: ['tests/conformance.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        plugins: plugins(),
        // Found while a test runs, a dependency would be prepared then and the page reloaded under it.
        // Icons are single small components, and new ones come all the time: they are served as they are.
        optimizeDeps: {
          include: [
            'dexie',
            'vitest-browser-svelte',
            '@xyflow/svelte',
            'monaco-editor/languages/features/typescript/ts.worker',
          ],
          exclude: ['@lucide/svelte'],
        },
        test: {
          name: 'browser',
          setupFiles: ['tests/browser-patience.ts'],
          include: ['tests/browser/**/*.test.ts'],
          testTimeout: 30_000,
          // As patient as what stands in the file above: a busy machine is slow, and nothing here measures it.
          expect: { poll: { timeout: 15_000 } },
          // A page is slow to begin and waits a great deal: two at a time are twice as quick even on two cores.
          maxWorkers: 2,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromiumLaunchOptions }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
