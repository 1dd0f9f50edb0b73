import type { TimerHandle } from '../clients/node/environment';
import type { Phase, Task } from '../kernel/agenda';
import { Chain, type Link } from '../kernel/chain';
import type { Context } from './context';
import type { Life } from './life';

/** The timers of one life: each keeps the process alive unless it was `unref`ed, and runs in the context in which it was set. */
export class LifeTimers {
  readonly #life: Life;
  readonly #pending = new Chain<Timer>();

  constructor(life: Life) {
    this.#life = life;
  }

  schedule(atMs: number, phase: Phase, callback: () => void): TimerHandle {
    const timer = new Timer(this.#life, this.#pending, callback);
    timer.task = this.#life.world.agenda.schedule(atMs, () => timer.run(), phase);
    return timer;
  }

  /** All of them, or those that were set in one context. */
  cancel(context?: Context): void {
    for (const timer of this.#pending.all()) if (context === undefined || timer.context === context) timer.drop();
  }
}

class Timer implements TimerHandle, Link<Timer> {
  before: Timer | undefined = undefined;
  after: Timer | undefined = undefined;
  task: Task | undefined;
  readonly context: Context;
  readonly #life: Life;
  readonly #chain: Chain<Timer>;
  readonly #callback: () => void;
  #pending = true;
  #holds = true;

  constructor(life: Life, chain: Chain<Timer>, callback: () => void) {
    this.#life = life;
    this.#chain = chain;
    this.#callback = callback;
    this.context = life.context;
    life.retain();
    chain.add(this);
  }

  run(): void {
    const life = this.#life;
    const { world } = life;
    this.#pending = false;
    this.#chain.remove(this);
    this.unref();
    world.invoke(life, this.context, this.#callback);
  }

  cancel(): void {
    this.drop();
    this.unref();
  }

  /** It will not run. Whether it kept the process alive no longer matters, or is told apart. */
  drop(): void {
    if (!this.#pending) return;
    if (this.task) this.#life.world.agenda.cancel(this.task);
    this.#pending = false;
    this.#chain.remove(this);
  }

  ref(): void {
    if (this.#holds || !this.#pending) return;
    this.#holds = true;
    this.#life.retain();
  }

  unref(): void {
    if (!this.#holds) return;
    this.#holds = false;
    this.#life.release();
  }
}
