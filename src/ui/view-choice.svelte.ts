import type { Player } from '../player/player-face';
import { views, type View } from './views';

/** Which of the views beside the workbench is on show. */
export class ViewChoice {
  readonly #player: () => Player;
  /** What the reader or a link chose: the name of a view, or `workbench`. `undefined`: nobody has chosen. */
  name: string | undefined = $state();

  constructor(player: () => Player) {
    this.#player = player;
  }

  /** Those that there is something to see in, in the order of the switch. */
  get offered(): readonly View[] {
    return this.#offered;
  }

  /** `undefined`: the workbench itself. */
  get shown(): View | undefined {
    return this.#shown;
  }

  /** Back to the workbench. */
  leave(): void {
    if (this.#shown !== undefined) this.name = 'workbench';
  }

  readonly #offered = $derived.by(() => views.filter((view) => view.isOffered(this.#player())));
  readonly #shown = $derived.by(() => {
    const { name } = this;
    return this.#offered.find((view) => (name === undefined ? view.comesFirst : view.name === name));
  });
}
