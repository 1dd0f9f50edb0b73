import { fileNameOf } from '../download';
import type { ExportedFile } from '../services';
import type { Workbench } from '../workbench.svelte';
import type { ConsoleView } from './console-view.svelte';

/** What the console shows, one line a line: instant, process, stream where it is stderr, text. */
export function consoleFile(workbench: Workbench, view: ConsoleView): ExportedFile {
  const lines = Array.from({ length: view.rows }, (_, row) => view.line(row)).filter((line) => line !== undefined);
  const text = lines
    .map(({ atMs, process, stderr, text }) =>
      [workbench.format.instant(atMs), process, ...(stderr ? ['stderr'] : []), text].join('\t'),
    )
    .join('\n');
  return {
    name: `${fileNameOf(workbench.playerNow.scenario.title)}-console.txt`,
    content: new Blob([`${text}\n`], { type: 'text/plain;charset=utf-8' }),
  };
}
