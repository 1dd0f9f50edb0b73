import type { Player } from '../../player/player-face';

const known = new WeakMap<Player['scenario'], boolean>();

/** Whether its code has a store or an event store, told from the text: what shows them comes as a chunk of its own. */
export function keepsState(scenario: Player['scenario']): boolean {
  let keeps = known.get(scenario);
  if (keeps === undefined) {
    keeps = Object.values(scenario.files).some((text) => /\b(?:store|eventStore)\(/.test(text));
    known.set(scenario, keeps);
  }
  return keeps;
}
