import type { LinkSettings } from '../../log/entry';
import type { ProcessState, SystemState } from '../../projections/system';
import type { NetworkSpec } from '../../scenario/scenario';
import type { StageEdge } from './layout';
import type { Structure } from './structure';

/**
 * How an edge is drawn. `absent`: one of its ends does not exist yet. `down`: nobody is at the process's end.
 * `cut`, `slow` and `lossy`: what the link itself does, by the scenario or by hand.
 */
export type LinkState = 'normal' | 'slow' | 'lossy' | 'cut' | 'down' | 'absent';

const slowFromMs = 200;

/** Both ends of the link that an edge stands for, as an intervention names them. */
export function endsOf(edge: StageEdge): { readonly from: string; readonly to: string } {
  if (edge.callee !== undefined) return { from: edge.service, to: edge.callee };
  return edge.type === 'publish' ? { from: edge.service, to: edge.broker } : { from: edge.broker, to: edge.service };
}

/** What the scenario gives the link before anybody touches it. The rule is the network's own: later ones win. */
export function ownSettings(network: NetworkSpec, edge: StageEdge): LinkSettings {
  const { from, to } = endsOf(edge);
  let settings = network.default;
  for (const { from: ruleFrom, to: ruleTo, ...rule } of network.links) {
    if (meant(ruleFrom, from) && meant(ruleTo, to)) settings = { ...settings, ...rule };
  }
  return settings;
}

/** What the link does at this instant. Where replicas differ, the one that was changed last is told. */
export function settingsNow(system: SystemState, network: NetworkSpec, edge: StageEdge): LinkSettings {
  let settings = ownSettings(network, edge);
  if (system.links.size === 0 && system.faults.size === 0) return settings;
  const { from, to } = endsOf(edge);
  for (const changed of system.links.values()) {
    if (covers(changed.from, from) && covers(changed.to, to)) settings = { ...settings, ...changed.link };
  }
  for (const fault of system.faults.values()) {
    if (fault.type === 'link' && covers(fault.from, from) && covers(fault.to, to))
      settings = { ...settings, ...fault.link };
    if (fault.type === 'partition' && isApart(fault.groups, from, to)) settings = { ...settings, cut: true };
  }
  return settings;
}

export function linkOf(
  system: SystemState,
  edge: StageEdge,
  structure: Structure,
  network: NetworkSpec = quiet,
): LinkState {
  const processesOf = (service: string): ProcessState[] =>
    (structure.services.get(service)?.processes ?? [service]).flatMap((name) => system.processes.get(name) ?? []);
  // Of a call, it is the called one's end that may be down; whoever calls may be a broker.
  const processes = processesOf(edge.callee ?? edge.service);
  const isOther =
    edge.callee === undefined ? system.brokers.has(edge.broker) : hasBegun(system, edge.service, processesOf);
  if (processes.length === 0 || !isOther) return 'absent';
  const { cut, loss, latencyMs, duplicated = 0, delayed = 0, reordered = 0 } = settingsNow(system, network, edge);
  if (cut) return 'cut';
  if (processes.every((process) => process.state === 'exited')) return 'absent';
  if (!processes.some((process) => process.state === 'running')) return 'down';
  if (latencyMs >= Math.max(slowFromMs, 2 * network.default.latencyMs)) return 'slow';
  return loss > 0 || duplicated > 0 || delayed > 0 || reordered > 0 ? 'lossy' : 'normal';
}

/** Whether two ends stand in different groups of a partition. */
function isApart(groups: readonly (readonly string[])[], from: string, to: string): boolean {
  const groupOf = (name: string): number => groups.findIndex((group) => group.some((rule) => covers(rule, name)));
  const [one, other] = [groupOf(from), groupOf(to)];
  return one !== -1 && other !== -1 && one !== other;
}

function hasBegun(
  system: SystemState,
  name: string,
  processesOf: (service: string) => readonly ProcessState[],
): boolean {
  return system.brokers.has(name) || processesOf(name).length > 0;
}

const quiet: NetworkSpec = { default: { latencyMs: 0, jitterMs: 0, loss: 0, cut: false }, links: [] };

function meant(rule: string, name: string): boolean {
  return rule === name || rule === '*';
}

/** A change of one replica's link counts for the edge of its service. */
function covers(changed: string, name: string): boolean {
  return meant(changed, name) || changed.startsWith(`${name}#`);
}

/** Whether what a cut link holds up is lost: the bus and the event store have no connections, which would send it again. */
export function losesWhenCut(system: SystemState, from: string, to: string): boolean {
  const kind = (system.brokers.get(from) ?? system.brokers.get(to))?.kind;
  return kind === 'bus' || kind === 'event-store';
}
