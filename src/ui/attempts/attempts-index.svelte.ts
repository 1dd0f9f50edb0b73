import type { Entry } from '../../log/entry';
import type { Player } from '../../player/player-face';
import { WebhookAttempts } from '../../projections/attempts';
import type { Workbench } from '../workbench.svelte';

const sliceMs = 6;
const pauseMs = 10;
const chunkEntries = 250;

/** The attempts of the run on show, read once over the whole computed log in slices that leave the frame free. */
export class AttemptsIndex {
  readonly #workbench: Workbench;
  #attempts = new WebhookAttempts();
  #scenario: Player['scenario'];
  #read = 0;
  #last: Entry | undefined;
  #version = $state(0);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
    this.#scenario = workbench.playerNow.scenario;
  }

  /** The same object however it grows. */
  get attempts(): WebhookAttempts {
    void this.#version;
    return this.#attempts;
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
      this.#attempts = new WebhookAttempts();
      this.#read = 0;
      this.#last = undefined;
    }
    this.#scenario = player.scenario;
    const before = this.#read;
    const until = performance.now() + sliceMs;
    while (this.#read < player.log.length && performance.now() < until) {
      for (const entry of player.log.range(this.#read, Math.min(player.log.length, this.#read + chunkEntries))) {
        this.#attempts.append(entry);
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
