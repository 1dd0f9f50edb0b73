import type { BrokerState, SystemState } from '../../projections/system';
import type { Text } from '../text/text';

export interface BrokerTrouble {
  readonly type: 'stopped' | 'alarm';
  readonly words: string;
}

/** What is wrong with a broker itself: it is stopped, or low on something. `undefined`: nothing. */
export function troubleOf(
  { faults }: SystemState,
  broker: BrokerState | undefined,
  t: Text['faults']['badge'],
): BrokerTrouble | undefined {
  if (broker === undefined) return undefined;
  if (broker.stopped) return { type: 'stopped', words: t.stopped };
  const lowOn = new Set<string>();
  for (const fault of faults.values())
    if (fault.type === 'alarm' && fault.broker === broker.name) lowOn.add(t.lowOn(fault.resource));
  return lowOn.size === 0 ? undefined : { type: 'alarm', words: [...lowOn].join(', ') };
}

/** Which broker reads nothing of what the process sends, and why; `undefined`: none. */
export function blockedBy(
  { faults, brokers }: SystemState,
  process: string,
): { readonly broker: string; readonly reason: string } | undefined {
  for (const fault of faults.values()) {
    if (fault.type !== 'alarm') continue;
    for (const connection of brokers.get(fault.broker)?.topology.connections.values() ?? [])
      if (connection.process === process && connection.blocked !== undefined)
        return { broker: fault.broker, reason: connection.blocked };
  }
  return undefined;
}
