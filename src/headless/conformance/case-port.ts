import type { BrokerPort } from '../../brokers/broker';
import type { Agenda } from '../../kernel/agenda';
import { createStream } from '../../kernel/random';

/** Lets time pass, and everything that is due in it happen. */
export function runFor(agenda: Agenda, ms: number): void {
  const untilMs = agenda.nowMs + ms;
  agenda.schedule(untilMs, () => undefined);
  for (let next = agenda.peek(); next !== undefined && next.atMs <= untilMs; next = agenda.peek()) {
    agenda.take();
    next.run();
  }
}

/** A port behind which there is time, and no log. */
export function portOf(agenda: Agenda): BrokerPort {
  const random = createStream(1, 'conformance');
  const counts = { message: 0, delivery: 0, subscription: 0 };
  let entries = 0;
  return {
    get nowMs() {
      return agenda.nowMs;
    },
    append: () => entries++,
    get nextSeq() {
      return entries;
    },
    write: () => entries++,
    wakeAt: (atMs, wake) => {
      const task = agenda.schedule(atMs, wake);
      return {
        cancel: () => {
          agenda.cancel(task);
        },
      };
    },
    dispatch: () => {
      throw new Error('a server delivers over the lines of its connections');
    },
    timeText: (atMs) => new Date(Date.UTC(2026, 0, 1) + atMs).toISOString(),
    chance: () => random.next(),
    nextId: (kind) => `${kind}-${++counts[kind]}`,
    serviceAt: () => undefined,
    request: () => ({ to: undefined, arrivesAtMs: undefined, seq: 0, abort: () => 0 }),
  };
}
