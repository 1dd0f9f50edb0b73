/** `npm run scenario`: runs a scenario without a browser. */
import { runTs } from './run-ts.mjs';

await runTs('src/headless/scenario-cli.ts');
