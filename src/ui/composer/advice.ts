import { requestTarget } from '../../clients/http/request-url';
import type { Exchange } from '../../projections/exchange';
import type { SystemState } from '../../projections/system';

/** What to do about a request that got no answer. */
export type Advice =
  | { readonly type: 'elsewhere'; readonly port: number; readonly open: readonly OpenPorts[] }
  /** Somebody listens there by now. */
  | { readonly type: 'again'; readonly process: string; readonly port: number }
  | { readonly type: 'nobody'; readonly port: number }
  | { readonly type: 'down'; readonly process: string }
  | { readonly type: 'unknown-host'; readonly names: readonly string[] }
  | { readonly type: 'cut' }
  | { readonly type: 'reset' };

export interface OpenPorts {
  readonly process: string;
  readonly ports: readonly number[];
}

/** `system`: at the instant of the request, or near it. */
export function adviceOn({ failed, requested }: Exchange, url: string, system: SystemState): Advice | undefined {
  if (failed === undefined) return undefined;
  const port = requestTarget(url)?.port ?? 80;
  const processes = [...system.processes.values()];
  if (failed.code === 'ENOTFOUND') {
    return { type: 'unknown-host', names: ['localhost', ...new Set(processes.map(({ service }) => service))] };
  }
  if (failed.code === 'ETIMEDOUT') return { type: 'cut' };
  if (failed.code !== 'ECONNREFUSED') return { type: 'reset' };
  const meant = processes.find(({ service }) => service === requested?.meant);
  if (meant !== undefined && meant.state !== 'running') return { type: 'down', process: meant.name };
  const again = processes.find(
    ({ service, ports }) => ports.has(port) && (meant === undefined || service === meant.service),
  );
  if (again !== undefined) return { type: 'again', process: again.name, port };
  const open = processes.flatMap(({ name, ports }): OpenPorts[] =>
    ports.size > 0 ? [{ process: name, ports: [...ports] }] : [],
  );
  return open.length > 0 ? { type: 'elsewhere', port, open } : { type: 'nobody', port };
}
