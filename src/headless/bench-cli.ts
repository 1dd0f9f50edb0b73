import type { LaunchOptions } from 'playwright';
import { measureChromium } from './bench/chromium';
import { type Engine, type Figures, fullSizes, measure } from './bench/measure';
import { whatGrows } from './bench/growth';
import { whatIsMeasured } from './bench/workload';
import { createNodeHost } from './node-host';

/** `npm run bench`: speed in Node and in Chromium, as ratios to a bare loop measured in the same run. */
export async function main(argv: readonly string[]): Promise<number> {
  const unknown = argv.filter((arg) => !['--json', '--node', '--chromium'].includes(arg));
  if (unknown.length > 0) {
    console.error(`What is ${unknown.join(' ')}?\nusage: npm run bench [-- [--node | --chromium] [--json]]`);
    return 1;
  }
  const figures: Record<string, Figures> = {};
  if (!argv.includes('--chromium')) figures['node'] = await measure(nodeEngine(), fullSizes);
  if (!argv.includes('--node')) figures['chromium'] = await measureChromium(fullSizes, launchOptions());
  console.log(argv.includes('--json') ? JSON.stringify(figures) : report(figures));
  return 0;
}

/** How the project starts a browser is known to its scripts, which hand it on. */
function launchOptions(): LaunchOptions {
  return JSON.parse(process.env['CHROMIUM_LAUNCH_OPTIONS'] ?? '{}') as LaunchOptions;
}

function nodeEngine(): Engine {
  return {
    host: createNodeHost(),
    nowMs: () => performance.now(),
    heapBytes: async () => {
      if (globalThis.gc === undefined) return undefined;
      globalThis.gc();
      const { heapUsed, external } = process.memoryUsage();
      return heapUsed + external;
    },
  };
}

const about: Readonly<Record<string, string>> = {
  bareLoop: 'a loop that calls a listener and appends one entry',
  ...whatIsMeasured,
  ...whatGrows,
  million: 'entries of a run of 1,000,000, kept as text',
  seek: 'jumps to a random instant of that run, state folded',
  recording: 'entries simulated, transferred and acknowledged by IndexedDB',
};

function report(figures: Readonly<Record<string, Figures>>): string {
  return Object.entries(figures)
    .map(([engine, cases]) => {
      const rows = Object.entries(cases).map(([name, { perSecond, ratio, ...details }]) => {
        const more = Object.entries(details).map(([key, value]) => `${key} ${value.toLocaleString('en')}`);
        const cells = [name.padEnd(14), perSecond.toLocaleString('en').padStart(12), ratio.toPrecision(3).padStart(10)];
        return `${cells.join('')}   ${[about[name] ?? name, ...more].join(', ')}`;
      });
      return [`${engine.padEnd(14)}${'per second'.padStart(12)}${'ratio'.padStart(10)}`, ...rows].join('\n');
    })
    .join('\n\n');
}
