import type { BrokerState } from '../../projections/system';
import type { Workbench } from '../workbench.svelte';

/**
 * A broker at the playhead, in a value of its own: the player folds in place, and what is derived from an object that
 * stays the same would not be derived again.
 */
export function brokerNow(workbench: Workbench, name: string): BrokerState | undefined {
  const found = workbench.player.system.brokers.get(name);
  return found && { ...found };
}
