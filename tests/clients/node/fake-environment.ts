/* oxlint-disable typescript/no-explicit-any -- what user code sees has the types of Node, not ours */
/** A process's world for tests: a virtual clock, nothing else behind it. */
import type { ProcessEnvironment, PromiseState, TimerHandle } from '../../../src/clients/node/environment';
import { createNodeGlobals } from '../../../src/clients/node/globals';
import { createNodeModule } from '../../../src/clients/node/node-module';

interface Task {
  readonly atMs: number;
  readonly order: number;
  readonly run: () => void;
  isRef: boolean;
}

export class ProcessEnd extends Error {
  readonly code: number;
  constructor(code: number) {
    super(`ended with ${code}`);
    this.code = code;
  }
}

export class FakeEnvironment implements ProcessEnvironment {
  readonly epochMs = Date.UTC(2024, 0, 1);
  skewMs = (): number => 0;
  readonly startedAtMs = 0;
  readonly argv = ['/usr/local/bin/node', '/app/main.js'];
  readonly env = { TZ: 'UTC' };
  readonly pid = 4242;
  readonly written = { stdout: '', stderr: '' };
  /** What was thrown in a callback and caught by nobody. */
  readonly uncaught: unknown[] = [];
  boundCount = 0;
  #nowMs = 0;
  #order = 0;
  #seed = 1;
  #timers: Task[] = [];
  #immediates: Task[] = [];
  #ticks: (() => void)[] = [];

  nowMs(): number {
    return this.#nowMs;
  }
  random(): number {
    this.#seed = (Math.imul(this.#seed, 1664525) + 1013904223) >>> 0;
    return this.#seed / 2 ** 32;
  }
  randomBytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => Math.floor(this.random() * 256));
  }
  schedule(delayMs: number, callback: () => void): TimerHandle {
    return this.#add(this.#timers, this.#nowMs + delayMs, callback);
  }
  immediate(callback: () => void): TimerHandle {
    return this.#add(this.#immediates, this.#nowMs, callback);
  }
  nextTick(callback: () => void): void {
    this.#ticks.push(callback);
  }
  later<T>(callback: (subject: T) => void, subject?: T): void {
    const bound = this.bind(callback);
    this.nextTick(() => bound(subject as T));
  }
  write(stream: 'stdout' | 'stderr', text: string): void {
    this.written[stream] += text;
  }
  exit(code: number): never {
    throw new ProcessEnd(code);
  }
  bind<F extends (...args: never[]) => unknown>(callback: F): F {
    this.boundCount += 1;
    return ((...args: never[]) => callback(...args)) as F;
  }
  observe(promise: Promise<unknown>, onSettled: (state: PromiseState) => void): void {
    promise.then(
      (value) => onSettled({ type: 'fulfilled', value }),
      (value: unknown) => onSettled({ type: 'rejected', value }),
    );
  }

  /** Runs everything due until `untilMs`, or until only what was unreferenced is left. */
  async run(untilMs = 60_000): Promise<void> {
    await this.#settle();
    for (;;) {
      const immediates = this.#immediates.splice(0);
      for (const task of immediates) await this.#do(task.run);
      if (immediates.length > 0) continue;
      if (!this.#timers.some((task) => task.isRef)) return;
      this.#timers.sort((a, b) => a.atMs - b.atMs || a.order - b.order);
      const [next] = this.#timers;
      if (next === undefined || next.atMs > untilMs) return;
      this.#nowMs = next.atMs;
      while (this.#timers[0] !== undefined && this.#timers[0].atMs <= this.#nowMs) {
        await this.#do(this.#timers.shift()!.run);
        this.#timers.sort((a, b) => a.atMs - b.atMs || a.order - b.order);
      }
    }
  }

  #add(list: Task[], atMs: number, run: () => void): TimerHandle {
    const task: Task = { atMs, order: this.#order++, run, isRef: true };
    list.push(task);
    return {
      cancel: () => {
        for (const tasks of [this.#timers, this.#immediates]) {
          const index = tasks.indexOf(task);
          if (index !== -1) tasks.splice(index, 1);
        }
      },
      ref: () => {
        task.isRef = true;
      },
      unref: () => {
        task.isRef = false;
      },
    };
  }

  async #do(run: () => void): Promise<void> {
    try {
      run();
    } catch (error) {
      this.uncaught.push(error);
    }
    await this.#settle();
  }

  async #settle(): Promise<void> {
    do {
      for (let tick = this.#ticks.shift(); tick !== undefined; tick = this.#ticks.shift()) {
        try {
          tick();
        } catch (error) {
          this.uncaught.push(error);
        }
      }
      await new Promise((resolve) => setImmediate(resolve));
    } while (this.#ticks.length > 0);
  }
}

export interface FakeProcess {
  readonly environment: FakeEnvironment;
  readonly globals: Record<string, any>;
  module(name: string): any;
  /** Runs CommonJS source as the process's program, and then whatever it set going. */
  run(source: string, untilMs?: number): Promise<string>;
}

export function fakeProcess(environment = new FakeEnvironment()): FakeProcess {
  const globals = createNodeGlobals(environment);
  const module = (name: string) => createNodeModule(name, globals, environment);
  return {
    environment,
    globals,
    module,
    async run(source, untilMs) {
      const names = Object.keys(globals);
      // The program is a function inside the one that takes the globals, so that it may declare names of its own.
      const body = `return (require, global) => (async () => { ${source}\n })()`;
      // oxlint-disable-next-line typescript/no-implied-eval -- programs come as text
      const program = new Function(...names, body) as (...args: unknown[]) => (...args: unknown[]) => unknown;
      const global = { ...globals };
      const failed = (error: unknown) => {
        environment.uncaught.push(error);
      };
      try {
        const started = program(...names.map((name) => globals[name]))(module, global);
        Promise.resolve(started).catch(failed);
      } catch (error) {
        failed(error);
      }
      await environment.run(untilMs);
      return environment.written.stdout;
    },
  };
}
