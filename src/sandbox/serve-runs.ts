import { createDigest } from '../log/digest';
import type { Entry, Intervention } from '../log/entry';
import { LineWriter, type Lines } from '../log/line-writer';
import type { createRun, Invocation, Run } from '../runtime/run';
import {
  creditsMax,
  failureCharsMax,
  nameCharsMax,
  segmentEntriesMax,
  type FromSandbox,
  type ToSandbox,
} from './protocol';
import type { WorkerHost } from './worker-host';

export type CreateRun = typeof createRun;

/**
 * The worker's side of the protocol: runs what the page asks for and sends its log.
 *
 * Invariants
 * 1. At most `creditsMax` segments are under way; the run stands still until the page has taken one.
 * 2. Between two turns of the event loop lie about `yieldAfterMs`, so a ping is answered unless user code never returns.
 */
export function serveRuns(port: MessagePort, host: WorkerHost, makeRun: CreateRun): void {
  const post = (message: FromSandbox): void =>
    port.postMessage(message, message.type === 'segment' ? [message.ndjson.buffer] : []);
  let session: Session | undefined;
  port.onmessage = ({ data }: MessageEvent<ToSandbox>) => {
    if (data.type === 'ping') {
      post({ type: 'pong', id: data.id, atMs: session?.nowMs ?? 0 });
    } else if (data.type === 'run.start') {
      session?.stop();
      session = new Session(data, { host, post, makeRun });
    } else if (session && data.run === session.run) {
      switch (data.type) {
        case 'run.advance':
          return void session.advance(data.untilMs);
        case 'run.intervene':
          return session.intervene(data.intervention);
        case 'segment.taken':
          return session.taken();
      }
    }
  };
  post({ type: 'ready' });
}

const yieldAfterMs = 8;
type Start = Extract<ToSandbox, { type: 'run.start' }>;

interface Surroundings {
  readonly host: WorkerHost;
  readonly post: (message: FromSandbox) => void;
  readonly makeRun: CreateRun;
}

class Session {
  readonly run: number;
  readonly #fromSeq: number;
  readonly #post: Surroundings['post'];
  readonly #writer = new LineWriter(segmentEntriesMax);
  readonly #digest = createDigest();
  /** Present when the page wants to know what is about to run, from this instant on. */
  readonly #searchFromMs: number | undefined;
  #simulation: Run | undefined;
  #credits = creditsMax;
  #creditCame: (() => void) | undefined;
  #untilMs = -1;
  #advancing = false;
  readonly #subscribedAt = new Map<string, string>();
  #announced = 0;
  #letOut = 0;
  #stopped = false;

  constructor(start: Start, { host, post, makeRun }: Surroundings) {
    this.run = start.run;
    this.#fromSeq = start.fromSeq;
    this.#post = (message) => {
      if (!this.#stopped) post(message);
    };
    this.#searchFromMs = start.announce ? (start.announceFromMs ?? 0) : undefined;
    this.#guarded(() => {
      this.#simulation = makeRun({
        scenario: start.scenario,
        host,
        sink: (entries) => this.#send(entries),
        ...(start.announce && { onInvoke: (what: Invocation) => this.#announce(what) }),
        shouldYield: () => this.#mustLetOut || host.sinceHopMs() >= yieldAfterMs,
      });
    });
  }

  get nowMs(): number {
    return this.#simulation?.nowMs ?? 0;
  }

  async advance(untilMs: number): Promise<void> {
    this.#untilMs = Math.max(this.#untilMs, untilMs);
    if (this.#advancing) return;
    this.#advancing = true;
    try {
      let reachedMs;
      do {
        reachedMs = this.#untilMs;
        await this.#compute(reachedMs);
      } while (reachedMs < this.#untilMs);
      this.#reportAdvanced(reachedMs);
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#advancing = false;
    }
  }

  /** While it is searched for what hangs, in small steps: each ends with all of the log so far on its way to the page. */
  async #compute(untilMs: number): Promise<void> {
    const run = this.#simulation;
    if (this.#searchFromMs !== undefined) {
      let stepMs = 1;
      for (let atMs = Math.max(this.#searchFromMs - 1, 0); atMs < untilMs && run?.ended === false; atMs += stepMs) {
        const announced = this.#announced;
        await run.advance(atMs);
        stepMs = this.#announced === announced ? stepMs * 2 : 1;
      }
    }
    await run?.advance(untilMs);
  }

  intervene(intervention: Intervention): void {
    this.#guarded(() => this.#simulation?.intervene(intervention));
  }

  taken(): void {
    this.#credits += 1;
    this.#creditCame?.();
  }

  stop(): void {
    this.#stopped = true;
    this.#simulation?.stop();
    this.taken();
  }

  /** Before a listener runs, its only line is the one where it was subscribed. */
  #announce({ atMs, process, what }: Invocation): void {
    if (this.#searchFromMs === undefined || atMs < this.#searchFromMs) return;
    this.#announced += 1;
    const where = this.#subscribedAt.get(listenerKey(process, what));
    const place = where === undefined ? {} : { where: shortened(where) };
    this.#post({
      type: 'about-to-run',
      run: this.run,
      atMs,
      process: shortened(process),
      what: shortened(what),
      ...place,
    });
  }

  /** Announcements do not pile up: whenever the run asks, they are let out first. */
  get #mustLetOut(): boolean {
    const some = this.#announced > this.#letOut;
    this.#letOut = this.#announced;
    return some;
  }

  #reportAdvanced(atMs: number): void {
    if (!this.#simulation) return;
    const { ended, nowMs } = this.#simulation;
    if (ended) this.#post({ type: 'run.advanced', run: this.run, atMs: nowMs, ended, digest: this.#digest.hex() });
    else this.#post({ type: 'run.advanced', run: this.run, atMs, ended });
  }

  /** Answers at once as long as there are credits: a promise a batch would cost the run a turn of microtasks. */
  #send(entries: readonly Entry[]): void | Promise<void> {
    const segments = this.#segmentsOf(entries);
    while (segments.length > 0 && this.#credits > 0) this.#sendOne(segments.shift()!);
    return segments.length > 0 ? this.#sendRest(segments) : undefined;
  }

  async #sendRest(segments: Segment[]): Promise<void> {
    for (const segment of segments) {
      while (this.#credits === 0 && !this.#stopped) await new Promise<void>((resolve) => (this.#creditCame = resolve));
      this.#sendOne(segment);
    }
  }

  #sendOne(segment: Segment): void {
    this.#credits -= 1;
    this.#post({ type: 'segment', run: this.run, ...segment });
  }

  /** Writes every entry, since the digest is over all of them. */
  #segmentsOf(entries: readonly Entry[]): Segment[] {
    const segments: Segment[] = [];
    for (const lines of this.#writer.write(entries)) {
      this.#digest.add(lines);
      for (const entry of lines.entries) this.#noteListener(entry);
      const segment = segmentFrom(lines, this.#fromSeq);
      if (segment !== undefined) segments.push(segment);
    }
    return segments;
  }

  #noteListener(entry: Entry): void {
    if (entry.type !== 'listener.subscribed' || entry.where === undefined) return;
    this.#subscribedAt.set(listenerKey(entry.process, entry.listener), entry.where);
  }

  #guarded(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    const message = error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error);
    this.#post({ type: 'run.failed', run: this.run, message: message.slice(0, failureCharsMax) });
  }
}

function listenerKey(process: string, listener: string): string {
  return `${process}\n${listener}`;
}

function shortened(text: string): string {
  return text.slice(0, nameCharsMax);
}

type Segment = Omit<Extract<FromSandbox, { type: 'segment' }>, 'type' | 'run'>;

/** The entries that have this `seq` or a later one. */
function segmentFrom({ entries, bytes, ends }: Lines, fromSeq: number): Segment | undefined {
  const skipped = Math.max(0, fromSeq - (entries[0]?.seq ?? 0));
  const first = entries[skipped];
  const last = entries.at(-1);
  if (first === undefined || last === undefined) return undefined;
  return {
    firstSeq: first.seq,
    count: entries.length - skipped,
    fromMs: first.atMs,
    toMs: last.atMs,
    ndjson: bytes.slice(ends[skipped - 1] ?? 0),
  };
}
