import type { Message } from '../../log/envelope';
import type { BrokerPort, Outcome, Replay } from '../broker';
import type { Subscription } from './subscription';

interface Options {
  readonly broker: string;
  readonly port: BrokerPort;
  readonly replay: Replay;
  readonly messages: readonly Message[];
  readonly targets: readonly Subscription[];
}

/**
 * Feeds messages that a bus has kept to listeners that are there, oldest first: the next begins when every listener is done with the
 * one before. Nothing is published again and nothing is retried; a listener that fails does not stop it, the end of its process does.
 */
export function startReplay({ broker, port, replay, messages, targets }: Options): void {
  const { process, listener, suppressEffects, cause, ...which } = replay;
  const started = port.append({
    type: 'replay.started',
    cause,
    broker,
    process,
    messages: messages.length,
    pattern: which.pattern ?? '#',
    fromMs: which.fromMs,
    toMs: which.toMs,
    correlation: which.correlation,
    publisher: which.publisher,
    listener,
    suppressEffects: suppressEffects ? true : undefined,
  });
  const steps = messages.flatMap((message) =>
    targets.filter((target) => target.matches(message.type)).map((target) => ({ message, target })),
  );
  let failed = 0;
  const step = (index: number): void => {
    const next = steps[index];
    if (next === undefined) return end();
    const { message, target } = next;
    port.dispatch({
      id: port.nextId('delivery'),
      message,
      broker,
      queue: undefined,
      subscription: target.id,
      process,
      listener: target.listener,
      attempt: 1,
      attempts: 1,
      timeoutMs: target.timeoutMs,
      replayed: true,
      muted: suppressEffects,
      cause: started,
      handle: target.handle,
      onSettled: (outcome: Outcome) => {
        if (outcome.type === 'failed') failed++;
        if (outcome.type === 'gone') end();
        else step(index + 1);
      },
    });
  };
  const end = (): void => {
    port.append({ type: 'replay.ended', cause: started, broker, process, failed });
  };
  step(0);
}
