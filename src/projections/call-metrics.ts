import type { Entry, HttpRequested } from '../log/entry';
import { Column } from './column';
import { routeOf } from './call-route';
import { percentiles, type Latency } from './metrics';

/** Calls of one kind, as they stand at a position or over a window. `errors` of `calls` is their error share. */
export interface CallFigures {
  /** Calls that ended: with an answer, or without. */
  readonly calls: number;
  /** Answered with 5xx, or without an answer. */
  readonly errors: number;
  /** Answered with 4xx: turned down, which is no error of the system. */
  readonly turnedDown: number;
  /** From the call to the whole answer, of those that were answered; as the caller sees it. */
  readonly latency: Latency | undefined;
}

export interface RouteRow extends CallFigures {
  /** The service that answers, or was meant; the host when there is none. */
  readonly service: string;
  /** `POST /orders/:id`; see `routeOf`. */
  readonly route: string;
}

interface Open {
  readonly tallies: readonly CallTally[];
}

class CallTally {
  readonly #seq = Column.int32();
  readonly #atMs = Column.float64();
  /** Of those that ended: how many errors, how many turned down, up to and with number i. */
  readonly #errors = Column.int32();
  readonly #turnedDown = Column.int32();
  readonly #answeredSeq = Column.int32();
  readonly #answeredAtMs = Column.float64();
  readonly #latencyMs = Column.float64();

  end({ seq, atMs }: Entry, tookMs: number, status: number | undefined): void {
    const last = this.#seq.length - 1;
    this.#seq.push(seq);
    this.#atMs.push(atMs);
    this.#errors.push(this.#errors.at(last) + (status === undefined || status >= 500 ? 1 : 0));
    this.#turnedDown.push(this.#turnedDown.at(last) + (status !== undefined && status >= 400 && status < 500 ? 1 : 0));
    if (status === undefined) return;
    this.#answeredSeq.push(seq);
    this.#answeredAtMs.push(atMs);
    this.#latencyMs.push(tookMs);
  }

  at(position: number): CallFigures {
    const to = this.#seq.firstAtLeast(position);
    return this.#figures(0, to, 0, this.#answeredSeq.firstAtLeast(position));
  }

  between(fromMs: number, toMs: number): CallFigures {
    const [from, to] = [this.#atMs.firstAtLeast(fromMs), this.#atMs.firstAbove(toMs)];
    return this.#figures(from, to, this.#answeredAtMs.firstAtLeast(fromMs), this.#answeredAtMs.firstAbove(toMs));
  }

  #figures(from: number, to: number, answeredFrom: number, answeredTo: number): CallFigures {
    const counted = (column: Column): number => column.at(to - 1) - column.at(from - 1);
    return {
      calls: to - from,
      errors: to > from ? counted(this.#errors) : 0,
      turnedDown: to > from ? counted(this.#turnedDown) : 0,
      latency: percentiles(this.#latencyMs, answeredFrom, answeredTo),
    };
  }
}

/** Of whom: of one service called by another (`''` is outside), of one service, of one caller; of all when nobody is named. */
export interface CallsOf {
  readonly from?: string;
  readonly to?: string;
}

/**
 * How many calls, how many of them failed and how long they took, per route and per pair of services, at any position and over any
 * window. Built by appending entries in order. A call counts when it ends, for whoever made it.
 */
export class CallMetrics {
  readonly #open = new Map<string, Open>();
  readonly #routes = new Map<string, { readonly service: string; readonly route: string; readonly tally: CallTally }>();
  readonly #groups = new Map<string, CallTally>();

  append(entry: Entry): void {
    switch (entry.type) {
      case 'http.requested':
        this.#open.set(entry.request, { tallies: this.#talliesOf(entry) });
        return;
      case 'http.completed':
        return this.#end(entry, entry.tookMs, entry.status);
      case 'http.failed':
        return this.#end(entry, entry.tookMs, undefined);
      default:
        return;
    }
  }

  /** In order of first appearance; those without a call that ended before the position are left out. */
  routesAt(position: number): RouteRow[] {
    return [...this.#routes.values()]
      .map(({ service, route, tally }) => ({ service, route, ...tally.at(position) }))
      .filter(({ calls }) => calls > 0);
  }

  at(of: CallsOf, position: number): CallFigures {
    return (this.#groups.get(groupKey(of)) ?? new CallTally()).at(position);
  }

  /** What ended between two instants, both included. */
  between(of: CallsOf, fromMs: number, toMs: number): CallFigures {
    return (this.#groups.get(groupKey(of)) ?? new CallTally()).between(fromMs, toMs);
  }

  #end(entry: Entry & { readonly request: string }, tookMs: number, status: number | undefined): void {
    const open = this.#open.get(entry.request);
    this.#open.delete(entry.request);
    for (const tally of open?.tallies ?? []) tally.end(entry, tookMs, status);
  }

  #talliesOf({ process, to, meant, host, method, path }: HttpRequested): CallTally[] {
    const from = serviceOf(process ?? '');
    const service = serviceOf(to ?? meant ?? host);
    const route = routeOf(method, path);
    const key = `${service} ${route}`;
    let row = this.#routes.get(key);
    if (row === undefined) this.#routes.set(key, (row = { service, route, tally: new CallTally() }));
    const groups = [{}, { from }, { to: service }, { from, to: service }].map((of) => this.#group(groupKey(of)));
    return [row.tally, ...groups];
  }

  #group(key: string): CallTally {
    let tally = this.#groups.get(key);
    if (tally === undefined) this.#groups.set(key, (tally = new CallTally()));
    return tally;
  }
}

function groupKey({ from, to }: CallsOf): string {
  return JSON.stringify([from, to].map((name) => name ?? null));
}

function serviceOf(name: string): string {
  return name.replace(/#\d+$/, '');
}
