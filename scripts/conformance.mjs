/** `npm run conformance`: compares what comes out with what was recorded from the real thing. */
import { runTs } from './run-ts.mjs';

await runTs('src/headless/conformance-cli.ts');
