import { createSandbox, type Sandbox, type SandboxEvent, type SandboxOptions } from '../../../src/sandbox/host';
import type { Scenario } from '../../../src/scenario/scenario';

export interface RecordedSandbox extends Sandbox {
  readonly events: SandboxEvent[];
  /** The first event of this type from the given position on. */
  event<T extends SandboxEvent['type']>(type: T, from?: number): Promise<Extract<SandboxEvent, { type: T }>>;
}

/** A sandbox that keeps what it says. `source` takes the place of the simulation's worker. */
export function recordedSandbox(options: Partial<SandboxOptions> = {}): RecordedSandbox {
  const events: SandboxEvent[] = [];
  let wake: (() => void)[] = [];
  const sandbox = createSandbox({
    frameUrl: new URL('/sandbox.html', location.href).href,
    ...options,
    onEvent(event) {
      events.push(event);
      const woken = wake;
      wake = [];
      for (const each of woken) each();
      return options.onEvent?.(event);
    },
  });
  return Object.assign(sandbox, {
    events,
    async event(type: SandboxEvent['type'], from = 0) {
      for (;;) {
        const found = events.slice(from).find((event) => event.type === type);
        if (found) return found as never;
        const failed = events.slice(from).find((event) => event.type === 'failed');
        if (failed) throw new Error(JSON.stringify(failed));
        await new Promise<void>((resolve) => wake.push(resolve));
      }
    },
  });
}

export function scenarioTitled(title: string, changes: Partial<Scenario> = {}): Scenario {
  return {
    title,
    about: '',
    durationMs: 1_000,
    seed: 1,
    speed: 1,
    startedAt: '2026-01-01T00:00:00.000Z',
    processes: [],
    network: { default: { latencyMs: 0, jitterMs: 0, loss: 0, cut: false }, links: [] },
    interventions: [],
    files: {},
    note: '',
    ...changes,
  };
}

/** Counts how often the page's own timer comes, to see that nothing stalls it. `worstMs` is the longest gap. */
export function watchPage(): { stop(): { worstMs: number; turns: number } } {
  let turns = 0;
  let worstMs = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    worstMs = Math.max(worstMs, now - last);
    last = now;
    turns += 1;
  }, 10);
  return {
    stop() {
      clearInterval(timer);
      return { worstMs: Math.max(worstMs, performance.now() - last), turns };
    },
  };
}
