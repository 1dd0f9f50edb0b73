import type { Message } from '../../log/envelope';
import type { ClientEnvironment } from './environment';
import { EventBus, handlerOf } from './event-bus';
import { kindOf, requireFunction } from './arguments';

interface ReplayOptions {
  readonly pattern?: string;
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly correlation?: string;
  readonly publisher?: string;
  readonly suppressEffects?: boolean;
}

interface Target {
  readonly name: string;
  readonly run: (event: Record<string, unknown>, context: object) => unknown;
}

/**
 * Feeds events that a bus has kept to chosen listeners, oldest first, one after another: the next event begins when every
 * listener is done with the one before. Nothing is published again. A listener that fails does not stop the replay.
 */
export function replay(
  environment: ClientEnvironment,
  bus: unknown,
  to: unknown,
  options: ReplayOptions = {},
): Promise<{ events: number; failed: number }> {
  if (!(bus instanceof EventBus))
    throw new TypeError(`replay(bus, listener): the first argument must be an event bus; it is ${kindOf(bus)}.`);
  const targets = targetsOf(bus, to);
  const pattern = options.pattern ?? '#';
  const { fromMs = 0, toMs = Infinity, correlation, publisher, suppressEffects = false } = options;
  const source = publisher === undefined ? undefined : `/${publisher}`;
  const messages = bus.broker.logged(pattern, { fromMs, toMs, correlation, source });
  const cause = environment.replayStarted({ broker: bus.name, pattern, messages: messages.length });
  return feed(environment, bus, { messages, targets, cause, muted: suppressEffects });
}

async function feed(
  environment: ClientEnvironment,
  bus: EventBus,
  {
    messages,
    targets,
    ...how
  }: { messages: readonly Message[]; targets: readonly Target[]; cause: number; muted: boolean },
): Promise<{ events: number; failed: number }> {
  let failed = 0;
  const release = environment.hold();
  for (const message of messages) {
    for (const target of targets) if (!(await deliver(environment, bus, message, target, how))) failed++;
  }
  release();
  environment.replayEnded({ broker: bus.name }, how.cause);
  return { events: messages.length, failed };
}

function targetsOf(bus: EventBus, to: unknown): Target[] {
  if (Array.isArray(to)) return to.flatMap((one) => targetsOf(bus, one));
  if (typeof to === 'string') {
    const named = bus.listenersNamed(to);
    if (named.length === 0)
      throw new Error(`replay(bus, '${to}'): this process has no listener of that name on ${bus.name}.`);
    return named.map((run) => ({ name: to, run }));
  }
  const run = requireFunction(to, 'replay(bus, listener): the listener') as unknown as Target['run'];
  return [{ name: run.name === '' ? 'listener' : run.name, run }];
}

function deliver(
  environment: ClientEnvironment,
  bus: EventBus,
  message: Message,
  target: Target,
  { cause, muted }: { readonly cause: number; readonly muted: boolean },
): Promise<boolean> {
  return new Promise((resolve) => {
    environment.dispatch(
      {
        message,
        broker: bus.name,
        queue: undefined,
        subscription: '',
        process: environment.process,
        listener: target.name,
        attempt: 1,
        attempts: 1,
        timeoutMs: undefined,
        replayed: true,
        muted,
        handle: handlerOf(environment, target.run),
        onSettled: (outcome) => {
          resolve(outcome.type === 'succeeded');
        },
      },
      cause,
    );
  });
}
