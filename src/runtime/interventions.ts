import { experimentState } from '../clients/eventarium/experiment';
import { pauseReceiver, resumeReceiver, retryEvents } from '../clients/eventarium/receiver/control';
import { settleIssue } from '../clients/eventarium/receiver/issues';
import { receiverState, type Note } from '../clients/eventarium/receiver/record';
import type { EndpointChange } from '../brokers/broker';
import type { Intervention } from '../log/entry';
import { unreachable } from '../kernel/assert';
import type { Edit, Processes } from './processes';
import type { World } from './world';

type OwnReplay = 'message.resend' | 'endpoint.recover' | 'group.set-id' | 'projection.rebuild';

/** In their order, as they are carried out: edits of one instant that stand side by side come together. */
export function inSteps(interventions: readonly Intervention[]): readonly (readonly Intervention[])[] {
  const steps: Intervention[][] = [];
  for (const intervention of interventions) {
    const last = steps.at(-1)?.[0];
    const joins = last?.type === 'file.edit' && intervention.type === 'file.edit' && last.atMs === intervention.atMs;
    if (joins) steps.at(-1)?.push(intervention);
    else steps.push([intervention]);
  }
  return steps;
}

/** What is done to a run from outside: each is carried out and logged, or refused with the reason. */
export class Interventions {
  readonly #world: World;
  readonly #processes: Processes;
  /** Files with a new text that no process runs yet. */
  readonly #edited: Edit[] = [];

  constructor(world: World, processes: Processes) {
    this.#world = world;
    this.#processes = processes;
  }

  /** Edits that come together are one step: no process runs some of the new texts without the others. */
  apply(together: readonly Intervention[]): void {
    for (const intervention of together) this.#apply(intervention);
    this.#processes.reload(this.#edited.splice(0));
  }

  #apply(intervention: Intervention): void {
    const { journal } = this.#world;
    const seq = journal.length;
    const refusal = this.#refusal(intervention);
    if (refusal === undefined) journal.append({ type: 'intervention.applied', intervention });
    const reason = refusal ?? this.#carryOut(intervention, seq);
    if (reason !== undefined) journal.append({ type: 'intervention.refused', intervention, reason });
  }

  /** What can be said before anything is done. */
  #refusal(intervention: Intervention): string | undefined {
    const { brokers } = this.#world;
    if (
      (intervention.type === 'message.publish' ||
        intervention.type === 'message.resend' ||
        intervention.type === 'message.redrive' ||
        intervention.type === 'endpoint.recover' ||
        intervention.type === 'endpoint.disable' ||
        intervention.type === 'endpoint.enable' ||
        intervention.type === 'endpoint.rotate-secret' ||
        intervention.type === 'group.set-id' ||
        intervention.type === 'policy.set' ||
        intervention.type === 'policy.clear' ||
        intervention.type === 'replay.start' ||
        intervention.type === 'projection.rebuild' ||
        intervention.type === 'broker.scale' ||
        intervention.type === 'broker.stop' ||
        intervention.type === 'broker.start') &&
      !brokers.has(intervention.broker)
    ) {
      return `There is no broker ${intervention.broker}.`;
    }
    return undefined;
  }

  #carryOut(intervention: Intervention, cause: number): string | undefined {
    const world = this.#world;
    if ('receiver' in intervention) return this.#receiver(intervention, cause);
    switch (intervention.type) {
      case 'message.publish':
        return this.#publish(intervention, cause);
      case 'message.resend':
      case 'endpoint.recover':
      case 'group.set-id':
      case 'projection.rebuild':
        return this.#giveAgain(intervention, cause);
      case 'endpoint.disable':
      case 'endpoint.enable':
      case 'endpoint.rotate-secret':
        return this.#changeEndpoint(intervention, cause);
      case 'policy.set':
      case 'policy.clear':
        return this.#changePolicy(intervention, cause);
      case 'replay.start':
        return this.#replay(intervention, cause);
      case 'message.redrive':
        return this.#redrive(intervention, cause);
      case 'http.request':
        return world.http.requestByHand(intervention, cause);
      case 'process.crash':
      case 'process.stop':
      case 'process.restart':
      case 'process.scale':
        return this.#processes.apply(intervention, cause);
      case 'broker.scale':
        return this.#scale(intervention, cause);
      case 'file.edit': {
        const { file, source } = intervention;
        const problem = world.sources.replace(file, source);
        if (problem) {
          const where = `${file}:${String(problem.line)}`;
          world.journal.append({
            type: 'file.rejected',
            cause,
            where,
            ...problem,
            keptPrevious: world.sources.has(file),
          });
          return undefined;
        }
        this.#edited.push({ file, seq: world.journal.append({ type: 'file.edited', cause, file }) });
        return undefined;
      }
      case 'link.change':
        world.network.change(intervention.from, intervention.to, intervention.link);
        world.connections.linksChanged();
        return undefined;
      case 'broker.stop':
        return world.faults.stopBroker(intervention.broker, cause);
      case 'broker.start':
        return world.faults.startBroker(intervention.broker, cause);
      case 'fault.begin':
        return world.faults.begin(intervention.fault, cause, intervention.forMs);
      case 'fault.end':
        return world.faults.end(intervention.name, cause) ? undefined : `There is no fault ${intervention.name} now.`;
      case 'experiment.switch':
        return this.#switch(intervention, cause);
      default:
        return unreachable(intervention);
    }
  }

  /** A broker's own ways to give again what it once had. */
  #giveAgain(intervention: Extract<Intervention, { readonly type: OwnReplay }>, cause: number): string | undefined {
    const name = intervention.broker;
    const broker = this.#world.brokers.get(name);
    switch (intervention.type) {
      case 'message.resend': {
        const { message, queue } = intervention;
        if (broker?.resend === undefined) return `${name} sends nothing a second time.`;
        return broker.resend(message, queue, cause) ? undefined : `${message} never went to ${queue ?? name}.`;
      }
      case 'endpoint.recover': {
        const { queue, which, sinceMs = 0 } = intervention;
        if (broker?.recover === undefined) return `${name} has no endpoints.`;
        return broker.recover(queue, { which, sinceMs }, cause);
      }
      case 'group.set-id': {
        const { queue, group, id } = intervention;
        if (broker?.moveGroup === undefined) return `${name} has no consumer groups.`;
        return broker.moveGroup(queue, group, id, cause);
      }
      case 'projection.rebuild': {
        const { process, projection } = intervention;
        const done = broker?.rebuild?.(process, projection, cause) === true;
        return done ? undefined : `${process} has no projection ${projection} of ${name} at this instant.`;
      }
    }
  }

  #scale(
    { broker, workers }: Extract<Intervention, { readonly type: 'broker.scale' }>,
    cause: number,
  ): string | undefined {
    if (!Number.isInteger(workers) || workers < 1 || workers > 1_000)
      return 'Workers must be a whole number from 1 to 1000.';
    const done = this.#world.brokers.get(broker)?.configure('workers', workers, cause);
    return done === true ? undefined : `${broker} has no workers: it is not in queue mode.`;
  }

  #changePolicy(
    intervention: Extract<Intervention, { readonly type: 'policy.set' | 'policy.clear' }>,
    cause: number,
  ): string | undefined {
    const { broker: name } = intervention;
    const broker = this.#world.brokers.get(name);
    if (broker?.changePolicy === undefined) return `${name} has no policies.`;
    const policy = intervention.type === 'policy.set' ? intervention.policy : undefined;
    return broker.changePolicy(intervention.name, policy, cause);
  }

  #changeEndpoint(
    intervention: Extract<
      Intervention,
      { readonly type: 'endpoint.disable' | 'endpoint.enable' | 'endpoint.rotate-secret' }
    >,
    cause: number,
  ): string | undefined {
    const { broker: name, queue } = intervention;
    const broker = this.#world.brokers.get(name);
    if (broker?.changeEndpoint === undefined) return `${name} has no endpoints.`;
    const change: EndpointChange =
      intervention.type === 'endpoint.rotate-secret'
        ? { type: 'rotate-secret', secret: intervention.secret }
        : { type: intervention.type === 'endpoint.disable' ? 'disable' : 'enable' };
    return broker.changeEndpoint(queue, change, cause);
  }

  #receiver(
    intervention: Extract<Intervention, { readonly process: string; readonly receiver: string }>,
    cause: number,
  ): string | undefined {
    const world = this.#world;
    const { process, receiver } = intervention;
    const state = receiverState(world, process, receiver);
    if (!state.isDeclared) return `${process} has no receiver ${receiver} at this instant.`;
    const note: Note = (fact) => world.journal.append({ ...fact, process, cause });
    switch (intervention.type) {
      case 'receiver.pause':
        return pauseReceiver(state, note);
      case 'receiver.resume':
        return resumeReceiver(state, note);
      case 'receiver.retry':
        return retryEvents(state, intervention.events, note);
      case 'receiver.issue': {
        const { issue, as } = intervention;
        return settleIssue(state, issue, as, note)
          ? undefined
          : `${receiver} has no issue ${issue} that is not ${as} yet.`;
      }
    }
  }

  #switch(
    { experiment, version }: Extract<Intervention, { readonly type: 'experiment.switch' }>,
    cause: number,
  ): string | undefined {
    const state = experimentState(this.#world, experiment);
    const { versions } = state;
    if (versions.length === 0) return `There is no experiment ${experiment}.`;
    if (version !== undefined && !versions.includes(version))
      return `${experiment} has no version ${version}: it has ${versions.join(' and ')}.`;
    state.live = version;
    const to = version === undefined ? {} : { version };
    this.#world.journal.append({ type: 'experiment.switched', cause, experiment, ...to });
    return undefined;
  }

  #publish(
    intervention: Extract<Intervention, { readonly type: 'message.publish' }>,
    cause: number,
  ): string | undefined {
    const world = this.#world;
    const broker = world.brokers.get(intervention.broker);
    if (broker === undefined) return `There is no broker ${intervention.broker}.`;
    const id = world.nextId('message');
    const { event, data } = intervention;
    const message = {
      id,
      source: '/you',
      specversion: '1.0' as const,
      type: event,
      time: world.timeText(),
      datacontenttype: 'application/json' as const,
      correlationid: id,
      ...(data === undefined ? {} : { data }),
    };
    world.publish(message, broker, { process: undefined, cause, where: undefined });
    return undefined;
  }

  #replay(given: Extract<Intervention, { readonly type: 'replay.start' }>, cause: number): string | undefined {
    const { broker, process, listener, pattern, fromMs, toMs, correlation, publisher } = given;
    const keeper = this.#world.brokers.get(broker);
    if (keeper?.replay === undefined) return `${broker} has no history to replay: read its streams again, or resend.`;
    const suppressEffects = given.suppressEffects === true;
    const which = { pattern, fromMs, toMs, correlation, publisher };
    if (keeper.replay({ process, listener, ...which, suppressEffects, cause })) return undefined;
    return `${process} has no ${listener === undefined ? 'listener' : `listener ${listener}`} on ${broker}.`;
  }

  #redrive(
    { broker, queue, messages, listener, data }: Extract<Intervention, { readonly type: 'message.redrive' }>,
    cause: number,
  ): string | undefined {
    const keeper = this.#world.brokers.get(broker);
    if (keeper?.redrive === undefined) return `${broker} keeps no dead letters.`;
    const edit = data === undefined ? undefined : () => ({ data });
    const { redriven, kept } = keeper.redrive({ queue, messages, listener, edit, cause, where: undefined });
    if (redriven > 0) return undefined;
    return kept > 0
      ? `Nobody is there to take what is in ${queue}: it stays.`
      : `There are no such dead letters in ${queue}.`;
  }
}
