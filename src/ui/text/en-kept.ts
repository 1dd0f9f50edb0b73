import { enFormat as f } from './format';
import type { Translated } from './text';

const rows = (n: number): string => `${f.number(n)} ${f.plural(n, { one: 'row', other: 'rows' })}`;
const events = (n: number): string => `${f.number(n)} ${f.plural(n, { one: 'event', other: 'events' })}`;

/** What processes and event stores keep. It comes with its sections of the inspector. */
export const enKept = {
  table: (store: string, table: string) => `Table ${table}${store === 'store' ? '' : ` of ${store}`}`,
  rows,
  noRows: 'Empty at this instant',
  lastChange: (at: string) => `Last transaction, ${at}`,
  changedAt: (key: string, at: string) => `${key}, changed at ${at}`,
  older: 'Rows before these',
  newer: 'Rows after these',
  noOlder: 'These are the first rows',
  noNewer: 'These are the last rows',
  page: (from: number, to: number, all: number) => `${f.number(from)} to ${f.number(to)} of ${f.number(all)}`,
  projection: (name: string) => `Projection ${name}`,
  position: (position: number, head: number) => `event ${f.number(position)} of ${f.number(head)}`,
  lag: 'Lag',
  noLag: 'none: it has every event',
  behind: (n: number, time: string) => `${events(n)}, ${time}`,
  lagOverTime: (n: number) => `Lag from the start until now, at most ${events(n)}`,
  stopped: 'It threw on the next event and stands before it.',
  rebuilding: (position: number, head: number) =>
    `Being rebuilt: event ${f.number(position)} of ${f.number(head)}. Until then it answers as below.`,
  rebuild: 'Rebuild from the first event',
  down: 'Its process does not run at this instant',
  state: 'State',
  noState: 'Nobody has made a state of these events',
  change: (message: string) => `Changed by ${message}`,
  noChange: 'Nothing changed',
  added: 'added',
  removed: 'removed',
  whole: 'the whole state',
  more: (n: number) => `and ${f.number(n)} more`,
  streams: 'Streams',
  noStreams: 'No events yet',
  version: (n: number) => `version ${f.number(n)}`,
  versionOf: (stream: string) => `Version of ${stream}`,
  ofVersions: (version: number, all: number) => `${f.number(version)} of ${f.number(all)}`,
  goTo: (at: string) => `Go to ${at}`,
  event: 'Its event',
};

export type KeptText = Translated<typeof enKept>;
