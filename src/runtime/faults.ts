import { createStream, type RandomStream } from '../kernel/random';
import { Phase, type Task } from '../kernel/agenda';
import {
  faultName,
  halfOfJson,
  isApart,
  meant,
  type FaultKind,
  type FaultType,
  type Resource,
} from '../log/entry-fault';
import type { Fault, LinkSettings } from '../log/entry';
import type { Message } from '../log/envelope';
import { createMatcher } from '../brokers/bus/pattern';
import type { FaultSpec } from '../scenario/scenario';
import type { Life } from './life';
import type { LinkFaults } from './network';
import type { Processes } from './processes';
import type { World } from './world';

interface Active {
  readonly name: string;
  readonly fault: Fault;
  /** `seq` of its `fault.began`. */
  readonly seq: number;
  end: Task | undefined;
}

type FaultOf<T extends FaultType> = Extract<FaultKind, { readonly type: T }>;

/**
 * What is wrong in a run at the moment. Others ask it where it matters; what would be asked with every delivery and every
 * timer only when `crashes` or `slows` says that there is something to ask.
 *
 * Invariants
 * 1. What a fault leaves to chance comes from streams with its name, which nothing else draws from.
 * 2. Once a fault has ended, everything is as its settings have it: nothing of it stays but what it has done.
 */
export class Faults implements LinkFaults {
  crashes = false;
  slows = false;
  #poisons = false;
  processes: Processes | undefined;
  readonly #world: World;
  /** In order of beginning. */
  readonly #active = new Map<string, Active>();
  readonly #streams = new Map<string, RandomStream>();
  /** Messages and requests handled since a fault began, by fault and process; messages published, by fault. */
  readonly #counts = new Map<string, number>();

  constructor(world: World) {
    this.#world = world;
  }

  /** The faults of the scenario. */
  plan(specs: readonly FaultSpec[], cause: number): void {
    const { agenda } = this.#world;
    for (const { fromMs = 0, untilMs, disabled, ...fault } of specs) {
      if (disabled === true) continue;
      agenda.schedule(fromMs, () => {
        this.#begin(fault, cause, untilMs === undefined ? undefined : untilMs - fromMs);
      });
    }
  }

  /** By hand. Returns why it cannot be. */
  begin(fault: Fault, cause: number, forMs?: number): string | undefined {
    const refusal = this.#refusal(fault);
    if (refusal === undefined) this.#begin(fault, cause, forMs);
    return refusal;
  }

  #begin(fault: Fault, cause: number, forMs: number | undefined): void {
    const world = this.#world;
    const name = faultName(fault);
    if (this.#active.has(name)) this.end(name, cause);
    const seq = world.journal.append({ type: 'fault.began', cause, name, fault });
    const active: Active = { name, fault, seq, end: undefined };
    this.#active.set(name, active);
    for (const key of [...this.#counts.keys()]) if (key.startsWith(`${name}\n`)) this.#counts.delete(key);
    if (fault.type === 'outage') this.stopBroker(fault.broker, seq);
    if (fault.type === 'alarm') this.#alarm(fault.broker, seq);
    if (fault.type === 'poison') this.#publishPoison(active, fault);
    this.#changed();
    if (forMs !== undefined)
      active.end = world.agenda.schedule(world.agenda.nowMs + forMs, () => {
        this.end(name, seq);
      });
  }

  /** A broker has come into being: it may do so in the midst of what the scenario has planned for it. */
  declared(broker: string): void {
    for (const { fault, seq } of this.#active.values())
      if (fault.type === 'outage' && fault.broker === broker) this.stopBroker(broker, seq);
      else if (fault.type === 'alarm' && fault.broker === broker) this.#alarm(broker, seq);
  }

  /** Whether there was such a fault. */
  end(name: string, cause: number): boolean {
    const active = this.#active.get(name);
    if (active === undefined) return false;
    this.#active.delete(name);
    if (active.end !== undefined) this.#world.agenda.cancel(active.end);
    const seq = this.#world.journal.append({ type: 'fault.ended', cause, name });
    if (active.fault.type === 'outage') this.startBroker(active.fault.broker, seq);
    if (active.fault.type === 'alarm') this.#alarm(active.fault.broker, seq);
    this.#changed();
    return true;
  }

  /** Returns why it cannot be. */
  stopBroker(name: string, cause: number): string | undefined {
    const broker = this.#world.brokers.get(name);
    if (broker === undefined) return `There is no broker ${name}.`;
    if (broker.stop === undefined) return `${name} cannot be stopped.`;
    if (broker.isStopped === true) return `${name} is stopped already.`;
    const seq = this.#world.journal.append({ type: 'broker.stopped', cause, broker: name });
    broker.stop(seq);
    return undefined;
  }

  startBroker(name: string, cause: number): string | undefined {
    const broker = this.#world.brokers.get(name);
    if (broker === undefined) return `There is no broker ${name}.`;
    if (broker.start === undefined || broker.isStopped !== true) return `${name} is not stopped.`;
    const seq = this.#world.journal.append({ type: 'broker.started', cause, broker: name });
    broker.start(seq);
    return undefined;
  }

  /** Several alarms may be for one resource: it is low until the last one ends. */
  #alarm(name: string, cause: number): void {
    const lowOn = new Set<Resource>();
    for (const { fault } of this.#active.values())
      if (fault.type === 'alarm' && fault.broker === name) lowOn.add(fault.resource);
    this.#world.brokers.get(name)?.alarm?.(lowOn, cause);
  }

  // What others ask.

  settingsOf(from: string, to: string, settings: LinkSettings): LinkSettings {
    if (this.#active.size === 0) return settings;
    for (const { fault } of this.#active.values()) {
      if (fault.type === 'link' && meant(fault.from, from) && meant(fault.to, to))
        settings = { ...settings, ...fault.link };
      else if (fault.type === 'partition' && isApart(fault.groups, from, to)) settings = { ...settings, cut: true };
      else if (fault.type === 'slow' && fault.lagMs !== undefined && meant(fault.process, to))
        settings = { ...settings, latencyMs: settings.latencyMs + fault.lagMs };
    }
    return settings;
  }

  /** How long a timer of the process takes. */
  waitOf(life: Life, delayMs: number, phase: Phase): number {
    if (phase !== Phase.work) return delayMs;
    const isHandling = life.context !== life.base;
    let waitMs = delayMs;
    for (const { factor = 1, lagMs = 0 } of this.#of('slow', life.process))
      waitMs = (isHandling ? waitMs * factor : waitMs) + lagMs;
    return waitMs;
  }

  skewOf(process: string): number {
    return this.#of('skew', process).reduce((sum, { skewMs }) => sum + skewMs, 0);
  }

  /** The process has just begun with a message or a request. */
  handling(life: Life, cause: number, message?: string): void {
    for (const { name, fault } of this.#active.values()) {
      if (fault.type !== 'crash' || !meant(fault.process, life.process)) continue;
      const isDue =
        fault.every === undefined
          ? this.#stream(`${name} ${life.process}`).next() < (fault.chance ?? 0)
          : this.#count(`${name}\n${life.process}`) % fault.every === 0;
      if (isDue) this.#strike(life, name, fault, { cause, message });
    }
  }

  /** The fault, by its name, that breaks the payload of what a process is about to publish. */
  poisonOf(type: string, broker: string): string | undefined {
    if (!this.#poisons) return undefined;
    for (const { name, fault } of this.#active.values()) {
      if (fault.type !== 'poison' || fault.every === undefined || fault.broker !== broker) continue;
      if (createMatcher(fault.event)(type) && this.#count(`${name}\n`) % fault.every === 0) return name;
    }
    return undefined;
  }

  /** The payload of a message was broken. */
  struck(name: string, message: string, cause: number): void {
    this.#world.journal.append({ type: 'fault.struck', cause, name, message });
  }

  /** It crashes once what it does at once is done, and before what it has written leaves it. */
  #strike(
    life: Life,
    name: string,
    { restartAfterMs }: FaultOf<'crash'>,
    { cause, message }: { readonly cause: number; readonly message: string | undefined },
  ): void {
    const { agenda, journal } = this.#world;
    const { process } = life;
    agenda.schedule(agenda.nowMs, () => {
      if (!life.alive) return;
      const seq = journal.append({
        type: 'fault.struck',
        cause,
        name,
        process,
        ...(message === undefined ? {} : { message }),
      });
      this.processes?.crash(process, seq);
      if (restartAfterMs !== undefined) this.processes?.startAgainAfter(process, restartAfterMs, seq);
    });
  }

  #publishPoison({ name, seq }: Active, { broker, event, times = 0 }: FaultOf<'poison'>): void {
    const world = this.#world;
    const to = world.brokers.get(broker);
    for (let n = 0; n < times && to !== undefined; n++) {
      const cause = world.journal.append({ type: 'fault.struck', cause: seq, name });
      const id = world.nextId('message');
      const message: Message = {
        id,
        source: '/you',
        specversion: '1.0',
        type: event,
        time: world.timeText(),
        datacontenttype: 'application/json',
        correlationid: id,
        data: halfOfJson({ id: n + 1, event }),
      };
      world.publish(message, to, { process: undefined, cause, where: undefined, isText: true });
    }
  }

  #refusal(fault: Fault): string | undefined {
    if (fault.type !== 'outage' && fault.type !== 'alarm' && fault.type !== 'poison') return undefined;
    const broker = this.#world.brokers.get(fault.broker);
    if (broker === undefined) return `There is no broker ${fault.broker}.`;
    if (fault.type === 'outage' && broker.stop === undefined) return `${fault.broker} cannot be stopped.`;
    if (fault.type === 'alarm' && broker.alarm === undefined)
      return `${fault.broker} has no resource alarms: RabbitMQ has.`;
    return undefined;
  }

  #changed(): void {
    const types = new Set([...this.#active.values()].map(({ fault }) => fault.type));
    this.crashes = types.has('crash');
    this.slows = types.has('slow');
    this.#poisons = types.has('poison');
    this.#world.network.refresh();
    this.#world.connections.linksChanged();
    for (const life of this.processes?.alive ?? []) life.skewMs = this.skewOf(life.process);
  }

  #of<T extends 'slow' | 'skew'>(type: T, process: string): FaultOf<T>[] {
    const found: FaultOf<'slow' | 'skew'>[] = [];
    for (const { fault } of this.#active.values())
      if ((fault.type === 'slow' || fault.type === 'skew') && fault.type === type && meant(fault.process, process))
        found.push(fault);
    return found as FaultOf<T>[];
  }

  #stream(name: string): RandomStream {
    let stream = this.#streams.get(name);
    if (stream === undefined) this.#streams.set(name, (stream = createStream(this.#world.seed, `fault ${name}`)));
    return stream;
  }

  #count(key: string): number {
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count;
  }
}
