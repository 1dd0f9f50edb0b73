import type { CallShape, Structure } from './structure';

/** Names of nodes on the stage, and in the layout that a scenario carries. */
export function serviceId(service: string): string {
  return `service:${service}`;
}

export function brokerId(broker: string): string {
  return `broker:${broker}`;
}

/** The node of who calls or is called. A process may have the name of a broker: then it is the process. */
export function nodeId({ services }: Structure, name: string): string {
  return services.has(name) ? serviceId(name) : brokerId(name);
}

/** What lies right before each node, by id; no circles. */
export type Sources = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * What each hears, and who calls it or publishes to it; a publish or a call that would close a circle runs back and counts for
 * nothing. Pure.
 */
export function sourcesOf(structure: Structure): Sources {
  const before = new Map<string, Set<string>>();
  for (const { broker } of structure.brokers.values()) before.set(brokerId(broker), new Set());
  for (const { service, listeners } of structure.services.values()) {
    const heard = listeners.filter((each) => structure.brokers.has(each.broker));
    before.set(serviceId(service), new Set(heard.map((each) => brokerId(each.broker))));
  }
  for (const { service, publishes } of structure.services.values()) {
    for (const broker of publishes) {
      const sources = before.get(brokerId(broker));
      if (sources !== undefined && !reaches(before, serviceId(service), brokerId(broker))) {
        sources.add(serviceId(service));
      }
    }
  }
  for (const { from, to } of structure.calls.filter((call) => !isAmongPeers(call, structure))) {
    const [caller, callee] = [nodeId(structure, from), nodeId(structure, to)];
    if (!reaches(before, caller, callee)) before.get(callee)?.add(caller);
  }
  return before;
}

/** Who call each other, and are both called by a third, stand in one column: none of them is before the other. Pure. */
export function isAmongPeers({ from, to }: Pick<CallShape, 'from' | 'to'>, { calls }: Structure): boolean {
  const callersOf = (name: string): string[] => calls.filter((each) => each.to === name).map((each) => each.from);
  const [ofFrom, ofTo] = [callersOf(from), callersOf(to)];
  return ofFrom.includes(to) && ofFrom.some((third) => third !== to && third !== from && ofTo.includes(third));
}

/**
 * The column of each node, from the left: publishers, brokers, who listens, brokers those publish to, and so on. What
 * somebody hears always lies left of them, who calls left of who is called. Pure.
 */
export function ranksOf(before: Sources): ReadonlyMap<string, number> {
  const ranks = new Map<string, number>();
  for (const id of before.keys()) rank(id, before, ranks);
  for (const id of before.keys()) if (before.get(id)?.size === 0) moveToTargets(id, before, ranks);
  return ranks;
}

/** Whether `from` lies somewhere before `id`: an edge from `id` to `from` would close a circle. */
function reaches(before: Sources, id: string, from: string): boolean {
  const open = [id];
  const seen = new Set(open);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === from) return true;
    for (const earlier of before.get(at) ?? []) {
      if (seen.has(earlier)) continue;
      seen.add(earlier);
      open.push(earlier);
    }
  }
  return false;
}

function rank(id: string, before: Sources, ranks: Map<string, number>): number {
  const known = ranks.get(id);
  if (known !== undefined) return known;
  const sources = [...(before.get(id) ?? [])].map((each) => rank(each, before, ranks) + 1);
  const own = Math.max(0, ...sources);
  ranks.set(id, own);
  return own;
}

/** What nothing feeds stands right before the first that it feeds. */
function moveToTargets(id: string, before: Sources, ranks: Map<string, number>): void {
  const targets = [...before].filter(([, sources]) => sources.has(id)).map(([target]) => ranks.get(target) ?? 0);
  if (targets.length > 0) ranks.set(id, Math.min(...targets) - 1);
}
