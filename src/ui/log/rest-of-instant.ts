import type { Entry } from '../../log/entry';
import type { Player } from '../../player/player-face';

/** So many entries of an instant are looked at. */
const entriesMax = 2_000;

/**
 * What the log has of the playhead's instant behind the playhead. What is done by hand takes effect there, a moment after what is shown:
 * whether it was refused can be said at once all the same.
 */
export function restOfInstant({ log, position, playheadMs }: Player): readonly Entry[] {
  const end = Math.min(log.countAt(playheadMs), position + entriesMax);
  return end <= position ? [] : log.range(position, end);
}

/** All of the playhead's instant: a run that was computed anew may stand behind what was done by hand. */
export function wholeInstant(player: Player): readonly Entry[] {
  const { log, position, playheadMs } = player;
  let from = position;
  while (from > 0 && position - from < entriesMax && log.entry(from - 1).atMs === playheadMs) from -= 1;
  return [...log.range(from, position), ...restOfInstant(player)];
}
