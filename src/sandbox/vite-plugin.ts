import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build, type Plugin, type ResolvedConfig, type ViteDevServer } from 'vite';

/**
 * Gives the page what the sandbox is made of.
 *
 * - `virtual:simulation-source`: the bundled text of `worker.ts`. It has to be one classic script, since module workers
 *   do not start in a frame of opaque origin, so it is a build of its own inside the build.
 * - `sandbox.html` with the hash of its script in its policy, the same bytes in the build, in development and in tests.
 */
export function simulationSource(): Plugin {
  let config: ResolvedConfig;
  /** By id of the module that holds the text. */
  const bundles = new Map<string, Promise<Bundle>>();
  const bundleOf = (id: string): Promise<Bundle> => {
    const entry = id.slice(virtualName.length + 2) || 'src/sandbox/worker.ts';
    const bundle = bundles.get(id) ?? bundleClassicScript(resolve(config.root, entry), config);
    bundles.set(id, bundle);
    return bundle;
  };

  return {
    name: 'simulation-source',
    configResolved(resolved) {
      config = resolved;
    },
    resolveId(id) {
      return id === virtualName || id.startsWith(`${virtualName}/`) ? `\0${id}` : undefined;
    },
    async load(id) {
      if (!id.startsWith(`\0${virtualName}`)) return undefined;
      const { code } = await bundleOf(id);
      return `export default ${JSON.stringify(code)};`;
    },
    configureServer(server) {
      server.watcher.on('change', (changed) => void forgetStale(bundles, changed, server));
      const path = `${server.config.base}sandbox.html`;
      // Before Vite's own, which would put its client into a page whose policy forbids it.
      server.middlewares.use((request, response, next) => {
        if (request.url?.split(/[?#]/, 1)[0] !== path) return next();
        readFile(join(server.config.root, 'sandbox.html'), 'utf8').then((html) => {
          response.setHeader('Content-Type', 'text/html; charset=utf-8');
          response.end(withScriptHash(html));
        }, next);
      });
    },
    transformIndexHtml: {
      order: 'post',
      handler: (html, { path }) => (path.endsWith('/sandbox.html') ? withScriptHash(html) : html),
    },
  };
}

const virtualName = 'virtual:simulation-source';
const scriptPattern = /<script>([^]*?)<\/script>/g;

interface Bundle {
  readonly code: string;
  /** Every file that went into it. */
  readonly files: readonly string[];
}

/** Must run last: a byte added to the script afterwards, and the browser refuses it. */
export function withScriptHash(html: string): string {
  const scripts = [...html.matchAll(scriptPattern)];
  const text = scripts[0]?.[1];
  if (scripts.length !== 1 || text === undefined || html.split("'SCRIPT_HASH'").length !== 2) {
    throw new Error("sandbox.html must have one inline script and 'SCRIPT_HASH' once, in its policy");
  }
  return html.replace('SCRIPT_HASH', `sha256-${createHash('sha256').update(text).digest('base64')}`);
}

/** In development a change of anything that went into a bundle makes it anew. */
async function forgetStale(
  bundles: Map<string, Promise<Bundle>>,
  changed: string,
  { moduleGraph, ws }: ViteDevServer,
): Promise<void> {
  for (const [id, bundle] of bundles) {
    // What failed is tried again after any change.
    const stale = await bundle.then(
      ({ files }) => files.includes(changed),
      () => true,
    );
    if (!stale || bundles.get(id) !== bundle) continue;
    bundles.delete(id);
    const module = moduleGraph.getModuleById(id);
    if (module) moduleGraph.invalidateModule(module);
    ws.send({ type: 'full-reload' });
  }
}

/** User code prints what the simulation gives it, and Node prints the names of classes and functions. */
const withNames = {
  mangle: { keepNames: { class: true, function: true } },
  compress: { keepNames: { class: true, function: true } },
};

async function bundleClassicScript(entry: string, config: ResolvedConfig): Promise<Bundle> {
  // Tests have what readers get, which also starts in half the time of the readable one.
  const forUse = config.command === 'build' || config.mode === 'test';
  const files: string[] = [];
  const built = await build({
    configFile: false,
    root: config.root,
    logLevel: 'warn',
    mode: config.mode,
    resolve: { alias: config.resolve.alias },
    define: { 'process.env.NODE_ENV': JSON.stringify(forUse ? 'production' : 'development') },
    build: {
      write: false,
      target: 'es2023',
      minify: forUse,
      modulePreload: false,
      rolldownOptions: {
        input: entry,
        checks: { bundlerTimings: false },
        output: { format: 'iife', codeSplitting: false, ...(forUse && { minify: withNames }) },
      },
    },
    plugins: [
      {
        name: 'collect-files',
        generateBundle() {
          files.push(
            ...[...this.getModuleIds()].filter((id) => !id.includes('\0')).map((id) => id.split('?', 1)[0] ?? id),
          );
        },
      },
    ],
  });
  const [chunk, ...more] = [built].flat().flatMap((output) => ('output' in output ? output.output : []));
  if (chunk?.type !== 'chunk' || more.length > 0) throw new Error(`${entry} did not become one script`);
  // Without a name of its own it would stand in stacks under that of its blob, which is another one every time. With a
  // scheme, it is no file of the user's: see `clients/node/stack.ts`.
  return { code: `${chunk.code}\n//# sourceURL=eventarium:simulation.js\n`, files };
}
