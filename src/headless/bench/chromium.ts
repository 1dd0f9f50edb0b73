import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type LaunchOptions, type Page } from 'playwright';
import { build, loadConfigFromFile, preview, type Plugin } from 'vite';
import type { Figure, Figures, Sizes } from './measure';

/**
 * The measurements of a browser: `tests/bench/page.html` is built as the site is and opened. It lives among the tests,
 * since it puts sandbox and storage together, which this folder does not know.
 */
const pageFile = 'tests/bench/page.html';

export async function measureChromium(sizes: Sizes, launch: LaunchOptions): Promise<Figures> {
  const root = process.cwd();
  const outDir = mkdtempSync(join(root, '.cache', 'bench-'));
  try {
    await buildPage(root, outDir);
    const server = await preview({
      root,
      configFile: false,
      build: { outDir },
      preview: { port: 0 },
      logLevel: 'error',
    });
    const browser = await chromium.launch(launch);
    try {
      const page = await browser.newPage();
      await page.goto(new URL(pageFile, server.resolvedUrls?.local[0]).href);
      return await measureOn(page, sizes);
    } finally {
      await browser.close();
      await server.close();
    }
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

/** Calls what the page offers, as text: here no function may be made into one or out of one. */
async function measureOn(page: Page, sizes: Sizes): Promise<Figures> {
  const figures = await page.evaluate<Figures>(`measureWorker(${JSON.stringify(sizes)})`);
  const options = { deliveries: sizes.recorded, rounds: sizes.recordingRounds };
  const recording = await page.evaluate<Figure>(`measureRecording(${JSON.stringify(options)})`);
  return { ...figures, recording };
}

async function buildPage(root: string, outDir: string): Promise<void> {
  // The site's own plugin; the others are for the site's pages.
  const site = await loadConfigFromFile({ command: 'build', mode: 'production' }, 'vite.config.ts', root);
  const plugins = ((site?.config.plugins ?? []) as unknown[]).flat() as (Plugin | undefined)[];
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    plugins: plugins.filter((plugin) => plugin?.name === 'simulation-source'),
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      rolldownOptions: { input: { bench: pageFile, sandbox: 'sandbox.html' } },
    },
  });
}
