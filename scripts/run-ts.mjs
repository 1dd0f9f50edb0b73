/**
 * Runs a TypeScript entry of `src/headless` in Node: bundled once per state of the sources, then from the cache.
 * It runs in a process of its own that refuses `eval` and `new Function`, as the sandbox in the browser does.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { contentHash, inProject, root } from './project.mjs';

const inputs = ['src', 'package-lock.json', 'scripts/run-ts.mjs'];
const bundlesKeptHours = 24;

/** Bundled apart from the rest these would not find their own files. */
const external = ['@playwright/test', 'playwright', 'playwright-core', 'rolldown', 'vite'];

const entryId = 'virtual:run';
const simulationPlugin = 'src/sandbox/vite-plugin.ts';

/**
 * @param {string} entry
 * @returns {import('vite').Plugin}
 */
function runMain(entry) {
  return {
    name: 'run-main',
    resolveId: (id) => (id === entryId ? `\0${entryId}` : undefined),
    load: (id) =>
      id === `\0${entryId}`
        ? `import { main } from ${JSON.stringify(inProject(entry))};
           process.exitCode = await main(process.argv.slice(2));`
        : undefined,
  };
}

/** @typedef {{ simulationSource(): import('vite').Plugin }} SimulationPlugin */

async function simulationSource() {
  if (!existsSync(inProject(simulationPlugin))) return [];
  const { runnerImport } = await import('vite');
  const settings = { root, configFile: /** @type {const} */ (false), logLevel: /** @type {const} */ ('error') };
  /** @type {{ module: SimulationPlugin }} */
  const { module } = await runnerImport(inProject(simulationPlugin), settings);
  return [module.simulationSource()];
}

/**
 * @param {string} entry
 * @param {string} folder
 */
async function bundle(entry, folder) {
  const { build } = await import('vite');
  // Another command may be building the same thing: each writes beside it, and the first to finish stays.
  const draft = `${folder}.${process.pid}`;
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    plugins: [runMain(entry), ...(await simulationSource())],
    ssr: { noExternal: true, external },
    build: {
      ssr: true,
      target: 'node20',
      outDir: draft,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: {
        input: { main: entryId },
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
  try {
    renameSync(draft, folder);
  } catch {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** @param {string} cache */
function dropOldBundles(cache) {
  const oldestMs = Date.now() - bundlesKeptHours * 3_600_000;
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found && found.mtimeMs < oldestMs) rmSync(path, { recursive: true, force: true });
  }
}

/**
 * Runs `main(argv)` of an entry and ends with the exit code it answers.
 * @param {string} entry relative to the project, for example `src/headless/scenario-cli.ts`
 * @param {{ argv?: readonly string[], nodeFlags?: readonly string[] }} [options]
 */
export async function runTs(entry, { argv = process.argv.slice(2), nodeFlags = [] } = {}) {
  if (!existsSync(inProject(entry))) {
    console.error(`${entry} does not exist, so there is nothing to run.`);
    process.exit(1);
  }
  ensureInstalled();
  const cache = inProject('.cache', 'run');
  const folder = join(cache, `${basename(entry, '.ts')}-${contentHash(inputs)}`);
  const script = join(folder, 'main.mjs');
  if (!existsSync(script)) {
    mkdirSync(cache, { recursive: true });
    dropOldBundles(cache);
    await bundle(entry, folder);
  }
  const flags = ['--disallow-code-generation-from-strings', ...nodeFlags];
  const child = spawn(process.execPath, [...flags, script, ...argv], { stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
}
