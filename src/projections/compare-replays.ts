import type { Entry } from '../log/entry';
import { decodeText } from '../log/utf8';
import type { LogPiece } from './compare-runs';
import { Replays, type Handling, type HandledTwice } from './replays';

/** One replay in two runs: `then` is what came of a message in A, `now` in B. */
export interface ComparedReplay {
  /** What began it, in B or else in A. */
  readonly entry: Entry;
  /** Whatever was replayed in one of them. */
  readonly messages: readonly HandledTwice[];
}

interface FoundReplay {
  readonly entry: Entry;
  readonly handlings: readonly Handling[];
}

/** The log, as often as it is asked for. */
type Read = () => AsyncIterable<LogPiece>;

/** Replays of two runs are the same replay when they begin at one instant for one process, in the same order. */
export async function compareReplays(a: Read, b: Read): Promise<readonly ComparedReplay[]> {
  const [before, after] = [await replaysIn(a), await replaysIn(b)];
  const compared: ComparedReplay[] = [...after].map(([key, { entry, handlings }]) => ({
    entry,
    messages: pairs(before.get(key)?.handlings ?? [], handlings),
  }));
  for (const [key, { entry, handlings }] of before)
    if (!after.has(key)) compared.push({ entry, messages: pairs(handlings, []) });
  return compared.toSorted((one, other) => one.entry.atMs - other.entry.atMs);
}

/** A log without replays, however long, is only searched and never parsed. */
async function replaysIn(read: Read): Promise<ReadonlyMap<string, FoundReplay>> {
  const found = new Map<string, FoundReplay>();
  if (!(await hasReplays(read))) return found;
  const replays = new Replays();
  const begun = new Map<number, Entry>();
  for await (const { ndjson } of read())
    for (const line of decodeText(ndjson).split('\n')) {
      if (line === '') continue;
      const entry = JSON.parse(line) as Entry;
      replays.append(entry);
      if (replays.all.has(entry.seq)) begun.set(entry.seq, entry);
    }
  for (const [seq, messages] of replays.all) {
    const entry = begun.get(seq)!;
    const key = keyOf(entry);
    let nth = 1;
    while (found.has(`${key} ${String(nth)}`)) nth++;
    found.set(`${key} ${String(nth)}`, { entry, handlings: messages.map(({ now }) => now) });
  }
  return found;
}

async function hasReplays(read: Read): Promise<boolean> {
  const signs = ['replay.started', 'message.resend', 'endpoint.recover', 'group.set-id'].map((type) => `"${type}"`);
  for await (const { ndjson } of read()) {
    const text = decodeText(ndjson);
    if (signs.some((sign) => text.includes(sign))) return true;
  }
  return false;
}

function keyOf(entry: Entry): string {
  const what = entry.type === 'intervention.applied' ? JSON.stringify(entry.intervention) : '';
  return `${String(entry.atMs)} ${entry.type === 'replay.started' ? entry.process : what}`;
}

function pairs(before: readonly Handling[], after: readonly Handling[]): HandledTwice[] {
  const left = new Map(before.map((handling) => [nameOf(handling), handling]));
  const twice: HandledTwice[] = after.map((now) => {
    const then = left.get(nameOf(now));
    left.delete(nameOf(now));
    return { then, now };
  });
  return [...twice, ...[...left.values()].map((then) => ({ then, now: undefined }))];
}

function nameOf({ process, listener, message }: Handling): string {
  return `${process}\n${listener}\n${message}`;
}
