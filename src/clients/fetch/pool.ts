import { Connection } from '../http/connection';
import type { HttpTransport } from '../http/transport';

/** As undici 6 has them. */
const patience = { idleMs: 4_000, earlierMs: 2_000 };

/** A place for one request at a time, and the connection that it has at present. */
interface Client {
  connection: Connection | undefined;
  isBusy: boolean;
}

/** A connection that a request has got. */
export interface Lent {
  readonly connection: Connection;
  /** It is no longer used; `stays`: its answer has come to its end. */
  giveBack(stays: boolean): void;
}

/** The connections of `fetch` in one process. Each request takes the first client of its place that is free, as undici's pool does. */
export class ConnectionPool {
  readonly #transport: HttpTransport;
  readonly #clients = new Map<string, Client[]>();

  constructor(transport: HttpTransport) {
    this.#transport = transport;
  }

  take(place: string): Lent {
    const { node } = this.#transport;
    const clients = this.#clients.get(place) ?? [];
    this.#clients.set(place, clients);
    let client = clients.find(({ isBusy }) => !isBusy);
    if (client === undefined) clients.push((client = { connection: undefined, isBusy: false }));
    if (client.connection?.hasEnded(node.nowMs()) !== false) client.connection = new Connection(patience);
    const { connection } = client;
    const free = client;
    free.isBusy = true;
    return {
      connection,
      giveBack: (stays) => {
        if (!stays) {
          free.connection = undefined;
          connection.end();
        }
        // As in undici, a full turn of the event loop goes by before its connection is used again.
        node.immediate(() => {
          free.isBusy = false;
        });
      },
    };
  }
}
