import type {
  BrokerCall,
  BrokerCaller,
  BrokerPort,
  BrokerRequest,
  Delivery,
  Draft,
  PlacedDraft,
  Wake,
} from '../brokers/broker';
import type { Agenda } from '../kernel/agenda';
import type { RandomStream } from '../kernel/random';
import type { Deliveries } from './deliveries';
import type { Journal } from './journal';
import type { World } from './world';

/** Times that a broker may have itself woken at the very instant: beyond it time would never pass, which is our own bug. */
export const wakesPerInstantMax = 100_000;

/** What a broker of a run is offered. A class, since engines look things up slowly in a literal that has a getter. */
export class WorldPort implements BrokerPort {
  readonly #world: World;
  readonly #broker: string;
  readonly #agenda: Agenda;
  readonly #journal: Journal;
  readonly #deliveries: Deliveries;
  readonly #chance: RandomStream;
  #wokenAtMs = -1;
  #wakes = 0;

  constructor(world: World, broker: string, chance: RandomStream) {
    this.#world = world;
    this.#broker = broker;
    this.#agenda = world.agenda;
    this.#journal = world.journal;
    this.#deliveries = world.deliveries;
    this.#chance = chance;
  }

  get nowMs(): number {
    return this.#agenda.nowMs;
  }

  get nextSeq(): number {
    return this.#journal.length;
  }

  append(draft: Draft): number {
    return this.#journal.append(draft);
  }

  write(entry: PlacedDraft): number {
    return this.#journal.write(entry);
  }

  wakeAt(atMs: number, wake: () => void): Wake {
    const agenda = this.#agenda;
    const task = agenda.schedule(atMs, wake);
    // As the agenda counts instants: what is less than a microsecond away is now.
    if (task.atMs === agenda.nowMs) this.#countWake(task.atMs);
    return {
      cancel: () => {
        agenda.cancel(task);
      },
    };
  }

  #countWake(nowMs: number): void {
    if (nowMs !== this.#wokenAtMs) {
      this.#wokenAtMs = nowMs;
      this.#wakes = 0;
    }
    if (++this.#wakes <= wakesPerInstantMax || this.#world.isStuck) return;
    this.#world.isStuck = true;
    this.#world.limit('wakes-per-instant', wakesPerInstantMax, { broker: this.#broker });
  }

  dispatch(delivery: Delivery): void {
    this.#deliveries.dispatch(delivery);
  }

  timeText(atMs: number): string {
    return this.#world.timeText(atMs);
  }

  chance(): number {
    return this.#chance.next();
  }

  nextId(what: 'message' | 'delivery' | 'subscription'): string {
    return this.#world.nextId(what);
  }

  serviceAt(hostname: string, port: number): string | undefined {
    return this.#world.http.serviceAt(hostname, port);
  }

  request(request: BrokerRequest, caller: BrokerCaller): BrokerCall {
    return this.#world.http.requestOf(this.#broker, request, caller);
  }
}
