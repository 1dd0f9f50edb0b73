import type { SystemState } from '../../projections/system';

/** Event names worth suggesting for a broker: those that somebody listens for by their exact name. */
export function knownEvents(system: SystemState, broker: string): readonly string[] {
  const found = system.brokers.get(broker);
  if (found === undefined) return [];
  const patterns = [...found.subscriptions.values()].map((subscription) => subscription.pattern);
  return [...new Set([...patterns.filter((pattern) => !/[*#]/.test(pattern)), ...underWay(system)])].sort();
}

/** Names of events that are on the way now: a pattern with wildcards does not tell them. */
function underWay(system: SystemState): readonly string[] {
  return [...system.flights.values()].map((flight) => flight.eventType);
}
