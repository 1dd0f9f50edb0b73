import type { Entry } from '../log/entry';
import type { Player } from '../player/player-face';
import type { Workbench } from './workbench.svelte';

const sliceMs = 6;
const pauseMs = 10;
const chunkEntries = 250;

/** What a view folds out of the whole log, an entry after the other. */
interface Fold {
  append(entry: Entry): void;
}

/** A fold of the run on show, read once over the whole computed log in slices that leave the frame free; made anew with the run. */
export class LogFold<T extends Fold> {
  readonly #make: () => T;
  readonly #workbench: Workbench;
  #fold: T;
  #scenario: Player['scenario'];
  #read = 0;
  #last: Entry | undefined;
  #version = $state(0);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(workbench: Workbench, make: () => T) {
    this.#make = make;
    this.#fold = make();
    this.#workbench = workbench;
    this.#scenario = workbench.playerNow.scenario;
  }

  /** The same object however it grows. */
  get value(): T {
    void this.#version;
    return this.#fold;
  }

  /** Reads on until what it returns is called. */
  attach(): () => void {
    const stop = this.#workbench.playerNow.onChange(() => this.#pump());
    this.#pump();
    return () => {
      stop();
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  #pump(): void {
    const player = this.#workbench.playerNow;
    if (!this.#continues(player)) {
      this.#fold = this.#make();
      this.#read = 0;
      this.#last = undefined;
    }
    this.#scenario = player.scenario;
    const before = this.#read;
    const until = performance.now() + sliceMs;
    while (this.#read < player.log.length && performance.now() < until) {
      for (const entry of player.log.range(this.#read, Math.min(player.log.length, this.#read + chunkEntries))) {
        this.#fold.append(entry);
        this.#last = entry;
        this.#read++;
      }
    }
    if (this.#read !== before) this.#version = this.#read;
    if (this.#read < player.log.length)
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#pump();
      }, pauseMs);
  }

  #continues({ scenario, log }: Player): boolean {
    if (log.length < this.#read) return false;
    const last = this.#last;
    if (last === undefined) return true;
    const now = log.entry(last.seq);
    return now === last || (scenario === this.#scenario && JSON.stringify(now) === JSON.stringify(last));
  }
}
