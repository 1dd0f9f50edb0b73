import type { TimerHandle } from '../clients/node/environment';
import type { Phase, Task } from '../kernel/agenda';
import type { Context } from './context';
import type { Life } from './life';

/** The timers of one life: each keeps the process alive unless it was `unref`ed, and runs in the context in which it was set. */
export class LifeTimers {
  readonly #life: Life;
  readonly #pending = new Set<Timer>();

  constructor(life: Life) {
    this.#life = life;
  }

  schedule(atMs: number, phase: Phase, callback: () => void): TimerHandle {
    const timer = new Timer(this.#life, this.#pending, callback);
    timer.task = this.#life.world.agenda.schedule(atMs, () => timer.run(), phase);
    this.#pending.add(timer);
    return timer;
  }

  /** All of them, or those that were set in one context. */
  cancel(context?: Context): void {
    for (const timer of this.#pending) {
      if (context !== undefined && timer.context !== context) continue;
      if (timer.task) this.#life.world.agenda.cancel(timer.task);
      this.#pending.delete(timer);
    }
  }
}

class Timer implements TimerHandle {
  task: Task | undefined;
  readonly context: Context;
  readonly #life: Life;
  readonly #pending: Set<Timer>;
  readonly #callback: () => void;
  #holds = true;

  constructor(life: Life, pending: Set<Timer>, callback: () => void) {
    this.#life = life;
    this.#pending = pending;
    this.#callback = callback;
    this.context = life.context;
    life.retain();
  }

  run(): void {
    const life = this.#life;
    const { world } = life;
    this.#pending.delete(this);
    this.unref();
    // The callback may settle a promise that code waits for.
    world.turn.a++;
    world.invoke(life, this.context, this.#callback);
  }

  cancel(): void {
    if (this.task) this.#life.world.agenda.cancel(this.task);
    this.#pending.delete(this);
    this.unref();
  }

  ref(): void {
    if (this.#holds || !this.#pending.has(this)) return;
    this.#holds = true;
    this.#life.retain();
  }

  unref(): void {
    if (!this.#holds) return;
    this.#holds = false;
    this.#life.release();
  }
}
