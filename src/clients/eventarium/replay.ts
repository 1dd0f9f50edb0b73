import type { Message } from '../../log/envelope';
import type { ClientEnvironment } from './environment';
import { EventBus, handlerOf } from './event-bus';
import { kindOf, requireFunction } from './arguments';

interface ReplayOptions {
  readonly pattern?: string;
  readonly fromMs?: number;
  readonly toMs?: number;
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
  const within = { fromMs: options.fromMs ?? 0, toMs: options.toMs ?? Infinity };
  const messages = bus.broker.logged(pattern, within);
  const cause = environment.replayStarted({ broker: bus.name, pattern, messages: messages.length });
  return feed(environment, bus, { messages, targets, cause });
}

async function feed(
  environment: ClientEnvironment,
  bus: EventBus,
  { messages, targets, cause }: { messages: readonly Message[]; targets: readonly Target[]; cause: number },
): Promise<{ events: number; failed: number }> {
  let failed = 0;
  const release = environment.hold();
  for (const message of messages) {
    for (const target of targets) if (!(await deliver(environment, bus, message, target, cause))) failed++;
  }
  release();
  environment.replayEnded({ broker: bus.name }, cause);
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
  cause: number,
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
        handle: handlerOf(environment, target.run),
        onSettled: (outcome) => {
          resolve(outcome.type === 'succeeded');
        },
      },
      cause,
    );
  });
}
