import type { Ask, ClientEnvironment, CodeOutcome, Ended, RunOn, WorkHow } from '../clients/eventarium/environment';
import type { Broker, Draft } from '../brokers/broker';
import { createStream } from '../kernel/random';
import { copyOf, type Context } from './context';
import { createMessage, heldMessage, holdBack } from './create-message';
import { isThenable } from './deliveries';
import { failureOf } from './failure';
import { tellsItsEnd } from './function-text';
import type { Life } from './life';
import { StoreLink } from './store-link';
import { LimitError } from './turn';

/** The world as the module `eventarium` sees it from one life of a process. */
export function clientEnvironment(life: Life): ClientEnvironment {
  const { world } = life;
  const shown = new Map<string, string>();
  const origin: Origin = () => ({
    cause: life.context.cause,
    where: world.where(),
  });
  return {
    process: life.process,
    node: life.environment,
    origin,
    record: recordOf(life, origin),
    isHeld: () => life.context.muted === true,
    holdBack: (effect, where) => void holdBack(life, effect, where),
    thrownAt: (error) => world.sources.where(world.turn.thrownAt(error)),
    failure: (error) => failureOf(error, world.sources.names),
    promise: (executor) => world.turn.promise(executor),
    work: (run, onEnd, how) => work(life, run, onEnd, how),
    chanceOf: (name) => createStream(world.seed, name).next(),
    currentWork: () => life.context,
    broker: (kind, name, settings) => world.broker(kind, name, settings, origin()),
    linkTo: (broker) => linkTo(life, broker),
    publish: (broker, type, data) => {
      const { cause, where } = origin();
      if (life.context.muted) return heldMessage(life, broker.name, type, data);
      const message = createMessage(life, type, data);
      if (life.alive) world.publish(message, broker, { process: life.process, cause, where });
      return message;
    },
    dispatch: (delivery, cause) => {
      world.deliveries.dispatch({
        ...delivery,
        id: world.nextId('delivery'),
        cause,
        onSettled: (outcome) => {
          // Settles the promise that the replay waits for.
          world.turn.a++;
          delivery.onSettled(outcome);
        },
      });
    },
    replayStarted: (facts) => {
      const { cause, where } = origin();
      return world.journal.append({ type: 'replay.started', cause, where, process: life.process, ...facts });
    },
    replayEnded: (facts, cause) => {
      world.journal.append({ type: 'replay.ended', cause, process: life.process, ...facts });
    },
    invariant: (name, check) => {
      world.invariants.declare(life, life.context, name, check);
    },
    show: (name, value) => {
      // What an old text of the file still does is not how the process stands now.
      if (!life.alive || life.retired || shown.get(name) === value) return;
      shown.set(name, value);
      world.show(life, name, value);
    },
    durable: (key, create) => world.durable(key, create),
    get isAlive() {
      return life.alive;
    },
    handled: () => life.context.message,
    run: (code, on, onSettled) => world.microtask(() => runCode(life, code, on, onSettled)),
    hold: () => life.hold(),
    tellsItsEnd,
    onRetire: (callback) => {
      life.onRetire(callback);
    },
  };
}

function linkTo(life: Life, broker: Broker): Ask {
  const link = new StoreLink(life, broker);
  return (events, perform) => link.ask(events, perform);
}

type Origin = () => { cause: number; where: string | undefined };

function recordOf(life: Life, origin: Origin): ClientEnvironment['record'] {
  const { world, process } = life;
  return (fact, { cause, where } = origin()) => {
    if (!life.alive) return cause;
    // What waits for it may go on in jobs that nobody counts.
    world.turn.a++;
    const { type, ...rest } = fact;
    return world.journal.append({ type, cause, where, process, ...rest } as Draft);
  };
}

/** Runs user code in a context like the present one, with turns of its own. */
function work(life: Life, run: () => unknown, onEnd: (ended: Ended) => void, how?: WorkHow): void {
  const { world } = life;
  const { turn } = world;
  const outer = life.context;
  const context = copyOf(outer, how);
  const before = turn.c;
  turn.resume(context);
  let result: unknown;
  let thrown: { readonly error: unknown } | undefined;
  try {
    result = run();
  } catch (error) {
    thrown = { error };
  }
  // A process that has ended is left at once; what a guard has stopped stops whoever called it too.
  if (thrown?.error instanceof LimitError && thrown.error.limit === 'life') throw thrown.error;
  if (context.tripped) {
    if (how?.isHeld !== true) outer.tripped = true;
    else turn.n = 0;
  }
  turn.c = before;
  if (thrown !== undefined) onEnd({ type: 'threw', error: thrown.error });
  else if (isThenable(result)) {
    const told = (ended: Ended): void => {
      turn.g();
      if (life.alive) onEnd(ended);
    };
    world.watch(
      result,
      (value) => told({ type: 'returned', value }),
      (error) => told({ type: 'threw', error }),
    );
  } else onEnd({ type: 'returned', value: result });
}

function runCode(life: Life, code: () => unknown, on: RunOn, onSettled: (outcome: CodeOutcome) => void): void {
  const { world } = life;
  const { turn, sources } = world;
  const { cause, message, listener } = on;
  if (!life.alive || world.deliveries.runsAway({ listener, process: life.process, cause })) return;
  const context: Context = { ...copyOf(life.base), cause, message, listener };
  const tell = (outcome: CodeOutcome): void => {
    if (!life.alive) return;
    onSettled(outcome);
    // What it settles, user code waits for.
    turn.a++;
  };
  const failed = (error: unknown): void => {
    if (error instanceof LimitError && error.limit === 'life') return;
    const reason = error instanceof LimitError ? 'limit' : 'threw';
    const where = sources.where(turn.thrownAt(error));
    tell({ error, failure: failureOf(error, sources.names), where, reason });
  };
  const succeeded = (value: unknown): void => {
    if (context.tripped) failed(new LimitError('turns', 'Stopped: too many turns'));
    else tell({ value });
  };
  let thrown = false as boolean;
  const result = world.invoke(life, context, code, (error) => {
    thrown = true;
    failed(error);
  });
  if (thrown) return;
  if (!isThenable(result)) {
    succeeded(result);
    return;
  }
  world.watch(
    result,
    (value) => {
      turn.g();
      succeeded(value);
    },
    (error) => {
      turn.g();
      failed(error);
    },
  );
}
