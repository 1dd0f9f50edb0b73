/**
 * Pings at a steady pace and notices when nothing answers. It counts its own ticks and reads no clock, so a page that was
 * asleep or busy does not take its own absence for the other side's silence.
 */
export interface Heartbeat {
  start(): void;
  stop(): void;
  /** False when this answers no ping. */
  pong(id: number): boolean;
}

export interface HeartbeatOptions {
  readonly intervalMs: number;
  /** A ping that has waited so long without an answer means silence. */
  readonly silentMs: number;
  readonly ping: (id: number) => void;
  readonly onSilent: () => void;
}

export function createHeartbeat({ intervalMs, silentMs, ping, onSilent }: HeartbeatOptions): Heartbeat {
  const unansweredMax = Math.ceil(silentMs / intervalMs);
  let timer: ReturnType<typeof setInterval> | undefined;
  let sent = 0;
  let answered = 0;
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  const beat = (): void => {
    if (sent - answered >= unansweredMax) {
      stop();
      onSilent();
    } else {
      ping(++sent);
    }
  };
  return {
    start() {
      if (timer !== undefined) return;
      // What was sent before a pause may still be answered, but is not waited for.
      answered = sent;
      timer = setInterval(beat, intervalMs);
      beat();
    },
    stop,
    pong(id) {
      if (id < 1 || id > sent) return false;
      answered = Math.max(answered, id);
      return true;
    },
  };
}
