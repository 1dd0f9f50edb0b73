import type { Flight } from '../../projections/system';
import { insideOf, type Inside } from './inside';
import { hasInside, queueDy, slotAt, type Spot } from './measure';
import { createPath, shifted, type Path, type Point } from './path';
import { brokerId } from './ranks';
import type { Route } from './routes';
import { serviceOf, type BrokerShape, type Structure } from './structure';

/** Which listener of which service a hop from a broker goes to. */
export interface Hop {
  readonly broker: string;
  readonly service: string;
  readonly listener?: string | undefined;
  readonly queue?: string | undefined;
}

/** Finds the way that a hop takes, and where things stand. What marks are computed from, on a graph and in rows alike. */
export interface Paths {
  readonly ways: InnerWays;
  publish(service: string, broker: string): Path | undefined;
  subscribe(hop: Hop): Path | undefined;
  /** Of services; the caller may be a broker. */
  call(from: string, to: string): Path | undefined;
  /** The same for a message on a link, remembered for as long as it flies. */
  ofFlight(flight: Flight): Path | undefined;
  /** Where a message published by hand enters a broker, where it is dropped; the queue's box when one is named. */
  broker(broker: string, queue?: string): Point | undefined;
  /** The middle of a slot of a queue, or of the broker's own tape. */
  slot(broker: string, queue: string | undefined, spot: Spot): Point | undefined;
}

/** Ways inside of a broker: along a binding, of dead letters out of a queue, from its border to an exchange. */
export interface InnerWays {
  binding(broker: string, id: string): Path | undefined;
  deadWay(broker: string, queue: string): Path | undefined;
  entry(broker: string, exchange: string): Path | undefined;
}

const noWays: InnerWays = { binding: () => undefined, deadWay: () => undefined, entry: () => undefined };

/** Where things are inside of a broker. */
export type Spots = Pick<Paths, 'broker' | 'slot'>;

/** The ways of one layout by the names that entries have. */
export class HopPaths implements Paths {
  readonly #publish = new Map<string, Map<string, Path>>();
  /** By broker, service and listener; `''` is the first of a service. */
  readonly #subscribe = new Map<string, Map<string, Map<string, Path>>>();
  readonly #calls = new Map<string, Map<string, Path>>();
  readonly #flights = new WeakMap<Flight, { readonly path: Path | undefined }>();
  readonly #spots: Spots;

  readonly ways: InnerWays;

  constructor(routes: Iterable<Pick<Route, 'edge' | 'path'>>, spots: Spots, ways = noWays) {
    this.#spots = spots;
    this.ways = ways;
    for (const { edge, path } of routes) {
      if (edge.callee !== undefined) inner(this.#calls, edge.service).set(edge.callee, path);
      if (edge.type === 'publish') inner(this.#publish, edge.service).set(edge.broker, path);
      for (const key of edge.listeners) {
        const [broker, listener, , queue] = JSON.parse(key) as [string, string, string, string];
        const known = inner(inner(this.#subscribe, broker), edge.service);
        for (const name of [listener, `${listener}\n${queue}`, '', `\n${queue}`]) {
          if (!known.has(name)) known.set(name, path);
        }
      }
    }
  }

  publish(service: string, broker: string): Path | undefined {
    return this.#publish.get(service)?.get(broker);
  }

  subscribe({ broker, service, listener = '', queue }: Hop): Path | undefined {
    const known = this.#subscribe.get(broker)?.get(service);
    const exact = queue === undefined ? undefined : known?.get(`${listener}\n${queue}`);
    return exact ?? known?.get(listener) ?? known?.get('');
  }

  call(from: string, to: string): Path | undefined {
    return this.#calls.get(from)?.get(to);
  }

  ofFlight(flight: Flight): Path | undefined {
    let found = this.#flights.get(flight);
    if (found === undefined) this.#flights.set(flight, (found = { path: this.#find(flight) }));
    return found.path;
  }

  broker(broker: string, queue?: string): Point | undefined {
    return this.#spots.broker(broker, queue);
  }

  slot(broker: string, queue: string | undefined, spot: Spot): Point | undefined {
    return this.#spots.slot(broker, queue, spot);
  }

  #find(flight: Flight): Path | undefined {
    if (flight.from === undefined) return undefined;
    if (flight.delivery === undefined) return this.publish(serviceOf(flight.from), flight.to);
    const { listener, queue } = flight;
    return this.subscribe({ broker: flight.from, service: serviceOf(flight.to), listener, queue });
  }
}

/** The ways inside the brokers of a graph. */
export function graphWays(structure: Structure, at: (node: string) => Point | undefined): InnerWays {
  const moved = new WeakMap<Path, { readonly corner: Point; readonly path: Path }>();
  const place = (broker: string, find: (inside: Inside) => Path | undefined): Path | undefined => {
    const shape = structure.brokers.get(broker);
    const corner = at(brokerId(broker));
    const path = shape && hasInside(shape) ? find(insideOf(shape)) : undefined;
    if (path === undefined || corner === undefined) return undefined;
    const known = moved.get(path);
    if (known?.corner.x === corner.x && known.corner.y === corner.y) return known.path;
    const there = { corner, path: shifted(path, corner) };
    moved.set(path, there);
    return there.path;
  };
  return {
    binding: (broker, id) => place(broker, ({ bindings }) => bindings.find(({ ids }) => ids.includes(id))?.path),
    deadWay: (broker, queue) => place(broker, ({ deadWays }) => deadWays.find((way) => way.queue === queue)?.path),
    entry: (broker, exchange) =>
      place(broker, ({ entries }) => entries.find((each) => each.exchange === exchange)?.path),
  };
}

const head: Spot = { place: 0, held: 0, heldHidden: 0 };

/** Left of the broker, or of the queue's box where there is something left of it; else the queue's head. */
function entryOf(shape: BrokerShape, queue: string | undefined): Point {
  if (queue !== undefined && !hasInside(shape)) return slotAt(shape, queue, head);
  return { x: queue === undefined ? -10 : insideOf(shape).queueX - 10, y: queueDy(shape, queue) };
}

/** Places inside the brokers of a graph, whose nodes stand where `at` says. */
export function graphSpots(structure: Structure, at: (node: string) => Point | undefined): Spots {
  const inside = (broker: string, where: (shape: BrokerShape) => Point): Point | undefined => {
    const corner = at(brokerId(broker));
    const shape = structure.brokers.get(broker);
    if (corner === undefined || shape === undefined) return undefined;
    const { x, y } = where(shape);
    return { x: corner.x + x, y: corner.y + y };
  };
  return {
    broker: (broker, queue) => inside(broker, (shape) => entryOf(shape, queue)),
    slot: (broker, queue, spot) => inside(broker, (shape) => slotAt(shape, queue, spot)),
  };
}

/** What is given back runs the way of its delivery, the other way round, into its slot. */
export function backwards(path: Path, into: Point | undefined): Path {
  const last = path.table.length / 2 - 1;
  const place = (n: number): Point => ({ x: path.table[n * 2]!, y: path.table[n * 2 + 1]! });
  const points = Array.from({ length: last + 1 }, (_, n) => place(last - n)).filter(
    (_, n) => n % 4 === 0 || n === last,
  );
  return createPath(
    points[0]!,
    [...points.slice(1), ...(into === undefined ? [] : [into])].map((to) => ({ to })),
  );
}

function inner<V>(map: Map<string, Map<string, V>>, key: string): Map<string, V> {
  let found = map.get(key);
  if (found === undefined) map.set(key, (found = new Map<string, V>()));
  return found;
}
