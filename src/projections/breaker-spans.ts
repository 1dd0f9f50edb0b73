import type { BreakerChanged, BreakerDeclared, Entry } from '../log/entry';

/** How long a circuit breaker was, or is, in one state. */
export interface BreakerSpan {
  readonly state: BreakerChanged['state'];
  /** The entry with which it began. */
  readonly seq: number;
  readonly fromMs: number;
  /** `undefined`: still so at the end of the log. */
  readonly toMs: number | undefined;
}

/** One circuit breaker through all lives of its process: those that one line makes under one name are one. */
export interface BreakerTrack {
  readonly process: string;
  readonly policy: string;
  /** In order, without gaps within one life of the process. */
  readonly spans: readonly BreakerSpan[];
}

/** Which breakers were in which state when, over the whole computed log. Built by appending entries in order. */
export class BreakerSpans {
  readonly #tracks = new Map<string, { readonly process: string; readonly policy: string; spans: BreakerSpan[] }>();

  /** Those that have ever been anything but closed, in order of their declaration. */
  get tracks(): readonly BreakerTrack[] {
    return [...this.#tracks.values()].filter(({ spans }) => spans.some(({ state }) => state !== 'closed'));
  }

  append(entry: Entry): void {
    switch (entry.type) {
      case 'breaker.declared':
        return this.#change(entry, 'closed');
      case 'breaker.changed':
        return this.#change(entry, entry.state);
      // It goes with the life that made it.
      case 'process.started':
      case 'process.reloaded':
      case 'process.exited':
      case 'process.crashed':
        for (const { process, spans } of this.#tracks.values()) if (process === entry.process) end(spans, entry.atMs);
        return;
      default:
        return;
    }
  }

  #change({ process, policy, where, seq, atMs }: BreakerDeclared | BreakerChanged, state: BreakerSpan['state']): void {
    const key = JSON.stringify([process, policy, where]);
    let track = this.#tracks.get(key);
    if (track === undefined) this.#tracks.set(key, (track = { process, policy, spans: [] }));
    end(track.spans, atMs);
    track.spans.push({ state, seq, fromMs: atMs, toMs: undefined });
  }
}

function end(spans: BreakerSpan[], atMs: number): void {
  const last = spans.at(-1);
  if (last?.toMs === undefined && last !== undefined) spans[spans.length - 1] = { ...last, toMs: atMs };
}
