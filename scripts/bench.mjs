/** `npm run bench`: measures speed in Node and in Chromium. */
import { chromiumLaunchOptions } from './chromium.mjs';
import { runTs } from './run-ts.mjs';

process.env.CHROMIUM_LAUNCH_OPTIONS = JSON.stringify(chromiumLaunchOptions);

await runTs('src/headless/bench-cli.ts', { nodeFlags: ['--expose-gc'] });
