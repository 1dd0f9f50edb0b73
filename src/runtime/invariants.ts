import { copyOf, type Context } from './context';
import type { Life } from './life';
import { failureOf } from './failure';
import { LimitError } from './turn';
import type { World } from './world';

interface Invariant {
  readonly name: string;
  readonly life: Life;
  readonly context: Context;
  readonly check: () => unknown;
  ok: boolean;
}

/** What must hold at the end of every instant, as user code states it; the log tells each change from holding to not and back. */
export class Invariants {
  readonly #world: World;
  #all: Invariant[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  declare(life: Life, context: Context, name: string, check: () => unknown): void {
    this.#all = this.#all.filter((known) => known.name !== name || known.life.process !== life.process);
    this.#all.push({ name, life, context, check, ok: true });
    this.#world.journal.append({
      type: 'invariant.declared',
      cause: context.cause,
      where: this.#world.where(),
      process: life.process,
      name,
    });
  }

  get any(): boolean {
    return this.#all.length > 0;
  }

  /** At the end of an instant. */
  checkAll(): void {
    this.#all = this.#all.filter(({ life }) => life.alive);
    this.#checkEach(this.#all);
  }

  /** What a process states is looked at once more when it is about to end. */
  checkOf(life: Life): void {
    this.#checkEach(this.#all.filter((invariant) => invariant.life === life));
  }

  #checkEach(invariants: readonly Invariant[]): void {
    for (const invariant of invariants) {
      const detail = this.#check(invariant);
      const ok = detail === undefined;
      if (ok === invariant.ok) continue;
      invariant.ok = ok;
      const facts = { cause: invariant.context.cause, process: invariant.life.process, name: invariant.name };
      if (ok) this.#world.journal.append({ type: 'invariant.held', ...facts });
      else this.#world.journal.append({ type: 'invariant.failed', ...facts, ...(detail === '' ? {} : { detail }) });
    }
  }

  /** Undefined when it holds, otherwise what is known of why not. */
  #check({ life, context, check }: Invariant): string | undefined {
    let detail: string | undefined;
    const result = this.#world.invoke(life, copyOf(context), check, (error) => {
      detail = error instanceof LimitError ? error.message : failureOf(error, new Set()).message;
    });
    if (detail !== undefined) return detail;
    if (result === false) return '';
    return typeof result === 'string' && result !== '' ? result : undefined;
  }
}
