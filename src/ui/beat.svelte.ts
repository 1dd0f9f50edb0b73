import type { Player } from '../player/player-face';

/**
 * Counts changes of the player, at most one in `everyMs`: the first at once, and what comes too soon after it as one when the time is
 * up. While it plays or somebody drags the playhead it changes with every frame.
 */
export class Beat {
  readonly #player: Player;
  readonly #everyMs: number;
  #count = $state(0);
  #changes = 0;
  #lastMs = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(player: Player, everyMs: number) {
    this.#player = player;
    this.#everyMs = everyMs;
  }

  get count(): number {
    return this.#count;
  }

  /** Counts until what it returns is called. */
  attach(): () => void {
    const stop = this.#player.onChange(() => this.#changed());
    this.#now();
    return () => {
      stop();
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  #changed(): void {
    const left = this.#lastMs + this.#everyMs - performance.now();
    if (left <= 0) this.#now();
    else this.#timer ??= setTimeout(() => this.#now(), left);
  }

  #now(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#lastMs = performance.now();
    // Not `++`, which would read it, and make whoever attaches in an effect attach again.
    this.#changes += 1;
    this.#count = this.#changes;
  }
}
