import type { SystemState } from '../../projections/system';
import type { StageEdge } from './layout';
import type { Structure } from './structure';

/**
 * How an edge is drawn. `absent`: one of its ends does not exist yet. `down`: nobody is at the process's end.
 * `cut` and `slow`: what somebody did to the link by hand.
 */
export type LinkState = 'normal' | 'slow' | 'cut' | 'down' | 'absent';

const slowFromMs = 200;

export function linkOf(system: SystemState, edge: StageEdge, structure: Structure): LinkState {
  const names = structure.services.get(edge.service)?.processes ?? [edge.service];
  const processes = names.flatMap((name) => system.processes.get(name) ?? []);
  if (processes.length === 0 || !system.brokers.has(edge.broker)) return 'absent';
  for (const name of [edge.service, ...names]) {
    const key = edge.type === 'publish' ? `${name} → ${edge.broker}` : `${edge.broker} → ${name}`;
    const link = system.links.get(key)?.link;
    if (link?.cut === true) return 'cut';
    if ((link?.latencyMs ?? 0) >= slowFromMs) return 'slow';
  }
  if (processes.some((process) => process.state === 'running')) return 'normal';
  return processes.some((process) => process.state === 'exited') ? 'absent' : 'down';
}
