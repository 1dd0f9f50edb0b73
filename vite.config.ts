import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { simulationSource } from './src/sandbox/vite-plugin.ts';

/** What the built page may load: itself. Styles are inline because Monaco and the stage set them from script. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "worker-src 'self' blob:",
  "frame-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
].join('; ');

/** Only in the build: the development server injects inline scripts. `sandbox.html` carries a stricter one of its own. */
function pagePolicy(): Plugin {
  return {
    name: 'page-policy',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { path }) {
        if (!path.endsWith('/index.html')) return html;
        // Written out rather than handed over as a tag, whose quotes would be escaped past reading.
        const meta = `<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}" />`;
        return html.replace(/<head>/, `<head>\n    ${meta}`);
      },
    },
  };
}

const ownWorker = fileURLToPath(new URL('src/ui/editor/typescript-worker.ts', import.meta.url));

export default defineConfig({
  base: './',
  plugins: [svelte(), simulationSource(), pagePolicy()],
  worker: { format: 'es' },
  // Monaco names a worker of its own, which is never started here: without this the site would carry both.
  resolve: { alias: [{ find: /^ts\.worker\.js$/, replacement: ownWorker }] },
  // Only workers ask for these, and imports of workers are not looked for: found late, they would reload the page. Icons are single
  // small components, and each page brings new ones: they are served as they are.
  optimizeDeps: {
    include: ['dexie', 'monaco-editor/languages/features/typescript/ts.worker'],
    exclude: ['@lucide/svelte'],
  },
  build: {
    target: 'es2023',
    // A polyfill would be an extra script for browsers that cannot run the page anyway.
    modulePreload: { polyfill: false },
    // Monaco and its language worker are large, lazy and known to be.
    chunkSizeWarningLimit: 8_000,
    rolldownOptions: {
      input: { index: 'index.html', sandbox: 'sandbox.html' },
      // The simulation's source is a build inside the build and takes its time.
      checks: { bundlerTimings: false },
    },
  },
});
