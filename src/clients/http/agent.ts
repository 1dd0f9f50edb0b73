import { Connection, type ClientPatience } from './connection';
import type { HttpParts } from './parts';

interface Place {
  readonly host: string;
  readonly port: number;
}

/** A connection that a request has got. */
export interface Taken {
  readonly connection: Connection;
  /** Another request had it before and left it idle. */
  readonly isReused: boolean;
}

export interface Agent {
  readonly maxSockets: number;
  readonly keepAlive: boolean;
  /**
   * Begins now, or when one of the requests to the same place is over. Returns what to call when this one is, with whether its
   * connection may be used again.
   */
  take(place: Place, begin: (taken: Taken) => void): (isFree: boolean) => void;
}

export type AgentClass = new (options?: object) => Agent;

interface PlaceState {
  /** Those in use. */
  active: Connection[];
  waiting: ((taken: Taken | undefined) => void)[];
  /** Used last, last. */
  idle: Connection[];
}

/** A request shall not cross the end of an idle connection. */
const earlierMs = 1_000;

/** `http.Agent`: how many requests to one place go at once, and which connection each gets. */
export function createAgentClass({ EventEmitter, transport }: HttpParts): AgentClass {
  class Agent extends EventEmitter {
    readonly defaultPort = 80;
    readonly protocol = 'http:';
    readonly options: object;
    readonly requests: Record<string, readonly unknown[]>;
    readonly sockets: Record<string, readonly unknown[]>;
    readonly freeSockets: Record<string, readonly unknown[]>;
    readonly keepAliveMsecs: number;
    readonly keepAlive: boolean;
    readonly maxSockets: number;
    readonly maxFreeSockets: number;
    readonly scheduling: string;
    readonly maxTotalSockets: number;
    readonly #patience: ClientPatience;
    readonly #places = new Map<string, PlaceState>();

    constructor(options: Partial<Record<string, unknown>> = {}) {
      super();
      // In the order in which Node shows them.
      this.options = { ...options, noDelay: true, path: null };
      this.requests = {};
      this.sockets = {};
      this.freeSockets = {};
      this.keepAliveMsecs = Number(options['keepAliveMsecs'] ?? 1000);
      this.keepAlive = options['keepAlive'] === true;
      this.maxSockets = Number(options['maxSockets'] ?? Infinity);
      this.maxFreeSockets = Number(options['maxFreeSockets'] ?? 256);
      this.scheduling = typeof options['scheduling'] === 'string' ? options['scheduling'] : 'lifo';
      this.maxTotalSockets = Number(options['maxTotalSockets'] ?? Infinity);
      this.#patience = { idleMs: Number(options['timeout'] ?? 0) || undefined, earlierMs };
    }

    getName(options: Partial<Place> & { localAddress?: string; family?: number; socketPath?: string } = {}): string {
      const { host, port, localAddress, family, socketPath } = options;
      const more = `${family === 4 || family === 6 ? `:${String(family)}` : ''}${socketPath ? `:${socketPath}` : ''}`;
      return `${host || 'localhost'}:${port ? String(port) : ''}:${localAddress || ''}${more}`;
    }

    get totalSocketCount(): number {
      return [...this.#places.values()].reduce((sum, { active, idle }) => sum + active.length + idle.length, 0);
    }

    destroy(): void {
      for (const [name, state] of this.#places) {
        for (const connection of state.idle.splice(0)) connection.end();
        this.#show(name, state);
      }
    }

    take(place: Place, begin: (taken: Taken) => void): (isFree: boolean) => void {
      const name = this.getName(place);
      const state = this.#places.get(name) ?? { active: [], waiting: [], idle: [] };
      this.#places.set(name, state);
      let stage: 'waiting' | 'over' | Connection = 'waiting';
      const start = (taken: Taken = { connection: new Connection(this.#patience), isReused: false }): void => {
        stage = taken.connection;
        state.active.push(taken.connection);
        this.#show(name, state);
        begin(taken);
      };
      if (state.active.length < this.maxSockets) start(this.#idleOne(state));
      else state.waiting.push(start);
      this.#show(name, state);
      return (isFree) => {
        if (stage === 'waiting') state.waiting = state.waiting.filter((each) => each !== start);
        else if (stage !== 'over') {
          const used = stage;
          state.active = state.active.filter((each) => each !== used);
          this.#passOn(state, isFree ? used : undefined);
        }
        stage = 'over';
        this.#show(name, state);
      };
    }

    /** Programs look at how many there are of each kind; where there are none the place is not listed. */
    #show(name: string, { active, waiting, idle }: PlaceState): void {
      for (const [shown, list] of [
        [this.sockets, active],
        [this.requests, waiting],
        [this.freeSockets, idle],
      ] as const)
        if (list.length > 0) shown[name] = list;
        else delete shown[name];
    }

    #passOn(state: PlaceState, connection: Connection | undefined): void {
      const next = state.waiting.shift();
      if (next !== undefined) next(connection && { connection, isReused: false });
      else if (connection !== undefined && this.keepAlive && state.idle.length < this.maxFreeSockets)
        state.idle.push(connection);
      else connection?.end();
    }

    #idleOne(state: PlaceState): Taken | undefined {
      if (state.idle.length === 0) return undefined;
      const nowMs = transport.node.nowMs();
      state.idle = state.idle.filter((connection) => !connection.hasEnded(nowMs));
      const connection = this.scheduling === 'fifo' ? state.idle.shift() : state.idle.pop();
      return connection && { connection, isReused: true };
    }
  }
  return Agent;
}
