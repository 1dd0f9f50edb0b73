import type { EmitterClass } from '../node/event-emitter';

interface Place {
  readonly host: string;
  readonly port: number;
}

export interface Agent {
  readonly maxSockets: number;
  readonly keepAlive: boolean;
  /** Begins now, or when one of the requests to the same place is over. Returns what to call when this one is. */
  take(place: Place, begin: () => void): () => void;
}

export type AgentClass = new (options?: object) => Agent;

/** `http.Agent`: how many requests to one place go at once. Connections are kept alive whatever it says, since nobody sees them. */
export function createAgentClass(EventEmitter: EmitterClass): AgentClass {
  class Agent extends EventEmitter {
    readonly defaultPort = 80;
    readonly protocol = 'http:';
    readonly options: object;
    readonly keepAlive: boolean;
    readonly keepAliveMsecs: number;
    readonly maxSockets: number;
    readonly maxTotalSockets: number;
    readonly maxFreeSockets: number;
    readonly scheduling: string;
    readonly sockets = {};
    readonly freeSockets = {};
    readonly requests = {};
    readonly #places = new Map<string, { active: number; waiting: (() => void)[] }>();

    constructor(options: Partial<Record<string, unknown>> = {}) {
      super();
      this.options = { ...options, path: null };
      this.keepAlive = options['keepAlive'] === true;
      this.keepAliveMsecs = Number(options['keepAliveMsecs'] ?? 1000);
      this.maxSockets = Number(options['maxSockets'] ?? Infinity);
      this.maxTotalSockets = Number(options['maxTotalSockets'] ?? Infinity);
      this.maxFreeSockets = Number(options['maxFreeSockets'] ?? 256);
      this.scheduling = typeof options['scheduling'] === 'string' ? options['scheduling'] : 'lifo';
    }

    getName({ host, port }: Place): string {
      return `${host}:${String(port)}:`;
    }

    destroy(): void {
      // There is no idle connection to close.
    }

    take(place: Place, begin: () => void): () => void {
      const name = this.getName(place);
      const state = this.#places.get(name) ?? { active: 0, waiting: [] };
      this.#places.set(name, state);
      let stage: 'waiting' | 'active' | 'over' = 'waiting';
      const start = (): void => {
        stage = 'active';
        state.active++;
        begin();
      };
      if (state.active < this.maxSockets) start();
      else state.waiting.push(start);
      return () => {
        if (stage === 'waiting') state.waiting = state.waiting.filter((each) => each !== start);
        else if (stage === 'active') {
          state.active--;
          state.waiting.shift()?.();
        }
        stage = 'over';
      };
    }
  }
  return Agent;
}
