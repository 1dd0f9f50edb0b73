import type { Flight, SystemState } from './system';

export interface PlacedFlight {
  readonly flight: Flight;
  /** 0 at its start, 1 at its end. A flight of no duration is at 1. */
  readonly progress: number;
}

/** Every message on a link, with how far it has come. One that is due stays at 1 until its entry is folded. */
export function flightsAt(state: SystemState, nowMs: number): PlacedFlight[] {
  const placed: PlacedFlight[] = [];
  for (const flight of state.flights.values()) {
    const span = flight.arrivesAtMs - flight.sentAtMs;
    const progress = span > 0 ? Math.min(1, Math.max(0, (nowMs - flight.sentAtMs) / span)) : 1;
    placed.push({ flight, progress });
  }
  return placed;
}

export interface UnderWay {
  /** On a link, in a queue, being handled, or waiting for a retry. */
  readonly messages: number;
  /** HTTP calls whose answer is waited for. */
  readonly calls: number;
}

export function countUnderWay(state: SystemState): UnderWay {
  const messages = new Set<string>();
  for (const flight of state.flights.values()) messages.add(flight.message);
  for (const retry of state.retries.values()) messages.add(retry.message);
  for (const process of state.processes.values())
    for (const each of process.deliveries.values()) messages.add(each.message);
  for (const broker of state.brokers.values()) {
    for (const queue of broker.queues.values()) {
      for (const message of queue.ready) messages.add(message);
      for (const message of queue.retrying.keys()) messages.add(message);
      for (const each of queue.unacked.values()) messages.add(each.message);
    }
  }
  return { messages: messages.size, calls: state.calls.size };
}
