import type { HttpTransport } from '../clients/http/transport';
import { HttpCall } from './http-call';
import { HttpPorts } from './http-ports';
import type { Life } from './life';
import type { World } from './world';

/** HTTP between the processes of a run: who listens, and the calls under way. */
export class HttpCalls {
  readonly #world: World;
  readonly #ports: HttpPorts;
  readonly #open = new Set<HttpCall>();
  #calls = 0;

  constructor(world: World) {
    this.#world = world;
    this.#ports = new HttpPorts(world.scenario.processes);
  }

  transport(life: Life): HttpTransport {
    const { turn, sources } = this.#world;
    life.onRetire(() => {
      for (const call of [...this.#open]) if (call.isOfMainFile(life)) call.abandoned();
    });
    return {
      node: life.environment,
      promise: <T>(executor: (resolve: (value: T) => void, reject: (error: unknown) => void) => void): Promise<T> =>
        new Promise<T>(turn.q(executor) as typeof executor),
      placeOf: (error) => sources.where(turn.thrownAt(error)),
      listen: (port, host, accept) => this.#ports.listen(life, port, host, accept),
      request: (head, caller) => {
        const call = new HttpCall(
          { world: this.#world, ports: this.#ports, client: life, head, caller, number: this.#calls++ },
          (ended) => this.#open.delete(ended),
        );
        if (life.alive) this.#open.add(call);
        call.begin();
        return call;
      },
    };
  }

  /** Requests that the process handles and has not answered. */
  countIn(life: Life): number {
    let count = 0;
    for (const call of this.#open) if (call.server === life) count++;
    return count;
  }

  processGone(process: string, cause: number): void {
    this.#ports.processGone(process);
    this.#gone((life) => life?.process === process, cause);
  }

  /** A life that another one has replaced is over. */
  lifeGone(life: Life, cause: number): void {
    this.#ports.lifeGone(life);
    this.#gone((other) => other === life, cause);
  }

  #gone(isMeant: (life: Life | undefined) => boolean, cause: number): void {
    for (const call of [...this.#open]) {
      if (isMeant(call.client)) call.callerGone(cause);
      else if (isMeant(call.server)) call.serverGone(cause);
    }
  }
}
