/** Servers end what is idle a little later than they announce, so that no request crosses the end. */
const announcedEarlierMs = 1_000;

/** For how long a client leaves a connection idle before it ends it. */
export interface ClientPatience {
  /** Without a word of the server's. Absent: for ever. */
  readonly idleMs: number | undefined;
  /** With it, this much less than the server has announced. */
  readonly earlierMs: number;
}

/** A connection as both ends know it: one that is kept alive carries one call after another. */
export class Connection {
  /** Of the caller, 0 before the first call has arrived. */
  localPort = 0;
  /** Which server has it, once it was accepted. */
  acceptedBy: { readonly keepAliveTimeoutMs: number } | undefined = undefined;
  /** When its last call was over; absent while one is under way. */
  idleSinceMs: number | undefined = undefined;
  isEnded = false;
  /** Of a server that waits for its end. */
  onEnd: (() => void) | undefined = undefined;
  readonly #patience: ClientPatience;

  constructor(patience: ClientPatience) {
    this.#patience = patience;
  }

  /** After how long without a call it ends, whichever side is tired of it first. */
  get idleMsMax(): number {
    const keptMs = this.acceptedBy?.keepAliveTimeoutMs ?? 0;
    const { idleMs = Infinity, earlierMs } = this.#patience;
    if (keptMs <= 0) return idleMs;
    const announcedMs = Math.max(0, Math.floor(keptMs / 1_000) * 1_000 - earlierMs);
    const clientMs = announcedMs === 0 ? 0 : Math.min(idleMs, idleMs === Infinity ? Infinity : announcedMs);
    return Math.min(clientMs, keptMs + announcedEarlierMs);
  }

  /** The caller's side ends it. */
  end(): void {
    this.isEnded = true;
    this.onEnd?.();
  }

  /** Whether it was ended, or idle for too long. */
  hasEnded(nowMs: number): boolean {
    if (this.idleSinceMs !== undefined && nowMs - this.idleSinceMs >= this.idleMsMax) this.isEnded = true;
    return this.isEnded;
  }
}
