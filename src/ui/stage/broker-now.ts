import type { Player } from '../../player/player-face';
import type { BrokerState } from '../../projections/system';

/**
 * A broker at the playhead, in a value of its own: the player folds in place, and what is derived from an object that
 * stays the same would not be derived again.
 */
export function brokerNow(player: Player, name: string): BrokerState | undefined {
  const found = player.system.brokers.get(name);
  return found && { ...found };
}
