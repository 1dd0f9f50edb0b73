/** `npm run bench`: measures speed in Node and in Chromium. */
import { runTs } from './run-ts.mjs';

await runTs('src/headless/bench-cli.ts', { nodeFlags: ['--expose-gc'] });
