import type { Entry } from '../../log/entry';
import { messageIdOf } from '../../projections/causes';
import { fateOfEntry } from '../../projections/fate';
import { isEmptyQuery } from '../../projections/log-query';
import { processesOf } from '../../projections/search';
import { fileNameOf } from '../download';
import type { ExportedFile } from '../services';
import type { Workbench } from '../workbench.svelte';
import { byteOrderMark, csvLine } from './csv';
import { matcherOf, sentenceOf } from './log-view.svelte';

export type LogFormat = 'ndjson' | 'csv';

/** Entries that are written before the page gets its turn back. */
const sliceEntriesMax = 5_000;

/** What the log's list shows, as a file: the entries up to the playhead that pass the filter. */
export async function filteredLogFile(workbench: Workbench, format: LogFormat): Promise<ExportedFile> {
  const { position } = workbench.playerNow;
  const suffix = isEmptyQuery(workbench.logQuery) ? '-to-playhead' : '-filtered';
  return logFile(workbench, { format, end: position, matches: matcherOf(workbench), suffix });
}

/** All that is computed. */
export async function wholeLogFile(workbench: Workbench, format: LogFormat): Promise<ExportedFile> {
  return logFile(workbench, { format, end: workbench.playerNow.log.length, matches: () => true, suffix: '' });
}

interface LogFileOptions {
  readonly format: LogFormat;
  readonly end: number;
  readonly matches: (entry: Entry) => boolean;
  readonly suffix: string;
}

async function logFile(workbench: Workbench, options: LogFileOptions): Promise<ExportedFile> {
  const { format, end, matches, suffix } = options;
  const { log, scenario } = workbench.playerNow;
  const lineOf = format === 'csv' ? csvWriter(workbench) : (entry: Entry): string => `${JSON.stringify(entry)}\n`;
  const parts = format === 'csv' ? [byteOrderMark + csvLine(columns)] : [];
  for (let at = 0; at < end; at += sliceEntriesMax) {
    parts.push(
      log
        .range(at, Math.min(end, at + sliceEntriesMax))
        .filter(matches)
        .map(lineOf)
        .join(''),
    );
    await new Promise((resolve) => setTimeout(resolve));
  }
  const type = format === 'csv' ? 'text/csv;charset=utf-8' : 'application/x-ndjson';
  return { name: `${fileNameOf(scenario.title)}${suffix}.${format}`, content: new Blob(parts, { type }) };
}

/** Named as in the log's own vocabulary, whatever the reader's language. */
const columns = ['seq', 'atMs', 'type', 'process', 'event', 'message', 'fate', 'where', 'cause', 'text', 'data'];

function csvWriter(workbench: Workbench): (entry: Entry) => string {
  const eventTypes = new Map<string, string>();
  return (entry) => {
    const message = messageIdOf(entry);
    if (entry.type === 'message.published') eventTypes.set(entry.message.id, entry.message.type);
    const eventType =
      message === undefined
        ? undefined
        : (eventTypes.get(message) ?? workbench.playerNow.system.messages.eventType(message));
    const data = entry.type === 'message.published' ? entry.message.data : undefined;
    return csvLine([
      entry.seq,
      entry.atMs,
      entry.type,
      processesOf(entry).join(' '),
      eventType,
      message,
      fateOfEntry(entry),
      entry.where,
      entry.cause,
      sentenceOf(workbench, entry),
      data === undefined ? undefined : JSON.stringify(data),
    ]);
  };
}
