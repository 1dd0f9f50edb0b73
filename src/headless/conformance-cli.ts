import { statSync } from 'node:fs';
import { findRecordings } from './conformance/corpus';
import { replay, tasksOf, type Verdict } from './conformance/replay';
import { summaryOf } from './conformance/report';

/**
 * `npm run -s conformance -- [folder…]`: replays what was recorded from the real thing and tells the first difference of
 * each recording that does not come out the same.
 */
const ownFolder = 'tests/conformance';

export async function main(argv: readonly string[]): Promise<number> {
  const folders = argv.length > 0 ? argv : [ownFolder];
  const absent = folders.filter((folder) => statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true);
  if (absent.length > 0) {
    console.error(`There is no folder ${absent.join(', ')}.\nusage: npm run -s conformance -- [folder…]`);
    return 1;
  }
  const verdicts: Verdict[] = [];
  for (const task of await tasksOf(findRecordings(folders))) {
    for (const verdict of await replay(task)) {
      if (verdict.type === 'failed') console.log(`FAILED ${verdict.name}: ${verdict.difference}`);
      verdicts.push(verdict);
    }
  }
  console.log(summaryOf(verdicts));
  return verdicts.some(({ type }) => type === 'failed') ? 1 : 0;
}
